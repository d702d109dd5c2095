"""Exports whose rows can be read and whose figures would be wrong: asked about, or told, and never on a sound shop."""

from datetime import date, timedelta

import pytest

from reportgen import config, sources
from reportgen.errors import InputError, UsageError
from reportgen.sources import hints
from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "receipt,date,customer,sku,quantity,price"
NOBODY = ("0", "0000", "-1", "0.0", "Walk-in customer", "Laufkundschaft")


def day(number):
    return date(2024, 1, 1) + timedelta(number)


def till(days=30, receipts=12, tills=1):
    """A till whose receipts begin anew each day; two rows on each, a guest's now and then."""

    def whose(each, number):
        return f"C{(each * 7 + number * 3) % 60}" if number % 4 else ""

    return [
        f"{number + 1:04},{day(each)},{whose(each, number)},P{row},{till + 1},2.00,T{till}"
        for each in range(days)
        for till in range(tills)
        for number in range(receipts)
        for row in range(2)
    ]


def shop(orders=600, crowd=0, who="99999"):
    """Orders of 100 customers over a year, beside some of a `crowd` under one id."""
    known = [
        f"A{number},{day(number % 360)},{number % 100 + 1},P{number % 9},1,{number % 7 + 1}.50"
        for number in range(orders)
    ]
    return known + [f"B{number},{day(number % 360)},{who},P1,1,2.00" for number in range(crowd)]


def told(path, **options):
    notes = []
    spec = config.Input(path=str(path), **options)
    return sources.read(spec, config.Columns(), config.Shop(currency="GBP"), say=notes.append)[0], notes


def orders(transactions):
    return transactions.lines.invoice.nunique().to_pyarrow().as_py()


def customers(transactions):
    return transactions.lines.customer.nunique().to_pyarrow().as_py()


@pytest.fixture(params=[hints.SAMPLE, pytest.param(300, marks=pytest.mark.slow)], ids=["all", "sample"])
def looked_at(request, monkeypatch):
    """The first look sees all lines, or some of them."""
    monkeypatch.setattr(hints, "SAMPLE", request.param)


def test_an_id_with_many_of_the_orders_is_told(csv, looked_at):
    path = csv(*shop(crowd=300), header=HEADER)
    found, (note,) = told(path)
    assert customers(found) == 101
    assert note == (
        "input.csv: customer 99999 has 300 of 900 orders that name one (33%), and 18% of their revenue. If that id "
        'stands for nobody, as for sales at the till: [input] no_customer = ["99999"]; if each id is a customer: []'
    )


def test_an_id_that_is_nobody_is_a_guest(csv):
    found, notes = told(csv(*shop(crowd=300, who="Till 3"), header=HEADER), no_customer=("till 3",))
    assert (notes, customers(found)) == ([], 100)
    assert found.lines.customer.isnull().sum().to_pyarrow().as_py() == 300


def test_each_id_may_be_a_customer(csv):
    assert told(csv(*shop(crowd=300), header=HEADER), no_customer=())[1] == []


def test_a_second_id_of_nobody_is_told_beside_the_first(csv):
    path = csv(
        *shop(crowd=300),
        *(each.replace("99999", "88888").replace("B", "D") for each in shop(0, crowd=250)),
        header=HEADER,
    )
    (note,) = told(path, no_customer=("99999",))[1]
    assert 'no_customer = ["99999", "88888"]' in note


@pytest.mark.parametrize(
    "rows",
    [shop(), shop(5000, crowd=220), shop(crowd=190), [row for row in shop(crowd=300) if row.split(",")[2] > "6"]],
)
def test_ids_are_told_only_where_they_have_too_much(csv, rows):
    """Of few orders, of a small part of them, or among few customers, one may well be the largest."""
    assert told(csv(*rows, header=HEADER))[1] == []


@pytest.mark.parametrize("nobody", rest_slow(NOBODY, "0", "Walk-in customer"))
def test_ids_of_nobody_are_no_customer(csv, nobody):
    found, notes = told(csv(*shop(crowd=300, who=nobody), header=HEADER))
    assert (notes, customers(found)) == ([], 100)


def test_receipts_that_begin_anew_are_asked_about(csv, read, looked_at):
    message = failure(read, csv(*till(), header=f"{HEADER},till"))
    assert (
        "input.csv: 9 of 12 invoice numbers (column receipt), such as 0002, occur on several days with several "
        "customers, and would count as one order each"
    ) in message
    assert 'If numbers begin anew each day, month or year: [input] invoices = "daily"' in message
    assert '[columns] till = "…" names the column that tells them apart' in message


