"""`python -m benchmarks [--runs N] [--formats parquet,csv,xlsx]`: medians of whole runs on the real file."""

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from benchmarks import inputs
from benchmarks.measure import ROOT, CommandError, Measured, environment, timed, weighed

DATA = Path(os.environ.get("REPORTGEN_DATA", ROOT.parent / "shared" / "data"))
FORMATS = "parquet,csv,xlsx"
NOTEBOOK = "the usual notebook (csv)"
FLOOR = "floor (pages of a brief)"
Measure: TypeAlias = Callable[[Sequence[str], Path, dict[str, str]], Measured]


def main() -> int:
    options = _options()
    real = DATA / "online_retail.parquet"
    if not real.is_file():
        print(f"No benchmark: {real} is not here. REPORTGEN_DATA names the folder that holds it.")
        return 0
    with tempfile.TemporaryDirectory(prefix="reportgen-bench-") as name:
        folder = Path(name)
        files = {format_: folder / f"transactions.{format_}" for format_ in options.formats.split(",")}
        for file in (*files.values(), folder / "transactions.csv"):
            print(f"· {file.name}", file=sys.stderr)
            inputs.write(real, file)
        try:
            _report(files, folder, options.runs)
        except CommandError as error:
            print(f"A run failed, {error}")
            return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="runs of each, the median counts (default 5)")
    parser.add_argument("--formats", default=FORMATS, help=f"of {FORMATS} (default: all)")
    return parser.parse_args()


def _report(files: dict[str, Path], folder: Path, runs: int) -> None:
    """Time each input, notebook and floor in turn, round by round: the machine's drift then hits all alike.

    Memory is looked at in one more round, since looking takes time.
    """
    measured: dict[str, list[Measured]] = {name: [] for name in (*files, NOTEBOOK, FLOOR)}
    stages: dict[str, list[dict[str, float]]] = {name: [] for name in files}
    load = os.getloadavg()[0]
    for round_ in range(runs):
        print(f"· round {round_ + 1} of {runs}", file=sys.stderr)
        for name, run in _round(files, folder / f"{round_}", timed):
            measured[name].append(run)
            if name in files:
                stages[name].append(_timings(folder / f"{round_}", name))
    print("· memory", file=sys.stderr)
    memory = dict(_round(files, folder / "memory", weighed))
    print(
        f"Median of {runs} on {os.cpu_count()} cores, load before: {load:.1f} (if others disturb, trust the ratio)."
        "\nMemory in MiB, of one more run: Python = its peak RSS, all = with the browser, peak PSS (shared pages count "
        "once).\n"
    )
    print("\n".join((*_table(measured, memory), "", *_stages(stages))))


def _round(files: dict[str, Path], folder: Path, measure: Measure) -> Iterator[tuple[str, Measured]]:
    """One run of each: `reportgen run` of the files, default recipe and period, all formats; then the yardsticks."""
    folder.mkdir()
    for name, file in files.items():
        command = [sys.executable, "-m", "reportgen", "run", "--input", str(file), "--output", str(folder / name)]
        yield name, measure(command, folder, environment(REPORTGEN_TIMINGS=str(folder / f"{name}.json")))
    brief = next((folder / next(iter(files))).glob("*/brief.json"))
    for name, script in _yardsticks(folder.parent, brief).items():
        yield name, measure([sys.executable, *script], folder, environment())


def _timings(folder: Path, name: str) -> dict[str, float]:
    """The seconds of the stages of a run."""
    file = folder / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _yardsticks(folder: Path, brief: Path) -> dict[str, list[str]]:
    """What the runs are compared with: Python's arguments, by name."""
    return {
        NOTEBOOK: ["-m", "benchmarks.notebook", str(folder / "transactions.csv")],
        FLOOR: ["-m", "benchmarks.floor", str(brief)],
    }


def _table(measured: dict[str, list[Measured]], memory: dict[str, Measured]) -> Iterator[str]:
    """Wall time with its range, memory, and the ratios to notebook and floor."""
    base, floor = (statistics.median(run.seconds for run in measured[name]) for name in (NOTEBOOK, FLOOR))
    yield f"{'input':<26}{'wall s':>8}{'min':>8}{'max':>8}{'Python':>9}{'all':>7}{'× notebook':>12}{'× floor':>9}"
    for name, runs in measured.items():
        seconds = [run.seconds for run in runs]
        wall, held = statistics.median(seconds), memory[name]
        yield (
            f"{name:<26}{wall:>8.2f}{min(seconds):>8.2f}{max(seconds):>8.2f}{held.own:>9.0f}{held.tree:>7.0f}"
            f"{wall / base:>12.2f}{wall / floor:>9.2f}"
        )


def _stages(stages: dict[str, list[dict[str, float]]]) -> Iterator[str]:
    """Median seconds of each stage, per input."""
    names = list(dict.fromkeys(stage for runs in stages.values() for run in runs for stage in run))
    if not names:
        yield "No stage table: the runs wrote no timings."
        return
    yield f"{'stage (s)':<26}" + "".join(f"{name:>10}" for name in stages)
    for stage in names:
        medians = (statistics.median(run.get(stage, 0.0) for run in runs) for runs in stages.values())
        yield f"{stage:<26}" + "".join(f"{median:>10.2f}" for median in medians)


if __name__ == "__main__":
    sys.exit(main())
