"""What `init` learns about an input, and the configuration it proposes."""

from datetime import datetime

import pytest

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import inspection, read
from reportgen.sources.proposal import proposal
from tests.choosing import rest_slow


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


def test_currency_of_figures(csv):
    assert inspected(csv("2011-01-13,7,CHF 1'234.50", header="date,customer,amount")).currency == "CHF"


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


UNREAD = {
    "weeks": ("2025-W03", 'date_format = "%G-W%V"', '"%G-W%V" for weeks'),
    "names of days": ("Montag", "", "those of days only in English"),
    "other names": ("3 tammikuu 2025", "", "Names of months are read in"),
    "quarters": ("2025Q3", "", "Else write them as 2011-11-30"),
}


@pytest.mark.parametrize("case", rest_slow(UNREAD, "weeks"))
def test_dates_that_cannot_be_read_are_told(csv, case):
    text, key, remedy = UNREAD[case]
    path = csv(f"{text},7,1", header="When,customer,amount")
    columns = config.Columns(date="When")
    found = inspection.inspect(config.Input(path=str(path)), columns)
    assert f"data row 1, column When: “{text}” is not a date, as 1 of 1 aren't" in found.undated.message
    assert remedy in found.undated.remedy
    with pytest.raises(InputError, match="can't be read") as refused:
        read(config.Input(path=str(path)), columns, config.Shop())
    assert refused.value.remedy == found.undated.remedy
    if key:
        spec = config.Input(path=str(path), date_format=key.split('"')[1])
        assert read(spec, columns, config.Shop())[0].raw_rows == 1


def test_init_says_that_files_mix_dates(csv):
    found = inspected(csv("13/01/2011,7,1", "01/31/2011,7,1", header="date,customer,amount"))
    assert "mixes date formats" in found.undated.message
