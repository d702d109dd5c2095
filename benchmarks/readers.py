"""`python -m benchmarks.readers`: latencies of the served archive for many readers at once, while a draft is made."""

import argparse
import asyncio
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import environment
from reportgen import config, hosting
from reportgen.ledger.clock import Clock
from reportgen.sample import write
from reportgen.serving import worker
from reportgen.serving.jobs import Wanted
from reportgen.serving.office import clock

ROOT = Path(__file__).resolve().parent.parent
PERIOD = "2026-09"
PATHS = ("/", f"/{PERIOD}/index.html", "/assets/screen.css", f"/{PERIOD}/charts/share.js", f"/{PERIOD}/brief.pdf")
CONFIG = '[input]\npath = "shop.csv"\n[shop]\ncurrency = "GBP"\n[serve]\nport = {port}\n'


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.readers", description=__doc__)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--issues", type=int, default=500)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reportgen-bench-") as name:
        folder = Path(name)
        file, port = _archive(folder)
        with _server(file, port):
            for label, busy in (("alone", False), ("while a draft is made", True)):
                if busy:
                    _ask(file, clock())
                taken = asyncio.run(_readers(port, options.readers, options.seconds))
                print(f"{options.readers} readers, {label}: {_told(taken, options.seconds)}")
        print(f"{options.issues} issues: the archive is rebuilt in {_rebuilt(file, options.issues):.2f} s")


def _archive(folder: Path) -> tuple[Path, int]:
    """A configuration with one issue of the sample, and a free port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = int(listener.getsockname()[1])
    write(folder / "shop.csv")
    file = folder / "config.toml"
    file.write_text(CONFIG.format(port=port))
    subprocess.run(_command("run", file, "--period", PERIOD), check=True, env=environment(), capture_output=True)
    return file, port


@contextmanager
def _server(file: Path, port: int) -> Iterator[None]:
    process = subprocess.Popen(_command("serve", file), env=environment())
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def _ask(file: Path, now: Clock) -> None:
    """A job, which the server's worker takes up within seconds."""
    jobs = worker.jobs(config.load(file), now)
    job = jobs.ask("benchmark", Wanted(PERIOD, "strategic", "A4", "configured"))
    while not jobs.stages(job):
        time.sleep(0.1)


async def _readers(port: int, count: int, seconds: float) -> list[float]:
    until = time.perf_counter() + seconds
    taken = await asyncio.gather(*(_reader(port, number, until) for number in range(count)))
    return [each for one in taken for each in one]


async def _reader(port: int, number: int, until: float) -> list[float]:
    """Seconds of each answer to a reader who pauses a little after each page."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken: list[float] = []
    while time.perf_counter() < until:
        path = PATHS[(number + len(taken)) % len(PATHS)]
        began = time.perf_counter()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        taken.append(time.perf_counter() - began)
        await asyncio.sleep(0.5)
    writer.close()
    return taken


def _rebuilt(file: Path, issues: int) -> float:
    """Seconds to rebuild the archive of so many issues, all of them like the one that there is."""
    chosen = config.load(file)
    output = Path(chosen.report.output)
    for number in range(1, issues):
        name = f"{1980 + number // 12}-{number % 12 + 1:02}"
        shutil.copytree(output / PERIOD, output / name, copy_function=os.link)
    began = time.perf_counter()
    hosting.rebuild(chosen)
    return time.perf_counter() - began


def _told(taken: list[float], seconds: float) -> str:
    cuts = statistics.quantiles(taken, n=100)
    return (
        f"{len(taken) / seconds:.0f} answers per second; median {1000 * cuts[49]:.0f} ms, "
        f"95 % {1000 * cuts[94]:.0f} ms, 99 % {1000 * cuts[98]:.0f} ms, slowest {1000 * max(taken):.0f} ms"
    )


def _command(verb: str, file: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "reportgen", verb, "--config", str(file), *more]


if __name__ == "__main__":
    main()
