"""The worker: a process of its own that does the jobs one after the other, whoever watches.

Each job is `reportgen run --draft`: the same pipeline, the same messages. The server may end meanwhile.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Final

from reportgen.config import Config
from reportgen.errors import LockedError
from reportgen.issuing import drafting
from reportgen.ledger import lock
from reportgen.ledger.clock import Clock
from reportgen.serving.jobs import DraftJob, Jobs, Wanted

FOLDER: Final = "worker"
"""In the ledger's folder: the lock of the one worker."""
MARK: Final = ".job"
"""In a job's folder, with its number: what the worker made, and may remove."""
ROOM = 100_000_000
"""Bytes that must be free wherever a draft is made, recorded and put."""
LOOK = 0.2
"""Seconds between two looks at whether the job is still wanted."""
NICE = 10
"""Readers come first: a draft takes the processor time that they leave."""
GRACE = 12.0
"""Seconds that a run gets to end in order."""
FAILED: Final = "Error: "
TAKEN: Final = "{} was not made for this job, and is left as it is.\nMove it elsewhere, or ask again."
KILLED: Final = "The run was ended by the system (signal {}) before the brief was made.\nIs there enough memory?"


def jobs(config: Config, clock: Clock) -> Jobs:
    """The jobs of the archive."""
    return Jobs(config.ledger.folder(config.report.output), clock, config.ledger.wait)


def start(file: Path) -> None:
    """A worker that outlives this process; one too many ends by itself."""
    command = [sys.executable, "-m", "reportgen", "work", "--config", str(file)]
    nothing = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)  # noqa: S603
    Thread(target=process.wait, daemon=True).start()


def has_room(config: Config) -> bool:
    """Whether a job could be recorded, made and put: by rights and space alone, nothing is written."""
    record = config.ledger.folder(config.report.output)
    try:
        return all(map(_writable, (record, drafting.place(config), Path(tempfile.gettempdir()))))
    except OSError:
        return False


