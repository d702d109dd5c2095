"""The last evaluation on the method page."""

import msgspec

from reportgen.evaluation import judged
from reportgen.pages import method
from reportgen.pages._judged import judged_table
from reportgen.recipes import load
from reportgen.wording import Words
from tests import brief_factory as factory
from tests.briefs import brief
from tests.judging.evaluations import evaluation

WORDS = Words("en_GB", "GBP", 2)


def carrying(recipe):
    found = judged(evaluation("strategic", "kmeans-4"), load(recipe))
    carried = msgspec.structs.replace(brief().method, evaluation=found)
    return msgspec.structs.replace(brief(), method=carried)


def test_without_an_evaluation_there_is_no_table():
    assert judged_table(brief(), WORDS) is None


def test_one_row_per_segment_of_the_brief():
    table = judged_table(carrying("strategic"), WORDS)
    assert table.title == "What the evaluation of data through 31 December 2024 found"
    assert [row.name for row in table.rows] == [segment.name for segment in brief().segments]
    rows = {row.name: row for row in table.rows}
    judged_best = next(s for s in evaluation("strategic", "kmeans-4").judgements[0].segments if s.id == "best")
    assert rows["Best"].stability == f"{judged_best.stability:.2f}, {judged_best.band}"
    assert rows["Best"].observed == f"{judged_best.track.customers:,}"


def test_a_segment_that_the_evaluation_did_not_know_has_dashes():
    table = judged_table(carrying("kmeans-4"), WORDS)
    rows = {row.name: row for row in table.rows}
    assert (rows["New"].stability, rows["New"].bought) == ("–", "–")


def test_beside_many_segments_stand_the_terms_and_only_there():
    few, many = factory.brief(8), factory.brief(9)
    for made, beside in ((few, False), (many, True)):
        found = judged(evaluation("strategic", "kmeans-4"), load("strategic"))
        told = msgspec.structs.replace(made, method=msgspec.structs.replace(made.method, evaluation=found))
        page = method.context(told, {}, WORDS)
        below = [block.name for column in page.notes for block in column]
        assert (page.definitions is not None) is beside
        assert ("Definitions" in below) is not beside
    assert method.context(many, {}, WORDS).definitions is None
