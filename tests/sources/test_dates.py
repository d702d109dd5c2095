"""Dates: names of months, and instants where the shop has no time zone."""

from datetime import datetime, timedelta

import duckdb
import pytest
from babel.dates import get_month_names

from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure


@pytest.mark.slow
@pytest.mark.parametrize("locale", ["en", "de", "fr", "es", "it", "nl", "pt"])
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
def test_months_are_read_by_their_names(csv, read, locale, width):
    names = get_month_names(width, locale=locale)
    ledger = read(csv(*[f"3 {names[i]} 2011,7,1" for i in range(1, 13)], header="date,customer,amount"))
    months = ledger.lines.order_by("line").sold_at.month().to_pyarrow().to_pylist()
    assert months == [*range(1, 13)]


ZONES = {
    "two places": (["2011-09-01T23:30:00Z", "2011-09-02T20:30:00-05:00"], "have offsets from -05:00 to Z"),
    "summer and winter": (["2011-09-01T23:30:00+01:00", "2011-12-02T20:30:00+00:00"], ""),
    "UTC": (["2011-09-01T23:30:00Z"], "are in UTC"),
    "none": (["2011-09-01 23:30:00"], ""),
    "seconds": (["1314919800"], "are Unix seconds, and count in UTC"),
}


@pytest.mark.parametrize("case", rest_slow(ZONES, "two places"))
def test_instants_without_a_zone_of_the_shop_are_told(csv, read, case):
    texts, told = ZONES[case]
    path, notes = csv(*[f"{text},7,1" for text in texts], header="date,customer,amount"), []
    read(path, notes=notes)
    assert [note for note in notes if "timezone" in note and told in note] or not told
    assert told or not any("timezone" in note for note in notes)
    again = []
    ledger = read(path, notes=again, timezone="Europe/London")
    assert not any("timezone" in note for note in again)
    expected = datetime(2011, 9, 1, 23, 30) + timedelta(hours=text_is_utc(texts[0]))
    assert ledger.lines.sold_at.min().to_pyarrow().as_py() == expected


def text_is_utc(text):
    return text.endswith("Z") or text.isdigit()


@pytest.mark.slow
def test_typed_instants_without_a_zone_of_the_shop_are_told(tmp_path, read):
    path, notes = tmp_path / "a.parquet", []
    duckdb.sql(f"COPY (SELECT TIMESTAMPTZ '2011-09-01 23:30:00+00' AS date, '7' AS customer, 1 AS amount) TO '{path}'")
    read(path, notes=notes)
    assert any("are instants, and count in UTC" in note for note in notes)


def test_a_nested_column_is_no_id(tmp_path, read):
    path = tmp_path / "a.parquet"
    duckdb.sql(f"COPY (SELECT DATE '2011-09-01' AS date, {{'id': 7}} AS customer, 1 AS amount) TO '{path}'")
    assert "which can't be the customer" in failure(read, path)
