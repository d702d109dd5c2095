"""The gate: every check lets a good issue pass, and holds the one back that it is there for."""

from datetime import datetime
from decimal import Decimal
from hashlib import sha256

import msgspec
import pytest

from reportgen import gate
from reportgen.brief.playbook import Difference, Restatement
from reportgen.config import Gate
from reportgen.gate import Exhibit, figures, pages, paper, period
from reportgen.pages.summary import context
from reportgen.render.pdf import pdf
from reportgen.wording import Words
from tests.brief_factory import brief, first_month, partial_month

replace = msgspec.structs.replace
WORDS = Words("en_GB", "GBP", 2)


def text_of(made):
    page = context(made, {}, WORDS)
    return " ".join([page.headline, *(kpi.value for kpi in page.kpis)])


def exhibit(made=None, **changed):
    """A good issue of November 2011 on the morning after, with the plainest pages."""
    made = made or brief()
    files = {"brief.json": b"{}", "index.html": f"<p>{text_of(made)}</p>".encode()}
    usual = {
        "brief": made, "files": files, "digests": {name: sha256(files[name]).hexdigest() for name in files},
        "mail": {"text": text_of(made)}, "before": None, "first": True, "now": datetime(2011, 12, 1, 6),
        "rules": Gate(), "words": WORDS,
    }  # fmt: skip
    return Exhibit(**{**usual, **changed})


def test_a_good_issue_passes():
    found = gate.examine(exhibit())
    assert gate.failed(found) == (), found
    assert [each.name for each in found] == [
        "complete", "fresh", "enough", "volume", "intact", "reconciles", "restated", "agrees", "ink", "layout",
    ]  # fmt: skip


def held(check, **changed):
    found = check(exhibit(**changed))
    assert not found.passed, found
    return found.what


def test_a_month_that_is_not_over():
    assert "is not over" in held(period.complete, now=datetime(2011, 11, 30, 23, 59, 59))
    assert period.complete(exhibit(now=datetime(2011, 12, 1))).passed


def test_a_month_whose_data_end_early():
    assert "not complete: records run" in held(period.complete, made=partial_month())


def test_data_of_the_month_before_are_missing():
    assert "ended 30 days ago" in held(period.fresh, now=datetime(2011, 12, 31, 6))
    assert period.fresh(exhibit(now=datetime(2011, 12, 28))).passed
    assert period.fresh(exhibit(now=datetime(2013, 1, 1), first=False)).passed
    assert period.fresh(exhibit(now=datetime(2013, 1, 1), rules=Gate(max_age_days=900))).passed


def test_too_little_to_make_claims_on():
    assert "min_customers is 9999" in held(period.enough, rules=Gate(min_customers=9_999))
    assert "1 whole month" in held(period.enough, made=first_month())


@pytest.mark.parametrize("factor", [Decimal("0.2"), Decimal(3)])
def test_a_volume_out_of_bounds(factor):
    made = brief()
    totals = replace(made.period_totals, revenue=made.period_totals.revenue * factor)
    assert "times the usual month" in held(period.volume, made=replace(made, period_totals=totals))
    assert period.volume(exhibit(first_month())).passed


@pytest.mark.parametrize("change", [b"another", None])
def test_files_that_are_not_those_that_were_made(change):
    good = exhibit()
    files = {name: content for name, content in good.files.items() if name != "index.html"}
    if change:
        files["index.html"] = change
    assert "index.html" in held(figures.intact, files=files)


def test_figures_that_do_not_add_up():
    made = brief()
    first, *rest = made.segments
    wrong = replace(made, segments=(replace(first, revenue=first.revenue + Decimal("0.01")), *rest))
    assert held(figures.reconciles, made=wrong) == "does not add up: revenue of the segments"
    *steps, last = made.reconciliation
    wrong = replace(made, reconciliation=(*steps, replace(last, rows=last.rows + 1)))
    assert "rows of the reconciliation" in held(figures.reconciles, made=wrong)


