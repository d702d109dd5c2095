"""Many editions from one reading: the same bytes as single runs in order, and what a failing one costs the others."""

import errno
import json
import os
import signal
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reportgen import pipeline
from reportgen.config import Config, Input, Report, Shop
from reportgen.errors import InputError, MachineError, NoRecordsError, RecipeError, UsageError
from reportgen.issuing import backfilling, desk, making
from reportgen.ledger.clock import Clock
from reportgen.series import jobs, name
from reportgen.telling import Say
from tests.briefs import NOW
from tests.ledgers import REAL, needs_real
from tests.processes import reportgen, start, write_shop

CLOCK = Clock(datetime(2025, 1, 15, 6, tzinfo=ZoneInfo("Europe/London")))


@dataclass
class House:
    """A folder with a shop's lines; what its runs said and told."""

    folder: Path
    said: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def say(self):
        return Say(self.said.append, self.noted.append)

    def config(self, period, output, formats=("json", "csv")):
        return Config(
            input=Input(path=str(self.folder / "shop.csv")),
            shop=Shop(currency="GBP", timezone="Europe/London"),
            report=Report(period=period, output=str(self.folder / output), formats=formats),
        )

    def backfill(self, period, output, recipes=("strategic",), **more):
        """Makes a series; gives the runs that the ledger knows then, the first one first."""
        config = self.config(period, output, **more)
        with desk.taken(config, CLOCK) as table:
            try:
                backfilling.make(table, jobs(config, recipes, NOW), self.say, self.told.append)
            finally:
                self.runs = [(run.asked, run.edition, run.outcome, run.exit_code) for run in table.ledger.runs()][::-1]

    def single(self, period, output, **more):
        config = self.config(period, output, **more)
        with desk.taken(config, CLOCK) as table:
            making.make(table, *jobs(config, ["strategic"], NOW), self.say)

    def made(self, output):
        return sorted(path.name for path in (self.folder / output).glob("*"))


def content(folder):
    """Every file below `folder`, by name."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Two years of orders, from January 2023."""
    return write_shop(tmp_path_factory.mktemp("series") / "shop.csv").parent


@pytest.fixture
def house(shop):
    return House(shop)


@pytest.fixture(scope="module")
def backfilled(shop):
    made = House(shop)
    made.backfill("2023-03..2023-04", "output")
    return made


@pytest.mark.slow
def test_a_range_reads_while_the_studio_is_made_ready(house, monkeypatch):
    said, studio_of = [], pipeline.studio_of

    def opened(*of):
        said.extend(house.said)
        return studio_of(*of)

    monkeypatch.setattr(pipeline, "studio_of", opened)
    house.backfill("2023-03..2023-04", "ahead")
    assert said == ["Reading the input"]


def test_a_range_makes_what_single_runs_in_order_make(backfilled, house):
    for month in ("2023-03", "2023-04"):
        house.single(month, "single")
    assert content(house.folder / "output") == content(house.folder / "single")
    assert content(house.folder / "output-site") == content(house.folder / "single-site")
    # It saw the issue of the month before, which had just been published.
    about = json.loads((house.folder / "output/2023-04/manifest.json").read_text())
    assert [issue["name"] for issue in about["issues"]] == ["2023-03/brief.json"]


def test_each_edition_has_its_sentence_its_stages_and_its_run(backfilled):
    months = ["2023-03", "2023-04"]
    assert [Path(sentence.split()[1]).parent.name for sentence in backfilled.told] == [f"{month}" for month in months]
    assert backfilled.said.count("Reading the input") == backfilled.said.count("Rebuilding the hosted archive") == 1
    assert {"2023-03 (1 of 2): Computing the brief", "2023-04 (2 of 2): Writing the files"} <= {*backfilled.said}
    assert backfilled.runs == [(month, month, "created", 0) for month in months]


@pytest.mark.slow
def test_the_same_series_again_changes_nothing(backfilled, house):
    before = content(house.folder / "output")
    house.backfill("2023-03..2023-04", "output")
    assert all(sentence.startswith("Nothing changed") for sentence in house.told)
    assert content(house.folder / "output") == before