def test_receipts_of_a_day_are_orders_of_that_day(csv, read):
    daily = read(csv(*till(), header=f"{HEADER},till"), invoices="daily")
    assert orders(daily) == 30 * 12
    assert "0001 2024-01-30" in daily.lines.invoice.to_pyarrow().to_pylist()


def test_receipts_of_a_till_are_orders_of_that_till(csv, read):
    path = csv(*till(tills=2), header=f"{HEADER},Kasse")
    assert orders(read(path, invoices="daily")) == 30 * 12
    assert orders(read(path, invoices="daily", columns={"till": "Kasse"})) == 30 * 12 * 2
    assert orders(read(path, invoices="unique", columns={"till": "Kasse"})) == 12 * 2


def test_invoice_numbers_may_be_as_they_should_be(csv, read):
    assert orders(read(csv(*till(), header=f"{HEADER},till"), invoices="unique")) == 12


def test_cancellations_of_a_day_are_still_told_by_their_number(csv, read):
    ledger = read(csv("C7,2024-01-01,5,P,-1,2", "7,2024-01-01,5,P,1,2", header=HEADER), invoices="daily")
    assert sorted(ledger.lines.invoice.to_pyarrow().to_pylist()) == ["7 2024-01-01", "C7 2024-01-01"]


@pytest.mark.parametrize(
    "rows",
    [
        # Deliveries of an order on later days; presents to others on the same day; a number or two by chance.
        [f"{each},{day(each + later)},C{each},P{later},1,2" for each in range(50) for later in range(3)],
        [f"{each},{day(each)},C{each + other},P,1,2" for each in range(50) for other in range(3)],
        [f"{each % 99},{day(each)},C{each},P,1,2" for each in range(101)],
    ],
)
def test_numbers_of_an_order_are_not_asked_about(csv, rows):
    assert told(csv(*rows, header=HEADER))[1] == []


def totals(number=40, rows=3, own=0, value=lambda order: 10 + order):
    """Orders with their total on each of some rows; the first `own` of them have amounts of their own there."""
    return [
        f"A{order},{day(order)},C{order % 30},P{row},{1},{value(order) + (row if order < own else 0)}.50"
        for order in range(number)
        for row in range(rows)
    ]


@pytest.mark.parametrize("header", ["Order Total Amount", "Amount"])
def test_a_total_on_each_row_is_asked_about(csv, read, looked_at, header):
    message = failure(read, csv(*totals(own=2), header=f"invoice,date,customer,sku,quantity,{header}"))
    assert (
        f"input.csv: 38 of 40 orders of several products have the same amount on all rows (column {header}), "
        "such as A10: it seems to be the order's total, and would count once for each row"
    ) in message
    assert 'If there is none, each total counts once by [input] amounts = "orders".' in message
    assert 'If each row does have its own there: [input] amounts = "rows".' in message


def test_a_total_taken_for_the_price_is_asked_about(csv, read):
    path = csv(*totals(), header="invoice,date,customer,sku,quantity,Total")
    message = failure(read, path, columns={"price": "Total"})
    assert "have the same price on all rows (column Total)" in message
    assert 'each total counts once by [columns] amount = "Total" and [input] amounts = "orders".' in message
    assert read(path, columns={"price": "Total"}, amounts="rows").raw_rows == 120


def test_a_total_may_be_called_price(csv, read):
    path = csv(*totals(), header="invoice,date,customer,sku,quantity,price")
    assert "have the same price on all rows (column price)" in failure(read, path)
    assert read(path, amounts="rows").raw_rows == 120


@pytest.mark.parametrize("codes", [("", ""), ("P1", "")])
def test_products_without_codes_are_told_by_their_names(csv, read, codes):
    """Or, where there are neither, by their rows."""
    rows = [
        f"A{order},{day(order)},C{order % 9},{codes[row]},{name and name + str(row)},{order + 2}.50"
        for order in range(40)
        for row in range(2)
        for name in ("Thing " if codes[0] else "",)
    ]
    message = failure(read, csv(*rows, header="invoice,date,customer,sku,description,Total"))
    assert "40 of 40 orders of several products have the same amount on all rows (column Total)" in message


