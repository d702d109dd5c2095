"""What the shared expressions are made of means the same on every engine, to the row; each case is one where a naive
expression, or another engine's habit, gives something else.
"""

from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction

import ibis
import pandas as pd
import pyarrow as pa
import pytest
from ibis import _

from reportgen.cancellations import mark, standing, standing_at_month_end
from reportgen.cleaning import matches_code
from reportgen.customers import DAY, micros
from reportgen.deliver import csv
from reportgen.deliver import csv_in_engine as cells
from reportgen.sources import asides, currencies
from reportgen.sources.engines import staging
from reportgen.sources.texts import written
from reportgen.sources.writing import write
from reportgen.tally import Tally
from reportgen.transactions import SCHEMA

AT = datetime
BIG = 2**53 + 1
"""The first whole number that a double lacks."""


def rows(engine, expr):
    """The rows of `expr`, in an order that no engine makes."""
    found = engine.to_pyarrow(expr).to_pylist()
    return sorted((tuple(row.values()) for row in found), key=repr)


def table(**columns):
    """A table in memory: column -> (type, values)."""
    schema = ibis.schema({name: kind for name, (kind, _values) in columns.items()})
    arrays = {name: pa.array(values, schema[name].to_pyarrow()) for name, (_kind, values) in columns.items()}
    return ibis.memtable(pa.table(arrays), schema=schema)


def test_tables_in_memory_keep_nulls_and_large_numbers(engine):
    kept = table(
        text=("string", ["a", None, "NaN", ""]),
        number=("int64", [BIG, None, -BIG, 0]),
        instant=("timestamp", [AT(2011, 12, 1), None, AT(1969, 12, 31, 23, 59, 59, 999_999), AT(2045, 1, 1)]),
        truth=("boolean", [True, None, False, True]),
    )
    assert rows(engine, kept) == sorted(
        [
            ("a", BIG, AT(2011, 12, 1), True),
            (None, None, None, None),
            ("NaN", -BIG, AT(1969, 12, 31, 23, 59, 59, 999_999), False),
            ("", 0, AT(2045, 1, 1), True),
        ],
        key=repr,
    )


IDS = ["17850", "=1+1", "+a", "-", "@x", "\tq", "\ru", 'a"b', "a,b", "a\nb", "a\rb", "=a,b", "'", " ", "é", "\\n", "$1"]
SPEND = [0, 1, -5, 999, -999, 1000, 123456, BIG, -BIG, 10, -10, 100, 7, 8, 9, 99, 2**62]


@pytest.mark.parametrize("scale", [0, 2, 3])
def test_rows_of_csv_are_written_by_the_engine_as_they_are_here(engine, scale):
    people = table(customer=("string", IDS), place=("int8", [n % 3 for n in range(17)]), units=("int64", SPEND))
    names = ["Best", "Lost, for now", "=At Risk"]
    line = cells.row(
        (
            cells.text(people.customer),
            cells.named(people.place, names),
            cells.number(people.units),
            cells.exact(people.units, scale),
        )
    )
    rows = engine.staged("people", people.select("customer", line=line))
    written = []
    write(rows.order_by("customer").select("line"), written.append)
    engine.drop_table("people")
    cells_here = zip(IDS, [names[n % 3] for n in range(17)], SPEND, strict=True)
    here = [(*row, Decimal(row[2]).scaleb(-scale, Context(prec=38))) for row in sorted(cells_here)]
    assert b"".join(written) == csv.table((), here).removeprefix(csv.END.encode())


def test_texts_lose_the_blanks_at_their_ends_and_nothing_else(engine):
    texts = ["vase f", " v17 ", "\ta@shop.gov\r\n", "\u00a0fluff\u00a0 ", "  ", "a\tb", None, "17850.0"]
    count = len(texts)
    source = engine.staged("source", table(
        customer=("string", texts), description=("string", texts),
        date=("timestamp", [AT(2011, 12, 1)] * count), amount=("float64", [1.0] * count),
    ))  # fmt: skip
    names = ("customer", "description", "date", "amount")
    staged = staging.staged(engine, source, dict(zip(names, names, strict=True)), None)
    found = rows(engine, staged.select("customer", "description"))
    engine.drop_table(staging.STAGED)
    engine.drop_table("source")
    plain = ["vase f", "v17", "a@shop.gov", "fluff", None, "a\tb", None]
    assert found == sorted([*((text, text) for text in plain), ("17850", "17850.0")], key=repr)


def test_columns_beside_the_lines_say_the_same(engine):
    beside = table(
        status=("string", ["Paid", " CANCELLED ", None, "refunded"]),
        voided=("boolean", [True, None, False, False]),
        currency=("string", ["eur", "EUR ", None, ""]),
    )
    found = asides.of_table(engine.staged("beside", beside), {})
    engine.drop_table("beside")
    stated = currencies.Stated(frozenset({"EUR"}), "currency")
    assert found == asides.Told(stated, {"status": ("cancelled", "refunded"), "voided": ("true",)}, 2)


