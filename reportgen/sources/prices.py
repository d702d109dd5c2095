"""Prices: what the words of a header say of a price: what the shop paid, what a list asks, what customers paid."""

import re
from collections.abc import Sequence
from typing import Final

from reportgen.sources.marks import words

_PRICE: Final = re.compile(r"\w*(price|preis|prix|precio|prezzo|prijs)\w*\b")
_COST: Final = re.compile(
    r"\b(costs?|costprice|cogs|ek|ekpreis|kosten|selbstkosten|coste|costo|stuckkosten|stueckkosten)\b"
)
_BOUGHT: Final = re.compile(
    r"\b(purchase|buying|landed|supplier|vendor|wholesale|achat)\b|\b(einkauf|einstand|wareneinsatz|inkoop)"
)
"""Of a price, that it is a cost; else it is a supplier, or an order."""
_LIST: Final = re.compile(
    r"\b(original|list|base|regular|normal|retail|rrp|msrp|srp|uvp|catalog|catalogue|standard|full|old|was|before|compare"
    r"|recommended|suggested|reference|public|conseille|avant|vor)\b|\b(listen|katalog|normal|grund|original)preis"
)
_PAID: Final = re.compile(
    r"\b(sell|selling|sales?|sold|charged|paid|reduced|final|effective|actual|promo|promotion|promotional|special|offer"
    r"|deal|invoiced|billed|net|netto|vk|vente|solde|paye|facture|rabattiert\w*|reduziert\w*|berechnet\w*|bezahlt\w*)\b"
    r"|\b(verkauf|aktion|sonder|end|netto|vk)s?preis|\bdiscount(ed)? .*pric|\bafter .*discount|\bapres .*remise"
    r"|\bnach .*rabatt"
)
_NO_PRICE: Final = re.compile(
    r"\b(currency|type|group|code|name|date|id|level|category|class|reason|rule|note|tier|source|change|difference|ccy"
    r"|tax|vat|gst|mwst|ust|tva|ttc|shipping|delivery|freight|postage|versand\w*|kg|100g|l|m2|litre|liter|pack|center"
    r"|centre|margin|wahrung|waehrung|gruppe|liste|art)\b"
)
"""What makes of it another thing than the price of a piece, or a price that the tax alone makes another."""


def is_cost(header: str) -> bool:
    """Whether `header` says what the shop paid."""
    spoken = " ".join(words(header))
    return _costs(spoken) and not _NO_PRICE.search(spoken)


def _costs(spoken: str) -> bool:
    return bool(_COST.search(spoken) or (_PRICE.search(spoken) and _BOUGHT.search(spoken)))


def is_listed(header: str) -> bool:
    """Whether `header` is a price that need not be what customers paid."""
    spoken = " ".join(words(header))
    named = _PRICE.search(spoken) or spoken in {"rrp", "msrp", "srp", "uvp"}
    return bool(named and _LIST.search(spoken)) and not _NO_PRICE.search(spoken)


def is_paid(header: str) -> bool:
    """Whether `header` is surely a price that customers paid."""
    spoken = " ".join(words(header))
    other = _NO_PRICE.search(spoken) or _costs(spoken) or _LIST.search(spoken)
    return bool(_PRICE.search(spoken) and _PAID.search(spoken)) and not other


def unsure(headers: Sequence[str]) -> str:
    """That no column surely says what customers paid, but perhaps some of `headers`; "" if none may."""
    found = {header: kind for header in headers if (kind := _kind(header))}
    if not any(map(is_cost, found)):
        return ""
    return f"no column surely says what customers paid: {', '.join(f'“{each}” {kind}' for each, kind in found.items())}"


def candidates(headers: Sequence[str]) -> list[str]:
    """Those of `headers` that `unsure` names, what customers may have paid first."""
    return sorted((header for header in headers if _kind(header)), key=is_cost)


def _kind(header: str) -> str:
    if is_cost(header):
        return "seems to be what the shop paid"
    if is_listed(header):
        return "may be a list price"
    spoken = " ".join(words(header))
    return "may be it" if _PRICE.search(spoken) and not _NO_PRICE.search(spoken) else ""
