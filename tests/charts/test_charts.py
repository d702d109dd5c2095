import json
import re
from datetime import datetime
from decimal import Decimal
from itertools import combinations, pairwise

import plotly.graph_objects as go
import pytest

from reportgen import charts
from reportgen.charts import (
    bridge,
    contribution,
    evaluation,
    gains,
    heatmap,
    medians,
    moves,
    segment_trend,
    share,
    trend,
)
from reportgen.charts._canvas import escaped, width_of, wrapped
from reportgen.render.templates import resource
from reportgen.render.theme import look
from reportgen.wording import Words
from tests import brief_factory as factory
from tests.brief_factory import EDGES, replace
from tests.charts.parts import boxes, colors, hovers, labels, marks

THEME = look(resource("assets", "tokens.css").read_text(encoding="utf-8"), {}, "Source Sans Pro").theme


def words_of(brief, locale="en_GB"):
    return Words(locale, brief.currency, brief.scale)


def drawn(brief):
    return charts.draw_all(brief, THEME, words_of(brief))


def sizes(brief):
    return [(name, size, getattr(spec, size)) for name, spec in drawn(brief).items() for size in ("wide", "narrow")]


@pytest.fixture(params=EDGES)
def brief(request):
    return EDGES[request.param]()


def test_every_file_is_a_chart():
    assert set(charts.ALL) == {
        "bridge", "contribution", "effects", "evaluation", "frequency", "gains", "heatmap", "medians", "monetary",
        "moves", "recency", "segment_trend", "share", "trend",
    }  # fmt: skip


def test_figures_are_plotly_at_their_exact_size(brief):
    for _, size, figure in sizes(brief):
        assert go.Figure(figure).layout.width == (673 if size == "wide" else 350)
        assert 40 <= figure["layout"]["height"] <= (500 if size == "wide" else 1200)
        json.dumps(figure, allow_nan=False)


def test_traces_have_ids_of_their_own_and_colours_of_the_theme(brief):
    known = set(THEME.colors.values())
    for name, _, figure in sizes(brief):
        uids = [trace["uid"] for trace in figure["data"]]
        assert len(set(uids)) == len(uids)
        if name != "heatmap":
            assert {color for trace in marks(figure) for color in colors(trace)} <= known


def test_labels_lie_inside_and_apart(brief):
    for name, size, figure in sizes(brief):
        measured = list(boxes(figure))
        width, height = figure["layout"]["width"], figure["layout"]["height"]
        for text, (left, top, right, bottom) in measured:
            inside = left >= -1 and top >= -2 and right <= width + 1 and bottom <= height + 2
            assert inside, (name, size, text, left, top, right, bottom)
        for (one, a), (other, b) in combinations(measured, 2):
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, (name, size, one, other)


def test_labels_are_no_smaller_than_seven_and_a_half_points(brief):
    for _, _, figure in sizes(brief):
        assert all(label["font"]["size"] >= 10 for label in labels(figure))


def test_data_cannot_write_markup():
    for _, _, figure in sizes(factory.long_names()):
        texts = [label["text"] for label in labels(figure)]
        texts += [text for trace in marks(figure) for text in hovers(trace)]
        assert not any(re.search(r"<(?!br>)", text) for text in texts)


def test_nothing_reads_like_a_program(brief):
    for spec in drawn(brief).values():
        said = f"{spec.title} {spec.subtitle} {spec.alt}"
        assert not re.search(r"\b(nan|none|inf|null)\b(?! of| ordered)", said.replace("0 none", ""), re.IGNORECASE)
        assert spec.alt.startswith(spec.title)


def test_alt_texts_carry_the_numbers():
    brief = factory.brief()
    made = drawn(brief)
    for segment in brief.segments:
        for name in ("share", "gains", "moves", "medians"):
            assert segment.name in made[name].alt
    assert "£1.46m" in made["trend"].alt
    assert "848 customers" in made["recency"].alt