def test_a_total_counts_once(csv, read):
    """Of two totals of one order, each; the row that stays is the same in whatever order they come."""
    rows, header = totals(own=1), "invoice,date,customer,sku,quantity,total"
    ledger = read(csv(*rows, header=header), amounts="orders", currency="GBP")
    once = sum(1050 + 100 * order for order in range(40)) + 1150 + 1250
    assert ledger.lines.amount.sum().to_pyarrow().as_py() == once
    assert [(step.step, step.rows, step.amount) for step in ledger.removed] == [
        ("totals", 78, ledger.raw_amount - once)
    ]
    assert (ledger.raw_rows, orders(ledger)) == (120, 40)
    again = read(csv(*reversed(rows), header=header), amounts="orders", currency="GBP")
    assert sorted(again.lines.code.to_pyarrow().to_pylist()) == sorted(ledger.lines.code.to_pyarrow().to_pylist())


def test_totals_of_several_files_count_once_beside_what_they_share(csv, read):
    rows, header = totals(), "invoice,date,customer,sku,quantity,total"
    one, two = csv(*rows[:90], header=header, name="a.csv"), csv(*rows[60:], header=header, name="b.csv")
    ledger = read(one, two, amounts="orders", currency="GBP")
    assert [(step.step, step.rows) for step in ledger.removed] == [("overlap", 30), ("totals", 80)]
    assert ledger.lines.amount.sum().to_pyarrow().as_py() == sum(1050 + 100 * order for order in range(40))


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("number,date,customer,sku,quantity,total", 'amounts = "orders" needs invoices'),
        (HEADER, 'amounts = "orders" needs a column of amounts, and prices are read'),
    ],
)
def test_totals_need_orders_and_amounts(csv, read, header, what):
    assert what in failure(read, csv(*totals(), header=header), amounts="orders")


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("total", totals(own=10)),
        ("total", totals(number=19)),
        pytest.param("total", totals(rows=1), marks=pytest.mark.slow),
        ("total", totals(value=lambda order: 1 if order % 3 else order)),  # a shop where most is £1.50
        ("total", [row.replace("P1", "P0").replace("P2", "P0") for row in totals()]),  # pieces of one product
    ],
)
def test_amounts_of_rows_are_not_asked_about(csv, header, rows):
    assert told(csv(*rows, header=f"invoice,date,customer,sku,quantity,{header}"))[1] == []


def first_rows(orders=60, rows=2, without=60):
    """Orders of several rows; the last ones name their customer on the first row only."""
    return [
        f"A{order},{day(order)},{'' if row and order >= orders - without else f'C{order % 12}'},P{row},1,{row + 1}.00"
        for order in range(orders)
        for row in range(rows)
    ]


def test_customers_on_the_first_row_only_are_asked_about(csv, read, looked_at):
    message = failure(read, csv(*first_rows(), header=HEADER))
    assert (
        "input.csv: 60 rows name no customer (column customer), on invoices that name one on another row, such as A0, "
        "67% of the revenue, and would count as sales to guests"
    ) in message
    assert '[input] customers = "orders". If the others are sales to guests: "rows".' in message


@pytest.mark.parametrize(("meaning", "guests"), [("orders", 0), ("rows", 60)])
def test_rows_without_a_customer_are_whose_they_are_said_to_be(csv, meaning, guests):
    found, notes = told(csv(*first_rows(), header=HEADER), customers=meaning)
    assert (notes, found.lines.customer.isnull().sum().to_pyarrow().as_py()) == ([], guests)
    whose = found.lines.group_by("invoice").aggregate(names=found.lines.customer.nunique())
    assert whose.names.max().to_pyarrow().as_py() == 1


def test_an_order_of_two_customers_names_nobody(csv):
    rows = ["A1,2024-01-01,C1,P1,1,2", "A1,2024-01-01,C2,P2,1,2", "A1,2024-01-01,,P3,1,2", "A2,2024-01-01,,P3,1,2"]
    found, notes = told(csv(*rows, header=HEADER), customers="orders")
    assert (notes, found.lines.customer.isnull().sum().to_pyarrow().as_py()) == ([], 2)


def test_few_customers_on_first_rows_are_told(csv):
    (note,) = told(csv(*first_rows(without=2), header=HEADER))[1]
    assert "2 rows name no customer" in note
    assert "2% of the revenue; they count as sales to guests" in note


def test_customers_of_orders_need_orders(csv, read):
    message = failure(read, csv("2024-01-01,C1,2", header="date,customer,amount"), customers="orders")
    assert 'customers = "orders" needs invoices' in message


@pytest.mark.parametrize("header", [HEADER, f"number{HEADER.removeprefix('receipt')}"])
@pytest.mark.parametrize("copies", [2, 4])
def test_a_file_that_holds_every_row_twice_is_asked_about(csv, read, looked_at, header, copies):
    rows = [row for row in shop() for _ in range(copies)]
    message = failure(read, csv(*rows[copies:], *rows[: copies - 1], header=header))
    assert f"of {600 * copies - 1:,} rows stand there twice, alike in all columns that are read" in message
    assert read(csv(*rows, header=header), overlap="all").raw_rows == 600 * copies


