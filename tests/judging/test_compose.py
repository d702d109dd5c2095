"""Whole evaluations: the same whatever the order of rows, and on a sample that says so."""

import random

import msgspec
import pytest

from reportgen.errors import RecipeError, UsageError
from reportgen.evaluation import decode, encode
from reportgen.judging.compose import evaluate
from reportgen.judging.snapshots import opened
from reportgen.recipe import Countries, Guests
from reportgen.recipes import load
from tests.briefs import shop
from tests.judging.shops import clustering, question
from tests.ledgers import ledger, line, needs_real
from tests.telling import SILENT

RECIPES = ("strategic", "kmeans-4", "grid-rf")


def judged(lines, names=RECIPES):
    return evaluate(ledger(lines), [load(name) for name in names], question("2024-12"), SILENT)


@pytest.fixture(scope="module")
def evaluation():
    return judged(shop())


@pytest.mark.slow
def test_the_order_of_rows_does_not_matter(evaluation):
    lines = shop()
    random.Random(3).shuffle(lines)  # noqa: S311
    assert encode(judged(lines)) == encode(evaluation)


def test_json_round_trip(evaluation):
    assert decode(encode(evaluation)) == evaluation


def test_segments_add_up(evaluation):
    for judgement in evaluation.judgements:
        assert sum(segment.customers for segment in judgement.segments) == judgement.customers
        assert sum(segment.revenue for segment in judgement.segments) == judgement.revenue
        everyone = judgement.track.everyone
        parts = [segment.track for segment in judgement.segments]
        assert sum(part.customers for part in parts) == everyone.customers
        assert sum(part.spend for part in parts) == everyone.spend


def test_everybody_buys_as_often_whatever_the_recipe(evaluation):
    strategic, _, grid = evaluation.judgements
    assert (strategic.track.everyone.bought, strategic.track.everyone.spend) == (
        grid.track.everyone.bought, grid.track.everyone.spend,
    )  # fmt: skip


def test_every_two_recipes_are_compared(evaluation):
    assert [(found.one, found.other) for found in evaluation.agreements] == [
        ("strategic", "kmeans-4"), ("strategic", "grid-rf"), ("kmeans-4", "grid-rf"),
    ]  # fmt: skip


def test_many_customers_are_sampled():
    lines = shop()
    material = opened(ledger(lines), question("2024-12"), limit=132, size=40)
    assert (material.sample.on_file, material.sample.drawn) == (133, 40)
    drawn = material.lines.customer.nunique().to_pyarrow().as_py()
    again = opened(ledger(lines[::-1]), question("2024-12"), limit=132, size=40).lines
    assert drawn == 40
    assert set(again.customer.to_pyarrow().to_pylist()) == set(material.lines.customer.to_pyarrow().to_pylist())


def test_few_customers_are_all_looked_at():
    material = opened(ledger(shop()), question("2024-12"), limit=133, size=40)
    assert material.sample is None
    assert material.lines.customer.nunique().to_pyarrow().as_py() == 133


def test_a_recipe_named_twice():
    with pytest.raises(UsageError, match="two recipes have the id `strategic`"):
        judged(shop(), ("strategic", "strategic"))


def test_more_clusters_than_customers():
    with pytest.raises(RecipeError, match=r"clusters\.k: 3 clusters of 1 different customer"):
        evaluate(ledger([line("A", "2024-12-02")]), [clustering(3)], question("2024-12"), SILENT)


def test_a_recipe_that_leaves_nobody():
    nowhere = msgspec.structs.replace(load("tiers"), clean=(Guests(), Countries(keep=("Atlantis",))))
    with pytest.raises(RecipeError, match="recipe tiers leaves no customer to segment in 2024-12"):
        evaluate(ledger(shop()), [nowhere], question("2024-12"), SILENT)


@needs_real
@pytest.mark.slow
def test_strategic_is_steadier_than_document_c_on_the_real_data(real):
    found = evaluate(real, [load("strategic"), load("kmeans-4")], question("2011-11"), SILENT)
    strategic, published = found.judgements
    assert all(segment.band == "highly stable" for segment in strategic.segments)
    assert {segment.name: segment.band for segment in published.segments} == {
        "Big Spenders": "doubtful", "Best": "unstable", "Loyal": "highly stable", "Lost": "highly stable",
    }  # fmt: skip
    shares = [segment.track.share for segment in strategic.segments]
    assert shares[0] == max(shares) > 0.8  # Big Spenders
    assert shares[-1] == min(shares) < 0.15  # Lost
