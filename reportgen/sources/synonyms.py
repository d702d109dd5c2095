"""Names that columns go by: in the UCI data, in the exports of common shops, in German and French.

Written as `columns.plain` leaves them: lower case, letters and digits only, without accents.
"""

from typing import Final

RANKS: Final[dict[str, tuple[str, ...]]] = {
    "customer": (
        (
            "customer customerid customerno customernumber customercode customeruserid customerref clientid"
            " client clientno buyerid memberid userid accountid accountno accountnumber soldtoparty soldto kunnr"
            " kundennummer kundennr kundenid kunde debitor debitornr codeclient numeroclient nclient noclient"
            " idclient"
        ),
        ("email customeremail emailbilling billingemail buyeremail useremail customeremailaddress emailaddress mail"),
        "customername buyername billingname clientname kundenname nomclient",
    ),
    "date": (
        (
            "invoicedate date datetime timestamp orderdate ordertime orderdatetime purchasedate saledate"
            " salesdate soldat transactiondate transactiontime dateordered billingdate documentdate createdutc"
            " createddateutc fkdat audat datum rechnungsdatum bestelldatum belegdatum auftragsdatum kaufdatum"
            " datecommande datedecommande datefacture datedefacture dateachat datevente"
        ),
        "createdat created creationdate createdon erdat erstelltam",
        "paidat datepaid paiddate bezahltam",
    ),
    "quantity": (
        (
            "quantity qty qtyordered quantityordered quantitypurchased itemquantity lineitemquantity"
            " orderquantity orderlinesquantity orderlineorderedqty units unitssold qtysold quantitysold pieces pcs"
            " itemqty quantityrefund count fkimg kwmeng menge anzahl"
            " stuck stueck stuckzahl quantite qte"
        ),
        "qtyinvoiced",
    ),
    "price": (
        (
            "unitprice price lineitemprice pricepunit priceperunit orderlinesunitprice"
            " orderlineunitprice sellingprice saleprice netprice netpr einzelpreis stuckpreis stueckpreis preis"
            " nettopreis vkpreis prixunitaire prix pu puht prixunitaireht"
        ),
        (
            "sellprice salesprice soldprice unitsellingprice unitsalesprice sellingpriceperunit sellingunitprice"
            " pricecharged chargedprice unitpricecharged discountedprice discountedunitprice priceafterdiscount"
            " unitpriceafterdiscount finalprice actualprice effectiveprice verkaufspreis nettoeinzelpreis prixdevente"
        ),
        "baseprice originalprice itemprice",
    ),
    "amount": (
        (
            "amount total totalamount totalprice linetotal lineamount linetotalamount rowtotal ordertotal"
            " ordertotalamount grandtotal sales revenue netsales netamount netvalue value ordervalue turnover"
            " netwr betrag gesamtpreis gesamt gesamtbetrag summe umsatz nettobetrag montant montanttotal montantht"
            " totalht"
        ),
        "grosssales subtotal grandtotalbase grandtotalpurchased totalttc montantttc",
    ),
    "invoice": (
        (
            "invoice invoiceno invoiceid invoicenumber order orderid orderno ordernumber orderreference orderref"
            " transaction transactionid transactionno receipt receiptno receiptid receiptnumber billingdocument"
            " salesdocument documentno documentnumber incrementid vbeln ticketno rechnung rechnungsnummer rechnungsnr"
            " belegnummer belegnr beleg bestellnummer bestellnr auftragsnummer auftragsnr bonnummer"
            " facture numerofacture numerodefacture nfacture nofacture commande numerocommande numerodecommande"
        ),
    ),
    "code": (
        (
            "code stockcode sku productcode productid productsku itemcode itemid itemno itemnumber itemsku"
            " lineitemsku articleno articlenumber article material materialnumber matnr asin barcode ean gtin"
            " artikelnummer artikelnr artikel codeproduit codearticle reference refproduit"
        ),
        "product orderlinesproduct orderlineproduct item produkt produit",
    ),
    "description": (
        (
            "description itemname productname lineitemname producttitle title itemdescription productdescription"
            " arktx bezeichnung artikelbezeichnung beschreibung produktname designation libelle nomproduit"
        ),
        "product item produkt produit orderlinesdescription",
    ),
    "country": (
        "country countryname countryregion customercountry land1 land kundenland pays",
        "billingcountry countrybilling countrycodebilling billingcountrycode",
        "shippingcountry shipcountry countryshipping countrycodeshipping deliverycountry",
    ),
}
"""Meaning -> names in ranks, most certain first. Two columns of one rank are two candidates.

Names of what the shop paid are none: see `prices`.
"""