@pytest.mark.slow
def test_several_recipes_from_one_reading(house):
    house.backfill("2023-06", "recipes", ("strategic", "four-groups"))
    assert house.made("recipes") == ["2023-06", "2023-06~four-groups"]
    assert "2023-06 by four-groups (2 of 2): Writing the files" in house.said
    assert house.said.count("Reading the input") == 1


FIVE_PARTS = """
id = "parts"
title = "Parts"
summary = "Needs customers with five different numbers of orders"
source = "Our desk"
[[clean]]
step = "guests"
[scores.F]
quantiles = 5
[[segments]]
id = "good"
name = "Good"
archetype = "best"
when = "F_score == 5"
[[segments]]
id = "rest"
name = "Others"
archetype = "mixed"
"""


def test_an_edition_that_fails_costs_no_other(house):
    """In the first month of the file nobody has ordered five times yet."""
    recipe = house.folder / "parts.toml"
    recipe.write_text(FIVE_PARTS)
    with pytest.raises(
        RecipeError, match=r"1 of 2 editions were not made\.\n2023-01: parts\.toml: .*scores\.F"
    ) as told:
        house.backfill("2023-01..2023-02", "failing", (str(recipe),))
    assert "2023-02" not in str(told.value)
    assert house.made("failing") == ["2023-02~parts"]
    assert len(house.told) == 1
    assert [note.partition(", ")[0] for note in house.noted] == ["2023-01: not made"]
    assert [(asked, code) for asked, _, _, code in house.runs] == [("2023-01", 2), ("2023-02", 0)]
    assert (house.folder / "failing-site/index.html").exists()


@pytest.mark.slow
def test_a_failure_of_the_machine_stops_the_series(house):
    stranger = house.folder / "stopped/2023-02"
    stranger.mkdir(parents=True)
    (stranger / "letter.txt").touch()
    with pytest.raises(MachineError, match=r"(?s)3 of 3 .* left alone.*Not tried after that: 2023-03, 2023-04"):
        house.backfill("2023-02..2023-04", "stopped")
    assert house.made("stopped") == ["2023-02"]
    assert [outcome for _, _, outcome, _ in house.runs] == ["failed", "failed"]
    assert content(stranger) == {"letter.txt": b""}


@pytest.mark.slow
def test_a_full_disk_ends_the_series_and_what_is_published_is_hosted(house, monkeypatch):
    real = pipeline.placing.place

    def place(output, brief, *others):
        if brief.period.label == "2023-04":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(output, brief, *others)

    monkeypatch.setattr(pipeline.placing, "place", place)
    with pytest.raises(MachineError, match=r"(?s)2 of 4 .*can't be written: No space.*Free some space.*tried.*2023-05"):
        house.backfill("2023-02..2023-05", "full")
    assert [code for _, _, _, code in house.runs] == [0, 0, 6, 1]
    for month in house.made("full"):
        assert (house.folder / "full-site" / month / "brief.json").is_file()
    assert len(house.made("full")) == 2


@pytest.mark.slow
def test_a_bug_in_one_edition_leaves_those_before_it_hosted(house, monkeypatch):
    def bug(job, *_others):
        raise ZeroDivisionError(job.config.report.period)

    real = pipeline.compute
    monkeypatch.setattr(
        pipeline, "compute", lambda job, intake: (bug if "04" in job.config.report.period else real)(job, intake)
    )
    with pytest.raises(ZeroDivisionError):
        house.backfill("2023-02..2023-04", "bug")
    (month,) = house.made("bug")
    assert (house.folder / "bug-site" / month / "brief.json").is_file()


PERIODS = {
    "backwards": ("2024-03..2024-01", UsageError, r"Write the earlier month first: 2024-01\.\.2024-03"),
    "last in it": ("2024-03..last", UsageError, "'last' is no month"),
    "all in it": ("all..2024-03", UsageError, "'all' is no month"),
    "an open end": ("2024-03..", UsageError, "'' is no month"),
    "before the records": ("2022-11..2023-02", NoRecordsError, r"(?s)2022-11, 2022-12.*some: 2023-01\.\.2025-01"),
    "to come": ("2024-12..2025-03", InputError, "2025-02, 2025-03 .*future: today is 2025-01-15"),
}


