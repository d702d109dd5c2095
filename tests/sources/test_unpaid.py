"""Rows whose status says that they aren't paid, or are tests."""

import pytest

from reportgen import config
from reportgen.sources.inspection import inspect
from reportgen.sources.unpaid import says_unpaid
from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

HEADER = "date,customer,amount,Order Status"
ROWS = ("2011-01-13,7,20.00,Completed", "2011-01-14,8,3.00,Pending payment", "2011-01-15,9,5.00,On hold")


def test_unpaid_orders_are_asked_about(csv, read):
    path = csv(*ROWS, header=HEADER)
    message = failure(read, path)
    assert "2 rows worth 8.00 may be unpaid, or tests: the column Order Status is on hold or pending payment" in message
    assert 'leave_out = { "Order Status" = ["on hold", "pending payment"] }' in message
    assert 'count them as sales: [input] leave_out = { "Order Status" = [] }' in message
    assert read(path, leave_out={"Order Status": ["on hold", "pending payment"]}).raw_amount == 20
    assert read(path, leave_out={"Order Status": []}).raw_amount == 28
    assert any("rows may be unpaid" in note for note in inspect(config.Input(path=str(path)), config.Columns()).notes)


def test_unpaid_orders_are_told_where_others_are_left_out(csv, read):
    notes = []
    assert read(csv(*ROWS, header=HEADER), leave_out={"Order Status": ["on hold"]}, notes=notes).raw_amount == 23
    assert any("1 row worth 3.00 may be unpaid" in note and "is pending payment" in note for note in notes)


def test_a_negative_row_is_no_unpaid_sale(csv, read):
    assert read(csv(ROWS[0], "2011-01-14,8,-3.00,On hold", header=HEADER)).raw_amount == 17


UNPAID = (
    "pending payment", "wc-pending-payment", "pending_payment", "Awaiting payment", "awaiting check payment", "on hold",
    "on-hold", "OnHold", "unpaid", "not paid", "test", "Test order", "offen", "unbezahlt", "Zahlung ausstehend",
    "nicht bezahlt", "en attente de paiement", "impayé", "pendiente de pago", "in attesa di pagamento", "openstaand",
)  # fmt: skip
PAID = (
    "paid", "completed", "pending", "processing", "shipped", "on its way", "partially paid", "open", "delivered",
    "awaiting shipment", "awaiting stock", "tested", "taste test", "payment received", "bezahlt", "offen und bezahlt",
    "Öffentlich", "on holiday", "hold music", "payée", "pagado", "betaald", "test passed", "unpaid leave", "",
)  # fmt: skip


@pytest.mark.parametrize("status", UNPAID)
def test_words_that_say_so(status):
    assert says_unpaid(status)


@pytest.mark.parametrize("status", PAID)
def test_words_that_do_not(status):
    assert not says_unpaid(status)


@pytest.mark.parametrize("header", rest_slow(["Product", "Campaign", "Note", "Segment", "Shelf"], "Product"))
def test_only_a_status_is_asked_about(csv, read, header):
    rows = ("2011-01-13,7,2,On hold", "2011-01-14,8,3,Test", "2011-01-14,8,3,Vase")
    assert read(csv(*rows, header=f"date,customer,amount,{header}")).raw_amount == 8
