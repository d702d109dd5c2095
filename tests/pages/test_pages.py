import re
from dataclasses import fields, is_dataclass
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from jinja2 import meta
from markupsafe import Markup

from reportgen import charts, pages
from reportgen.pages import (
    _answer,
    _care,
    _kpis,
    actions,
    landscape,
    months,
    profiles,
    reconciliation,
    segments,
    summary,
    watch,
)  # fmt: skip
from reportgen.render.templates import environment, resource
from reportgen.render.theme import look
from reportgen.wording import Words, facts
from tests import brief_factory as factory
from tests.brief_factory import EDGES, replace

THEME = look(resource("assets", "tokens.css").read_text(encoding="utf-8"), {}, "Source Sans Pro").theme
SHARED = {"medium", "svg"}
"""What templates get besides their context."""


def words_of(brief, locale="en_GB"):
    return Words(locale, brief.currency, brief.scale)


def made(brief, words=None):
    words = words or words_of(brief)
    return pages.sections(brief, charts.draw_all(brief, THEME, words), words)


def shallow(context):
    return {field.name: getattr(context, field.name) for field in fields(context)}


def html(brief, medium="screen", words=None):
    """The sections' HTML by id."""
    words = words or words_of(brief)
    env = environment(words.filters())
    shared = {"medium": medium, "svg": lambda _chart, _size: Markup("<svg></svg>")}
    return {
        part.id: env.get_template(part.template).render(**shallow(part.context), **shared)
        for part in made(brief, words)
    }


@pytest.fixture(params=EDGES)
def brief(request):
    return EDGES[request.param]()


# --- contract of templates ----------------------------------------------------------------------------------


def test_contexts_are_exactly_what_templates_use():
    env = environment(words_of(factory.brief()).filters())
    for part in made(factory.brief()):
        source = resource("templates", part.template).read_text(encoding="utf-8")
        used = meta.find_undeclared_variables(env.parse(source))
        assert used - SHARED == set(shallow(part.context)), part.id


def test_the_frame_is_what_layouts_use():
    source = resource("templates", "base.html.j2").read_text(encoding="utf-8")
    assert set(re.findall(r"frame\.(\w+)", source)) <= {field.name for field in fields(pages.Frame)}


def test_contexts_are_frozen_values_without_facts_of_machines(brief):
    for part in made(brief):
        assert is_dataclass(part.context)
        assert part.context.__dataclass_params__.frozen
        assert "/work" not in repr(part.context)


def test_pages_name_only_charts_that_exist(brief):
    drawn = set(charts.draw_all(brief, THEME, words_of(brief)))
    for body in html(brief).values():
        assert set(re.findall(r'data-chart="([^"]+)"', body)) <= drawn


def test_each_chart_stands_on_exactly_one_page(brief):
    shown = [name for body in html(brief).values() for name in re.findall(r'data-chart="([^"]+)"', body)]
    assert sorted(shown) == sorted(charts.draw_all(brief, THEME, words_of(brief)))


# --- what every brief must be -------------------------------------------------------------------------------


class Text(HTMLParser):
    """The text of a page, and its tags in order."""

    def __init__(self, page):
        super().__init__()
        self.words, self.tags = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    def __str__(self):
        return " ".join(" ".join(self.words).split())


def test_pages_render_in_both_media_and_never_read_like_a_program(brief):
    for medium in ("print", "screen"):
        for name, body in html(brief, medium).items():
            text = str(Text(body))
            assert not re.search(r"\b(nan|inf|null|undefined|Decimal|None)\b(?!: it)", text), (name, text)
            assert "-£" not in text
            assert not re.search(r"(?<![\w–])-\d", text), name


def test_structure_is_readable_by_machines(brief):
    for name, body in html(brief).items():
        tags = Text(body).tags
        levels = [int(tag[1]) for tag, _ in tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 2, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), (name, levels)
        assert all("scope" in attrs for tag, attrs in tags if tag == "th"), name
        assert all(attrs.get("aria-label") for _, attrs in tags if attrs.get("role") == "img"), name
    for body in html(brief, "print").values():
        assert all(attrs.get("alt") for tag, attrs in Text(body).tags if tag == "img")