@pytest.mark.parametrize("case", PERIODS)
def test_a_wrong_range_is_told_before_anything_is_computed(house, case):
    period, error, words = PERIODS[case]
    with pytest.raises(error, match=words):
        house.backfill(period, "wrong")
    assert not any("Computing" in said for said in house.said)
    assert house.made("wrong") == []


def test_one_brief_at_a_time_is_sent_or_drafted(shop):
    several = {"--send": ("--period", "2024-01..2024-03"), "--draft=d": ("--recipe", "tiers", "--recipe", "strategic")}
    for how, asked in several.items():
        done = reportgen("run", "--input", "shop.csv", *asked, how, cwd=shop)
        assert done.returncode == 2
        assert "but only one at a time" in done.stderr


def test_two_recipes_of_one_id_are_refused(house):
    for number in (1, 2):
        (house.folder / f"parts-{number}.toml").write_text(FIVE_PARTS)
    twins = [str(house.folder / f"parts-{number}.toml") for number in (1, 2)]
    with pytest.raises(UsageError, match="both the recipe parts"):
        house.backfill("2024-01", "twins", twins)
    assert house.runs == [("2024-01", None, "failed", 2)]


def test_jobs_are_months_by_recipes_oldest_first():
    config = Config(report=Report(period="2023-12..2024-01"))
    made = jobs(config, ["strategic", "tiers", "strategic"], NOW)
    assert [name(job, made) for job in made] == [
        "2023-12 by strategic", "2024-01 by strategic", "2023-12 by tiers", "2024-01 by tiers",
    ]  # fmt: skip
    assert [name(job, made[:2]) for job in made[:2]] == ["2023-12", "2024-01"]
    assert [job.config.report.period for job in jobs(Config(), ["strategic"], NOW)] == ["last"]


@pytest.mark.slow
def test_the_pages_of_a_range_are_those_of_single_runs(house):
    """One browser and one typesetter draw what fresh ones draw."""
    every = ("pdf", "html", "json", "csv")
    house.backfill("2024-11..2024-12", "drawn", formats=every)
    for month in ("2024-11", "2024-12"):
        house.single(month, "drawn-single", formats=every)
    assert content(house.folder / "drawn") == content(house.folder / "drawn-single")


@pytest.mark.slow
def test_an_interrupted_range_keeps_what_is_published(shop):
    arguments = ("--period", "2023-06..2024-05", "--output", "interrupted", "--now", "2025-01-15")
    with start("run", "--input", "shop.csv", *arguments, cwd=shop) as process:
        for line in process.stderr:
            if line.startswith("2023-08 (3 of 12): Drawing"):
                process.send_signal(signal.SIGTERM)
                break
        told, errors = process.communicate(timeout=30)
    assert process.returncode == 128 + signal.SIGTERM
    assert "Interrupted." in errors
    assert "Traceback" not in errors
    assert sorted(path.name for path in (shop / "interrupted").iterdir()) == ["2023-06", "2023-07"]
    assert [line.split("/")[1] for line in told.splitlines()] == ["2023-06", "2023-07"]
    again = reportgen("run", "--input", "shop.csv", *arguments, "--format", "json", cwd=shop)
    assert again.returncode == 0, again.stderr


@needs_real
@pytest.mark.slow
def test_twelve_months_of_the_real_shop_are_those_of_single_runs(tmp_path):
    months = ["2010-12", *(f"2011-{month:02}" for month in range(1, 12))]
    common = ("--input", REAL, "--now", "2011-12-10")
    assert reportgen("run", *common, "--period", "2010-12..2011-11", "--output", "range", cwd=tmp_path).returncode == 0
    for month in months:
        assert reportgen("run", *common, "--period", month, "--output", "single", cwd=tmp_path).returncode == 0
    assert content(tmp_path / "range") == content(tmp_path / "single")
    assert content(tmp_path / "range-site") == content(tmp_path / "single-site")
