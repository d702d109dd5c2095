"""Two briefs of the real file against a second opinion in plain pandas, figure by figure and to the penny."""

from datetime import datetime
from decimal import Decimal

import pandas as pd
import pytest

from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from tests import second_opinion as opinion
from tests.ledgers import REAL, needs_real
from tests.second_opinion import MONTH, bought, buyers, inside, revenue

pytestmark = [needs_real, pytest.mark.slow]
FEES = ("POST", "DOT", "M", "D", "C2", "S", "B", "CRUK", "AMAZONFEE", "BANK CHARGES", "PADS")


@pytest.fixture(scope="module")
def lines():
    return opinion.ledger(REAL)


@pytest.fixture(scope="module", params=["2011-11", "2011-07"])
def brief(request, real):
    return compose(real, load("strategic"), Question(request.param, datetime(2011, 12, 31), 3, FEES, "GBP")).brief


@pytest.fixture(scope="module")
def months(brief):
    """The first instants of the period, of the one before, and of the one after."""
    start = pd.Timestamp(brief.period.start)
    return start - MONTH, start, start + MONTH


@pytest.fixture(scope="module")
def table(lines, months):
    """The period's customers with a net above zero, and their segments."""
    return measured(lines, months[2])


@pytest.fixture(scope="module")
def cuts(table):
    return opinion.cut_points(table)


def measured(lines, end):
    found = opinion.customers(lines, end - pd.DateOffset(months=12), end)
    return found[found["M"] > 0]


def pounds(thousandths):
    return Decimal(int(thousandths)).scaleb(-3)


def test_what_leaves_on_the_way_to_segments(brief, lines, table, months):
    past = inside(lines, pd.Timestamp.min, months[2])
    known = past[past["customer"].notna()]
    everybody = opinion.customers(lines, pd.Timestamp.min, months[2]).index
    parts = {
        "raw": lines,
        "after-as-of": lines.drop(past.index),
        "guests": past[past["customer"].isna()],
        "no-purchase-left": known[~known["customer"].isin(everybody)],
        "net-not-positive": known[known["customer"].isin(everybody.difference(table.index))],
        "segmented": known[known["customer"].isin(table.index)],
    }
    steps = {step.step: (abs(step.rows), abs(step.amount)) for step in brief.reconciliation if step.rows}
    assert steps == {step: (len(part), abs(pounds(part["amount"].sum()))) for step, part in parts.items()}


def test_segments(brief, lines, table, cuts, months):
    assert {cut.name: cut.value for cut in brief.method.cut_points} == cuts
    placed, now, came = opinion.segments(table, cuts), revenue(lines, *months[1:]), buyers(lines, *months[1:])
    for segment in brief.segments:
        own = table[placed == segment.id]
        told = (segment.customers, segment.orders, segment.revenue, segment.active_customers, segment.period_revenue)
        assert told == (
            len(own),
            own["F"].sum(),
            pounds(own["M"].sum()),
            len(came.intersection(own.index)),
            pounds(now.reindex(own.index).fillna(0).sum()),
        ), segment.id
        medians = segment.recency_median, segment.frequency_median, segment.tenure_median, segment.monetary_median
        assert [float(each) for each in medians] == [own["R"].median(), own["F"].median(), own["T"].median(),
                                                     own["M"].median() / 1000]  # fmt: skip
    assert sum(segment.customers for segment in brief.segments) == len(table)


def test_months_of_the_ledger(brief, lines):
    for month in brief.trend:
        start = pd.Timestamp(month.month)
        found, purchases = inside(lines, start, start + MONTH), bought(lines, start, start + MONTH)
        guests = found[found["customer"].isna()]
        orders = purchases["invoice"].nunique() + guests.loc[guests["amount"] > 0, "invoice"].nunique()
        assert (month.revenue, month.guest_revenue, month.orders, month.customers) == (
            pounds(found["amount"].sum()), pounds(guests["amount"].sum()), orders, purchases["customer"].nunique(),
        ), month.month  # fmt: skip


def test_segments_of_each_month(brief, lines, cuts):
    for month in brief.segment_trend:
        end = pd.Timestamp(month.month) + MONTH
        found = measured(lines, end)
        placed, now = opinion.segments(found, cuts), revenue(lines, end - MONTH, end)
        for part in month.segments:
            own = found[placed == part.segment]
            if part.segment is not None:
                assert (part.customers, part.window_revenue, part.revenue) == (
                    len(own), pounds(own["M"].sum()), pounds(now.reindex(own.index).fillna(0).sum()),
                ), (month.month, part.segment)  # fmt: skip


def test_who_moved(brief, lines, table, cuts, months):
    before = measured(lines, months[1])
    then, now = opinion.segments(before, cuts), opinion.segments(table, cuts)
    pairs = pd.DataFrame({"then": then, "now": now, "before": before["M"], "worth": table["M"]})
    sums = pairs.fillna({"then": "", "now": ""}).groupby(["then", "now"]).agg(
        customers=("then", "size"), before=("before", "sum"), worth=("worth", "sum")
    )  # fmt: skip
    told = {(move.source or "", move.target or ""): move for move in brief.migration.moves if move.customers}
    assert set(told) == set(sums.index)
    for key, row in sums.iterrows():
        assert told[key].customers == row["customers"]
        # Who entered or left may have had returns at the other end.
        assert not key[0] or told[key].revenue_before == pounds(row["before"])
        assert not key[1] or told[key].revenue == pounds(row["worth"])


