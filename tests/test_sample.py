"""The sample: the same bytes everywhere, and everything in it that a brief must survive."""

import csv
import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from reportgen import sample
from reportgen.errors import MachineError

AS_OF = datetime(2026, 10, 1)
WINDOW = datetime(2025, 10, 1)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("sample") / "new" / "transactions.csv"
    sample.write(path)
    return path


@pytest.fixture(scope="module")
def rows():
    return list(sample.rows())


def amount(row):
    return Decimal(row.quantity) * row.price / 1000


@pytest.mark.slow
def test_the_bytes_depend_on_the_seed_alone(file, tmp_path):
    other = tmp_path / "again.csv"
    code = "import sys; from pathlib import Path; from reportgen import sample; sample.write(Path(sys.argv[1]))"
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code, str(other)], check=True, env=environment)
    assert hashlib.sha256(other.read_bytes()).digest() == hashlib.sha256(file.read_bytes()).digest()
    sample.write(other, seed=1)
    assert other.read_bytes() != file.read_bytes()


def test_the_file_is_the_rows(file, rows):
    with file.open(encoding="utf-8", newline="") as stream:
        header, *cells = csv.reader(stream)
    assert tuple(header) == sample.HEADER
    assert len(cells) == len(rows)
    assert all(len(line) == len(header) for line in cells)
    assert sum(Decimal(line[3]) * Decimal(line[5]) for line in cells) == sum(map(amount, rows))
    assert datetime.fromisoformat(cells[-1][4]) == rows[-1].when
    assert 4_000_000 <= file.stat().st_size <= 5_500_000


def test_it_is_of_the_promised_size(rows):
    assert 55_000 <= len(rows) <= 65_000
    assert len({row.customer for row in rows} - {""}) >= 1500
    assert 350 <= len({row.code.upper() for row in rows}) <= 450


def test_it_covers_24_whole_months_and_nine_days(rows):
    assert rows[0].when.date() == sample.FIRST
    assert rows[-1].when.date() == sample.LAST
    assert len({(row.when.year, row.when.month) for row in rows}) == 25
    assert all(after.when >= before.when - timedelta(minutes=1) for before, after in pairwise(rows))


def test_november_is_the_peak_of_a_growing_shop(rows):
    months = defaultdict(Decimal)
    for row in rows:
        months[row.when.year, row.when.month] += amount(row)
    assert max(months, key=months.get) == (2025, 11)
    for month in range(1, 13):
        assert months[(2025 if month >= 10 else 2026), month] > months[(2024 if month >= 10 else 2025), month], month


def test_a_tenth_or_so_is_sold_to_guests(rows):
    guests = sum(amount(row) for row in rows if not row.customer)
    assert Decimal("0.10") < guests / sum(map(amount, rows)) < Decimal("0.15")


def test_the_dirt_of_real_data_is_there(rows):
    counts = Counter(rows)
    assert sum(counts.values()) - len(counts) > 100, "exact duplicates"
    assert sum(row.invoice.startswith("C") for row in rows) > 500
    assert [row.price for row in rows if row.invoice.startswith("A")] == [1_862_060, -1_862_060]
    assert {"POST", "DOT", "M", "D", "B", "AMAZONFEE", "BANK CHARGES", "gift_0001_20"} <= {row.code for row in rows}
    assert any(not row.description and row.customer for row in rows)
    assert any(row.description.endswith(" ") for row in rows)
    assert any(row.code[-1].islower() and row.code[:5].isdigit() for row in rows)
    assert any(row.price % 10 for row in rows), "prices with three decimals"
    assert any(row.price == 0 and row.quantity < 0 for row in rows)
    assert any(not row.country.isascii() for row in rows)
    assert any(len(row.description) >= 40 for row in rows)
    assert {'<b>&"=SUM(A1)', 'Crème brûlée dish, 4"'} <= {row.description for row in rows}


def test_a_giant_order_is_cancelled_within_minutes_in_the_last_whole_month(rows):
    bought, returned = sorted((row for row in rows if abs(row.quantity) > 10_000), key=lambda row: row.when)
    assert returned.quantity == -bought.quantity
    assert returned.invoice.startswith("C")
    assert (bought.customer, bought.code, bought.price) == (returned.customer, returned.code, returned.price)
    assert returned.when - bought.when < timedelta(minutes=30)
    assert (bought.when.year, bought.when.month) == (2026, 9)
    assert amount(bought) > Decimal(100_000)


def test_returns_are_whole_partial_and_late(rows):
    bought = defaultdict(list)
    for row in rows:
        if row.customer and row.quantity > 0:
            bought[row.customer, row.code.upper()].append(row)
    ways = Counter()
    for row in rows:
        if row.customer and row.invoice.startswith("C"):
            before = [each for each in bought[row.customer, row.code.upper()] if each.when <= row.when]
            ways["whole" if any(each.quantity == -row.quantity for each in before) else "partial"] += 1
            ways["late"] += bool(before) and row.when - max(each.when for each in before) > timedelta(days=28)
    assert min(ways["whole"], ways["partial"], ways["late"]) >= 20, ways


def test_invoices_are_one_customer_s_and_numbered_by_time(rows):
    first = {}
    for row in rows:
        assert first.setdefault(row.invoice, row).customer == row.customer
    assert [int(invoice.lstrip("CA")) for invoice in first] == list(range(601_001, 601_001 + len(first)))
    assert any(row.when != first[row.invoice].when for row in rows), "an invoice with two timestamps"


def test_every_kind_of_customer_is_there_at_the_last_month_end(rows):
    last, orders, spent, first = {}, defaultdict(set), defaultdict(Decimal), {}
    for row in rows:
        if not row.customer or row.when >= AS_OF:
            continue
        first.setdefault(row.customer, row.when)
        if row.when >= WINDOW:
            spent[row.customer] += amount(row)
            if row.quantity > 0:
                last[row.customer] = row.when
                orders[row.customer].add(row.invoice)
    kinds = Counter(
        kind((AS_OF - last[who]).days, len(orders[who]), spent[who], (AS_OF - first[who]).days) for who in last
    )
    assert kinds["big spender"] >= 15
    assert all(kinds[name] >= 50 for name in ("best", "loyal", "new", "low engagement", "at risk", "lost")), kinds


def kind(recency, frequency, monetary, tenure):
    """A plain rule table of the seven, to see that each has somebody; the recipes have their own."""
    rules = {
        "big spender": monetary >= 15_000 and recency <= 90,
        "best": recency <= 60 and frequency >= 5 and monetary >= 800,
        "new": tenure <= 90,
        "loyal": recency <= 90 and frequency >= 3,
        "at risk": 90 < recency <= 270 and frequency >= 3,
        "lost": recency > 180,
    }
    return next((name for name, holds in rules.items() if holds), "low engagement")


def test_what_belongs_together_is_bought_together(rows):
    baskets = defaultdict(set)
    for row in rows:
        if row.quantity > 0:
            baskets[row.invoice].add(row.description.strip())
    pots = [basket for basket in baskets.values() if "Blue Meadow teapot" in basket]
    cups = sum("Blue Meadow cup and saucer" in basket for basket in baskets.values())
    both = sum("Blue Meadow cup and saucer" in basket for basket in pots)
    assert both >= 20
    assert both / len(pots) > 3 * cups / len(baskets)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(MachineError, match="can't be written"):
        sample.write(tmp_path / "file" / "transactions.csv")
