"""Prices that were computed: rounded only where the configuration says so, as on paper, and told."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from reportgen import config
from reportgen.errors import UsageError
from reportgen.pages.reconciliation import _reading
from reportgen.sources import in_place
from reportgen.sources.inspection import inspect
from reportgen.sources.proposal import proposal
from reportgen.transactions import Rounded
from reportgen.wording import Words
from tests import brief_factory as factory
from tests.choosing import rest_slow

HEADER = "date,customer,quantity,price"


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.decimals(-9999, 9999, places=9, allow_nan=False), min_size=1, max_size=20),
    st.integers(0, 6),
)
def test_prices_are_rounded_as_on_paper(csv, read, prices, decimals):
    prices = [*prices, *map(abs, prices), Decimal(20000)]  # as much is bought
    lines = [f"2011-01-13,7,3,{price:f}" for price in prices]
    ledger = read(csv(*lines, header=HEADER), decimal=".", round_prices=decimals)
    unit = Decimal(1).scaleb(-decimals)
    exact = sum(3 * price.quantize(unit, ROUND_HALF_UP) for price in prices)
    assert ledger.raw_amount == exact.scaleb(ledger.scale)
    more = sum(price != price.quantize(unit) for price in prices)
    assert ledger.rounded == (Rounded(more, decimals) if more else None)


HALVES = [
        ("1.005", 2, "1.01"), ("-1.005", 2, "-1.01"), ("(1.005)", 2, "-1.01"), ("0.004", 2, "0"), ("9.995", 2, "10"),
        (".999", 0, "1"), ("3.33333333333333333", 2, "3.33"), ("1e-9", 2, "0"), ("15.299999999999999", 2, "15.3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "decimals", "worth"), rest_slow(HALVES, *HALVES[1:3]))
def test_half_a_unit_goes_away_from_zero(csv, read, text, decimals, worth):
    ledger = read(
        csv("2011-01-13,7,20", f"2011-01-13,7,{text}", header="date,customer,amount"),
        round_prices=decimals,
        decimal=".",
    )
    assert Decimal(ledger.raw_amount).scaleb(-ledger.scale) == Decimal(20) + Decimal(worth)


def test_what_is_no_price_stays_a_bad_row(csv, read):
    bad = ("", "x", "1" * 25, "1" * 19 + ".55", "inf")
    lines = [f"2011-01-13,7,1,{price}" for price in (*bad, "0.125", "0.25")]
    ledger = read(csv(*lines, header=HEADER), round_prices=2, decimal=".", max_bad_share=1)
    assert (ledger.removed[0].rows, ledger.raw_amount, ledger.rounded) == (len(bad), 38, Rounded(1, 2))


def test_rounding_is_told(csv, read):
    told = []
    read(csv("2011-01-13,7,3,0.333333333", "2011-01-13,7,3,2.5", header=HEADER), round_prices=4, notes=told)
    assert told[-1] == "1 rounded: prices with more than 4 decimals"


def test_without_the_key_nothing_is_rounded(csv, read):
    ledger = read(csv("2011-01-13,7,3,0.333", header=HEADER))
    assert (ledger.scale, ledger.raw_amount, ledger.rounded) == (3, 999, None)


def test_a_large_typed_file_rounds_alike(tmp_path, read, monkeypatch):
    file = tmp_path / "lines.parquet"
    duckdb.sql(f"""copy (
        select 'X' || range as invoice, timestamp '2011-01-13' + interval 1 hour * range as date,
               range + 100 as customer, 2 as quantity, range / 7.0 as price from range(300)) to '{file}'""")
    copied = read(file, round_prices=3)
    monkeypatch.setattr(in_place, "LEAST", 1)
    there = read(file, round_prices=3)
    assert there.raw_amount == copied.raw_amount == there.lines.amount.sum().to_pyarrow().as_py()
    assert there.rounded == copied.rounded
    assert there.days[0][0] == datetime(2011, 1, 13)


def test_the_proposal_rounds_what_was_computed(csv, tmp_path):
    target = tmp_path / "config.toml"
    for price, rounds in (("0.333333333", 4), ("0.333333", None)):
        path = csv(f"2011-01-13,7,3,{price}", "2011-01-14,7,3,2.50", header=HEADER)
        target.write_text(proposal(inspect(config.Input(path=str(path)), config.Columns()), [path.name]))
        assert config.load(target).input.round_prices == rounds


def test_the_brief_says_so():
    brief = factory.brief()
    words = Words("en_GB", brief.currency, brief.scale)
    rounded = replace(brief, data=replace(brief.data, rounded_rows=1200, rounded_to=2))
    (said,) = set(_reading(rounded, words)) - set(_reading(brief, words))
    assert (
        said == "The price of 1,200 rows had more than 2 decimals; it is rounded to them before anything is added up."
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"path": "a.csv", "decimals": 2}, "round_prices rounds them"),
        ({"url": "duckdb://a", "table": "t"}, "for files"),
    ],
)
def test_contradictions(given, words):
    with pytest.raises(UsageError, match=words):
        config.Input(**given, round_prices=2).check()