def test_mark_up_in_data_stays_text():
    body = "".join(html(factory.long_names()).values())
    assert "A &amp; B &lt;i&gt;" in body
    assert "<i> of" not in body
    assert "&lt;b&gt;&amp;&#34;=SUM(A1)" in body


# --- titles and sentences -----------------------------------------------------------------------------------


def held(claims):
    return [claim.text for claim in claims if claim.holds]


def test_the_answer():
    brief = factory.brief()
    assert _answer.headline(brief, words_of(brief)) == "Net revenue was £1.46m, up 36.5% on October."
    assert _answer.reason(brief, words_of(brief)) == (
        "Sales without a customer number account for £233k of the £391k rise; among identified customers, more buyers "
        "(+£110k) and more orders each (+£94.7k) made the difference."
    )


def test_a_change_within_noise_is_none():
    brief = factory.brief()
    same = replace(brief, previous_totals=factory.period(10, "1450000", 2750, 1650))
    assert "about as much as in October (£1.45m)" in _answer.headline(same, words_of(same))
    assert {kpi.change for kpi in _kpis.kpis(same, words_of(same))[:3]} == {"no clear change"}
    apart = replace(brief, previous_totals=factory.period(10, "1370000", 2750, 1650))
    assert _answer.headline(apart, words_of(apart)) == (
        "Net revenue was £1.46m, against £1.37m in October; chance alone can explain the difference."
    )
    place, _range = held(months.claims(same, words_of(same)))
    assert place == "November 2011 is the strongest of 12 whole months by net revenue, £687k above their median"


def test_a_missing_period_changes_the_sentence():
    brief = factory.first_month()
    assert _answer.headline(brief, words_of(brief)) == "Net revenue was £1.46m in November 2011."
    assert _answer.reason(brief, words_of(brief)).startswith("1,663 identified customers placed 2,625 orders")
    assert not any(kpi.change for kpi in _kpis.kpis(brief, words_of(brief)))
    assert any("nothing to compare" in text for text in _care.cautions(brief, words_of(brief)))


def test_a_fall_and_its_causes():
    brief = factory.brief()
    fallen = replace(brief, period_totals=factory.period(11, "600000", 1200, 800), previous_totals=factory.period(
        10, "1000000", 2000, 1300))  # fmt: skip
    assert _answer.headline(fallen, words_of(fallen)) == "Net revenue was £600k, down 40.0% on October."
    fallen = factory.with_changes(fallen)
    assert _answer.reason(fallen, words_of(fallen)) == "Fewer buyers (−£280k) made the difference."
    silent = replace(fallen, drivers=None)
    assert "placed 40% fewer orders of about the same value (£500)" in _answer.reason(silent, words_of(fallen))


def test_more_returned_than_sold():
    brief = factory.negative_month()
    assert _answer.headline(brief, words_of(brief)) == "Net revenue was −£12.0k: more was returned than sold."


@pytest.mark.parametrize(
    ("edge", "said"),
    [
        ("partial_month", "The period is not complete"),
        ("brief", "November 2010 is not on file"),
        ("brief", "Sales without a customer number were £329k (23% of revenue, October 9.0%)"),
        ("first_month", "records hold 1 whole month"),
        ("one_customer", "There is only 1 customer in segments"),
        ("one_empty", "New has no customers."),
        ("orders_only", "No currency is configured"),
        ("clusters", "do not fit the evidence"),
    ],
)
def test_what_to_read_with_care(edge, said):
    brief = EDGES[edge]()
    assert any(said in text for text in _care.cautions(brief, words_of(brief)))


def test_actions_are_those_of_the_largest_sizes():
    brief = factory.brief()
    rows = summary.actions(brief, words_of(brief))
    assert [row.segment for row in rows] == ["Best", "Big Spenders", "Loyal"]
    assert (rows[0].customers, rows[0].revenue, rows[0].span) == ("600", "£28.2k", "to keep: £21.2k to £35.2k")


