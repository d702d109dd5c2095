"""Text can't become a formula; everything else comes back as it was."""

import csv
from decimal import Decimal
from io import StringIO

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.deliver.csv import FORMULA, columns, decimals, safe, table
from reportgen.findings.amounts import money


@pytest.mark.parametrize("text", ["=SUM(A1)", "+1", "-1", "@cmd", "\tx", "\rx"])
def test_formulas_are_defused(text):
    assert safe(text) == "'" + text


@pytest.mark.parametrize("cell", [-1, -1.5, Decimal("-3.20"), None, "", "a=b", "'=x", "<b>&"])
def test_the_rest_is_as_it_was(cell):
    assert safe(cell) is cell


def test_bytes():
    rows = [("=1+1", 'Größe, "L"', Decimal("-1.50")), ("a\nb", None, 3)]
    assert table(["customer", "+name", "M"], rows) == (
        'customer,\'+name,M\r\n\'=1+1,"Größe, ""L""",-1.50\r\n"a\nb",,3\r\n'.encode()
    )


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=2, max_size=4))
def test_round_trip(cells):
    (row,) = csv.reader(StringIO(table(cells, []).decode(), newline=""))
    assert not any(cell.startswith(FORMULA) for cell in row)
    assert all(read in {cell, f"'{cell}"} for read, cell in zip(row, cells, strict=True))


def test_columns_are_written_as_rows_are():
    texts = ["1", "=1+1", 'say "hi"', "a,b", "@x,y", "two\nlines", "\r", " ", "plain", "ü"]
    units = [0, 5, -5, 10**15, -(10**15), 7, 80, 900, 1234, 2**53 + 1]
    for places in (0, 2, 3, 7, 12):
        rows = [(text, unit, money(unit, places)) for text, unit in zip(texts, units, strict=True)]
        cells = (pa.array(texts), pa.array(units), decimals(np.array(units), places))
        assert columns(("@id", "n", "m"), cells) == table(("@id", "n", "m"), rows)


def test_columns_without_rows_are_their_header():
    assert columns(("a", "b"), (pa.array([], pa.string()), pa.array([], pa.int64()))) == table(("a", "b"), ())
