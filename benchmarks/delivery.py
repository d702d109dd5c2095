"""`python -m benchmarks.delivery`: a thousand readers, and an archive of five hundred issues, on this machine."""

import argparse
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

from aiosmtpd.controller import Controller

from reportgen import archive, ledger
from reportgen.config import Config, Mail, Report
from reportgen.issuing import looking
from reportgen.ledger.clock import Clock
from reportgen.mail import message
from reportgen.mail.message import Attached, Content, Envelope, Message
from reportgen.mail.post import Post

PDF = 250_000
"""Bytes of a usual brief."""
ADDRESS = "127.0.0.1"


class Sink:
    """Takes every message and keeps none."""

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802, ARG002
        return "250 OK"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="reportgen-bench-") as name:
        folder = Path(name)
        seconds = _mail(folder, options.readers)
        print(f"{options.readers:,} readers: {seconds:.2f} s, {1000 * seconds / options.readers:.1f} ms each")
        for what, took in _archive(folder, options.issues):
            print(f"{options.issues:,} issues: {what} {1000 * took:.0f} ms")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__)
    parser.add_argument("--readers", type=int, default=1000)
    parser.add_argument("--issues", type=int, default=500)
    return parser.parse_args()


def _mail(folder: Path, readers: int) -> float:
    """Seconds to send an issue of usual size to so many, each with its record on disk."""
    addresses = tuple(f"reader{number}@example.com" for number in range(readers))
    with _server() as port:
        mail = Mail(host=ADDRESS, port=port, security="none", sender="brief@example.com", management=addresses,
                    operators=("ops@example.com",))  # fmt: skip
        with ledger.opened(folder, _clock(), wait=30) as book:
            return _timed(lambda: Post(mail, book).send(_letter(mail), addresses))


def _archive(folder: Path, issues: int) -> Iterator[tuple[str, float]]:
    """Seconds of what each run and each look does with the whole archive."""
    output = folder / "output"
    model = output / "1970-01"
    model.mkdir(parents=True)
    (model / "manifest.json").write_text(
        '{"made": "2011-12-01T06:00:00", "inputs": [], "recipe": "", "recipe_sha256": "", "config_sha256": "", '
        '"versions": {}, "files": {}}',
        encoding="utf-8",
    )
    for number in range(1, issues):
        copytree(model, output / f"{1970 + number // 12}-{number % 12 + 1:02}")
    config = Config(report=Report(output=str(output)))
    with ledger.opened(Path(f"{output}-ledger"), _clock(), wait=30) as book:
        for edition in archive.editions(output):
            book.claim(edition.name, "ann@example.com", "<1>")
            book.settle(edition.name, "ann@example.com", "accepted", "250 OK")
        yield "what went out", _timed(book.out)
    yield "the issue that holds", _timed(lambda: archive.latest(output, "1990-06"))
    yield "status", _timed(lambda: list(looking.status(config, _clock())))
    yield "log", _timed(lambda: list(looking.log(config, _clock(), as_json=True)))


def _letter(mail: Mail) -> Message:
    content = Content("text\n" * 40, "<p>html</p>" * 600, b"\x89PNG" * 4_000, Attached("brief.pdf", bytes(PDF)))
    return message.issue(mail, "The Brief", Envelope("2011-11", "The Brief", _clock().start), content)


@contextmanager
def _server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    controller = Controller(Sink(), hostname=ADDRESS, port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop(no_assert=True)


def _clock() -> Clock:
    return Clock(datetime(2011, 12, 1, 6, tzinfo=UTC))


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