def test_without_sizes_actions_are_those_with_most_at_stake():
    brief = factory.brief()
    brief = replace(brief, playbook=replace(brief.playbook, ranking=()))
    rows = summary.actions(brief, words_of(brief))
    assert [row.segment for row in rows] == ["Best", "Loyal", "New"]
    assert rows[0].customers == "300"  # of 600, those who sat November out
    assert rows[0].revenue == "£705k"
    assert [row.document for row in rows] == ["A, C"] * 3


def test_segments_title_is_true_or_plain():
    brief = factory.brief()
    moved, most = held(segments.claims(brief, words_of(brief)))
    assert moved == "Lost has 140 customers more than on 31 October 2011; Best brings the most revenue, 36%"
    assert most == "Loyal has the most customers, 24% of all; Best brings the most revenue, 36%"
    partial = factory.partial_month()
    assert not any("than on" in text for text in held(segments.claims(partial, words_of(partial))))
    even = factory.brief(sizes=(100,) * 7, each=(100,) * 7)
    assert not held(segments.claims(even, words_of(even)))


def test_profiles_title_is_true_or_plain():
    brief = factory.brief()
    (text,) = held(profiles.claims(brief, words_of(brief)))
    share = sum(s.revenue_share for s in brief.segments[:3])
    assert f"{share:.0%}" in text
    assert not held(profiles.claims(factory.one_customer(), words_of(brief)))


@pytest.mark.parametrize(
    ("count", "pages_"), [(1, [1]), (3, [3]), (4, [4]), (5, [2, 3]), (7, [3, 4]), (9, [4, 5]), (11, [5, 6])]
)
def test_profiles_fill_their_pages_evenly(count, pages_):
    brief = factory.brief(count)
    assert [len(sheet) for sheet in profiles.context(brief, {}, words_of(brief)).sheets] == pages_


def test_long_names_of_products_get_fewer_rows():
    brief = factory.brief()
    name = "Tin of forty nostalgic travel sweets, ab"
    product = brief.segments[0].products[0]
    renamed = tuple(replace(product, code=str(n), description=name, lift=2 + n) for n in range(3))
    long = replace(brief, segments=tuple(replace(segment, products=renamed) for segment in brief.segments))
    found = profiles.context(long, {}, words_of(brief))
    assert found.wordy
    assert {len(block.products) for sheet in found.sheets for block in sheet} == {2}
    assert found.sheets[0][0].products[0] == (name, "2.0×")

    book = brief.playbook
    pair = next(play.baskets.cross_sell[0] for play in book.plays if play.baskets and play.baskets.cross_sell)
    wide = replace(pair, description=name, offered_description=name)
    plays = tuple(
        replace(play, baskets=replace(play.baskets, cross_sell=(wide,), up_sell=(wide,))) for play in book.plays
    )
    long = replace(brief, playbook=replace(book, plays=plays))
    usual, fewer = (actions.context(each, {}, words_of(brief)) for each in (brief, long))
    assert (len(usual.cross), len(fewer.cross), len(fewer.up)) == (7, 5, 5)


def test_a_column_has_one_precision():
    made = factory.brief()
    best, *others = made.segments
    uneven = replace(made, segments=(replace(best, recency_median=7.5, frequency_median=1200.5), *others))
    told = segments.context(uneven, {}, words_of(made))
    assert [row.recency for row in told.rows][:3] == ["7.5", "37.0", "67.0"]
    assert told.total.recency == "60.0"
    assert [row.frequency for row in told.rows][:2] == ["1,200", "21"]  # beyond a hundred, halves don't count
    found = made.playbook.watch_list
    first, *rest = found.accounts
    whole = replace(found, accounts=(first, *(replace(account, median_gap=8.0) for account in rest)))
    listed = watch.context(replace(made, playbook=replace(made.playbook, watch_list=whole)), {}, words_of(made)).rows
    assert [row.median_gap for row in listed][:2] == ["7.5", "8.0"]