def test_why_revenue_moved(brief, lines, months):
    before, start, end = months
    ever = bought(lines, pd.Timestamp.min, end).groupby("customer")["at"].min()
    kinds = opinion.bridge(
        revenue(lines, start, end), revenue(lines, before, start), buyers(lines, start, end),
        buyers(lines, before, start), set(ever[ever >= start].index),
    )  # fmt: skip
    told = {item.kind: (item.customers, item.amount) for item in brief.bridge.items if item.customers}
    kinds.pop("same", None)
    assert told == {kind: (count, pounds(change)) for kind, (count, change) in kinds.items()}
    found = opinion.effects(bought(lines, start, end), bought(lines, before, start))
    assert [float(factor.effect) for factor in brief.drivers.factors] == pytest.approx(found, abs=0.01)


def test_cohorts(brief, lines, months):
    starts = [pd.Timestamp(cohort.month) for cohort in brief.cohorts]
    active = [buyers(lines, start, start + MONTH, by=months[2]) for start in starts]
    seen = set()
    for place, cohort in enumerate(brief.cohorts):
        own = active[place] - seen
        seen |= active[place]
        assert cohort.active == tuple(len(own & later) for later in active[place:])


def test_track_record_and_sizes(brief, lines, cuts):
    names = ["customers", "bought", "orders", "spend"]
    record = pd.DataFrame(0, index=[play.segment for play in brief.playbook.plays], columns=names)
    for day in brief.playbook.month_ends:
        end = pd.Timestamp(day) + pd.Timedelta(days=1)
        placed = opinion.segments(measured(lines, end), cuts)
        next_ = bought(lines, end, end + MONTH)
        for segment in record.index:
            own = placed.index[placed == segment]
            theirs = next_[next_["customer"].isin(own)]
            found = len(own), theirs["customer"].nunique(), theirs["invoice"].nunique(), theirs["amount"].sum()
            record.loc[segment] += list(found)
    for segment, play in zip(brief.segments, brief.playbook.plays, strict=True):
        own, track, size = record.loc[play.segment], play.track, play.sizing
        assert (track.customers, track.bought, track.spend) == (own["customers"], own["bought"], pounds(own["spend"]))
        if size.unsized is None:
            other = record.loc[list(size.compared)].sum()
            rates = own["bought"] / own["customers"], other["bought"] / other["customers"]
            order = own["spend"] / own["orders"] / 1000
            assert float(size.order_value) == pytest.approx(order, abs=1e-4)
            assert float(size.value) == pytest.approx(segment.customers * abs(rates[0] - rates[1]) * order, abs=1e-3)


def test_watch_list_and_largest(brief, lines, table, cuts, months):
    end = months[2]
    placed = opinion.segments(table, cuts)
    present = placed.index[placed != "lost"]
    purchases = bought(lines, end - pd.DateOffset(months=12), end)
    regular, late = opinion.overdue(purchases[purchases["customer"].isin(present)], end - pd.Timedelta(days=1))
    watched, worth = brief.playbook.watch_list, table["M"]
    assert (watched.regular, watched.overdue) == (regular, len(late))
    assert watched.revenue == pounds(worth[[row[0] for row in late]].sum())
    found = {str(row[0]): row[1:] for row in late}
    for account in watched.accounts:
        assert (account.days_since, account.median_gap, account.longest_gap) == found[account.customer]
    ordered = worth.sort_values(ascending=False)
    for part in brief.playbook.concentration.window:
        assert part.revenue == pounds(ordered.iloc[: part.customers].sum())


def test_pairs_of_products(brief, lines, table, cuts, months):
    placed = opinion.segments(table, cuts)
    purchases = bought(lines, months[2] - pd.DateOffset(months=12), months[2])
    purchases = purchases[purchases["customer"].isin(table.index)]
    prices = purchases.groupby("code")["price"].quantile(0.5, interpolation="lower")
    for play in brief.playbook.plays:
        own = purchases[purchases["customer"].isin(placed.index[placed == play.segment])]
        orders, found = own.groupby("invoice")["code"].agg(set), play.baskets
        assert found.orders == len(orders)
        told = tuple([(pair.code, pair.offered) for pair in some] for some in (found.cross_sell, found.up_sell))
        assert told == opinion.pairs(own, prices, FEES), play.segment
        for pair in (*found.cross_sell, *found.up_sell):
            first, second = (orders.map(lambda order, code=code: code in order) for code in (pair.code, pair.offered))
            assert (pair.orders, pair.offered_orders, pair.both) == (first.sum(), second.sum(), (first & second).sum())
            assert pair.lift == pytest.approx(pair.both * len(orders) / (pair.orders * pair.offered_orders), rel=1e-3)
            assert (pair.price, pair.offered_price) == (pounds(prices[pair.code]), pounds(prices[pair.offered]))
