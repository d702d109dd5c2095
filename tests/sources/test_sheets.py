"""Which sheets of a workbook are read."""

import pytest

from reportgen import config
from reportgen.sources.inspection import inspect
from tests.sources import workbook
from tests.sources.test_bad_input import failure

SALES = [["order", "date", "customer", "total"], ["1", "2011-01-13", "7", 2.5], ["2", "2011-01-14", "8", 3.5]]
MONTHLY = [["customer", "date", "total"], ["7", "2011-01-31", 2.5], ["8", "2011-01-31", 3.5]]


@pytest.fixture
def book(tmp_path):
    return lambda **sheets: workbook.write(tmp_path / "a.xlsx", sheets)


def test_sheets_of_other_columns_are_asked_about(book, read):
    path = book(Data=SALES, Monthly=MONTHLY)
    message = failure(read, path)
    assert (
        "a.xlsx: the sheets “Data” and “Monthly” would be read together, and only one of “Data” and “Monthly” has "
        "invoice"
    ) in message
    assert 'Say which hold sales: [input] sheet = "Data"; or if all do: ["Data", "Monthly"].' in message
    assert read(path, sheet="data ", currency="GBP").raw_amount == 600
    assert read(path, sheet=("Data", "Monthly"), currency="GBP").raw_rows == 4
    found = inspect(config.Input(path=str(path)), config.Columns())
    assert any('[input] sheet = "Data"' in note for note in found.notes)


@pytest.mark.parametrize("name", ["Returns", "Quotes", "Summary", "Pivot1", "Übersicht", "Angebote", "Order Totals"])
def test_sheets_of_another_kind_by_their_name_are_asked_about(book, read, name):
    message = failure(read, book(Data=SALES, **{name: SALES}))
    assert f"“{name}” may be something else, by its name" in message
    assert read(book(**{name: SALES})).raw_rows == 2


def test_sheets_of_one_kind_are_read_together(book, read):
    assert read(book(January=SALES, February=SALES), overlap="all").raw_rows == 4


def test_a_sheet_that_is_not_there(book, read):
    message = failure(read, book(January=SALES, February=SALES), sheet="March")
    assert "a.xlsx: there is no sheet “March”; found “January”, “February”" in message
