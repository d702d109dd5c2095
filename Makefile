# The verbs of the house; each makes the machine ready first (tools/bootstrap). `make` alone lists them.

PYTHON ?= python3
export PYTHON

PY := .venv/bin/python
SAMPLE := .demo/transactions.csv
EDITION := output/2026-09
PYTEST := $(PY) -m pytest
QUICK := not slow and not browser and not engines

# A suite without tests (pytest's exit 5) is no failure, but is said.
suite = $(PYTEST) -m $(1) || { code=$$?; [ $$code -eq 5 ] && echo "There are no tests marked '$(1)' yet."; }

.DELETE_ON_ERROR:
.PHONY: help demo test check snap lint bench bench-scale docs slow browser faults engines ready

help: ## list the verbs
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(SAMPLE) ## the brief of the embedded sample, from an empty machine
	@$(PY) -m reportgen run --input $(SAMPLE) --config config.toml --output output
	@ls $(EDITION)/brief.pdf $(EDITION)/index.html >/dev/null
	@echo "The brief: $(EDITION)/brief.pdf and $(EDITION)/index.html"

test: ready ## the quick tests, under five minutes
	@$(PYTEST) -m "$(QUICK)" -n logical --maxprocesses 4 --dist loadfile

check: lint test ## lint and test

snap: ready ## write the snapshots anew (look at the difference before you commit it)
	@$(PYTEST) -m "not slow and not engines" --snapshot-update

lint: ready ## ruff, mypy, import-linter
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

bench: ## time and memory of whole runs on the real file, and of a notebook; installs what that needs
	@tools/bootstrap bench
	@$(PY) -m benchmarks
	@$(PY) -m benchmarks.series
	@$(PY) -m benchmarks.delivery
	@$(PY) -m benchmarks.readers

bench-scale: ready ## time and memory of whole runs on synthetic ledgers of 10^5 to 10^8 rows
	@$(PY) -m benchmarks.scale

docs: ready ## write the generated parts of docs/ anew
	@$(PY) tools/docs.py

slow: ready ## the tests that take minutes
	@$(call suite,"slow and not faults and not engines" -n logical --maxprocesses 4)

browser: ready ## the tests in a real browser
	@$(call suite,browser)

faults: ready ## break everything that can break, and print the table of faults and outcomes
	@$(call suite,"faults and not engines")

engines: ## the tests on real database servers; installs what they need
	@tools/bootstrap engines
	@$(call suite,engines)

ready:
	@tools/bootstrap

$(SAMPLE): reportgen/sample.py | ready
	@$(PY) -m reportgen sample --output $(SAMPLE)
