"""Jobs: they survive what can happen to server and worker, and nobody's work is overwritten."""

import os
import signal
import subprocess
import time

import anyio
import pytest

from reportgen import config, ledger
from reportgen.archive import Edition
from reportgen.errors import UsageError
from reportgen.issuing import desk, drafting
from reportgen.serving import app, jobs, worker
from reportgen.serving.jobs import Wanted
from reportgen.serving.office import clock
from tests.hosting.archives import content, month, put
from tests.processes import reportgen, start, write_shop
from tests.serving.conftest import serving, settle

PUBLISHED = "2011-11 has taken the place of the issue before."
WISH = Wanted("2024-12", "strategic", "A4", "configured")


@pytest.fixture
def book(tmp_path):
    return jobs.Jobs(tmp_path / "ledger", clock(), 5)


def test_jobs_wait_in_order_and_each_is_taken_once(book):
    numbers = [book.ask("ann", WISH), book.ask("bob", WISH)]
    assert [book.take().id, book.take().id] == numbers
    assert book.take() is None
    assert book.get(numbers[0]).wish == WISH


def test_what_a_killed_worker_left_is_begun_anew_but_not_for_ever(book):
    job = book.ask("ann", WISH)
    for _ in range(jobs.TRIES):
        assert book.take().id == job
        book.recover()
    assert (book.get(job).state, book.get(job).words) == ("failed", jobs.GONE)
    assert not book.unfinished()


def test_a_job_that_waits_is_cancelled_at_once_and_one_that_runs_is_told(book):
    first, second = book.ask("ann", WISH), book.ask("ann", WISH)
    book.take()
    book.cancel(first)
    book.cancel(second)
    assert (book.get(first).state, book.get(first).cancelling) == ("running", True)
    assert book.get(second).state == "cancelled"
    assert book.take() is None


def test_stages_are_given_from_where_the_watcher_was(book):
    job = book.ask("ann", WISH)
    for text in ("Reading", "Drawing"):
        book.tell(job, text)
    (first, _), (second, text) = book.stages(job)
    assert (text, book.stages(job, first), book.stages(job, second)) == ("Drawing", ((second, "Drawing"),), ())


@pytest.fixture
def place(tmp_path):
    put(tmp_path / "output", "2011-11")
    settle(tmp_path)
    return tmp_path


def publish(place, made, base):
    with desk.taken(config.load(place / "config.toml"), clock()) as table:
        return drafting.publish(table, made, base, "ann")


def draft(place, name="2011-11"):
    folder = put(place / "drafts", name, month("2011-11"), brief__pdf=b"%PDF-draft")
    return Edition("2011-11", "", 1, folder)


def test_a_draft_is_published_as_it_is(place):
    made = draft(place)
    assert publish(place, made, drafting.state(place / "output", "2011-11")) == PUBLISHED
    assert content(place / "output/2011-11") == content(made.folder)
    assert (place / "output-site/2011-11/brief.pdf").read_bytes() == b"%PDF-draft"


def test_what_somebody_else_published_meanwhile_is_not_overwritten(place):
    base = drafting.state(place / "output", "2011-11")
    put(place / "output", "2011-11", brief__pdf=b"%PDF-other")
    before = content(place / "output")
    with pytest.raises(UsageError, match="made anew by somebody else"):
        publish(place, draft(place), base)
    assert content(place / "output") == before


def test_what_went_out_meanwhile_is_not_overwritten(place):
    base = drafting.state(place / "output", "2011-11")
    with desk.taken(config.load(place / "config.toml"), clock()) as table:
        table.ledger.claim("2011-11", "ann@example.com", "<1>")
        table.ledger.settle("2011-11", "ann@example.com", "accepted")
    with pytest.raises(UsageError, match="went out"):
        publish(place, draft(place), base)


class Overtaken(worker.Worker):
    """While its run draws, the issue is published anew by somebody else."""

    def _command(self, _wish, folder):
        return ["/bin/sh", "-c", f"rm -r output/2011-11 && mv newer/2011-11 output/ && mv drafts/2011-11 '{folder}'"]