def test_long_ids_of_customers_leave_room_for_what_stands_below():
    brief = factory.brief()
    found = brief.playbook.watch_list
    mail = tuple(replace(account, customer=f"{account.customer}@long.example.com") for account in found.accounts)
    long = replace(brief, playbook=replace(brief.playbook, watch_list=replace(found, accounts=mail)))
    usual, fewer = (watch.context(each, {}, words_of(brief)) for each in (brief, long))
    assert (len(usual.rows), usual.further[0], usual.long_ids) == (20, "12 further, in watch_list.csv", False)
    assert (len(fewer.rows), fewer.further[0], fewer.long_ids) == (12, "20 further, in watch_list.csv", True)


@pytest.mark.parametrize(
    ("value", "long"), [("£1.46m", False), ("CHF1.46m", True), ("JP¥278m", True), ("1,661.5", False)]
)
def test_a_key_figure_that_is_too_wide_gets_smaller_type(value, long):
    assert _kpis.Kpi("Net revenue", value).long is long


def test_a_reconciliation_that_does_not_add_up_is_not_said_to():
    brief = factory.brief()
    assert held(reconciliation.claims(brief, words_of(brief)))
    first, *rest = brief.reconciliation
    false = replace(brief, reconciliation=(replace(first, amount=first.amount + Decimal("0.01")), *rest))
    assert not held(reconciliation.claims(false, words_of(false)))


def test_zero_steps_are_hidden_and_the_rest_signed():
    brief = factory.brief()
    steps = reconciliation.context(brief, {}, words_of(brief)).steps
    assert [step.label for step in steps] == [
        "Rows in the input",
        "Sold without a customer id",
        "Cancelled",
        "In segments",
    ]
    assert [step.rows for step in steps] == ["100,000", "−20,000", "−1,000", "79,000"]
    assert steps[2].amount == "+1,000.00"


def test_bars_of_the_reconciliation_meet():
    brief = factory.brief()
    first, drop, gain, last = (step.bar for step in reconciliation.context(brief, {}, words_of(brief)).steps)
    assert first.left == last.left == 0
    assert drop.left + drop.width == pytest.approx(first.width, abs=0.01)
    assert drop.left == pytest.approx(gain.left, abs=0.01)
    assert gain.left + gain.width == pytest.approx(last.width, abs=0.01)


def test_corners_of_the_map_count_right():
    brief = factory.brief()
    corners = dict(landscape.findings(brief, words_of(brief)))
    assert corners["Regulars gone quiet"].startswith("706 customers")
    assert landscape.claims(brief, words_of(brief))[0].holds


def test_products_stay_out_where_the_input_has_none():
    bodies = html(factory.orders_only())
    assert "The input has no products." in bodies["profiles"]
    assert "JUMBO" not in bodies["profiles"]
    assert "lift" not in bodies["method"]


def test_published_labels_stand_beside_the_evidence():
    body = str(Text(html(factory.clusters())["segments"]))
    assert "2 of 4 published labels do not fit the customers they name" in body
    assert "Does not fit: last bought 16 days ago" in body


def test_the_whole_record_is_told_from_a_month():
    assert facts.whole_record(factory.clusters())
    assert not facts.whole_record(factory.brief())


# --- snapshots ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edge", EDGES)
def test_titles_and_sentences(edge, snapshot):
    brief = EDGES[edge]()
    words = words_of(brief)
    said = {part.id: getattr(part.context, "title", "") for part in made(brief)}
    said |= {
        "answer": [_answer.headline(brief, words), _answer.reason(brief, words)],
        "care": _care.cautions(brief, words),
    }
    said |= {"kpis": [shallow(kpi) for kpi in _kpis.kpis(brief, words)], "frame": shallow(pages.frame(brief, words))}
    assert said == snapshot


@pytest.mark.parametrize("page", [module.__name__.rpartition(".")[2] for module in pages.ALL])
def test_page_on_screen(page, snapshot):
    assert html(factory.brief())[page] == snapshot