ASIDES: Final[dict[str, frozenset[str]]] = {
    kind: frozenset(names.split())
    for kind, names in {
        "currency": (
            "currency currencycode currencyiso isocurrency ordercurrency ordercurrencycode pricecurrency"
            " currencysymbol ccy curr cur waerk waers wahrung waehrung wahrungsschlussel waehrungsschluessel devise"
            " monnaie valuta moneda divisa"
        ),
        "status": (
            "status statusname currentstatus state orderstate stage lifecycle workflow substatus statusdesc"
            " statusdescription zustand etat estado stato orderstatusname"
            " fulfilment fulfillment orderstatus financialstatus paymentstatus transactionstatus"
            " salestatus salesstatus invoicestatus linestatus itemstatus"
            " bestellstatus auftragsstatus zahlungsstatus rechnungsstatus belegstatus statut"
            " statutcommande statutpaiement etatcommande"
        ),
        "type": (
            "type transactiontype eventtype documenttype doctype ordertype recordtype saletype salestype invoicetype"
            " movement movementtype belegart belegtyp vorgang vorgangsart buchungsart auftragsart typ art"
            " typedocument typepiece typedepiece"
        ),
        "flag": (
            "cancelled canceled cancelledat canceledat cancelledon cancelleddate canceleddate cancellationdate"
            " iscancelled iscanceled voided voidedat isvoid isvoided deleted deletedat isdeleted isrefunded"
            " storniert storniertam istest testorder annule annulee test"
        ),
        "side": (
            "sh shkz shkzg sollhaben sollhabenkz sollhabenkennzeichen habensoll dc dck dh drcr crdr debitcredit"
            " creditdebit debitcreditindicator debitcreditmarker debitcreditcode debe haber debehaber dareavere"
        ),
        "name": (
            "customername customerfullname buyername billingname clientname kundenname kundename nomclient nomduclient"
            " membername accountname"
        ),
        "refund": (
            "refunds returns refundamount refundedamount amountrefunded totalrefunded refundtotal"
            " orderrefundamount erstattung erstattungsbetrag retouren ruckgaben rembourse montantrembourse"
        ),
        "discount": (
            "discount discounts discountamount discountvalue linediscount linediscountamount lineitemdiscount"
            " itemdiscount totaldiscount discounttotal rabatt rabattbetrag nachlass remise montantremise"
        ),
        "customer": (
            "email customeremail emailbilling billingemail buyeremail useremail customeremailaddress emailaddress"
            " customerid customerno customernumber kundennummer kundennr kundenid"
        ),
    }.items()
}
"""Kind -> names of columns that are no part of a line, and say something of it: see `asides`.

Others are known by the words in their names, see `marks.header_kind`, or by their few values.
"""

_MORE_WORTH: Final = (
    "pricepaid paid amountpaid paidamount totalpaid net netto extendedprice extprice extended itemtotal lineitemtotal"
    " linenet linenetamount netlinetotal linenetto zeilensumme zeilenbetrag positionswert positionssumme"
    " positionsbetrag gesamtnetto pricetotal totalligne montantligne totallignht"
)
WORTH: Final[frozenset[str]] = frozenset((*" ".join(RANKS["amount"]).split(), *_MORE_WORTH.split()))
"""Names of columns that may say what a row is worth, beside its price."""

EXPORTS: Final[tuple[tuple[frozenset[str], dict[str, str]], ...]] = (
    (  # Shopify: the order's number is its "Name"
        frozenset({"name", "lineitemquantity", "lineitemprice"}),
        {"invoice": "name", "customer": "email", "date": "createdat"},
    ),
    (  # Amazon: the item's price is that of the whole line
        frozenset({"amazonorderid", "itemprice"}),
        {"invoice": "amazonorderid", "amount": "itemprice", "price": "", "code": "sku"},
    ),
    (frozenset({"orderid", "itemprice", "buyeremail"}), {"invoice": "orderid", "amount": "itemprice", "price": ""}),
    (  # Magento's order grid
        frozenset({"id", "purchasedate", "grandtotalbase"}),
        {"invoice": "id", "amount": "grandtotalbase"},
    ),
    *(  # WooCommerce: the cost of an item is its customer's
        (frozenset({"itemcost", other}), {"price": "itemcost"})
        for other in ("customeruserid", "ordertotalamount", "emailbilling", "billingemail")
    ),
    (frozenset({"id", "createdutc", "amount"}), {"invoice": "id"}),  # Stripe's payments
    (frozenset({"id", "createddateutc", "amount"}), {"invoice": "id"}),
)
"""Exports told by columns that occur together -> what some columns mean there; "" = the meaning is absent."""