def test_shares_are_as_long_as_they_are():
    brief = factory.brief()
    customers, revenue = marks(drawn(brief)["share"].wide)
    assert customers["x"] == [segment.customer_share for segment in brief.segments]
    assert revenue["x"] == [segment.revenue_share for segment in brief.segments]
    layout = drawn(brief)["share"].wide["layout"]
    lengths = []
    for axis in ("xaxis2", "xaxis3"):
        (low, high), (start, end) = layout[axis]["range"], layout[axis]["domain"]
        lengths.append(abs((end - start) / (high - low)))
    assert lengths[0] == pytest.approx(lengths[1])  # a point is as long on either side


@pytest.mark.parametrize("count", range(1, 12))
def test_any_number_of_segments(count):
    brief = factory.brief(count)
    for name, size, figure in sizes(brief):
        for (one, a), (other, b) in combinations(boxes(figure), 2):
            apart = a[2] <= b[0] + 1 or b[2] <= a[0] + 1 or a[3] <= b[1] + 1 or b[3] <= a[1] + 1
            assert apart, (name, size, one, other)


def test_charts_stay_out_where_there_is_nothing_to_say():
    assert "trend" not in drawn(factory.first_month())
    assert not {"bridge", "gains", "moves", "segment_trend"} & set(drawn(factory.first_month()))
    assert "contribution" in drawn(factory.first_month())
    assert "contribution" not in drawn(factory.brief())
    assert "evaluation" not in drawn(factory.brief())
    assert "contribution" not in drawn(factory.clusters())
    nobody = factory.brief(sizes=(0,) * 7)
    assert set(drawn(nobody)) <= {"trend", "bridge", "gains", "moves"}  # those who left


def test_the_bridge_adds_up_exactly(brief):
    if brief.bridge:
        first, *steps, last = bridge.steps(brief, brief.bridge, words_of(brief))
        assert first.amount + sum(step.amount for step in steps) == pytest.approx(last.amount)
        assert all(
            step.base == pytest.approx(before.base + before.amount) for before, step in pairwise([first, *steps])
        )


@pytest.mark.parametrize("edge", ["brief", "long_names", "one_customer"])
def test_bands_of_moves_fill_their_nodes(edge):
    """Both columns hold all customers on one scale, and no node is drawn over another."""
    migration = EDGES[edge]().migration
    if migration is None:
        return
    drawing = moves._drawing(migration, moves.Frame(20, 300, 17, 100, 500))
    for place, nodes in ((0, drawing.left), (1, drawing.right)):
        assert sum(drawing.counts[place].values()) == sum(move.customers for move in migration.moves)
        assert all(above.bottom < below.top for above, below in pairwise(nodes.values()))
        assert next(iter(nodes.values())).top >= 20
        assert list(nodes.values())[-1].bottom <= 320 + 1e-9
        for name, node in nodes.items():
            meeting = [band for band in drawing.bands if name == (band.source, band.target)[place]]
            assert sum(band.thickness for band in meeting) == pytest.approx(node.bottom - node.top, abs=1e-9)


def test_who_moves_up_flows_up_in_blue():
    brief = factory.brief()
    drawing = moves._drawing(brief.migration, moves.Frame(20, 300, 17, 100, 500))
    idle = next(move for move in brief.migration.moves if move.direction == "up")
    aside = tuple(replace(move, direction="aside") if move is idle else move for move in brief.migration.moves)
    tones = moves._tones(replace(brief.migration, moves=aside))
    directions = {(move.source or "entered", move.target or "left"): move.direction for move in aside}
    said = {"up": "good", "new": "good", "down": "bad", "left": "bad", "stayed": "prior-soft", "aside": "prior-soft"}
    assert tones == {pair: said[direction] for pair, direction in directions.items()}
    assert {(band.source, band.target) for band in drawing.bands} == set(tones)


def test_colour_says_good_or_bad_not_up_or_down():
    brief = factory.brief()
    grown = [replace(s, before=replace(s.before, customers=100, customers_change=s.customers - 100)) for s in
             brief.segments]  # fmt: skip
    tones = {s.id: gains.customers_tone(brief, s) for s in grown if s.customers > 300}
    # Records of less than a year before make customers look new.
    assert tones == {"best": "good", "loyal": "good", "new": "", "low-engagement": "", "lost": "bad"}
    long = replace(brief, data=replace(brief.data, first=datetime(2009, 12, 1)))
    assert {gains.customers_tone(long, s) for s in grown if s.archetype == "new"} == {"good"}
    partial = factory.partial_month()
    assert not any(gains.customers_tone(partial, s) for s in grown)