def test_sums_of_integers_are_exact_and_of_nothing_null(engine):
    lines = table(who=("string", ["a", "a", "b", None]), worth=("int64", [BIG, 2, None, 5]))
    sums = lines.group_by("who").aggregate(
        worth=_.worth.sum().cast("int64"), small=_.worth.sum(where=_.worth < 2).cast("int64"), lines=_.count()
    )
    assert rows(engine, sums) == sorted([("a", BIG + 2, None, 2), ("b", None, None, 1), (None, 5, None, 1)], key=repr)


def test_sums_of_decimals_are_exact_beyond_64_bits(engine):
    lines = table(worth=("int64", [2**62, 2**62, 2**62]))
    exact = lines.worth.cast("decimal(38, 0)")
    total, size = rows(engine, lines.aggregate(total=exact.sum(), size=(-exact).abs().sum()))[0]
    assert (int(total), int(size)) == (3 * 2**62, 3 * 2**62)


def test_money_is_a_decimal_times_a_whole_number(engine):
    # 2.095 as a double lies below, 1.005 too: sums of doubles differ with the order.
    lines = table(price=("float64", [2.095, 1.005, 0.1]), quantity=("int64", [3, -7, 10**6]))
    worth = lines.price.cast("decimal(18, 3)") * lines.quantity
    assert rows(engine, lines.select(units=(worth * 1000).cast("int64"))) == [(-7035,), (100_000_000,), (6285,)]


def test_conditions_count_only_where_they_hold(engine):
    lines = table(who=("string", ["a", "a", "a"]), kept=("boolean", [True, None, False]))
    counts = lines.group_by("who").aggregate(
        kept=_.kept.sum().fill_null(0).cast("int64"), late=(_.kept & False).sum().cast("int64"),
    )  # fmt: skip
    assert rows(engine, counts) == [("a", 1, 0)]


def test_distinct_counts_leave_out_nulls_and_what_fails_the_condition(engine):
    lines = table(
        who=("string", ["a", "a", "a", "a", "b"]), invoice=("string", ["1", "1", "2", None, "3"]),
        worth=("int64", [5, None, -1, 4, -2]),
    )  # fmt: skip
    counts = lines.group_by("who").aggregate(
        every=_.invoice.nunique(), bought=_.invoice.nunique(where=_.worth > 0), rows=_.count()
    )
    assert rows(engine, counts) == [("a", 2, 1, 4), ("b", 1, 0, 1)]


def test_extremes_of_nothing_are_null(engine):
    lines = table(who=("string", ["a", "a", "b"]), at=("timestamp", [AT(2011, 1, 2), AT(2011, 1, 1), None]))
    last = lines.group_by("who").aggregate(last=_.at.max(), early=_.at.max(where=_.at < AT(2011, 1, 2)))
    assert rows(engine, last) == [("a", AT(2011, 1, 2), AT(2011, 1, 1)), ("b", None, None)]


