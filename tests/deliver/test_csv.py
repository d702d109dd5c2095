"""Text can't become a formula; everything else comes back as it was."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.deliver.csv import FORMULA, safe, table


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