# --- titles: planted false claims are refused ---------------------------------------------------------------


def held(claims):
    return [claim.text for claim in claims if claim.holds]


def test_share_claims_nothing_of_equal_segments():
    brief = factory.brief(sizes=(100,) * 7, each=(100,) * 7)
    assert not held(share.claims(brief, words_of(brief)))
    assert not any("15%" in text for text in held(share.claims(brief, words_of(brief))))


def test_share_names_no_segment_for_a_trifle():
    """The second brings three times its part of the customers, and 3 % of all."""
    brief = factory.brief(sizes=(70, 10, 300, 200, 200, 200, 20), each=(6000, 3000, 1000, 700, 500, 400, 300))
    assert [segment.name for segment in share.leaders(brief)] == [brief.segments[0].name]


def test_trend_refuses_a_false_record():
    brief = factory.brief()
    assert any("November 2011 is the strongest" in text for text in held(trend.claims(brief, words_of(brief))))
    higher = replace(brief.trend[3], revenue=Decimal(9_000_000))
    false = replace(brief, trend=(*brief.trend[:3], higher, *brief.trend[4:]))
    assert not any("November 2011 is" in text for text in held(trend.claims(false, words_of(false))))
    even = replace(brief, trend=tuple(replace(month, revenue=Decimal(500_000)) for month in brief.trend))
    assert not held(trend.claims(even, words_of(even)))


def test_a_partial_month_is_no_record():
    brief = factory.partial_month()
    assert not any("November 2011" in text for text in held(trend.claims(brief, words_of(brief))))


@pytest.mark.parametrize(
    ("edge", "unit", "top"), [("brief", "by month,", "£1.46m"), ("yen", "by month in JP¥,", "146bn")]
)
def test_columns_of_months_leave_out_a_long_sign_of_the_currency(edge, unit, top):
    brief = EDGES[edge]()
    spec = trend.draw(brief, THEME, words_of(brief))
    said = [re.sub("<.*?>", "", label["text"]) for label in labels(spec.wide)]
    assert unit in spec.subtitle
    assert top in said
    assert not any("JP¥" in text for text in said)


def test_contribution_names_none_where_all_bring_the_same():
    brief = factory.first_month()
    even = replace(brief, segments=tuple(replace(s, period_revenue=Decimal(100)) for s in brief.segments))
    assert not held(contribution.claims(even, words_of(even)))


def with_items(brief, **amounts):
    items = tuple(
        replace(i, amount=Decimal(amounts.get(i.kind.replace("-", "_"), i.amount))) for i in brief.bridge.items
    )
    return replace(brief, bridge=replace(brief.bridge, items=items))


def test_a_balance_is_level_within_chance_or_beyond_it():
    brief = factory.brief()
    level = with_items(brief, expansion="208375.85", contraction="-216273.96")
    assert held(bridge.claims(level, words_of(brief))) == [
        "Customers who bought in both periods were level on balance: £208k more, £216k less"
    ]
    apart = with_items(brief, expansion="250000", contraction="-216273.96")
    assert held(bridge.claims(apart, words_of(brief))) == [
        "Customers who bought in both periods spent £250k more, £216k less, within chance"
    ]
    clear = with_items(brief, expansion="90000", contraction="-216273.96")
    assert held(bridge.claims(clear, words_of(brief)))[0].startswith(
        "Customers who bought in both periods spent £126k less than before"
    )


def test_moves_claim_nothing_of_few_customers_or_of_a_month_that_goes_on():
    brief = factory.brief()
    both = (
        replace(brief.migration.departures[5], customers=275, up_share=0.31, down_share=0.2, left_share=0.0, left=0),
    )
    one = replace(brief, migration=replace(brief.migration, departures=both))
    assert held(moves.claims(one, words_of(one)))[0] == "31% of At Risk moved up and 20% down"
    few = tuple(replace(d, customers=20) for d in brief.migration.departures)
    assert not held(moves.claims(replace(brief, migration=replace(brief.migration, departures=few)), words_of(brief)))
    assert not held(moves.claims(factory.partial_month(), words_of(brief)))


