"""Columns of common exports are recognised."""

import pytest

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.columns import plain, recognise

EXPORTS = {
    "UCI, first": (
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        {"invoice": "InvoiceNo", "code": "StockCode", "description": "Description", "quantity": "Quantity",
         "date": "InvoiceDate", "price": "UnitPrice", "customer": "CustomerID", "country": "Country"},
    ),
    "UCI, second": (
        "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country",
        {"invoice": "Invoice", "code": "StockCode", "description": "Description", "quantity": "Quantity",
         "date": "InvoiceDate", "price": "Price", "customer": "Customer ID", "country": "Country"},
    ),
    "Shopify": (
        ("Name,Email,Financial Status,Paid at,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Total,Created at,"
        "Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Country,Shipping Country,Id"),
        {"invoice": "Name", "code": "Lineitem sku", "description": "Lineitem name", "quantity": "Lineitem quantity",
         "date": "Created at", "price": "Lineitem price", "customer": "Email", "country": "Billing Country"},
    ),
    "WooCommerce": (
        ("Order Number,Order Status,Order Date,Customer User ID,Email (Billing),Country Code (Billing),SKU,Item Name,"
        "Quantity,Item Cost,Order Total Amount"),
        {"invoice": "Order Number", "code": "SKU", "description": "Item Name", "quantity": "Quantity",
         "date": "Order Date", "price": "Item Cost", "customer": "Customer User ID",
         "country": "Country Code (Billing)"},
    ),
    "Magento": (
        "increment_id,created_at,customer_email,sku,name,qty_ordered,price,row_total",
        {"invoice": "increment_id", "code": "sku", "quantity": "qty_ordered", "date": "created_at", "price": "price",
         "customer": "customer_email"},
    ),
    "Square": (
        "Date,Time,Item,Qty,SKU,Gross Sales,Discounts,Net Sales,Transaction ID,Customer ID,Customer Name",
        {"invoice": "Transaction ID", "code": "SKU", "description": "Item", "date": "Date", "amount": "Net Sales",
         "customer": "Customer ID"},
    ),
    "Amazon": (
        "amazon-order-id,purchase-date,buyer-email,sku,product-name,quantity,currency,item-price,ship-country",
        {"invoice": "amazon-order-id", "code": "sku", "description": "product-name", "date": "purchase-date",
         "amount": "item-price", "customer": "buyer-email", "country": "ship-country"},
    ),
    "payments": (
        "id,Created (UTC),Amount,Currency,Customer ID,Customer Email,Description",
        {"invoice": "id", "date": "Created (UTC)", "amount": "Amount", "customer": "Customer ID",
         "description": "Description"},
    ),
    "Odoo": (
        "Order Reference,Customer,Order Date,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Total",
        {"invoice": "Order Reference", "customer": "Customer", "date": "Order Date", "code": "Order Lines/Product",
         "quantity": "Order Lines/Quantity", "price": "Order Lines/Unit Price"},
    ),
    "SAP": (
        "VBELN,FKDAT,KUNNR,MATNR,ARKTX,FKIMG,NETWR,WAERK,LAND1",
        {"invoice": "VBELN", "date": "FKDAT", "customer": "KUNNR", "code": "MATNR", "description": "ARKTX",
         "amount": "NETWR", "country": "LAND1"},
    ),
    "German": (
        "Rechnungs-Nr.;Artikelnummer;Bezeichnung;Stückzahl;Rechnungsdatum;Einzelpreis;Kunden-Nr.;Land",
        {"invoice": "Rechnungs-Nr.", "code": "Artikelnummer", "description": "Bezeichnung", "quantity": "Stückzahl",
         "date": "Rechnungsdatum", "price": "Einzelpreis", "customer": "Kunden-Nr.", "country": "Land"},
    ),
    "French": (
        "Numéro de facture;Référence;Désignation;Quantité;Date de facture;Prix unitaire;Code client;Pays",
        {"invoice": "Numéro de facture", "code": "Référence", "description": "Désignation", "quantity": "Quantité",
         "date": "Date de facture", "price": "Prix unitaire", "customer": "Code client", "country": "Pays"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("export", EXPORTS)
def test_exports_are_recognised(export):
    text, expected = EXPORTS[export]
    headers = text.split(";" if ";" in text else ",")
    assert recognise(export, headers, config.Columns()) == expected


def test_names_in_any_script_are_told_apart():
    headers = ["customer", "date", "数量", "金額"]
    assert recognise("x", headers, config.Columns(amount="金額"))["amount"] == "金額"
    with pytest.raises(InputError, match="there is no column 'Сумма' for amount"):
        recognise("x", headers, config.Columns(amount="Сумма"))
    assert plain("Größe-Nr.") == "grossenr"


def test_case_blanks_and_underscores_do_not_matter():
    assert {plain(name) for name in ("CustomerID", "customer id", "CUSTOMER_ID", "Customer-Id")} == {"customerid"}


def test_of_two_amounts_that_of_the_row_is_proposed():
    with pytest.raises(InputError, match='amount = "LineAmount"'):
        recognise("x", ["customer", "date", "Total", "LineAmount"], config.Columns())


def test_a_named_price_needs_no_amount():
    headers = ["customer", "date", "Quantity", "Each", "Total", "LineAmount"]
    assert "amount" not in recognise("x", headers, config.Columns(price="Each"))


def test_two_columns_of_one_name_that_is_not_read_are_no_matter(csv, read):
    assert read(csv("2024-01-13,7,1,x,y", header="date,customer,amount,Tag,Tag")).raw_amount == 1