def _writable(folder: Path) -> bool:
    there = next(each for each in (folder, *folder.parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK) and shutil.disk_usage(there).free >= ROOM


def at_work(config: Config) -> bool:
    """Whether a worker is at it. One that begins in this very moment may meet the look, and ends: look again."""
    try:
        with lock.held(config.ledger.folder(config.report.output) / FOLDER):
            return False
    except LockedError:
        return True


@dataclass(frozen=True)
class Worker:
    """Does the jobs of the archive that the configuration `file`, read as `config`, names."""

    config: Config
    file: Path
    jobs: Jobs

    def work(self) -> None:
        """Does jobs until none waits; nothing where another worker is at it."""
        place = self.config.ledger.folder(self.config.report.output) / FOLDER
        while True:
            try:
                with lock.held(place):
                    self.jobs.recover()
                    self._sweep()
                    while job := self.jobs.take():
                        self._do(job)
            except LockedError:
                return
            if not self.jobs.waiting():  # asked again without the lock: whoever asked meanwhile met it
                return

    def _do(self, job: DraftJob) -> None:
        folder = drafting.place(self.config) / str(job.id)
        if trouble := _trouble(folder):
            self.jobs.end(job.id, "failed", trouble)
            return
        before = drafting.states(Path(self.config.report.output))  # what is published from here on, the run may not see
        with subprocess.Popen(  # noqa: S603
            self._command(job.wish, folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, start_new_session=True,
        ) as process:  # fmt: skip
            self._settle(job.id, process, self._told(process, job.id), before)

    def _told(self, process: "subprocess.Popen[str]", job: int) -> list[str]:
        """All that the run said, once it has ended; its stages are told as they come."""
        said: list[str] = []
        try:
            for line in self._lines(process, job):
                said.append(line)
                if not any(each.startswith(FAILED) for each in said):
                    self.jobs.tell(job, line)
        except BaseException:
            _end(process)  # whoever begins the job anew wants its folder alone
            raise
        return said

    def _command(self, wish: Wanted, folder: Path) -> list[str]:
        given = self.config.serve.inputs.get(wish.input, ())
        inputs = (given,) if isinstance(given, str) else given
        return [
            sys.executable, "-m", "reportgen", "run", f"--config={self.file}", f"--draft={folder}",
            f"--period={wish.period}", f"--recipe={wish.recipe}", f"--paper={wish.paper}",
            *(f"--input={path}" for path in inputs),
        ]  # fmt: skip

    def _lines(self, process: "subprocess.Popen[str]", job: int) -> Iterator[str]:
        """What the run says, as it says it; the run is ended if nobody wants it any more."""
        lines: SimpleQueue[str | None] = SimpleQueue()
        Thread(target=_read, args=(process.stderr, lines), daemon=True).start()
        while True:
            try:
                line = lines.get(timeout=LOOK)
            except Empty:
                if self._unwanted(job):
                    _end(process)
                continue
            if line is None:
                return
            yield line

    def _unwanted(self, job: int) -> bool:
        found = self.jobs.get(job)
        return found is None or found.cancelling

    def _settle(self, job: int, process: "subprocess.Popen[str]", said: list[str], before: Mapping[str, str]) -> None:
        """Puts on record what came of the run; `before` are the states of the archive's editions when it began."""
        folder = drafting.place(self.config) / str(job)
        sentence = process.stdout.read().strip() if process.stdout else ""
        code = process.wait()
        made = drafting.find(folder)
        if self._unwanted(job):
            shutil.rmtree(folder, ignore_errors=True)  # the run may have been quicker than who cancelled it
            self.jobs.end(job, "cancelled", "Cancelled.")
        elif code < 0:
            self.jobs.end(job, "failed", KILLED.format(-code))
        elif code:
            self.jobs.end(job, "failed", _message(said) or f"The run ended with exit code {code}.")
        elif made is None:
            self.jobs.end(job, "settled", sentence)
        else:
            self.jobs.end(job, "done", f"{made.name} is ready as a draft.", made.name, before.get(made.name, ""))

    def _sweep(self) -> None:
        """Removes the drafts of jobs that failed or are not among the latest; other folders are somebody's own."""
        kept = {str(job.id) for job in self.jobs.latest() if job.state in {"queued", "running", "done"}}
        for folder in drafting.place(self.config).glob("*"):
            if folder.name not in kept and _of_job(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _of_job(folder: Path) -> bool:
    """Whether the worker made `folder` for the job of its name; a copy of one under another number is somebody's."""
    mark = folder / MARK
    return mark.is_file() and mark.read_text("utf-8", "replace") == folder.name


def _trouble(folder: Path) -> str:
    """Makes `folder` anew for its job; gives why it can't, "" if it did. What somebody else made is left as it is."""
    if _of_job(folder):
        shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()  # one that is empty, or not marked yet
    if folder.exists():
        return TAKEN.format(folder)
    try:
        folder.mkdir(parents=True, mode=0o700)
        (folder / MARK).write_text(folder.name, "utf-8")
    except OSError as error:
        return f"{folder} can't be made: {error.strerror}."
    return ""


def _read(stream: IO[str] | None, lines: "SimpleQueue[str | None]") -> None:
    for line in stream or ():
        lines.put(line.rstrip("\n"))
    lines.put(None)


def _end(process: "subprocess.Popen[str]") -> None:
    """Ends a run and what it started: first in order, then at once."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    until = time.monotonic() + GRACE
    while process.poll() is None and time.monotonic() < until:
        time.sleep(LOOK)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _message(said: list[str]) -> str:
    """The error as the command line told it."""
    for place, line in enumerate(said):
        if line.startswith(FAILED):
            return "\n".join([line.removeprefix(FAILED), *said[place + 1 :]])
    return "\n".join(said[-2:])
