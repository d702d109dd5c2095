"""Columns that say debit or credit."""

import pytest

from reportgen import config
from reportgen.sources.inspection import inspect
from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

LEDGERS = {
    "S/H": ("H", "S"), "SHKZG": ("H", "S"), "Soll/Haben": ("Haben", "Soll"), "D/C": ("C", "D"), "Dr/Cr": ("Cr", "Dr"),
    "Debit/Credit": ("Debit", "Credit"), "Debe/Haber": ("Haber", "Debe"),
}  # fmt: skip


def ledger(csv, header, *sides, amounts=(100, 50, 30)):
    lines = [f"2011-01-1{day},7,{amount},{side}" for day, (amount, side) in enumerate(zip(amounts, sides, strict=True))]
    return csv(*lines, header=f"date,customer,amount,{header}")


@pytest.mark.parametrize("header", rest_slow(LEDGERS, "S/H"))
def test_the_side_that_takes_back_is_asked_about(csv, read, header):
    sold, back = LEDGERS[header]
    path = ledger(csv, header, sold, sold, back)
    message = failure(read, path)
    assert f'[input] returns = {{ "{header}" = ["{back.lower()}"] }}' in message
    assert read(path, returns={header: [back.lower()]}).raw_amount == 120
    assert read(path, returns={header: [sold.lower()]}).raw_amount == -120
    assert read(path, returns={header: []}).raw_amount == 180
    assert any(header in note for note in inspect(config.Input(path=str(path)), config.Columns()).notes)


HARMLESS = {
    "one side": ("S/H", ("H", "H", "H"), (100, 50, 30)),
    "signs say it": ("S/H", ("H", "H", "S"), (100, 50, -30)),
    "a size": ("DC", ("10", "20", "10"), (100, 50, 30)),
    "other letters": ("SH", ("S", "M", "L"), (100, 50, 30)),
    "three sizes": ("SH", ("S", "H", "M"), (100, 50, 30)),
    "sizes": ("Size", ("S", "H", "S"), (100, 50, 30)),
    "cards": ("Card", ("Debit", "Credit", "Debit"), (100, 50, 30)),
    "payments": ("Payment Method", ("debit", "credit", "debit"), (100, 50, 30)),
    "classes": ("Class", ("D", "C", "C"), (100, 50, 30)),
    "grades": ("Grade", ("C", "D", "C"), (100, 50, 30)),
    "kinds of cards": ("Type of Card", ("DR", "CR", "CR"), (100, 50, 30)),
    "shifts": ("Shift", ("D", "C", "D"), (100, 50, 30)),
    "warehouses": ("Warehouse", ("DC", "SH", "DC"), (100, 50, 30)),
    "genders": ("Gender", ("d", "h", "d"), (100, 50, 30)),
    "shelves": ("Shelf", ("S", "H", "H"), (100, 50, 30)),
    "taxes": ("Tax", ("S", "H", "H"), (100, 50, 30)),
}  # fmt: skip


@pytest.mark.parametrize("case", rest_slow(HARMLESS, "signs say it"))
def test_other_columns_are_not_asked_about(csv, read, case):
    header, sides, amounts = HARMLESS[case]
    assert read(ledger(csv, header, *sides, amounts=amounts)).raw_amount == sum(amounts)
