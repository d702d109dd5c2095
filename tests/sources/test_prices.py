"""What the shop paid, what a list asks, and what customers paid: only the last is the price."""

import pytest

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.columns import recognise
from reportgen.sources.inspection import inspect
from tests.choosing import rest_slow
from tests.sources.test_bad_input import failure

START = "Order,Date,Customer,SKU,Quantity"
ROWS = [f"{number},2026-09-{day:02},{who},X,{pieces}" for number, day, who, pieces in
        [(1, 1, "A", 2), (2, 12, "B", 1), (3, 29, "A", 1)]]  # fmt: skip


def sold(csv, header, values):
    return csv(*(f"{row},{values}" for row in ROWS), header=f"{START},{header}")


CHOSEN = {
    "Unit Cost,Sell Price": "Sell Price",
    "Cost Price,Selling Price": "Selling Price",
    "EK-Preis,VK-Preis": "VK-Preis",
    "Einkaufspreis,Verkaufspreis": "Verkaufspreis",
    "Unit Cost,Price": "Price",
    "Original Price,Price Charged": "Price Charged",
    "List Price,Discounted Price": "Discounted Price",
    "RRP,Sale Price": "Sale Price",
    "Unit Cost,Item Price": "Item Price",
}


@pytest.mark.parametrize("header", CHOSEN)
def test_what_customers_paid_is_the_price(header):
    assert recognise("x", [*START.split(","), *header.split(",")], config.Columns())["price"] == CHOSEN[header]


def test_a_cost_beside_a_price_is_not_asked_about(csv, read):
    assert read(sold(csv, "Unit Cost,Sell Price", "4.00,10.00"), currency="GBP").raw_amount == 4000
    assert read(sold(csv, "Original Price,Price Charged", "13.00,10.00"), currency="GBP").raw_amount == 4000


@pytest.mark.parametrize(
    "header", rest_slow(["Unit Cost", "Purchase Price", "EK", "Einkaufspreis", "Item Cost", "Prix d'achat"], "EK")
)
def test_a_cost_alone_is_asked_about(csv, read, header):
    path = sold(csv, header, "4.00")
    message = failure(read, path)
    assert f"no column surely says what customers paid: “{header}” seems to be what the shop paid" in message
    assert f'[columns] price = "{header}"' in message
    assert read(path, columns={"price": header}, currency="GBP").raw_amount == 1600


@pytest.mark.parametrize(
    "other", rest_slow(["Retail Price", "RRP", "List Price", "Listenpreis", "Unit Price (s)"], "RRP")
)
def test_a_cost_and_what_need_not_be_paid_are_both_named(other):
    with pytest.raises(InputError) as caught:
        recognise("x", [*START.split(","), "Unit Cost", other], config.Columns())
    assert f"“Unit Cost” seems to be what the shop paid, “{other}” may be" in str(caught.value)
    assert f'[columns] price = "{other}" or price = "Unit Cost"' in str(caught.value)


@pytest.mark.parametrize("header", ["Supplier", "Vendor", "Purchase Order", "Shipping Cost", "Cost Center"])
def test_what_is_no_cost_is_not_called_one(header):
    with pytest.raises(InputError, match="no column is recognised as price"):
        recognise("x", [*START.split(","), header, "Each"], config.Columns())


def test_what_a_row_is_worth_is_named_as_amount():
    with pytest.raises(InputError) as caught:
        recognise("x", [*START.split(","), "Unit Cost", "Extended Price"], config.Columns())
    assert (
        '[columns] price = "Unit Cost"; or name what they paid for a row: [columns] amount = "Extended Price".'
        in str(caught.value)
    )


RIVALS = [
    ("Price", "Discounted Price"), ("Price", "Price After Discount"), ("Unit Price", "Final Price"),
    ("Price", "Special price"), ("Unit Price", "Price charged"), ("Einzelpreis", "Aktionspreis"),
    ("Unit Price", "Net unit price"), ("Preis", "Preis nach Rabatt"), ("Unit Price", "Actual Selling Price"),
    ("Original Price", "Promo Price"), ("Prix unitaire", "Prix de vente"), ("Price", "Sales price"),
]  # fmt: skip


@pytest.mark.parametrize(("price", "rival"), rest_slow(RIVALS, RIVALS[0]))
def test_a_second_price_that_differs_is_asked_about(csv, read, price, rival):
    path = sold(csv, f"{price},{rival}", "13.00,10.00")
    message = failure(read, path)
    assert (
        f"input.csv: “{price}” and “{rival}” could each be what customers paid for a piece, and differ in 3 of 3 rows, "
        "such as data row 1: 13.00 and 10.00"
    ) in message
    assert f'[columns] price = "{rival}" or price = "{price}"' in message
    assert read(path, columns={"price": rival}, currency="GBP").raw_amount == 4000
    assert read(path, columns={"price": price}, currency="GBP").raw_amount == 5200
    with pytest.raises(InputError, match="could each be what customers paid"):
        inspect(config.Input(path=str(path)), config.Columns())


HARMLESS = [
    ("Discounted Price", "10.00"), ("Discounted Price", ""), ("Discounted Price", "0"), ("Final Price", "10.0"),
    ("Special Price", "none"), ("Original Price", "13.00"), ("List Price", "13.00"), ("RRP", "13.00"),
    ("Unit Cost", "4.00"), ("Cost Price", "4.00"), ("Purchase Price", "4.00"), ("Price Currency", "GBP"),
    ("Sales Price Group", "2"), ("Sale Price Date", "2026-09-01"), ("Price List", "7"), ("Price Type", "1"),
    ("Price before discount", "13.00"), ("Old Price", "13.00"), ("Compare at price", "13.00"),
    ("Net price per kg", "77.00"), ("Price incl. VAT", "12.00"), ("Selling price incl. tax", "12.00"),
    ("Sales Rep", "12"), ("Sales Channel", "3"), ("Sale Id", "7"), ("Regular price", "13.00"), ("Base Price", "11.00"),
    ("Sale Price Change", "2.00"), ("Shipping Price charged", "3.95"), ("Net Weight", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "value"), rest_slow(HARMLESS, HARMLESS[0], HARMLESS[7]))
def test_what_is_no_second_price_is_not_asked_about(csv, read, header, value):
    path = sold(csv, f"Unit Price,{header}", f"10.00,{value}")
    assert read(path, currency="GBP").raw_amount == 4000


def test_a_price_of_the_whole_row_is_no_rival(csv, read):
    rows = [f"{row},10.00,{20 if row.endswith('2') else 10}" for row in ROWS]
    assert read(csv(*rows, header=f"{START},Unit Price,Final price"), currency="GBP").raw_amount == 4000


def test_of_a_price_and_an_amount_only_one_is_named(csv, read):
    path = sold(csv, "Unit Price,Line Total", "10.00,10.00")
    message = failure(read, path, columns={"price": "Unit Price", "amount": "Line Total"})
    assert "Leave out price, and quantity with it, if the amount counts" in message
