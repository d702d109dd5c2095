"""Quotes: one that is opened by mistake must not make a field of the rows between it and the next."""

import pytest

from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "date,customer,description,quantity,price"
ROWS = [f"2024-01-{day:02},{day},lamp,1,2.50" for day in range(1, 21)]


def with_fields(**fields):
    """`ROWS` with other descriptions, by the number of the row."""
    rows = list(ROWS)
    for number, text in fields.items():
        place = int(number[1:]) - 1
        rows[place] = rows[place].replace("lamp", text)
    return rows


@pytest.mark.parametrize("end", rest_slow(["\n", "\r\n", "\r"], "\n"))
@pytest.mark.parametrize(("first", "last"), rest_slow([(5, 8), (5, 6), (1, 20)], (5, 8)))
def test_rows_between_two_stray_quotes_are_not_lost(tmp_path, read, end, first, last):
    file = tmp_path / "shop.csv"
    rows = with_fields(**{f"r{first}": '"lamp', f"r{last}": 'lamp"'})
    file.write_bytes(end.join(["", HEADER, *rows, ""]).encode())
    message = failure(read, file)
    assert f"shop.csv, data row {first}, column description: one field holds {last - first + 1} lines" in message
    assert f"{last - first} rows of the file would be lost" in message


def test_each_such_field_counts(csv, read):
    rows = with_fields(r2='"lamp', r4='lamp"', r9='"lamp', r10='lamp"')
    assert "3 rows of the file would be lost" in failure(read, csv(*rows, header=HEADER))


def test_they_are_found_in_columns_that_are_not_read(csv, read):
    rows = [f"{row},seen" for row in ROWS]
    rows[3], rows[6] = f'{ROWS[3]},"seen', f'{ROWS[6]},seen"'
    assert "data row 4, column Remark" in failure(read, csv(*rows, header=f"{HEADER},Remark"))


@pytest.mark.parametrize("text", ['"lamp,\nsmall"', '"lamp\n\n, , small\n"', '12"', '"12"" lamp"'])
def test_texts_of_several_lines_are_read(csv, read, text):
    ledger = read(csv(*with_fields(r5=text), "", "", header=HEADER))
    assert (ledger.raw_rows, ledger.raw_amount) == (20, 500)
