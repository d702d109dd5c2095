"""The command line as a user meets it: real processes, exit codes, messages, files."""

import csv
import json
import shutil
import signal
import time
from decimal import Decimal
from pathlib import Path

import pytest

from reportgen import recipes
from tests.choosing import rest_slow
from tests.processes import reportgen, start

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def small(folder):
    """A little shop of 60 customers and two complete months, as CSV."""
    name = '"<b>&Vase ""4"""'
    rows = [
        f"{month}{number:03},P{number % 7},{name},{number % 5 + 1},2024-{month:02}-{number % 28 + 1:02} 10:00,"
        f"{number % 9 + 1}.25,C{number},France\n"
        for month in (1, 2)
        for number in range(60)
    ]
    file = folder / "shop.csv"
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    """An edition of figures alone, and the process that made it."""
    folder = tmp_path_factory.mktemp("figures")
    done = reportgen("run", "--input", small(folder), "--format", "json,csv", "--now", "2024-03-01", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder, done


def test_a_run_says_what_it_does_and_where_it_wrote(figures):
    folder, done = figures
    assert done.stdout == "Created output/2024-02/brief.json, output/2024-02/customers.csv\n"
    assert done.stderr.splitlines()[0] == "Reading the input"
    assert {file.name for file in (folder / "output/2024-02").iterdir()} == {
        "brief.json", "customers.csv", "manifest.json", "watch_list.csv",
    }  # fmt: skip


def test_the_interface_of_brief_json(figures):
    folder, _ = figures
    brief = json.loads((folder / "output/2024-02/brief.json").read_text())
    assert brief["schema_version"] == 1
    assert brief["recipe"] == "strategic"
    assert brief["period"] == {"label": "2024-02", "start": "2024-02-01", "end": "2024-02-29", "partial": False}
    steps = brief["reconciliation"]
    assert (steps[0]["step"], steps[-1]["step"]) == ("raw", "segmented")
    assert sum(Decimal(step["amount"]) for step in steps[:-1]) == Decimal(steps[-1]["amount"])
    assert Decimal(brief["totals"]["revenue"]) == sum(Decimal(segment["revenue"]) for segment in brief["segments"])
    assert {"id", "name", "customers", "customer_share", "revenue", "revenue_share", "recency_mean", "frequency_mean",
            "monetary_mean", "published_label", "action"} <= brief["segments"][0].keys()  # fmt: skip


def test_the_customer_list_adds_up(figures):
    folder, _ = figures
    text = (folder / "output/2024-02/customers.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    brief = json.loads((folder / "output/2024-02/brief.json").read_text())
    assert len(rows) == brief["totals"]["customers"]
    assert sum(Decimal(row["monetary"]) for row in rows) == Decimal(brief["totals"]["revenue"])


def test_the_manifest_fingerprints_what_was_read_and_written(figures):
    folder, _ = figures
    manifest = json.loads((folder / "output/2024-02/manifest.json").read_text())
    assert manifest["made"] == "2024-03-01T00:00:00"
    assert manifest["inputs"][0]["name"] == "shop.csv"
    assert set(manifest["files"]) == {"brief.json", "customers.csv", "watch_list.csv"}


def test_the_same_facts_again_change_nothing(figures):
    folder, _ = figures
    before = (folder / "output/2024-02/manifest.json").read_bytes()
    again = reportgen(
        "run", "--input", "shop.csv", "--format", "json", "--format", "csv,json", "--now", "2024-03-02", cwd=folder
    )
    assert again.stdout.startswith("Nothing changed")
    assert (folder / "output/2024-02/manifest.json").read_bytes() == before


def test_another_recipe_gets_a_folder_of_its_own(figures):
    folder, _ = figures
    done = reportgen("run", "shop.csv", "--format", "json", "--recipe", "four-groups", cwd=folder)
    assert "output/2024-02~four-groups/brief.json" in done.stdout


def test_a_configuration_is_enough_from_any_folder(figures, tmp_path):
    folder, _ = figures
    config = folder / "shop.toml"
    config.write_text('[input]\npath = "shop.csv"\n[report]\noutput = "made"\nformats = ["json"]\nperiod = "2024-01"\n')
    assert reportgen("run", "--config", config, cwd=tmp_path).returncode == 0
    assert (folder / "made/2024-01/brief.json").exists()


@pytest.mark.slow
def test_a_recipe_lies_beside_its_configuration(figures, tmp_path):
    folder, _ = figures
    shutil.copy(Path(recipes.__file__).parent / "four-groups.toml", folder / "own.toml")
    config = folder / "own-shop.toml"
    config.write_text(
        '[input]\npath = "shop.csv"\n[report]\nrecipe = "own.toml"\noutput = "own"\nformats = ["json"]\n'
        'period = "2024-01"\n',
        encoding="utf-8-sig",  # as an editor of Windows writes it
    )
    assert reportgen("run", "--config", config, cwd=tmp_path).returncode == 0
    assert (folder / "own/2024-01/brief.json").exists()


def test_another_recipe_under_the_same_id_is_refused(figures):
    folder, _ = figures
    text = (Path(recipes.__file__).parent / "strategic.toml").read_text(encoding="utf-8")
    (folder / "mine.toml").write_text(text.replace("12 months", "6 months"), encoding="utf-8")
    done = reportgen("run", "--input", "shop.csv", "--format", "json", "--recipe", "mine.toml", cwd=folder)
    assert (done.returncode, "mine.toml: its id is strategic" in done.stderr) == (2, True)


FIGURES = ("--format", "json")
"""No browser: what is wrong is told the same way."""

QUICK = (
    "no such file", "no such recipe", "draft into the archive", "ambiguous dates",
    "unknown key", "unknown option",
)  # fmt: skip
BAD = {
    "no such file": (["--input", "none.csv"], 3, "none.csv"),
    "no input": ([], 2, "no input is named"),
    "no such recipe": (["--input", "shop.csv", "--recipe", "nope", *FIGURES], 2, "nope"),
    "no such configuration": (["--config", "none.toml"], 2, "none.toml"),
    "no such format": (["--input", "shop.csv", "--format", "pdf,docx"], 2, "--format: there is no 'docx'\n"),
    "no format": (["--input", "shop.csv", "--format", ","], 2, "--format: ',' names no format"),
    "draft into the archive": (["--input", "shop.csv", "--draft", "output", *FIGURES], 2, "must lie apart"),
    "draft into a part of it": (["--input", "shop.csv", "--draft", "output/x", *FIGURES], 2, "must lie apart"),
    "no such paper": (["--input", "shop.csv", "--paper", "A3"], 2, "--paper: there is no 'A3'\nValid are A4, Letter"),
    "no period": (["--input", "shop.csv", "--period", "November"], 2, "November"),
    "period without data": (["--input", "shop.csv", "--period", "2019-01"], 3, "no records"),
    "period to come": (
        ["--input", "shop.csv", "--period", "2031-01", "--now", "2024-03-01", *FIGURES],
        3,
        "lies in the future",
    ),
    "no instant": (["--input", "shop.csv", "--now", "yesterday"], 2, "yesterday"),
    "instant before time": (["--input", "shop.csv", "--now", "0001-01-01T00:00+14:00"], 2, "is no instant"),
    "empty file": (["--input", "empty.csv", *FIGURES], 3, "empty.csv"),
    "wrong columns": (["--input", "wrong.csv", *FIGURES], 3, "[columns]"),
    "no ids": (["--input", "guests.csv", *FIGURES], 3, "customer"),
    "ambiguous dates": (["--input", "ambiguous.csv", *FIGURES], 3, "date_format"),
    "unknown key": (["--config", "typo.toml"], 2, "perod"),
    "empty option": (["--input", "shop.csv", "--output", ""], 2, "--output is empty"),
    "empty option with its sign": (["--input="], 2, "--input is empty"),
    "format that there is not": (["--input", "shop.csv", "--format", "docx"], 2, "Valid are csv, html, json, pdf"),
    "unknown option": (["--inptu", "shop.csv"], 2, "--inptu"),
}


@pytest.fixture(scope="module")
def mishaps(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mishaps")
    small(folder)
    (folder / "empty.csv").touch()
    (folder / "wrong.csv").write_text("a,b\n1,2\n")
    (folder / "guests.csv").write_text(HEADER + "1,A,B,1,2024-01-05 10:00,1.00,,France\n")
    (folder / "ambiguous.csv").write_text(HEADER + "1,A,B,1,1/12/10 10:00,1.00,C1,France\n")
    (folder / "typo.toml").write_text('[report]\nperod = "last"\n')
    return folder


@pytest.mark.parametrize("case", rest_slow(BAD, *QUICK))
def test_a_mistake_gets_its_exit_code_a_message_and_no_files(mishaps, case):
    arguments, code, words = BAD[case]
    done = reportgen("run", *arguments, cwd=mishaps)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (mishaps / "output").exists()


RECIPE = """
id = "own"
title = "Own"
summary = "A recipe of one's own"
source = "Our desk"
[[clean]]
step = "guests"
"""
SEGMENTS = """
[[segments]]
id = "good"
name = "Good"
archetype = "best"
when = "{}"
[[segments]]
id = "rest"
name = "Others"
archetype = "mixed"
"""
BAD_RECIPES = {
    "unknown key": (RECIPE.replace("title", "titel") + SEGMENTS.format("R <= 9"), "titel", "Its keys are id, title"),
    "unknown key of a step": (RECIPE + "typo = 1\n" + SEGMENTS.format("R <= 9"), "typo", "Its keys are step"),
    "impossible cut": (
        RECIPE + '[[clean]]\nstep = "outliers"\nof = "price"\nhigh = 0.1\n' + "[scores.M]\nquantiles = 10\n"
        + SEGMENTS.format("M_score == 5"),
        "scores.M.quantiles: M has 5 distinct values, fewer than 10", "Ask for 5 parts or fewer",
    ),
    "missing score": (
        RECIPE + "[scores.F]\nat = [2]\n" + SEGMENTS.format("R_score >= 4 and F_score == 2"), "`R_score`",
        "Define it by [scores.R]",
    ),
    "overlapping cut points": (
        RECIPE + "[scores.R]\nat = [90, 30]\n" + SEGMENTS.format("R_score == 3"), "scores.R.at: cut points overlap",
        "ascending order",
    ),
    "k above the number of customers": (
        RECIPE + "[clusters]\nk = 5000\n", "clusters.k: 5000 clusters of 60 different customers",
        "Set k to 60 or fewer",
    ),
    "constant column of scores": (
        RECIPE + '[time]\nwindow = "20 days"\n[scores.F]\nties = "drop"\n' + SEGMENTS.format("F_score == 5"),
        "scores.F: every customer has the same F", "longer window",
    ),
    "constant column of clusters": (
        RECIPE + '[time]\nwindow = "20 days"\n[clusters]\nk = 3\n',
        "clusters.inputs: every customer has the same F", "Leave F out",
    ),
    "bounds without an end": (
        RECIPE + '[[clean]]\nstep = "cap"\n' + SEGMENTS.format("R <= 9"), "clean[1], cap: it has no bound",
        "high = 0.95",
    ),
    "reference with a time zone": (
        RECIPE + '[time]\nreference = "2024-03-01T00:00+01:00"\n' + SEGMENTS.format("R <= 9"), "names a time zone",
        "leave the zone out",
    ),
    "reference as a bare date": (
        RECIPE + "[time]\nreference = 2024-03-01\n" + SEGMENTS.format("R <= 9"), "time.reference", "in quotes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", rest_slow(BAD_RECIPES, "impossible cut"))
def test_a_wrong_recipe_names_file_key_and_remedy(mishaps, case):
    text, message, remedy = BAD_RECIPES[case]
    (mishaps / "own.toml").write_text(text, encoding="utf-8")
    done = reportgen("run", "--input", "shop.csv", "--recipe", "own.toml", "--format", "json", cwd=mishaps)
    assert done.returncode == 2, done.stderr
    assert "own.toml" in done.stderr
    assert message in " ".join(done.stderr.split())
    assert remedy in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert not (mishaps / "output").exists()


def test_a_failure_is_told_and_nothing_else(mishaps):
    """What libraries still hold of a range that failed isn't reported as leaked, object by object."""
    several = ("--recipe", "kmeans-4", "--recipe", "strategic")
    done = reportgen("run", "--input", "shop.csv", "--period", "2024-01..2024-02", *several, "--now", "2024-03-01",
                     "--output", "leaks", *FIGURES, cwd=mishaps)  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "of 4 editions were not made" in done.stderr
    assert "leaked" not in done.stderr


@pytest.mark.parametrize("asked", [("run",), ("run", "--period", "2024-01..2024-02"), ("evaluate",)])
def test_a_site_that_lies_wrong_is_told_before_the_work(tmp_path, asked):
    """The input, which isn't even there, isn't looked at."""
    (tmp_path / "config.toml").write_text('[input]\npath = "none.csv"\n[archive]\nsite = "output/site"\n')
    done = reportgen(*asked, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "must lie apart" in done.stderr
    assert "Reading" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["config.toml"]


def test_a_failing_run_leaves_the_edition_as_it_was(figures):
    folder, _ = figures
    before = {file: file.read_bytes() for file in (folder / "output/2024-02").iterdir()}
    (folder / "cut.csv").write_text((folder / "shop.csv").read_text()[:3000] + "\nbroken,line")
    reportgen("run", "--input", "cut.csv", "--format", "json", cwd=folder)
    assert {file: file.read_bytes() for file in (folder / "output/2024-02").iterdir()} == before


def test_a_limit_of_the_system_is_told_with_its_place_and_stands_in_the_ledger(tmp_path):
    lines = small(tmp_path).read_text().splitlines(keepends=True)
    (tmp_path / "long.csv").write_text(lines[0] + "".join(lines[1:]).replace("\n", "é\n") * 40, encoding="latin-1")
    limited = ("/bin/sh", "-c", 'ulimit -f 400; exec "$@"', "sh")
    done = reportgen("run", "--input", "long.csv", *FIGURES, cwd=tmp_path, before=limited, TMPDIR=str(tmp_path))
    assert done.returncode == 6, done.stderr
    assert f"a temporary file in {tmp_path} can't be written: File too large\nRaise the limit" in done.stderr
    assert json.loads(reportgen("log", "--json", cwd=tmp_path).stdout)["exit_code"] == 6


def test_init_writes_a_configuration_that_runs(mishaps):
    done = reportgen("init", "shop.csv", "--config", "made.toml", cwd=mishaps)
    assert done.returncode == 0, done.stderr
    config = (mishaps / "made.toml").read_text()
    assert "[columns]" in config
    again = reportgen("init", "shop.csv", "--config", "made.toml", cwd=mishaps)
    assert again.returncode == 2
    run = reportgen("run", "--config", "made.toml", "--format", "json", "--output", "elsewhere", cwd=mishaps)
    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_the_home_folder_is_meant_wherever_a_path_is_given(tmp_path):
    small(tmp_path)
    at_home = {"HOME": str(tmp_path), "cwd": tmp_path}
    (tmp_path / "below").mkdir()
    done = reportgen("init", "~/shop.csv", "--config", "~/below/made.toml", **at_home)
    assert done.returncode == 0, done.stderr
    assert 'path = "../shop.csv"' in (tmp_path / "below/made.toml").read_text()
    run = reportgen("run", "--config=~/below/made.toml", "--output=~/out", "--format", "json", **at_home)
    assert run.returncode == 0, run.stderr
    assert list((tmp_path / "out").glob("*/brief.json"))
    assert not (tmp_path / "~").exists()


OPEN = {
    "a column": ("Kd", "utf-8", "# customer", 'customer = "Kd"'),
    "an encoding": ("Customer", "utf-16-le", "# encoding", 'encoding = "utf-16-le"'),
}


@pytest.mark.parametrize("case", rest_slow(OPEN, "a column"))
def test_what_init_leaves_open_is_said_where_it_stands(tmp_path, case):
    header, encoding, left_open, said = OPEN[case]
    text = f"Order,Date,{header},Amount\n1,2024-02-01,A,10\n2,2024-02-29,B,10\n"
    (tmp_path / "data.csv").write_bytes(text.encode(encoding))
    asked = reportgen("init", "data.csv", cwd=tmp_path)
    assert asked.returncode == 3
    assert "Wrote config.toml, which leaves this open" in asked.stderr
    file = tmp_path / "config.toml"
    lines = file.read_text().splitlines()
    assert sum(line.startswith(left_open) for line in lines) == 1
    file.write_text("\n".join(said if line.startswith(left_open) else line for line in lines))
    run = reportgen("run", "--format", "json", "--now", "2024-03-05", cwd=tmp_path)
    assert run.returncode == 0, run.stderr


def test_init_writes_nothing_where_no_key_would_help(tmp_path):
    (tmp_path / "data.csv").write_text("Order,Date,Customer,Amount\n")
    asked = reportgen("init", "data.csv", cwd=tmp_path)
    assert (asked.returncode, (tmp_path / "config.toml").exists()) == (3, False)


def test_the_doctor_needs_no_configuration(tmp_path):
    done = reportgen("doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "Configuration: no config.toml here" in done.stdout


def test_recipes_are_listed_one_line_each(tmp_path):
    listed = reportgen("recipes", cwd=tmp_path).stdout.splitlines()
    assert {"strategic", "four-groups", "engagement", "kmeans-4", "clusters", "kmeans-3"} <= {
        entry.split()[0] for entry in listed
    }


def test_help_names_every_verb(tmp_path):
    text = reportgen("--help", cwd=tmp_path).stdout
    assert all(verb in text for verb in ("run", "init", "doctor", "recipes", "sample"))


@pytest.mark.parametrize("seconds", rest_slow((0.4, 0.7, 1.0, 1.5), 0.4))
def test_an_interrupted_run_ends_soon_and_publishes_nothing(mishaps, seconds):
    """Whatever it is doing: importing in three threads, starting the browser, reading. Ctrl-C goes the same way."""
    with start("run", "--input", "shop.csv", "--output", f"interrupted-{seconds}", cwd=mishaps) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert process.returncode in {128 + signal.SIGTERM, -signal.SIGTERM}  # on a busy machine, Python only just starts
    assert "Interrupted." in errors.splitlines() or process.returncode < 0
    assert "Traceback" not in errors
    assert not (mishaps / f"interrupted-{seconds}").exists()


@pytest.mark.slow
def test_closed_standard_streams_do_no_harm(mishaps):
    script = 'exec "$@" <&- >&- 2>&-'
    arguments = ("run", "--input", "shop.csv", "--format", "json", "--output", "silent")
    done = reportgen(*arguments, cwd=mishaps, before=("sh", "-c", script, "sh"))
    assert done.returncode == 0
    assert json.loads((mishaps / "silent/2024-02/brief.json").read_text())["schema_version"] == 1
