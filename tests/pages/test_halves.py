"""Texts in two halves: nothing lost, nothing twice, both about as high."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from reportgen.pages._halves import Block, halves

entries = st.lists(st.tuples(st.text(max_size=9), st.text(max_size=400)), max_size=9).map(tuple)
blocks = st.lists(st.builds(Block, st.sampled_from(["", "Terms"]), st.just("terms"), entries), max_size=5)


def flat(some):
    return [entry for block in some for entry in block.entries]


@given(blocks)
def test_nothing_is_lost_and_the_order_stays(made):
    left, right = halves(made)
    assert flat(chain(left, right)) == flat(made)
    assert all(block.entries for block in (*left, *right))


@given(blocks)
def test_a_heading_stands_once(made):
    names = [block.name for block in chain(*halves(made)) if block.name]
    assert names == [block.name for block in made if block.name and block.entries]


def test_alike_texts_break_in_the_middle():
    left, right = halves([Block("Terms", "terms", tuple((str(place), "text") for place in range(8)))])
    assert [len(block.entries) for block in (*left, *right)] == [4, 4]
    assert [block.name for block in (*left, *right)] == ["Terms", ""]