def test_whole_days_are_24_hours_not_midnights(engine):
    instants = [AT(2011, 12, 7, 0, 0, 1), AT(2011, 12, 7), AT(2011, 12, 6, 23, 59, 59, 999_999), AT(1969, 12, 31, 23)]
    frame = engine.to_pyarrow(table(at=("timestamp", instants)).order_by("at")).to_pandas()
    days = (pd.Timestamp(2011, 12, 9).value // 1000 - micros(frame["at"])) // DAY
    assert days.tolist() == [15_317, 2, 2, 1]


def test_months_days_and_dates_are_those_of_the_wall_clock(engine):
    instants = [AT(2011, 3, 31, 23, 59, 59, 999_999), AT(2012, 2, 29), AT(1969, 12, 31, 23, 59), None]
    dated = table(at=("timestamp", instants)).select(month=_.at.truncate("M"), day=_.at.truncate("D"), date=_.at.date())
    assert rows(engine, dated) == sorted(
        [
            (AT(2011, 3, 1), AT(2011, 3, 31), date(2011, 3, 31)),
            (AT(2012, 2, 1), AT(2012, 2, 29), date(2012, 2, 29)),
            (AT(1969, 12, 1), AT(1969, 12, 31), date(1969, 12, 31)),
            (None, None, None),
        ],
        key=repr,
    )


def test_24_hours_later_is_the_same_time_of_the_next_day(engine):
    # In summer time's first night too: the wall clock has no zone.
    moved = table(at=("timestamp", [AT(2011, 3, 27, 0, 30), AT(2012, 2, 28)])).select(
        later=_.at + ibis.interval(hours=24)
    )
    assert rows(engine, moved) == [(AT(2011, 3, 28, 0, 30),), (AT(2012, 2, 29),)]


def test_the_end_of_a_month_is_that_of_its_own_length(engine):
    at = AT(2012, 2, 1)
    cancelled = [None, AT(2012, 2, 29, 23, 59, 59, 999_999), AT(2012, 3, 1), AT(2011, 12, 31)]
    lines = table(line=("int64", [1, 2, 3, 4]), cancelled_at=("timestamp", cancelled), month=("timestamp", [at] * 4))
    assert rows(engine, lines.filter(standing_at_month_end(_)).select("line")) == [(1,), (3,)]


def test_days_are_counted_once(engine):
    lines = table(
        who=("string", ["a"] * 4), at=("timestamp", [AT(2011, 1, 1), AT(2011, 1, 1, 23, 59), AT(2011, 1, 2), None])
    )
    assert rows(engine, lines.group_by("who").aggregate(days=_.at.date().nunique())) == [("a", 2)]


def test_comparisons_with_null_are_neither_true_nor_false(engine):
    lines = table(line=("int64", [1, 2, 3]), cancelled_at=("timestamp", [None, AT(2011, 12, 1), AT(2011, 11, 30)]))
    assert rows(engine, lines.filter(standing(_, AT(2011, 12, 1))).select("line")) == [(1,), (2,)]
    assert rows(engine, lines.filter(lines.cancelled_at < AT(2011, 12, 1)).select("line")) == [(3,)]
    assert rows(engine, lines.filter(~(lines.cancelled_at < AT(2011, 12, 1))).select("line")) == [(2,)]


def test_instants_compare_to_the_microsecond(engine):
    lines = table(line=("int64", [1, 2]), at=("timestamp", [AT(2011, 11, 30, 23, 59, 59, 999_999), AT(2011, 12, 1)]))
    assert rows(engine, lines.filter(lines.at < AT(2011, 12, 1)).select("line")) == [(1,)]
    assert rows(engine, lines.filter(lines.at >= AT(2011, 11, 30, 23, 59, 59, 999_999)).select("line")) == [(1,), (2,)]


def test_codes_match_by_their_text_alone(engine):
    # % and _ are wild cards of LIKE; a null is no code; nothing matches no patterns.
    codes = ["POST", "POSTAGE", "P%ST", "C_1", "CX1", None, "post", ""]
    lines = table(code=("string", codes))
    found = lines.select(code="code", hit=matches_code(lines.code, ("post", "C_*", "P%*")))
    hits = dict(engine.to_pyarrow(found).to_pandas().itertuples(index=False))
    assert {code for code, hit in hits.items() if hit} == {"POST", "P%ST", "C_1"}
    none = lines.select(hit=matches_code(lines.code, ()))
    assert {hit for (hit,) in rows(engine, none)} == {False}


def test_text_in_upper_case_without_what_surrounds_it(engine):
    texts = table(text=("string", [" a1 ", "c536", "", None]))
    shown = texts.select(upper=_.text.upper().strip().nullif(""), cancelled=_.text.upper().startswith("C"))
    assert rows(engine, shown) == sorted([("A1", False), ("C536", True), (None, False), (None, None)], key=repr)


def test_text_is_ordered_by_its_code_points(engine):
    # Locales put a before B, and é beside e; the k-th of equal instants is cancelled by this order.
    texts = table(text=("string", ["a", "B", "é", "z", "A", "_"]))
    kept = engine.staged("texts", texts)
    assert engine.to_pyarrow(kept.order_by("text"))["text"].to_pylist() == ["A", "B", "_", "a", "z", "é"]
    assert rows(engine, kept.filter(kept.text < "a")) == [("A",), ("B",), ("_",)]
    engine.drop_table("texts")


def test_ids_that_are_doubles_have_all_their_digits(engine):
    ids = [17850.0, 17850.5, 0.0, -7.0, 1e15, -1e15, 2.0**53, 1e16, 9e17, float("nan"), None]
    shown = ["17850", "17850.5", "0", "-7", "1000000000000000", "-1000000000000000", "9007199254740992",
             "10000000000000000", "900000000000000000", None, None]  # fmt: skip
    lines = table(line=("int64", list(range(11))), id=("float64", ids))
    assert rows(engine, lines.select("line", text=written(lines.id))) == sorted(enumerate(shown), key=repr)


def test_rows_are_numbered_within_groups_of_nulls_too(engine):
    lines = table(
        code=("string", ["a", "a", None, None, "a"]), size=("int64", [1, 1, 1, 1, 2]),
        at=("timestamp", [AT(2011, 1, 2), AT(2011, 1, 1), AT(2011, 1, 4), AT(2011, 1, 3), AT(2011, 1, 1)]),
    )  # fmt: skip
    window = ibis.window(group_by=["code", "size"], order_by=lines.at)
    numbered = lines.select("code", "size", day=_.at.day(), place=ibis.row_number().over(window))
    assert {tuple(row) for row in rows(engine, numbered)} == {
        ("a", 1, 1, 0), ("a", 1, 2, 1), (None, 1, 3, 0), (None, 1, 4, 1), ("a", 2, 1, 0),
    }  # fmt: skip


def test_counts_and_extremes_over_groups_stay_on_each_row(engine):
    lines = table(
        who=("string", ["a", "a", "b"]), month=("timestamp", [AT(2011, 2, 1), AT(2011, 1, 1), AT(2011, 3, 1)])
    )
    group = ibis.window(group_by="who")
    shown = lines.select("who", days=_.count().over(group), first=_.month.min().over(group))
    assert rows(engine, shown) == [("a", 2, AT(2011, 1, 1))] * 2 + [("b", 1, AT(2011, 3, 1))]


def test_nulls_are_a_group_but_join_nothing(engine):
    lines = table(code=("string", ["a", None, None]), worth=("int64", [1, 2, 3]))
    names = table(code=("string", ["a", None]), name=("string", ["Vase", "Nothing"]))
    assert rows(engine, lines.group_by("code").aggregate(worth=_.worth.sum().cast("int64"))) == [("a", 1), (None, 5)]
    assert rows(engine, lines.semi_join(names, "code").select("worth")) == [(1,)]
    assert rows(engine, lines.anti_join(names, "code").select("worth")) == [(2,), (3,)]
    left = lines.left_join(names, "code").select("worth", "name")
    assert rows(engine, left) == [(1, "Vase"), (2, None), (3, None)]


def test_instants_of_a_table_in_memory_join_by_inequality(engine):
    lines = table(who=("string", ["a", "b"]), at=("timestamp", [AT(2011, 1, 31, 23, 59, 59, 999_999), AT(2011, 2, 1)]))
    ends = ibis.memtable(pd.DataFrame({"place": [0, 1], "cutoff": [AT(2011, 2, 1), AT(2011, 3, 1)]}))
    joined = lines.inner_join(ends, lines.at < ends.cutoff).select("place", "who")
    assert rows(engine, joined) == [(0, "a"), (1, "a"), (1, "b")]


def test_distinct_rows_tell_null_from_empty(engine):
    lines = table(code=("string", ["a", "a", None, None, ""]), day=("int64", [1, 1, 1, 1, 1]))
    assert rows(engine, lines.distinct()) == [("", 1), ("a", 1), (None, 1)]


def test_signs_and_missing_values_of_integers(engine):
    lines = table(size=("int64", [-BIG, 0, None]))
    shown = lines.select(abs=_.size.abs(), filled=_.size.fill_null(-1), odd=(_.size < 0).ifelse("below", "not"))
    assert rows(engine, shown) == sorted([(BIG, -BIG, "below"), (0, 0, "not"), (None, -1, "not")], key=repr)


def test_products_of_integers_are_compared_exactly(engine):
    # As doubles both sides are equal.
    orders = table(worth=("int64", [BIG // 100, BIG // 100 + 1]))
    large = orders.filter(orders.worth * 100 >= BIG // 100 * 100 + 1)
    assert rows(engine, large) == [(BIG // 100 + 1,)]


def test_quantiles_are_exact_between_two_values(engine):
    lines = table(figure=("int64", [3, 1, 1, 2, 10]))
    counts = engine.to_pyarrow(lines.group_by("figure").aggregate(lines=_.count())).to_pandas()
    tally = Tally.of(counts["figure"], counts["lines"])
    assert [tally.quantile(Fraction(part, 20)) for part in (5, 10, 18)] == [1, 2, Fraction(36, 5)]


def test_the_kth_purchase_is_cancelled_by_the_kth_cancellation(engine):
    """Two orders of one instant: the one that comes first as text was cancelled, on every engine."""
    at = AT(2011, 1, 1, 12)
    lines = [
        (0, "b", "X", None, 2, 100, 200, at, "k", None), (1, "B", "X", None, 2, 100, 200, at, "k", None),
        (2, "C9", "X", None, -2, 100, -200, AT(2011, 1, 2), "k", None),
        (3, "1", None, None, 2, 100, 200, at, None, None),
    ]  # fmt: skip
    columns = dict(zip(SCHEMA, zip(*lines, strict=True), strict=True))
    made = table(**{name: (str(SCHEMA[name]), list(values)) for name, values in columns.items()})
    marked = mark(engine.staged("marked", made))
    assert rows(engine, marked.select("line", "cancelled_at")) == [
        (0, None), (1, AT(2011, 1, 2)), (2, None), (3, None),
    ]  # fmt: skip
