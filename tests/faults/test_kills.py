"""A run that is killed (-9), wherever it stands: nothing half-written, no second mail, and the next run finishes."""

import os
import signal

import pytest

pytestmark = pytest.mark.slow
ONCE = "the next run finishes; one mail to each"

STAGES = {
    "at the start of reading": ("Reading the input", 0.0),
    "while reading": ("Reading the input", 0.3),
    "at the start of computing": ("Computing the brief", 0.0),
    "at the start of drawing": ("Drawing charts", 0.0),
    "while drawing": ("Drawing charts", 0.7),
    "at the start of publishing": ("Writing the files", 0.0),
    "while publishing": ("Writing the files", 0.01),
    "at the start of sending": ("Sending", 0.0),
    "while the message is made": ("Sending", 0.3),
}


def stages():
    return [
        pytest.param(*where, id=name, marks=pytest.mark.faults(f"killed {name}", ONCE))
        for name, where in STAGES.items()
    ]


@pytest.mark.parametrize(("stage", "after"), stages())
def test_killed_at_a_stage(home, stage, after):
    assert home.killed_at(stage, after) == -signal.SIGKILL
    home.finishes()


def kill_in(home, event, reader):
    """Kills the run as the server hears of `reader`."""
    process = home.start()

    def strike(recipient):
        if recipient == reader and process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()

    home.inbox.before[event] = strike
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    home.inbox.before.clear()


@pytest.mark.faults("killed between two readers", "the second gets it from the next run, the first no second one")
def test_killed_before_the_second_reader(home):
    kill_in(home, "rcpt", "bob@example.com")
    assert home.inbox.recipients == ["ann@example.com"]
    home.finishes()


@pytest.mark.faults("killed after the message, before the answer", "unknown, told to operators once, never sent again")
def test_killed_before_the_answer(home):
    kill_in(home, "data", "ann@example.com")
    done = home.finishes(code=5)
    assert "ann@example.com unknown" in done.stderr
    assert home.told == ["Customer Segments Brief: 2024-12 did not reach everyone"]


@pytest.mark.faults("killed twice in a row", ONCE)
def test_killed_twice(home):
    home.killed_at("Writing the files", 0.005)
    home.killed_at("Drawing charts", 0.2)
    home.finishes()
