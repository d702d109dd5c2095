"""Documents that take back what others sold, and what `init` proposes of them, and of statuses on first rows."""

import pytest

from reportgen import config, sources
from reportgen.sources.inspection import inspect
from reportgen.sources.proposal import proposal
from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "Order,Date,Customer,{},Amount"
NAMES = [
    ("Document Type", "Credit Memo"), ("Document Type", "Credit"), ("Belegart", "Gutschrift"), ("Typ", "Kreditnota"),
    ("Type de document", "Avoir"), ("Tipo", "Nota de crédito"), ("Kind", "Credit notes"),
    ("Doc", "Note de crédit"), ("Doc Type", "Credit Invoice"), ("Typ", "Rechnungsgutschrift"),
]  # fmt: skip


def documents(name, amount="40.00"):
    return [f"{number},2026-09-{number:02},{'AB'[number % 2]},{'Invoice' if number % 4 else name},"
            f"{'100.00' if number % 4 else amount}" for number in range(1, 13)]  # fmt: skip


def proposed(path, tmp_path):
    """What `init` writes for a file, and the transactions that this reads."""
    target = tmp_path / "config.toml"
    target.write_text(proposal(inspect(config.Input(path=str(path)), config.Columns()), [path.name]), encoding="utf-8")
    loaded = config.load(target)
    return loaded.input, sources.read(loaded.input, loaded.columns, loaded.shop)[0]


@pytest.mark.parametrize(("header", "name"), rest_slow(NAMES, NAMES[0]))
def test_a_credit_note_is_a_return(csv, read, tmp_path, header, name):
    path = csv(*documents(name), header=HEADER.format(header))
    message = failure(read, path)
    assert f'[input] returns = {{ "{header}" = ["{name.lower()}"] }}' in message
    assert f'If all of them are sales: [input] leave_out = {{ "{header}" = [] }}' in message
    spec, found = proposed(path, tmp_path)
    assert (spec.returns, spec.leave_out) == ({header: (name.lower(),)}, {})
    assert found.raw_amount == 900 - 3 * 40
    assert read(path, leave_out={header: ()}).raw_amount == 900 + 3 * 40


def test_a_status_says_it_of_the_sale_itself(csv, tmp_path):
    spec, _ = proposed(csv(*documents("Gutschrift"), header=HEADER.format("Status")), tmp_path)
    assert (spec.returns, spec.leave_out) == ({}, {"Status": ("gutschrift",)})


@pytest.mark.slow
def test_some_are_deducted_and_some_left_out(csv, read, tmp_path):
    rows = [*documents("Credit memo"), "13,2026-09-13,A,Void,7.00"]
    path = csv(*rows, header=HEADER.format("Type"))
    message = failure(read, path)
    assert '[input] returns = { "Type" = ["credit memo"] }' in message
    assert '[input] leave_out = { "Type" = ["void"] }' in message
    assert proposed(path, tmp_path)[1].raw_amount == 900 - 3 * 40


HARMLESS = [
    ("Payment Type", "Credit card"), ("Type", "Credit customer"), ("Payment", "Credit"), ("Comment", "no credit note"),
    ("Product", "Avoirdupois scale"), ("Type", "Store credit gift"), ("Channel", "Creditor"), ("Type", "Memo pad"),
    ("Note", "Notebook"), ("Type", "Invoice"), ("Type", "Nota fiscal"), ("Type", "Kredit"), ("Type", "Credit 30 days"),
    ("Customer Type", "Credit"), ("Terms", "Credit 60"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "name"), rest_slow(HARMLESS, HARMLESS[0], HARMLESS[10]))
def test_what_is_no_credit_note_is_not_asked_about(csv, read, header, name):
    assert read(csv(*documents(name), header=HEADER.format(header))).raw_amount == 900 + 3 * 40


def statuses(told, each=("paid", "", "")):
    """Rows of orders of three; `told` is the status of the second order, on its first row or on the `each` rows."""
    for order in range(6):
        for row in range(3):
            status = each[row] and (told if order == 1 else each[row])
            yield f"{order},2026-09-{order + 1:02},{'AB'[order % 2]},{status},10"


def test_the_other_rows_of_an_order_are_proposed_to_go_with_its_first(csv, tmp_path):
    spec, found = proposed(csv(*statuses("refunded"), header=HEADER.format("Financial Status")), tmp_path)
    assert (spec.leave_out, spec.leave_out_orders) == ({"Financial Status": ("refunded",)}, True)
    assert found.raw_amount == 150


@pytest.mark.slow
def test_rows_that_are_marked_one_by_one_go_one_by_one(csv, tmp_path):
    rows = statuses("refunded", ("paid", "paid", "paid"))
    assert proposed(csv(*rows, header=HEADER.format("Status")), tmp_path)[0].leave_out_orders is False
    rows = [f"{order},2026-09-{order + 1:02},A,{'Y' if (order, row) == (1, 0) else ''},10"
            for order in range(6) for row in range(3)]  # fmt: skip
    spec, found = proposed(csv(*rows, header=HEADER.format("Returned")), tmp_path)
    assert (spec.leave_out_orders, found.raw_amount) == (False, 170)


def test_what_came_back_in_part_is_not_proposed_to_go(csv, tmp_path):
    rows = [*statuses("partially_refunded"), "9,2026-09-20,C,refunded,10"]
    path = csv(*rows, header=HEADER.format("Financial Status"))
    spec, found = proposed(path, tmp_path)
    assert (spec.leave_out, found.raw_amount) == ({"Financial Status": ("refunded",)}, 180)
    assert (
        "rows whose Financial Status is partially_refunded came back in part" in (tmp_path / "config.toml").read_text()
    )
