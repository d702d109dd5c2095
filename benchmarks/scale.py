"""`python -m benchmarks.scale [--rows 1e5,1e6,1e7,1e8]`: whole runs on growing ledgers, and what they took."""

import argparse
import json
import os
import resource
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import ledger
from benchmarks.measure import CommandError, Measured, environment, weighed

ROWS = "1e5,1e6,1e7,1e8"
PERIOD = "2024-12"
NOW = "2025-01-15T06:00"


@dataclass(frozen=True)
class Cost:
    """A run: what it took, processor seconds of all its processes, and the seconds of its stages."""

    run: Measured
    cpu: float
    stages: dict[str, float]


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="reportgen-scale-", dir=options.folder) as name:
        folder = Path(name)
        print(_heading())
        for rows in (int(float(count)) for count in options.rows.split(",")):
            file = folder / f"ledger-{rows}.parquet"
            print(f"· making {rows:,} rows", file=sys.stderr)
            ledger.write(str(file), rows, options.customers, shuffled=options.shuffled)
            try:
                print(_row(rows, _cost(file, folder, options)), flush=True)
            except CommandError as error:
                print(f"{rows:>12,} failed, {error}")
                return 1
            finally:
                file.unlink()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--rows", default=ROWS, help=f"rows of each ledger (default {ROWS})")
    parser.add_argument("--customers", type=int, help="customers of each ledger (default: one for 31 rows)")
    parser.add_argument("--shuffled", action="store_true", help="rows in no order, instead of that of time")
    parser.add_argument("--recipe", default="strategic")
    parser.add_argument("--memory", help='what the engine may take, such as "1 GiB"; beyond, it works on disk')
    parser.add_argument("--folder", help="where the ledgers are made: 100 million rows take 1.2 GB")
    return parser.parse_args()


def _cost(file: Path, folder: Path, options: argparse.Namespace) -> Cost:
    """One `reportgen run` of `file` with all formats."""
    timings, output, config = file.with_suffix(".json"), file.with_suffix(""), folder / "config.toml"
    memory = f'memory = "{options.memory}"\n' if options.memory else ""
    config.write_text(f'[input]\npath = "{file}"\n{memory}[shop]\ncurrency = "GBP"\n', encoding="utf-8")
    command = [sys.executable, "-m", "reportgen", "run", "--config", str(config), "--output",
               str(output), "--recipe", options.recipe, "--period", PERIOD, "--now", NOW]  # fmt: skip
    before = _cpu()
    run = weighed(command, folder, environment(REPORTGEN_TIMINGS=str(timings)))
    return Cost(run, _cpu() - before, json.loads(timings.read_text(encoding="utf-8")) if timings.exists() else {})


def _heading() -> str:
    return (
        f"One run each on {os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}. MiB: Python's peak RSS, and "
        "with the browser (PSS).\n\n"
        f"{'rows':>12}{'wall s':>9}{'CPU s':>9}{'MiB':>8}{'all':>8}{'µs/row':>9}  stages (s)"
    )


def _row(rows: int, cost: Cost) -> str:
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in cost.stages.items() if seconds >= 0.1)  # noqa: PLR2004
    return (
        f"{rows:>12,}{cost.run.seconds:>9.1f}{cost.cpu:>9.1f}{cost.run.own:>8.0f}{cost.run.tree:>8.0f}"
        f"{cost.run.seconds / rows * 1e6:>9.2f}  {stages}"
    )


def _cpu() -> float:
    """Processor seconds of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())
