"""An evaluation in words: what it says is what the facts say."""

import msgspec
import pytest

from reportgen.verdict import claims, verdict
from reportgen.wording import Words
from tests.judging.evaluations import evaluation

WORDS = Words("en_GB", "GBP", 2)


@pytest.fixture(scope="module")
def two():
    return evaluation("strategic", "kmeans-4")


def test_the_words(two, snapshot):
    assert msgspec.to_builtins(verdict(two, WORDS)) == snapshot


def test_every_row_is_as_long_as_its_head(two):
    said = verdict(two, WORDS)
    tables = [said.overview, *(table for part in (*said.parts, *said.agreements) for table in part.tables)]
    assert {len(row) - len(table.head) for table in tables for row in table.rows} == {0}


def test_the_steadiest_is_named_only_if_it_is(two):
    (claim,) = claims(two, WORDS)
    assert claim.holds
    first = two.judgements[0]
    same = msgspec.structs.replace(two, judgements=(first, msgspec.structs.replace(first, recipe="again")))
    assert not any(claim.holds for claim in claims(same, WORDS))


def test_one_recipe_alone(two):
    alone = msgspec.structs.replace(two, judgements=two.judgements[1:], agreements=())
    said = verdict(alone, WORDS)
    assert said.agreements == ()
    stable = sum(segment.band in {"stable", "highly stable"} for segment in two.judgements[1].segments)
    assert str(stable) in said.title or "All" in said.title


def test_a_sample_is_said(two):
    sampled = msgspec.convert(
        {**msgspec.to_builtins(two), "sample": {"on_file": 3_000_000, "drawn": 10_000}}, type(two)
    )
    assert "A sample: 10,000 of 3,000,000 customers on file." in verdict(sampled, WORDS).deck


def test_many_segments_take_the_whole_width():
    said = verdict(evaluation("strategic", "grid-rf"), WORDS)
    (part,) = said.agreements
    assert part.wide
    assert [table.head[0] for table in part.tables] == ["strategic: customers", "strategic: share of revenue"]
    assert any("by their place in the list" in text for _, texts in said.parts[1].notes for text in texts)
