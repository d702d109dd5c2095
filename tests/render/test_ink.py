"""A chart without its marks doesn't pass."""

import re

import pytest

from reportgen.errors import GateError
from reportgen.render.ink import GROUPS, has_ink


def test_every_known_type_has_ink_and_is_missed_without(press, figures):
    assert set(figures) == set(GROUPS)
    drawn = press.draw(figures)
    empty = {kind: {**figure, "data": [{"type": kind, "visible": False}]} for kind, figure in figures.items()}
    bare = press.draw(empty)
    for kind, figure in figures.items():
        assert has_ink(drawn[kind], figure), kind
        assert not has_ink(bare[kind], figure), kind
        assert has_ink(bare[kind], empty[kind]), kind


def test_one_trace_of_two_is_missed(press, figures):
    bar = figures["bar"]
    two = {**bar, "data": [*bar["data"], {"type": "bar", "x": ["a"], "y": [0.5]}]}
    assert has_ink(press.draw({"two": two})["two"], two)
    assert not has_ink(press.draw({"one": bar})["one"], two)


@pytest.mark.parametrize(("length", "ink"), [(0, True), (None, False)])
def test_bars_of_zero_are_flat_but_missing_ones_are_missed(press, figures, length, ink):
    figure = {**figures["bar"], "data": [{"type": "bar", "x": ["a"], "y": [length]}]}
    assert has_ink(press.draw({"bar": figure})["bar"], figure) is ink


def test_marks_of_another_trace_do_not_count(press, figures):
    both = {**figures["bar"], "data": [*figures["bar"]["data"], *figures["scatter"]["data"]]}
    svg = press.draw({"both": both})["both"]
    assert has_ink(svg, both)
    assert not has_ink(re.sub(rb'class="trace scatter', b'class="', svg), both)


def test_an_unknown_type_is_refused():
    with pytest.raises(GateError, match="type cone"):
        has_ink(b"<svg/>", {"data": [{"type": "cone"}], "layout": {}})


def test_broken_svg_is_refused():
    with pytest.raises(GateError, match="not well-formed"):
        has_ink(b"<svg>", {"data": [], "layout": {}})