def test_a_number_that_is_told_differently():
    good = exhibit()
    other = {"index.html": good.files["index.html"].replace("£1.46m".encode(), "£1.47m".encode())}
    assert "'£1.46m' in page" in held(figures.agrees, files=other)
    assert "in mail (text)" in held(figures.agrees, mail={"text": text_of(brief()).replace("1,663", "1,664")})


def test_last_months_figures_are_what_its_issue_said():
    made = brief()
    before = replace(made, period=replace(made.period, label="2011-10", start=made.previous_totals.start,
                     end=made.previous_totals.end), period_totals=made.previous_totals)  # fmt: skip
    assert figures.restated(exhibit(before=before)).passed
    issued = replace(before.period_totals, revenue=before.period_totals.revenue + 1000, orders=2_028)
    what = held(figures.restated, before=replace(before, period_totals=issued))
    assert "revenue 1,071,704.67 → 1,070,704.67" in what
    assert "orders 2,028 → 2,027" in what
    other = replace(before, period_totals=issued)
    assert not figures.restated(exhibit(before=other, rules=Gate(max_restatement=0.01))).passed  # page 1 is silent
    difference = Difference(figure="revenue", segment="", issued=issued.revenue, now=issued.revenue - 1000)
    told = Restatement(label="2011-10", segments=True, compared=9, differences=(difference,))
    saying = replace(made, playbook=replace(made.playbook, restatement=told))
    assert figures.restated(exhibit(saying, before=other, rules=Gate(max_restatement=0.01))).passed
    assert not figures.restated(exhibit(saying, before=other, rules=Gate(max_restatement=0.0001))).passed


def test_an_issue_of_the_month_before_that_cannot_be_read_holds_nothing_back():
    found = figures.restated(exhibit(unread="2011-10/brief.json is missing"))
    assert (found.passed, "not compared: 2011-10/brief.json is missing" in found.what) == (True, True)


def charted(svg):
    """A page with one chart, and its figure."""
    figure = '{"data": [{"type": "bar", "y": [1], "marker": {"color": "#0b5c9e"}}], "layout": {}}'
    page = (
        '<div class="chart" data-chart="share" role="img" aria-label="A chart">'
        f'<div class="wide">{svg}</div><div class="narrow">{svg}</div></div>'
    )
    script = f'(window.reportgenCharts ??= {{}})["share"] = {{"wide": {figure}, "narrow": {figure}}};\n'
    return {"index.html": page.encode(), "charts/share.js": script.encode()}


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><defs><rect fill="#0b5c9e"/></defs>{marks}</svg>'
INK = SVG.format(marks='<g><path d="M0,0h9v9Z" fill="rgb(11, 92, 158)"/></g>')
AXES = SVG.format(marks='<path d="M0,0h9" stroke="rgb(20, 33, 61)"/>')


def test_a_chart_without_ink():
    assert pages.ink(exhibit(files=charted(INK))).passed
    assert held(pages.ink, files=charted(AXES)) == "charts came out empty: share"
    assert "1 of 1 charts have no drawing" in held(pages.ink, files=charted(""))


HTML = '<!DOCTYPE html><html lang="en"><head><title>t</title><style>{css}</style></head><body>{body}</body></html>'


def test_pages_that_are_blank_or_cut_off():
    whole = pdf(HTML.format(css="", body="<p>Text</p>"), {})
    blank = pdf(HTML.format(css="", body='<p>Text</p><div style="break-before: page; height: 5cm"></div>'), {})
    wide = pdf(HTML.format(css="p { white-space: nowrap }", body=f"<p>{'very long ' * 40}</p>"), {})
    assert paper.faults(whole) == ()
    assert paper.faults(blank) == ("page 2 is blank",)
    assert paper.faults(wide) == ("text runs off page 1",)
    assert "page 2 is blank" in held(pages.layout, files={"brief.pdf": blank})
    assert paper.text_of(whole).strip() == "Text"
