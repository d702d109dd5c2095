"""The archive: names, what holds now, briefs of earlier versions, what is news and what is not."""

import json
from datetime import date, datetime
from decimal import Decimal

import msgspec
import pytest

from reportgen import __version__, archive
from reportgen.archive import facts, placing, reading
from reportgen.brief import encode
from reportgen.brief.playbook import Assignment
from reportgen.deliver import manifest
from reportgen.deliver.manifest import Manifest
from reportgen.errors import MachineError, UsageError
from tests.brief_factory import brief

replace = msgspec.structs.replace
MADE = datetime(2011, 12, 1, 6)
OWNER = Assignment(segment="best", owner="Anna", due=None, title="Call them", text="")


def put(output, name, document, version=__version__):
    folder = output / name
    folder.mkdir(parents=True)
    (folder / "brief.json").write_bytes(document)
    about = Manifest(made=MADE, inputs=(), recipe="strategic", recipe_sha256="", config_sha256="",
                     versions={"reportgen": version}, files={})  # fmt: skip
    (folder / "manifest.json").write_bytes(manifest.encode(about))
    return folder


@pytest.fixture
def output(tmp_path):
    for name in ("2011-11", "2011-11~r2", "2011-11~r10", "2011-11~kmeans-4", "2011-10", "all"):
        put(tmp_path, name, encode(brief()))
    (tmp_path / "evaluation").mkdir()
    (tmp_path / "2011-09").mkdir()  # no manifest: no edition
    return tmp_path


def test_editions_are_told_apart_by_their_names(output):
    found = {each.name: (each.period, each.recipe, each.revision) for each in archive.editions(output)}
    assert found == {
        "2011-11": ("2011-11", "", 1),
        "2011-11~r2": ("2011-11", "", 2),
        "2011-11~r10": ("2011-11", "", 10),
        "2011-11~kmeans-4": ("2011-11", "kmeans-4", 1),
        "2011-10": ("2011-10", "", 1),
        "all": ("all", "", 1),
    }


def test_the_last_revision_holds(output):
    assert archive.latest(output, "2011-11").name == "2011-11~r10"
    assert archive.month_before(output, date(2011, 12, 1)).name == "2011-11~r10"
    assert archive.month_before(output, date(2011, 1, 1)) is None


def test_a_missing_issue_says_what_there_is(output):
    with pytest.raises(UsageError, match="no issue of 2012-01") as caught:
        archive.needed(output, "2012-01")
    assert "2011-10, 2011-11" in caught.value.remedy
    assert archive.editions(output / "nowhere") == ()


def test_a_brief_of_the_first_days_is_read(tmp_path):
    document = json.loads(encode(brief()))
    for segment in document["segments"]:
        del segment["idle_revenue"], segment["before"]
    for key in ("orders", "worth", "match_order"):
        del document["method"][key]
    for key in ("bridge", "drivers", "cohorts", "revision"):
        del document[key]
    put(tmp_path, "2011-11", json.dumps(document).encode())
    read = reading.brief(archive.latest(tmp_path, "2011-11"))
    assert read.period_totals == brief().period_totals
    assert read.segments[0].idle_revenue == 0


def test_versions_are_led_step_by_step_to_this_one():
    document = {"schema_version": 1, "method": {}, "segments": [], "old": 1}
    steps = {1: lambda d: {**d, "old": d["old"] + 1}, 2: lambda d: {**d, "new": d.pop("old") * 10}}
    migrated = reading.migrated(document, steps, version=3)
    assert (migrated["schema_version"], migrated["new"]) == (3, 20)


@pytest.mark.parametrize("content", [b'{"schema_version": 99, "method": {}, "segments": []}', b"{", b"[]", b"{}",
                                     b'{"schema_version": "x"}', b'{"schema_version": "\xff"}'])  # fmt: skip
def test_a_brief_that_cannot_be_read_is_named(tmp_path, content):
    put(tmp_path, "2011-11", content)
    with pytest.raises(MachineError, match=r"2011-11/brief\.json"):
        reading.brief(archive.latest(tmp_path, "2011-11"))


def test_a_folder_under_the_name_of_another_month_is_not_read_as_its_issue(tmp_path):
    put(tmp_path, "2011-10", encode(brief()))
    with pytest.raises(MachineError, match="is the brief of 2011-11, not of 2011-10") as caught:
        reading.brief(archive.latest(tmp_path, "2011-10"))
    assert "Was its folder renamed" in caught.value.remedy


def later(made):
    """The same month, seen some days later."""
    steps = tuple(replace(step, rows=step.rows + 9) if step.step == "raw" else step for step in made.reconciliation)
    data = replace(made.data, rows=made.data.rows + 9, last=made.data.last.replace(year=2012))
    return replace(made, data=data, reconciliation=steps)


