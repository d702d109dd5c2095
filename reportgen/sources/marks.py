"""Marks: what the words of a header or a value say of a row: that it is no sale, none any more, or a sum of others."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Final


def _these(texts: str) -> frozenset[str]:
    return frozenset(texts.split())


_NO_SALE: Final = re.compile(
    r"cancel(?!l?able)|cncl|refund(?!able)|returns?$|returned|void(s|ed)?$|annul(?!ar|us)|storno(?!way)|stornier"
    r"|retour|retur(e|en|n|nerad|neret)?$|ruckgabe|rueckgabe|ruckerstatt|rueckerstatt|zuruckgegeben|zurueckgegeben"
    r"|erstattet|erstattung|gutschrift|chargeback|creditnot[ae]|creditmemo|creditinvoice|avoir$|rembours|reembols"
    r"|rimbors|anulad|devuelt|devoluc|devolv|terugbetaald|(teil|voll)(storno|retour|erstatt|gutschrift)"
)
"""How words begin that say so wherever they stand."""
_WITHIN: Final = re.compile(
    r"(?<!un)(?<!non)(refunded|cancell?ed|annul(?!ar|us)|erstattet|gutschrift|retoure$|storno$)"
)
"""What they may hold, as in "wccancelled" and "Geannuleerd"."""
_STATUS: Final = re.compile(
    r"(payment)?fail|(payment)?declin|denied|reject|expir|abandon|draft|delet|revers|fraud|fehlgeschlagen|abgebrochen|abgelehnt|gelosch"
    r"|echou|refus|brouillon|(payment)?error$|quot(e|ed|ation)$|angebot|devis$|offerte"
)
"""The same of a status; elsewhere, draft may be a beer."""
_DOCUMENT: Final = re.compile(r"quot(e|es|ation|ations)$|angebot|devis$|offerte|proforma|credits?$|revers")
"""The same of a kind of document."""
_CREDIT: Final = re.compile(
    r"\bcredit ?(notes?|nota|memos?|memorandum|invoices?)\b|\w*gutschrift(en)?\b|\bgutschrift|\bavoirs?$"
    r"|\bnot[ae]s? (de|di) credit(o|os|i)?\b|\bkreditnot\w*"
)
"""How documents are called that take back what another one sold."""
_PARTLY: Final = re.compile(r"\bpart|\bteil|\bparc")
_DISCOUNT: Final = re.compile(
    r"\w*(discounts?|rabatt[es]?|nachlass|nachlasse|preisnachlass|markdowns?|rabais|remises?|descuentos?|sconto|korting"
    r"|desconto|rebates?)\b|\b(rabatt|nachlass|discount|remise)(satz|betrag|wert|prozent|pct|percent|amount|amt|value|rate)"
)
_SHORT_DISCOUNT: Final = re.compile(
    r"\bdisc (pct|percent|perc|rate|amt|amount|value|total)\b|\b(line|item|total|order|pct) disc\b"
    r"|\bdisc(pct|amt|amount|perc)\b"
    r"|\b(coupon|voucher|promo|promotion|gutschein)s? ?(discount|amount|amt|value|betrag|wert|total)\b"
)
"""Of which one word alone may be something else: a disc, or a coupon that was sold."""
_NO_DISCOUNT: Final = _these(
    "code codes name names type types id ids reason reasons price prices preis before after vor nach avant apres"
    " group gruppe campaign card karte level class category description desc date from until eligible allowed allow"
    " applicable store shop bezeichnung text note notes rule rules status grund art number no nr count"
    " products product outlet supermarket days"
)
_SUM: Final = re.compile(
    r"(grand|sub|sous|daily|day|month|monthly|zwischen|tages|monats|gesamt)?(total(s|e|en)?|summe|somme)$"
    r"|gesamt(betrag|ergebnis)?$|ergebnis$|totaal$|sumof"
)
_NOT: Final = _these(
    "no not non never without nothing free nicht kein keine keinen ohne nie kostenlos kostenlose pas sans aucun aucune"
    " jamais gratuit niet geen"
)
_ELSE: Final = _these(
    "policy policies terms customer customers client clients visitor visitors buyer buyers user gift gifts ticket"
    " tickets trip flight address label window period days until deadline rate eligible possible allowed accepted"
    " protection insurance fee bottle bottles deposit"
)
"""What follows where it is said of something else: a return policy."""
_MONEY: Final = _these(
    "amount amounts total totals value money price sum fee tax shipping betrag summe wert preis montant total prix"
    " valeur"
)
_PIECES: Final = _these("qty quantity quantities units pieces pcs stuck stuckzahl quantite qte")
ZERO: Final = r"[-+]?0*([.,]0*)?"
UNSET: Final = _these(
    "false f no n nein non nee nan null none na n/a #n/a <na> \\n - -- falsch faux keine kein never not"
)
_YES: Final = _these("y yes t true 1 x j ja wahr o oui vrai si s r c")
_DATE: Final = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{4}-?\d{2}-?\d{2}")


def words(text: str) -> list[str]:
    """The words of `text` in lower case, without accents: "Order_State" and "orderState" have two."""
    parted = re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", text)
    letters = unicodedata.normalize("NFKD", parted.casefold())
    return re.findall(r"[a-z0-9]+", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def no_sale(text: str, kind: str = "") -> bool:
    """Whether `text` says that its row is no sale; of a "status" or a kind of document ("type"), more words do."""
    more = {"status": _STATUS, "type": _DOCUMENT}.get(kind)
    listed = words(text)
    return takes_back(text, kind) or any(
        _tells(*pair, more) and not _NOT & {*listed[max(0, place - 2) : place]}
        for place, pair in enumerate(zip_longest(listed, listed[1:], fillvalue=""))
    )


def takes_back(text: str, kind: str = "") -> bool:
    """Whether `text` names a document that takes back what another sold; the "status" of a sale says that it was."""
    listed = words(text)
    if kind == "type" and listed in (["credit"], ["credits"]):
        return True
    found = _CREDIT.search(" ".join(listed)) if kind != "status" else None
    return bool(found) and not _NOT & {*listed} and not _ELSE & {*listed}


def is_partly(text: str) -> bool:
    """Whether `text`, which says that something came back, says so of a part of it."""
    return _PARTLY.search(" ".join(words(text))) is not None


def _tells(word: str, following: str, more: re.Pattern[str] | None) -> bool:
    if following in _ELSE:
        return False
    if word in {"credit", "credits"}:  # a note, no card
        return following in {"note", "memo", "invoice"} or (more is _DOCUMENT and not following)
    both = word + following
    return bool(
        _NO_SALE.match(word)
        or _WITHIN.search(word)
        or (more and more.match(word))
        or both in {"chargeback", "proforma"}
    )


def header_kind(header: str) -> str:
    """What a column called so says of its rows, by their words: "flag", "refund" and "discount" (of money), or ""."""
    if not no_sale(header):
        return "discount" if _is_discount(header) else ""
    return "refund" if _MONEY & {*words(header)} else "flag"


def _is_discount(header: str) -> bool:
    listed = words(header)
    spoken = " ".join(listed)
    named = _DISCOUNT.search(spoken) or _SHORT_DISCOUNT.search(spoken) or ("disc" in listed and "%" in header)
    return bool(named) and not _NO_DISCOUNT & {*listed}


def counts_pieces(header: str) -> bool:
    """Whether a column called so says how many."""
    return any(word in _PIECES or word.endswith(("menge", "anzahl")) for word in words(header))


def is_set(value: str) -> bool:
    """Whether `value` (in lower case) of a flag says that it holds."""
    if value in UNSET or re.fullmatch(ZERO, value):
        return False
    listed = words(value)
    return not (listed and listed[0] in _NOT and (len(listed) == 1 or any(map(_NO_SALE.match, listed))))


def set_values(values: Collection[str], rows: int, of: int) -> list[str]:
    """Those of `values` (in lower case) of a flag by which it holds; they are those of `rows` `of` so many.

    Where each row says something, some of it says that the flag doesn't hold.
    """
    found = sorted(values)
    surely = [value for value in found if value in _YES or no_sale(value)]
    return surely if surely and rows == of else found


def is_date(value: str) -> bool:
    """Whether `value` begins as a date does."""
    return _DATE.match(value) is not None


def are_figures(values: Sequence[str]) -> bool:
    """Whether `values` are figures, and not only the 1 of a flag."""
    return all(re.fullmatch(r"[-+]?\d+([.,]\d+)?", value) for value in values) and any(
        value.rstrip("0").rstrip(".,") not in {"1", "-1"} for value in values
    )


def sums_up(text: str) -> bool:
    """Whether `text` may stand for a sum of other rows."""
    listed = words(text)
    return any(_SUM.match(word + (following if word in {"sum", "sub", "grand", "sous"} else ""))
               for word, following in zip_longest(listed, listed[1:], fillvalue=""))  # fmt: skip
