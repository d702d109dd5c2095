from datetime import date, datetime

import pytest

from reportgen import archive, periods
from reportgen.cli import settings
from reportgen.errors import InputError, NoRecordsError, RecipeError, UsageError
from reportgen.ledger.clock import Clock

FIRST, LAST, NOW = datetime(2010, 12, 1, 8, 26), datetime(2011, 12, 9, 12, 50), datetime(2011, 12, 10)


def resolve(label, first=FIRST, last=LAST, now=NOW, months=None):
    begins = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    on_file = months or frozenset(date(month // 12, month % 12 + 1, 1) for month in begins)
    return periods.resolve(label, periods.Records(first, last, on_file), now, max_gap_days=3)


def test_last_is_the_latest_complete_month():
    assert resolve("last").label == "2011-11"


def test_last_knows_neither_days_to_come_nor_months_without_records():
    mistyped = datetime(2099, 11, 30)
    assert resolve("last", last=mistyped).label == "2011-11"
    months = frozenset({date(2010, 12, 1), date(2011, 7, 1), date(2011, 12, 1)})
    assert resolve("last", months=months).label == "2011-07"
    # A pre-order of November doesn't end October.
    early = resolve("last", last=datetime(2011, 11, 2), now=datetime(2011, 10, 10))
    assert (early.label, early.partial) == ("2011-09", False)
    assert resolve("2011-10", last=datetime(2011, 11, 2), now=datetime(2011, 10, 10)).partial


@pytest.mark.parametrize(("day", "partial"), [(27, False), (26, True)])
def test_a_month_is_complete_up_to_three_days_before_its_end(day, partial):
    assert resolve("2011-11", last=datetime(2011, 11, day)).partial is partial


def test_a_month_is_over_the_day_after_and_begun_on_its_first():
    evening = datetime(2011, 11, 30, 18)
    assert resolve("2011-11", last=evening, now=evening).partial
    assert not resolve("2011-11", last=evening, now=datetime(2011, 12, 1)).partial
    assert resolve("2011-12", last=datetime(2011, 12, 1, 8), now=datetime(2011, 12, 1, 9)).partial


@pytest.mark.parametrize(("day", "partial"), [(3, False), (4, True)])
def test_the_first_month_needs_records_by_its_third_day(day, partial):
    assert resolve("2010-12", first=datetime(2010, 12, day)).partial is partial


def test_last_falls_back_to_a_partial_month_where_none_is_complete():
    found = resolve("last", first=datetime(2011, 11, 10), last=datetime(2011, 11, 12))
    assert (found.label, found.partial) == ("2011-11", True)


def test_all_covers_the_records():
    assert (resolve("all").start, resolve("all").end) == (date(2010, 12, 1), date(2011, 12, 9))


@pytest.mark.parametrize(
    ("label", "error", "words"),
    [
        ("2011-13", UsageError, "no period"),
        ("november", UsageError, "no period"),
        ("2010-11", InputError, "no records: they run from 2010-12-01 to 2011-12-09"),
        ("2012-01", InputError, "future"),
    ],
)
def test_impossible_periods_say_why(label, error, words):
    with pytest.raises(error, match=words):
        resolve(label)


@pytest.mark.parametrize(
    ("label", "month"),
    [
        ("2011-11", True), ("2011-13", False), ("2011-00", False), ("0000-11", False), ("2011-1", False),
        ("٢٠١١-11", False), ("2011-11\n", False), ("2011-10..2011-11", False), ("last", False), ("all", False),
    ],
)  # fmt: skip
def test_a_month_is_one_everywhere(tmp_path, label, month):
    """To a period, a range, the names of the archive and the command line."""
    (tmp_path / label.strip()).mkdir()
    (tmp_path / label.strip() / "manifest.json").touch()
    assert periods.is_month(label) == month
    assert accepts(lambda: periods.named(f"{label}..2011-12")) == month
    assert accepts(lambda: periods.named(label)) == (month or label in {"last", "all", "2011-10..2011-11"})
    assert accepts(lambda: settings.month(label, Clock(NOW))) == (month or label == "last")
    if label == label.strip() and label != "all":
        assert bool(archive.editions(tmp_path)) == month


def accepts(asked):
    try:
        return bool(asked())
    except UsageError:
        return False


def test_the_month_before_is_that_of_the_calendar():
    days = (date(2012, 1, 31), date(2011, 3, 31), datetime(2011, 12, 1, 6))
    assert [periods.before(day) for day in days] == ["2011-12", "2011-02", "2011-11"]


def test_a_whole_month_is_compared_with_the_month_before():
    assert periods.previous(resolve("2011-11"), FIRST, LAST) == (date(2011, 10, 1), date(2011, 10, 31))


def test_a_partial_month_is_compared_with_the_same_days():
    assert periods.previous(resolve("2011-12"), FIRST, LAST) == (date(2011, 11, 1), date(2011, 11, 9))
    evening = datetime(2011, 11, 30, 18)
    running = resolve("2011-11", last=evening, now=evening)
    assert periods.previous(running, FIRST, evening) == (date(2011, 10, 1), date(2011, 10, 30))


def test_the_first_month_has_nothing_before_it():
    assert periods.previous(resolve("2010-12"), FIRST, LAST) is None


def test_a_month_half_on_file_is_no_comparison():
    for day, december in ((3, (date(2010, 12, 1), date(2010, 12, 31))), (4, None)):
        assert periods.previous(resolve("2011-01"), datetime(2010, 12, day), LAST) == december
    assert periods.year_before(resolve("2011-12"), FIRST, LAST) == (date(2010, 12, 1), date(2010, 12, 9))
    assert periods.year_before(resolve("2011-12"), datetime(2010, 12, 4), LAST) is None


def test_the_thirtieth_before_february_is_cut():
    for day, end in ((10, 10), (30, 28)):
        last = datetime(2011, 3, day)
        march = resolve("2011-03", last=last, now=last)
        assert periods.previous(march, FIRST, last) == (date(2011, 2, 1), date(2011, 2, end))
    assert periods.months_back(datetime(2011, 3, 31), 1) == datetime(2011, 2, 28)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("period-end", datetime(2011, 12, 1)),
        ("last-purchase + 1 day", datetime(2011, 12, 10, 12, 50)),
        ("2011-12-31T12:00", datetime(2011, 12, 31, 12)),
    ],
)
def test_references(rule, expected):
    assert periods.reference(rule, datetime(2011, 12, 1), LAST) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("all", (FIRST, None)),
        ("12 months", (datetime(2010, 12, 1), 12)),
        ("90 days", (datetime(2011, 9, 2), None)),
    ],
)
def test_windows(rule, expected):
    assert periods.window_start(rule, datetime(2011, 12, 1), FIRST) == expected