@pytest.mark.parametrize(
    "rows",
    [
        [row for row in shop() for _ in range(3)],
        [row for row in shop(9) for _ in range(2)],
        [*shop(), *shop()[:500]],
        [f"A{each // 2},{day(each // 2)},C{each // 2 % 9},P{each % 2},1,{each % 2 + 2}" for each in range(200)],
    ],
)
def test_rows_that_stand_twice_now_and_then_are_sales(csv, rows):
    assert told(csv(*rows, header=HEADER))[1] == []


def returns(number, sales=1000):
    return [f"A{each},{day(each % 90)},C{each},P,1,3.00" for each in range(sales)] + [
        f"R{each},{day(95)},C{each},P,-1,-3.00" for each in range(number)
    ]


def test_many_rows_negative_twice_are_asked_about(csv, read):
    message = failure(read, csv(*returns(6), header=HEADER), currency="GBP")
    assert "6 rows have a negative quantity and a negative price, and would count as 18.00 of sales" in message
    assert 'Returns that are written with both signs: [input] both_negative = "returns".' in message


def test_few_rows_negative_twice_are_told(csv):
    (note,) = told(csv(*returns(1), header=HEADER))[1]
    assert note.startswith("input.csv: 1 row has a negative quantity and a negative price, and counts as 3.00 of sales")
    assert 'both_negative = "returns"' in note


@pytest.mark.parametrize(("meaning", "worth"), [("returns", 3000 - 300), ("sales", 3000 + 300)])
def test_rows_negative_twice_are_what_they_are_said_to_be(csv, meaning, worth):
    found, notes = told(csv(*returns(100), header=HEADER), both_negative=meaning)
    assert (notes, found.lines.amount.sum().to_pyarrow().as_py()) == ([], 100 * worth)
    assert found.raw_amount == 100 * worth


def test_negative_prices_of_whole_numbers_are_discounts(csv):
    assert told(csv("1,2024-01-01,5,P,1,9", "1,2024-01-01,5,P,1,-2", "1,2024-01-01,5,P,-1,2", header=HEADER))[1] == []


def test_the_real_file_has_nothing_of_it(real_file):
    assert told(real_file)[1] == []


def test_a_total_is_selected_on_an_engine():
    with pytest.raises(UsageError, match='amounts = "orders" is for files'):
        config.Input(url="duckdb://a", table="t", amounts="orders").check()


def test_an_engine_answers_alike(tmp_path):
    """The same questions and answers, by its own queries."""
    import duckdb

    with duckdb.connect(str(tmp_path / "shop.duckdb")) as there:
        listed = ", ".join("('{}', TIMESTAMP '{}', '{}', '{}', {}, {}, '{}')".format(*row.split(",")) for row in till())
        there.execute(f"CREATE TABLE t AS SELECT * FROM (VALUES {listed}) AS t({HEADER}, till)")
    spec = {"url": f"duckdb://{tmp_path}/shop.duckdb", "table": "t"}
    with pytest.raises(InputError, match="9 of 12 invoice numbers"):
        sources.read(config.Input(**spec), config.Columns(), config.Shop())
    columns = config.Columns(till="till")
    found = sources.read(config.Input(**spec, invoices="daily", no_customer=("C7",)), columns, config.Shop())[0]
    assert orders(found) == 30 * 12
    assert "C7" not in found.lines.customer.to_pyarrow().to_pylist()
    assert "0002/T0 2024-01-01" in found.lines.invoice.to_pyarrow().to_pylist()


def small_shop(busy, who):
    """24 orders of twelve customers, beside `busy` ones of `who`."""
    known = [f"A{number},{day(number)},C{number % 12},P1,1,2.00" for number in range(24)]
    return known + [f"B{number},{day(number)},{who},P1,1,2.00" for number in range(busy)]


def test_an_odd_id_with_a_third_of_a_small_shop_is_told(csv):
    _, notes = told(csv(*small_shop(12, "Till"), header=HEADER))
    assert [note for note in notes if "customer Till has 12 of 36 orders that name one (33%)" in note]
    for busy, who in ((11, "Till"), (12, "C99")):
        _, notes = told(csv(*small_shop(busy, who), header=HEADER))
        assert not [note for note in notes if "orders that name one" in note], (busy, who)
