"""Columns: which header of a file means what.

Takes headers and `[columns]` of the configuration, gives meaning -> header.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import marks, prices, toml
from reportgen.sources.synonyms import ASIDES, EXPORTS, RANKS, WORTH

OPTIONAL = ("invoice", "code", "description", "country", "quantity")
"""Meanings that an input may lack."""
_PURPOSES = {"leave_out": "leave rows out by", "returns": "tell returns by"}
OTHER = "other"
"""The kind of a column of which nothing is known by its name, see `asides`."""
_MONEY = "price (or amount)"
RIVAL = "rival"
"""The kind of one that may be the price, too, see `rivals`."""
_PAID = frozenset(RANKS["price"][1].split())

_KNOWN = frozenset(
    name
    for names in (
        *(each.split() for ranks in RANKS.values() for each in ranks),
        *ASIDES.values(),
        *(signature for signature, _ in EXPORTS),
    )
    for name in names
)
"""Names that say something of a column."""


def plain(header: str) -> str:
    """`header` in lower case, letters and digits only, without accents: "Kunden-Nr." -> "kundennr"."""
    letters = unicodedata.normalize("NFKD", header.casefold())
    return re.sub(r"[\W_]", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def recognise(name: str, headers: Sequence[str], columns: config.Columns) -> dict[str, str]:
    """Meaning -> header of the file `name`, for every meaning found. Raises `InputError`."""
    _refuse_duplicates(name, headers, {plain(header) for header in msgspec.structs.asdict(columns).values() if header})
    configured = {
        meaning: _configured(name, headers, meaning, header)
        for meaning, header in msgspec.structs.asdict(columns).items()
        if header is not None
    }
    _refuse_same(configured)
    if {"price", "amount"} <= configured.keys():
        raise InputError(
            f"[columns] names a price (“{configured['price']}”) and an amount (“{configured['amount']}”): only one of "
            "them can say what a row is worth",
            "Leave out price, and quantity with it, if the amount counts; else leave out amount.",
        )
    priced = "price" in configured and "amount" not in configured  # then no amount is read
    known = _export(headers) | ({"amount": ""} if priced else {}) | configured
    found = {meaning: known.get(meaning) or _candidate(name, headers, meaning, known) for meaning in RANKS}
    choice = {meaning: header for meaning, header in (found | configured).items() if header}
    if "price" not in configured and ("amount" in configured or _amount_is_surer(choice)):
        choice.pop("price", None)
    return _complete(name, headers, _money(choice))


def asides(headers: Sequence[str], columns: Mapping[str, str], *, rivals: bool = True) -> dict[str, str]:
    """Key -> header of what says more of the rows than the `columns` that are read, see the module `asides`.

    A key begins with its kind; that of a column of which nothing is known is `OTHER`.
    rivals: a column may be the price in place of the one that is read
    """
    free = [header for header in headers if header and header not in columns.values()]
    sign = _named(free, "quantity")[:1] if "amount" in columns else []
    kinds = {header: "quantity" if header in sign else _aside(header) for header in free}
    return {f"{kinds[header]}_{place}": header for place, header in enumerate(free) if rivals or kinds[header] != RIVAL}


def is_known(header: str) -> bool:
    """Whether something is known of a column by its name, so that it is looked at whatever it holds."""
    return _aside(header) != OTHER


def _aside(header: str) -> str:
    """The kind of a column beside those that are read."""
    name = plain(header)
    listed = next((kind for kind, names in ASIDES.items() if name in names), "")
    if listed:
        return listed
    if name in WORTH:
        return "worth"
    if "currency" in name or "wahrung" in name or "waehrung" in name:
        return "tender"
    if prices.is_paid(header) or name in _PAID:
        return RIVAL
    return marks.header_kind(header) or OTHER


def chosen(name: str, headers: Sequence[str], wanted: Iterable[str], key: str) -> dict[str, str]:
    """What `[input] leave_out` or `returns` (`key`) calls columns -> their headers in the file `name`.

    Raises `InputError`.
    """
    found = {each: _alike(headers, each) for each in wanted}
    for each, alike in found.items():
        if len(alike) != 1:
            many = "more than one column is called" if alike else "there is no column"
            raise InputError(
                f"{name}: {many} {each!r} to {_PURPOSES[key]}; {_listing(headers)}",
                f"Correct its name in [input] {key}.",
            )
    return {each: alike[0] for each, alike in found.items()}


def _refuse_duplicates(name: str, headers: Sequence[str], configured: Collection[str]) -> None:
    """Refuse two columns of one name that is read; others may be called as they like."""
    known = _KNOWN | set(configured)
    named = [header.strip().casefold() for header in headers if header.strip()]
    twice = sorted({header.strip() for header in headers if named.count(header.strip().casefold()) > 1})
    twice = [header for header in twice if plain(header) in known]
    if twice:
        raise InputError(
            f"{name}: more than one column is called {_quoted(twice)}; {_listing(headers)}",
            "Rename or remove one of them in the file.",
        )


def _refuse_same(configured: Mapping[str, str]) -> None:
    for one, other in combinations(configured, 2):
        if configured[one] == configured[other]:
            raise InputError(
                f"[columns] names “{configured[one]}” as {one} and as {other}", "Leave out the one that it isn't."
            )


def _configured(name: str, headers: Sequence[str], meaning: str, wanted: str) -> str:
    alike = _alike(headers, wanted)
    if len(alike) == 1:
        return alike[0]
    raise InputError(
        f"{name}: there is no column {wanted!r} for {meaning}; {_listing(headers)}",
        f'Correct [columns] {meaning} = "…" in the configuration.',
    )


def _alike(headers: Sequence[str], wanted: str) -> list[str]:
    """The headers written as `wanted`, or else those that differ in case, blanks and signs only."""
    exact = [header for header in headers if header.strip() == wanted.strip()]
    return exact or [header for header in headers if plain(header) == plain(wanted) != ""]


def _export(headers: Sequence[str]) -> dict[str, str]:
    """What some headers mean in the first known export that these headers come from."""
    by_name = {plain(header): header for header in headers}
    for signature, meanings in EXPORTS:
        if signature <= by_name.keys():
            return {meaning: by_name.get(header, "") for meaning, header in meanings.items()}
    return {}


def _candidate(name: str, headers: Sequence[str], meaning: str, known: Mapping[str, str]) -> str:
    """The one header that goes by a name of `meaning`; "" if none does, or if `known` says that it is absent."""
    if meaning in known:
        return ""
    taken = set(known.values())
    for rank in RANKS[meaning]:
        names = frozenset(rank.split())
        matches = [header for header in headers if plain(header) in names and header not in taken]
        if len(matches) > 1:
            raise InputError(
                f"{name}: {_quoted(matches)} could each be the {meaning}",
                f'Say which: [columns] {meaning} = "{_likeliest(matches)}" in the configuration.',
            )
        if matches:
            return matches[0]
    return ""


def _likeliest(headers: Sequence[str]) -> str:
    """That of a row before that of its order."""
    return min(headers, key=lambda header: not re.search("line|row|item|zeile|position|ligne", plain(header)))


def _named(headers: Sequence[str], meaning: str) -> list[str]:
    """The `headers` that go by a name of `meaning`."""
    names = {name for rank in RANKS[meaning] for name in rank.split()}
    return [header for header in headers if plain(header) in names]


def _amount_is_surer(choice: Mapping[str, str]) -> bool:
    """Whether amounts say more than prices: nothing tells how many, or the price need not be what was paid."""
    if not {"price", "amount"} <= choice.keys():
        return False
    listed = plain(choice["price"]) in RANKS["price"][-1].split()
    return "quantity" not in choice or (listed and plain(choice["amount"]) in RANKS["amount"][0].split())


def _money(choice: dict[str, str]) -> dict[str, str]:
    """`choice` with the amount only where there is no price, and a quantity only where there is one."""
    unused = "amount" if "price" in choice else "quantity"
    return {meaning: header for meaning, header in choice.items() if meaning != unused}


def _complete(name: str, headers: Sequence[str], choice: dict[str, str]) -> dict[str, str]:
    missing = [meaning for meaning in ("customer", "date") if meaning not in choice]
    if not {"price", "amount"} & choice.keys():
        missing.append(_MONEY)
    if missing == [_MONEY] and (doubt := prices.unsure(headers)):
        raise InputError(f"{name}: {doubt}", _which(prices.candidates(headers)))
    if missing:
        nobody = "customer" in missing
        keys = ", ".join(f'{meaning.split()[0]} = "…"' for meaning in missing)
        who = " Segments need customers: if no column tells who bought, export one that does." if nobody else ""
        raise InputError(
            f"{name}: no column is recognised as {', '.join(missing)}; {_listing(headers)}",
            f"Say in config.toml by which of these names it goes: [columns] {keys}.{who}",
        )
    return choice


def _which(headers: Sequence[str]) -> str:
    """How to say which of `headers` customers paid by."""
    rows = [header for header in headers if plain(header) in WORTH]
    pieces = " or ".join(f"price = {toml.quoted(header)}" for header in headers if header not in rows)
    whole = " or ".join(f"amount = {toml.quoted(header)}" for header in rows) or 'amount = "…"'
    return (
        f"Say what customers paid for a piece: [columns] {pieces}; or name what they paid for a row: [columns] "
        f"{whole}. If no column has it, export the file with it."
    )


def _listing(headers: Sequence[str]) -> str:
    named = [header.strip() for header in headers if header.strip()]
    return f"found {_quoted(named)}" if named else "found no column names"


def _quoted(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:40])
    return f"{shown} and {len(names) - 40} more" if len(names) > 40 else shown  # noqa: PLR2004 -- a screenful