def test_the_lead_is_counted_back_to_the_month_that_broke_it():
    brief = factory.brief()
    assert held(segment_trend.claims(brief, words_of(brief)))[0].startswith(
        "Best has brought the most in each month since December 2010"
    )
    eighth = brief.segment_trend[8]
    points = tuple(replace(p, revenue=Decimal(9_000_000)) if p.segment == "loyal" else p for p in eighth.segments)
    months = list(brief.segment_trend)
    months[8] = replace(eighth, segments=points)
    broken = replace(brief, segment_trend=tuple(months))
    assert held(segment_trend.claims(broken, words_of(brief)))[0].startswith(
        "Best has brought the most in each month since September 2011"
    )
    months[10] = replace(months[10], segments=points)
    assert not held(segment_trend.claims(replace(brief, segment_trend=tuple(months)), words_of(brief)))


def test_small_segments_are_named_instead_of_drawn():
    brief = factory.brief(each=(*factory.EACH[:6], 0))
    assert "Lost: next to nothing in any month" in drawn(brief)["segment_trend"].subtitle
    assert "Lost:" not in drawn(brief)["segment_trend"].alt


def test_gains_refuse_a_segment_within_noise():
    brief = factory.brief()
    still = tuple(
        replace(s, before=replace(s.before, period_revenue=s.period_revenue, period_revenue_change=Decimal(0),
                                  active_customers=s.active_customers))
        for s in brief.segments
    )  # fmt: skip
    assert not held(gains.claims(replace(brief, segments=still), words_of(brief)))


def test_heat_map_claims_no_corner_of_an_even_map():
    brief = factory.brief()
    assert not held(heatmap.claims(brief, words_of(brief)))
    cells = tuple(
        replace(c, revenue=brief.totals.revenue if (c.recency, c.frequency) == (0, 3) else Decimal(0))
        for c in brief.heat_map.cells
    )
    corner = replace(brief, heat_map=replace(brief.heat_map, cells=cells))
    assert held(heatmap.claims(corner, words_of(corner)))[0].endswith("100% of revenue")


def test_medians_claim_nothing_of_like_segments():
    brief = factory.brief(each=(100, 90, 80, 70, 60, 50, 40))
    assert not held(medians.claims(brief, words_of(brief)))


def test_evaluation_says_when_another_clustering_separates_better():
    brief = factory.clusters()
    assert held(evaluation.claims(brief, words_of(brief))) == ["4 clusters by k-means separate best: silhouette 0.340"]
    candidates = tuple(replace(c, silhouette=0.9) if not c.chosen else c for c in brief.method.clustering.candidates)
    other = replace(
        brief, method=replace(brief.method, clustering=replace(brief.method.clustering, candidates=candidates))
    )
    (text,) = held(evaluation.claims(other, words_of(other)))
    assert "would separate better (0.900) than the 4 in use (0.340)" in text


def test_finding_what_fits():
    assert escaped('a & <b> "c"') == 'a &amp; &lt;b&gt; "c"'
    assert wrapped("Low Engagement", 200) == "Low Engagement"
    assert wrapped("Low Engagement", 60) == "Low<br>Engagem…" or wrapped("Low Engagement", 60).startswith("Low<br>")
    assert all(width_of(text) < width_of(text + "a") for text in ("", "a", "ab"))


def test_figures(snapshot):
    assert drawn(factory.brief()) == snapshot


def test_titles_of_every_edge(snapshot):
    titles = {name: {key: spec.title for key, spec in drawn(made()).items()} for name, made in EDGES.items()}
    assert titles == snapshot


def test_segments_stand_in_the_order_of_the_recipe():
    brief = factory.brief()
    for name in ("share", "gains", "moves", "medians"):
        found = labels(drawn(brief)[name].wide)
        heights = [next(label["y"] for label in found if label["text"] == s.name) for s in brief.segments]
        assert all(a < b for a, b in pairwise(heights))