def test_what_was_published_while_the_draft_was_drawn_is_not_overwritten(place, monkeypatch):
    monkeypatch.chdir(place)
    put(place / "newer", "2011-11", brief__pdf=b"%PDF-newer")
    draft(place)
    chosen = config.load(place / "config.toml")
    asked = worker.jobs(chosen, clock())
    asked.ask("ann", Wanted("2011-11", "strategic", "A4", "configured"))
    Overtaken(chosen, place / "config.toml", asked).work()
    job = asked.get(1)
    assert (job.state, job.edition) == ("done", "2011-11")
    with pytest.raises(UsageError, match="made anew by somebody else"):
        publish(place, drafting.find(drafting.place(chosen) / "1"), job.base)
    assert (place / "output/2011-11/brief.pdf").read_bytes() == b"%PDF-newer"


@pytest.fixture
def shop(tmp_path):
    write_shop(tmp_path / "shop.csv")
    return settle(tmp_path)


def until(said, limit=180):
    end = time.monotonic() + limit
    while not said():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.slow
def test_a_draft_is_made_and_published_and_the_archive_untouched_until_then(shop):
    place = shop.parent
    with serving(shop) as client:
        asked = client.post(
            "/desk/regenerate", period="2024-12", recipe="strategic", paper="Letter", input="configured"
        )
        assert (asked.status, asked.headers["Location"]) == (303, "jobs/1")
        stream = client.ask("/desk/jobs/1/events").text
        assert stream.count("event: stage") == 4
        assert stream.endswith("event: end\ndata: done\n\n")
        again = client.ask("/desk/jobs/1/events", **{"Last-Event-ID": "3"}).text
        assert again.count("event: stage") == 1
        assert not (place / "output").exists()
        assert client.ask("/desk/drafts/1/index.html").status == 200
        assert client.ask("/desk/drafts/1/customers.csv/.").text.startswith("customer,")
        for path in ("..%2f..%2f..%2fconfig.toml", "%2e%2e/%2e%2e/config.toml", "%2fetc/passwd", "index.html%00"):
            assert client.ask(f"/desk/drafts/1/{path}").status == 404
        with ledger.looked_at(place / "output-ledger", clock(), 5) as acts:
            assert acts.acts()[-1].detail == "draft 1, 2024-12/customers.csv/."
        assert client.post("/desk/jobs/1/publish").status == 303
        assert client.post("/desk/jobs/1/publish").status == 409
        assert client.ask("/2024-12/brief.pdf", "bob").status == 200
    assert (place / "output/2024-12/customers.csv").is_file()


def test_a_run_that_the_system_ends_says_so(place):
    chosen = config.load(place / "config.toml")
    book = worker.jobs(chosen, clock())
    job = book.ask("ann", WISH)
    book.take()
    process = subprocess.Popen(["sleep", "60"], stdout=subprocess.PIPE, text=True)
    process.kill()
    worker.Worker(chosen, place / "config.toml", book)._settle(job, process, ["Reading the input"], {})
    process.communicate()
    assert book.get(job).state == "failed"
    assert "signal 9" in book.get(job).words


def test_the_watch_over_jobs_outlives_a_worker_that_cannot_be_started(place, monkeypatch):
    tries = []

    def start(_file):
        tries.append(1)
        raise BlockingIOError(11, "Resource temporarily unavailable")

    async def watch(office):
        with anyio.move_on_after(1):
            await app._revive(office)

    monkeypatch.setattr(app, "REVIVAL", 0.01)
    monkeypatch.setattr(worker, "start", start)
    chosen = config.load(place / "config.toml")
    worker.jobs(chosen, clock()).ask("ann", WISH)
    anyio.run(watch, app.application(chosen, place / "config.toml").state.office)
    assert len(tries) > 1


