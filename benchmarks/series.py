"""`python -m benchmarks.series [--runs N]`: many briefs in one call against single runs, on the real file as CSV."""

import argparse
import os
import resource
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import inputs
from benchmarks.__main__ import DATA
from benchmarks.measure import CommandError, environment, timed

MONTHS = ("2010-12", *(f"2011-{month:02}" for month in range(1, 12)))
NOW = "2011-12-10T06:00"
SINGLES, RANGE, ONE = "twelve single runs", "twelve months in one call", "one month"
SECONDS = {
    "two months in one call": ("--period", "2011-10..2011-11"),
    "two recipes in one call": ("--period", "2011-11", "--recipe", "strategic", "--recipe", "four-groups"),
    "two, one of which clusters": ("--period", "2011-11", "--recipe", "strategic", "--recipe", "clusters"),
}
"""What a second brief costs: these calls, less a call for one."""


@dataclass(frozen=True)
class Cost:
    """seconds: wall; cpu: of all processes, in seconds; memory: peak RSS of the Python process, in MiB."""

    seconds: float
    cpu: float
    memory: float


def main() -> int:
    options = _options()
    real = DATA / "online_retail.parquet"
    if not real.is_file():
        print(f"No benchmark: {real} is not here. REPORTGEN_DATA names the folder that holds it.")
        return 0
    with tempfile.TemporaryDirectory(prefix="reportgen-bench-") as name:
        folder = Path(name)
        inputs.write(real, folder / "transactions.csv")
        try:
            _report(folder, options.runs)
        except CommandError as error:
            print(f"A run failed, {error}")
            return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.series", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="rounds, the median counts (default 3)")
    return parser.parse_args()


def _report(folder: Path, runs: int) -> None:
    """Singles, range and second briefs in turn, round by round: the machine's drift then hits all alike."""
    calls = {ONE: ("--period", "2011-11"), **SECONDS, RANGE: ("--period", f"{MONTHS[0]}..{MONTHS[-1]}")}
    costs: dict[str, list[Cost]] = {name: [] for name in (*calls, SINGLES)}
    for round_ in range(runs):
        print(f"· round {round_ + 1} of {runs}", file=sys.stderr)
        for number, (name, asked) in enumerate(calls.items()):
            costs[name].append(_run(folder, f"output-{round_}-{number}", asked))
        singles = [_run(folder, f"output-{round_}-singles", ("--period", month)) for month in MONTHS]
        costs[SINGLES].append(_together(singles))
    print(f"Median of {runs} on {os.cpu_count()} cores; memory is that of the Python process.\n")
    print(f"{'call':<30}{'wall s':>8}{'min':>8}{'max':>8}{'CPU s':>8}{'MiB':>7}")
    for name, found in costs.items():
        walls = [cost.seconds for cost in found]
        cpu, memory = (statistics.median(getattr(cost, part) for cost in found) for part in ("cpu", "memory"))
        print(f"{name:<30}{_wall(found):>8.2f}{min(walls):>8.2f}{max(walls):>8.2f}{cpu:>8.1f}{memory:>7.0f}")
    print(f"\nThe range takes {_wall(costs[RANGE]) / _wall(costs[SINGLES]):.2f} of twelve single runs.")
    for name in SECONDS:
        print(f"{name}: {_wall(costs[name]) - _wall(costs[ONE]):.2f} s for the second brief.")


def _run(folder: Path, output: str, asked: Sequence[str]) -> Cost:
    """One `reportgen run` with all formats."""
    command = [sys.executable, "-m", "reportgen", "run", "--input", "transactions.csv", "--output", output]
    before = _cpu()
    run = timed([*command, "--now", NOW, *asked], folder, environment())
    return Cost(run.seconds, _cpu() - before, run.own)


def _together(costs: Sequence[Cost]) -> Cost:
    return Cost(
        sum(cost.seconds for cost in costs), sum(cost.cpu for cost in costs), max(cost.memory for cost in costs)
    )


def _wall(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.seconds for cost in costs)


def _cpu() -> float:
    """Processor seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
