"""Ids of customers: one customer has one id however it was typed, junk names nobody, and cut ids are refused."""

import unicodedata

import duckdb
import pytest

from tests.sources import workbook
from tests.sources.test_bad_input import failure

HEADER = "date,customer,amount"


@pytest.fixture
def of(csv, read):
    """What is read of a file with these customers, in a row each."""

    def reading(*ids, notes=None, **options):
        lines = (f'2024-01-{13 + place % 15},"{each}",1' for place, each in enumerate(ids))
        return read(csv(*lines, header=HEADER), notes=notes, **options)

    return reading


def customers(ledger):
    return sorted(ledger.lines.customer.fill_null("nobody").to_pyarrow().to_pylist())


@pytest.mark.parametrize(
    "cut",
    [
        "1.23457E+11",
        "1.23457e+11",
        "1.23E11",
        "1,23E+11",
        "1e+15",
        "-1.5E+20",
        "6335011000000000",
        "12345678901200000.0",
    ],
)
def test_ids_that_lost_digits_are_refused(of, cut):
    message = failure(lambda: of("7", cut))
    assert f"input.csv: the column 'customer' holds ids such as {cut}: a spreadsheet" in message
    assert "format the column as text" in message


@pytest.mark.parametrize(
    "like", ["1E5", "C1.23E+11", "12E+4", "9007199254740992.0", "6335011000000001", "123456789012345"]
)
def test_ids_that_only_look_cut_are_read(of, like):
    assert len(customers(of(like, "6335011999999999"))) == 2


def test_long_ids_that_are_all_round_may_be_settled(of):
    ids = [f"12345678901234{digit}0" for digit in range(5)]
    assert "[input] no_customer = []" in failure(lambda: of(*ids))
    assert customers(of(*ids, no_customer=())) == sorted(ids)
    assert customers(of(*ids[:4])) == sorted(ids[:4])  # too few to tell


def test_numbers_of_a_workbook_that_are_too_long_are_refused(tmp_path, read):
    cells = [["date", "customer", "amount"], *(["2024-01-13", 12345678901234567 + 1000 * n, 1] for n in range(5))]
    assert "has cut them" in failure(read, workbook.write(tmp_path / "a.xlsx", {"S": cells}))


def test_doubles_that_are_too_large_for_ids_are_refused(tmp_path, read):
    sql = "SELECT DATE '2024-01-13' AS date, id::DOUBLE AS customer, 1.5 AS amount FROM (VALUES ({}), ('nan')) ids(id)"
    for name, number in (("fine", 2**53), ("cut", 2**53 + 2)):
        duckdb.sql(sql.format(f"'{number}'")).write_parquet(str(tmp_path / f"{name}.parquet"))
    assert customers(read(tmp_path / "fine.parquet")) == ["9007199254740992", "nobody"]
    assert "ids such as 9007199254740994: floating-point numbers have cut them" in failure(
        read, tmp_path / "cut.parquet"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0815", '=""0815""'), ("0815", "'0815"), ("0815", "\u200b0815"), ("0815", "08\u00ad15\ufeff"),
        ("AB 7", "AB\u00a07"), ("AB 7", " AB\u202f7\t"), ("José", unicodedata.normalize("NFD", "José")),
        ("-7", "-7.0"),
    ],
)  # fmt: skip
def test_ids_that_look_the_same_are_one(of, one, other):
    assert customers(of(one, other)) == [one, one]


def test_a_name_keeps_its_apostrophe(of):
    assert customers(of("'t Hart", "O'Neil")) == ["'t Hart", "O'Neil"]


@pytest.mark.parametrize(
    "junk",
    ["(not set)", "#REF!", "#NAME?", "#######", "(blank)", "(Empty)", ".", "?", "—", "NIL", "false", "-1.0", "0.0",
     "00000000-0000-0000-0000-000000000000", "[redacted]", "***", "--"],
)  # fmt: skip
def test_junk_is_no_customer(of, junk):
    assert customers(of("7", junk)) == ["7", "nobody"]


def told(notes):
    return [note for note in notes if "differ from another one" in note]


def test_ids_that_may_be_one_are_told_and_stay_apart(of):
    notes = []
    found = customers(of("00510", "510", "ab1", "AB1", "Ab1", "\uff17", "7", "8", notes=notes))
    assert len(found) == 8
    (note,) = told(notes)
    assert note == (
        "input.csv: 4 of 8 customer ids differ from another one by capital letters or leading zeros or wide digits "
        "only (such as AB1 and ab1, 00510 and 510, 7 and \uff17), and count as customers of their own; if they are the "
        "same, write their ids in one way where they are exported"
    )


def test_a_trifle_of_ids_that_may_be_one_is_not_told(of):
    for others, count in ((98, 0), (97, 1)):
        notes = []
        of("0510", "510", *(f"C{number}" for number in range(others)), notes=notes)
        assert len(told(notes)) == count, others


def test_ids_are_compared_over_all_files(csv, read):
    notes = []
    one, two = (csv(f"2024-01-13,{who},1", header=HEADER, name=f"{who}.csv") for who in ("007", "7"))
    read(one, two, notes=notes)
    assert told(notes)[0].startswith("007.csv: 1 of 2 customer ids differ from another one by leading zeros only")