def test_drafts_of_jobs_are_swept_and_those_made_by_hand_stay(place):
    chosen = config.load(place / "config.toml")
    book = worker.jobs(chosen, clock())
    job = book.ask("ann", WISH)
    book.take()
    book.end(job, "done", "", "2011-11")
    drafts = place / "output-drafts"
    for folder in ("1", "2", "2011-11", "mine", "70", "71"):
        put(drafts / folder, "2011-11")
    for folder, number in (("1", "1"), ("2", "2"), ("71", "2")):  # 71 is somebody's copy of 2
        (drafts / folder / worker.MARK).write_text(number)
    worker.Worker(chosen, place / "config.toml", book).work()
    assert sorted(path.name for path in drafts.iterdir()) == ["1", "2011-11", "70", "71", "mine"]


def test_a_job_does_not_take_the_place_of_a_draft_made_by_hand(place):
    chosen = config.load(place / "config.toml")
    book = worker.jobs(chosen, clock())
    job = book.ask("ann", WISH)
    mine = put(drafting.place(chosen) / str(job), "2011-11")
    worker.Worker(chosen, place / "config.toml", book).work()
    assert (book.get(job).state, (mine / "brief.pdf").read_bytes()) == ("failed", b"%PDF-")
    assert f"output-drafts/{job} was not made for this job" in book.get(job).words


def test_a_job_whose_draft_has_no_place_says_why(tmp_path):
    chosen = config.load(settle(tmp_path))
    book = worker.jobs(chosen, clock())
    job = book.ask("ann", WISH)
    drafting.place(chosen).write_text("in the way")
    worker.Worker(chosen, tmp_path / "config.toml", book).work()
    assert (book.get(job).state, "output-drafts/1 can't be made: " in book.get(job).words) == ("failed", True)


def test_a_draft_whose_place_changed_is_not_offered_for_publication(place):
    chosen = config.load(place / "config.toml")
    book = worker.jobs(chosen, clock())
    job = book.ask("ann", WISH)
    put(drafting.place(chosen) / str(job), "2011-11")
    book.end(job, "done", "Ready.", "2011-11", drafting.state(place / "output", "2011-11"))
    with serving(place / "config.toml") as client:
        assert "Publish as November 2011" in client.ask(f"/desk/jobs/{job}").text
        put(place / "output", "2011-11", brief__pdf=b"%PDF-other")
        page = client.ask(f"/desk/jobs/{job}").text
    assert "out of date" in page
    assert "Publish as" not in page


@pytest.mark.slow
def test_a_job_fails_with_the_words_of_the_command_line(shop):
    told = reportgen("run", "--period", "2031-01", cwd=shop.parent).stderr.partition("Error: ")[2].strip()
    with serving(shop) as client:
        client.post("/desk/regenerate", period="2031-01", recipe="strategic", paper="A4", input="configured")
        client.ask("/desk/jobs/1/events")
        book = worker.jobs(config.load(shop), clock())
    assert (book.get(1).state, book.get(1).words) == ("failed", told)


@pytest.mark.slow
def test_a_job_outlives_its_worker_and_its_server(shop):
    chosen = config.load(shop)
    book = worker.jobs(chosen, clock())
    job = book.ask("ann", WISH)
    process = start("work", "--config", str(shop), cwd=shop.parent)
    until(lambda: book.stages(job))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert book.get(job).state == "running"
    with serving(shop) as client:  # another server, which finds the job without a worker
        assert client.ask(f"/desk/jobs/{job}/events").text.endswith("data: done\n\n")


@pytest.mark.slow
def test_a_job_is_cancelled_while_it_runs_and_leaves_nothing(shop):
    with serving(shop) as client:
        client.post("/desk/regenerate", period="2024-12", recipe="strategic", paper="A4", input="configured")
        book = worker.jobs(config.load(shop), clock())
        until(lambda: book.stages(1))
        assert client.post("/desk/jobs/1/cancel").status == 303
        until(lambda: book.get(1).state == "cancelled")
        assert client.ask("/desk/jobs/1").text.count("Nothing of it is kept.") == 1
    assert not list(shop.parent.glob("output-drafts/1/*"))
