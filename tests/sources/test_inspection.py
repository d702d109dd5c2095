"""What `init` learns about an input, and the configuration it proposes."""

from datetime import datetime

import pytest

from reportgen import config
from reportgen.sources import inspection, read
from reportgen.sources.proposal import proposal


def inspected(path):
    return inspection.inspect(config.Input(path=str(path)), config.Columns())


def test_inspection_of_text(csv):
    path = csv("13.01.2011;7;1.234,50 €;x", "14.01.2011;8;2,5;y", header="Datum;Kunde;Betrag;Notiz", encoding="cp1252")
    found = inspected(path)
    assert found.columns == {"customer": "Kunde", "date": "Datum", "amount": "Betrag"}
    assert found.dialect == {"delimiter": ";", "encoding": "cp1252"}
    assert (found.decimal, found.date_formats, found.unused, found.rows) == (",", ("%d.%m.%Y",), ("Notiz",), 2)
    assert (found.first, found.last) == (datetime(2011, 1, 13), datetime(2011, 1, 14))
    assert found.currency == "EUR"


def test_currency_column(csv):
    found = inspected(csv("2011-01-13,7,1,usd", header="date,customer,amount,Currency"))
    assert found.currency == "USD"


def test_inspection_of_ambiguous_dates(csv):
    found = inspected(csv("1/12/10,7,1", header="date,customer,amount"))
    assert found.date_formats == ("%d/%m/%y", "%m/%d/%y")


def test_inspection_of_the_real_file(real_file):
    found = inspected(real_file)
    assert (found.rows, found.first, found.last) == (
        541_909, datetime(2010, 12, 1, 8, 26), datetime(2011, 12, 9, 12, 50),
    )  # fmt: skip
    assert (found.unused, found.dialect, found.zoned) == ((), {}, False)


@pytest.mark.parametrize(
    ("header", "line"),
    [
        ("date,customer,amount", "2011-01-13,7,1"),
        ("date,customer,amount", "1/12/10,7,1"),
        ("date,customer,amount", "40556.5,7,1"),
        ('date,customer,"the ""amount"" \\ total",amount', "2011-01-13,7,1,2"),
    ],
)
def test_the_proposal_loads_and_reads(csv, tmp_path, header, line):
    path = csv(line, header=header)
    target = tmp_path / "config.toml"
    target.write_text(proposal(inspected(path), [path.name]), encoding="utf-8")
    loaded = config.load(target)
    assert loaded.input.paths() == (str(path),)
    assert loaded.columns.customer == "customer"
    assert loaded.input.date_format is None
    if "/" not in line:
        assert read(loaded.input, loaded.columns, loaded.shop)[0].raw_rows == 1


def test_the_proposal_as_text(csv, snapshot):
    path = csv("1/12/10 08:26,7,1.50,x", header="date,customer,amount,note")
    assert proposal(inspected(path), [path.name]) == snapshot


def test_what_one_file_writes_is_not_asked_of_the_others(csv, tmp_path):
    header = "order,date,customer,amount"
    csv("1,2011-01-13 10:00:00,7,1", name="a.csv", header=header)
    csv("2,2011-02-13 10:00,7,1", name="b.csv", header=header)
    target = tmp_path / "config.toml"
    found = inspection.inspect(config.Input(path=(str(tmp_path / "*.csv"))), config.Columns())
    target.write_text(proposal(found, ["*.csv"]), encoding="utf-8")
    loaded = config.load(target)
    assert read(loaded.input, loaded.columns, loaded.shop)[0].raw_rows == 2


def test_formats_that_the_dates_need_together_are_no_choice(csv):
    path = csv("30/11/2011,7,1", "30/11/2011 08:26,7,1", header="date,customer,amount")
    text = proposal(inspected(path), [path.name])
    assert 'detected, each date by one of "%d/%m/%Y", "%d/%m/%Y %H:%M"' in text
    assert "keep the true one" not in text