def corrected(made):
    totals = replace(made.period_totals, revenue=made.period_totals.revenue - 100)
    first, *rest = made.segments
    return replace(made, period_totals=totals, segments=(replace(first, customers=first.customers + 1), *rest))


def owned_by(made, assignments):
    return replace(made, playbook=replace(made.playbook, assignments=assignments))


def reworded(made):
    return replace(made, method=replace(made.method, title="Another title"))


def test_days_after_the_period_are_no_news():
    assert facts.same(brief(), later(brief()), same_version=True)
    assert not facts.same(brief(), corrected(brief()), same_version=False)
    assert not facts.same(brief(), reworded(brief()), same_version=True)
    assert facts.same(brief(), reworded(brief()), same_version=False)


def test_a_field_that_an_earlier_version_did_not_have_is_no_news():
    old = replace(brief(), cohorts=(), drivers=None)
    assert facts.same(old, brief(), same_version=False)
    assert not facts.same(brief(), old, same_version=False)


def test_within_one_version_what_comes_is_news_as_what_goes_is():
    without, owned = (owned_by(brief(), tasks) for tasks in ((), (OWNER,)))
    for old, new in ((without, owned), (owned, without), (replace(brief(), drivers=None), brief())):
        assert not facts.same(old, new, same_version=True)
    assert facts.same(without, owned, same_version=False)
    assert not facts.same(owned, without, same_version=False)


def test_what_did_not_go_out_is_made_anew_in_its_place(tmp_path):
    put(tmp_path, "2011-11", encode(brief()))
    place = placing.place(tmp_path, corrected(brief()), "", issued=())
    assert (place.folder.name, place.settled, place.brief.revision) == ("2011-11", False, None)


def test_what_went_out_stays_and_differences_become_a_revision(tmp_path):
    put(tmp_path, "2011-11", encode(brief()))
    assert placing.place(tmp_path, later(brief()), "", issued=("2011-11",)).settled
    place = placing.place(tmp_path, corrected(brief()), "", issued=("2011-11",))
    made = place.brief.revision
    assert (place.folder.name, made.number) == ("2011-11~r2", 2)
    assert [(each.figure, each.issued - each.now) for each in made.figures] == [("revenue", Decimal(100))]
    assert [(each.id, each.customers - each.issued_customers) for each in made.segments] == [
        (brief().segments[0].id, 1)
    ]


def test_the_name_of_what_went_out_is_taken_also_where_its_folder_is_gone(tmp_path):
    place = placing.place(tmp_path, brief(), "", issued=("2011-11",))
    assert (place.folder.name, place.settled) == ("2011-11~r2", False)
    assert (place.brief.revision.number, place.brief.revision.compared) == (2, False)
    put(tmp_path, "2011-11", encode(brief()))
    after = placing.place(tmp_path, brief(), "", issued=("2011-11", "2011-11~r10"))
    assert (after.folder.name, after.brief.revision.compared) == ("2011-11~r11", False)
    assert placing.place(tmp_path, brief(), "kmeans-4", issued=("2011-11",)).folder.name == "2011-11~kmeans-4"


def test_a_damaged_issue_that_went_out_is_not_passed_over(tmp_path):
    (put(tmp_path, "2011-11", encode(brief())) / "manifest.json").unlink()
    with pytest.raises(MachineError, match=r"manifest\.json can't be read"):
        placing.place(tmp_path, corrected(brief()), "", issued=("2011-11",))


def test_the_next_revision_is_told_from_the_one_before(tmp_path):
    put(tmp_path, "2011-11", encode(brief()))
    put(tmp_path, "2011-11~r2", encode(corrected(brief())))
    assert placing.place(tmp_path, corrected(brief()), "", issued=("2011-11", "2011-11~r2")).settled
    assert placing.place(tmp_path, brief(), "", issued=("2011-11", "2011-11~r2")).folder.name == "2011-11~r3"
    # Never sent: a revision that was made is made anew.
    assert placing.place(tmp_path, reworded(brief()), "", issued=("2011-11",)).folder.name == "2011-11~r2"


def test_an_upgrade_that_only_words_things_differently_makes_no_revision(tmp_path):
    put(tmp_path, "2011-11", encode(brief()), version="0.0.1")
    assert placing.place(tmp_path, reworded(brief()), "", issued=("2011-11",)).settled
    assert not placing.place(tmp_path, corrected(brief()), "", issued=("2011-11",)).settled


def test_another_recipes_edition_is_no_issue(tmp_path):
    place = placing.place(tmp_path, brief(), "kmeans-4", issued=("2011-11",))
    assert place.folder.name == "2011-11~kmeans-4"