@pytest.mark.parametrize("rule", ["0 months", "a year", "12"])
def test_a_window_that_is_none_is_refused(rule):
    with pytest.raises(RecipeError, match="no window"):
        periods.window_start(rule, LAST, FIRST)


def test_trend_is_thirteen_months_cut_to_the_period():
    months = periods.trend_months(date(2011, 12, 9), datetime(2010, 1, 1), LAST, NOW, 3)
    assert [month.label for month in months] == ["2010-12", *(f"2011-{month:02}" for month in range(1, 13))]
    assert (months[-1].end, months[-1].partial) == (date(2011, 12, 9), True)


def test_history_in_whole_months():
    assert periods.whole_months(datetime(2010, 12, 1), datetime(2011, 12, 1)) == 12
    assert periods.whole_months(datetime(2010, 12, 2), datetime(2011, 12, 1)) == 11
    assert periods.whole_months(datetime(2010, 12, 2), datetime(2010, 12, 31)) == 0


def test_a_month_between_records_names_the_nearest_that_have_some():
    on_file = frozenset({date(2011, 6, 1), date(2011, 9, 1), date(2011, 12, 1)})
    records = periods.Records(datetime(2011, 6, 1), datetime(2011, 12, 30), on_file)
    with pytest.raises(NoRecordsError, match="nearest months that have some: 2011-06 and 2011-09"):
        periods.resolve("2011-08", records, datetime(2012, 1, 5), max_gap_days=3)
    with pytest.raises(NoRecordsError, match="nearest month that has some: 2011-12"):
        periods.resolve("2012-01", records, datetime(2012, 1, 5), max_gap_days=3)


def test_what_is_no_period_is_told_how_ranges_are_written():
    records = periods.Records(datetime(2011, 6, 1), datetime(2011, 6, 30), frozenset({date(2011, 6, 1)}))
    with pytest.raises(UsageError) as refused:
        periods.resolve("2026-9", records, datetime(2012, 1, 5), max_gap_days=3)
    assert "2010-12..2011-11" in refused.value.remedy
