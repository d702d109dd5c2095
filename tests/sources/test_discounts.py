"""Columns of discounts are told by their names, however they are written."""

import pytest

from reportgen.sources import marks
from reportgen.sources.columns import asides

NAMES = [
    "Discount", "Discount %", "Discount Percent", "Discount Percentage", "DiscountPct", "Disc %", "Disc. %", "Disc Pct",
    "Disc Amt", "Disc. Amount", "Discount Rate", "discount_amount", "Discount Value", "Discount (GBP)",
    "Line Discount %", "Line Disc", "Item Discount", "Order Discount", "Cart Discount Amount", "Total Discount",
    "Total Discounts", "Discounts", "Lineitem discount", "Rabatt", "Rabatt %", "Rabatt in %", "Rabattsatz",
    "Rabattbetrag", "Zeilenrabatt", "Mengenrabatt", "Positionsrabatt", "Nachlass", "Nachlass %", "Preisnachlass",
    "Remise", "Remise %", "Taux de remise", "Montant remise", "Rabais", "Descuento", "Sconto %", "Korting",
    "Coupon Amount", "Coupon Discount", "Voucher Value", "Promo Discount", "Promotion Amount", "Promotional discount",
    "Gutscheinbetrag", "Markdown", "Markdown Amount", "Rebate", "Rebate Amount", "discountAmount", "DISCOUNT_PERCENT",
    "Customer Discount",
]  # fmt: skip
OTHERS = [
    "Discount Code", "Discount Name", "Discount Type", "Discount Reason", "Discounted Price", "Price after discount",
    "Price before discount", "Discount ID", "Discount Group", "Rabattcode", "Rabattgruppe", "Rabatt-Code", "Rabattart",
    "Remise code", "Coupon", "Coupon Code", "Voucher", "Voucher Number", "Promo Code", "Promotion", "Promotion Name",
    "Disc", "Disc Number", "Disc Title", "Discs", "Compact Disc", "Discovery", "Discontinued", "Discount eligible",
    "Discount Card", "Discount Store", "Discount Date", "Rebate Status", "Amount", "Value", "Total", "Markdown Reason",
    "Discount Level", "Rate", "Percent", "Remittance", "Number of discounts", "Rabattkarte",
]  # fmt: skip


def kind(header):
    (key,) = asides([header], {})
    return key.partition("_")[0]


@pytest.mark.parametrize("header", NAMES)
def test_a_discount_is_known_by_its_name(header):
    assert kind(header) == "discount"


@pytest.mark.parametrize("header", OTHERS)
def test_what_only_sounds_like_it_is_none(header):
    assert kind(header) != "discount"
    assert marks.header_kind(header) != "discount"


def test_a_discount_that_is_not_read_is_told(csv, read):
    header, notes = "Order,Date,Customer,Quantity,Unit Price,Discount Percent,Rabatt in %,Coupon Amount,Markdown", []
    read(
        csv("1,2026-09-01,A,1,100.00,20,0 %,EUR 5.00,SAVE10", "2,2026-09-12,B,1,100.00,0,10 %,,", header=header),
        notes=notes,
    )
    told = [note for note in notes if "not deducted" in note]
    assert told == [
        f"input.csv: the column {name} isn't read: the discounts of 1 row are not deducted"
        for name in ("Discount Percent", "Rabatt in %", "Coupon Amount")
    ]
