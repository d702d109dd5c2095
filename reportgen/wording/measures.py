"""Measures: what a recipe's F and M are called; the one place that decides these nouns."""

from dataclasses import dataclass
from typing import Protocol

_COUNTED = {"invoices": ("{}", "{}s"), "lines": ("{} line", "{} lines"), "days": ("day with an {}", "days with an {}")}
_ONCE = {"invoices": "ordered once", "lines": "ordered a single line", "days": "ordered on one day only"}
_OFTEN = {
    "invoices": "ordered {} or more times",
    "lines": "ordered {} or more lines",
    "days": "ordered on {} or more days",
}
_MEANS = {"mean-per-order": "{} value", "mean-per-day": "spend per day"}


class Measures(Protocol):
    """What says how F and M were measured: the Method of a Brief, a Judgement, a recipe's measures."""

    @property
    def orders(self) -> str:
        """The lines that R, F and T see: "purchases" or "all"."""

    @property
    def frequency(self) -> str:
        """What F counts of them: "invoices", "lines" or "days"."""

    @property
    def monetary(self) -> str:
        """M: "sum", "mean-per-order" or "mean-per-day"."""

    @property
    def worth(self) -> str:
        """Of returns: "net" or "gross"."""


@dataclass(frozen=True)
class Nouns:
    """The nouns of a brief.

    one, many: what F counts, "order" and "orders"
    money: M, "revenue" or "mean order value"; spend: the same where its mean or quantile is told, "order value"
    once, often: who has an F of 1, and of {} or more, as predicates
    usual: F counts orders; total: M is the customer's net revenue
    """

    one: str
    many: str
    money: str
    spend: str
    once: str
    often: str
    usual: bool
    total: bool

    def counted(self, value: float, shown: str) -> str:
        """`value`, printed as `shown`, with its noun: "1 order", "2 orders"."""
        return f"{shown} {self.one if value == 1 else self.many}"

    def brought(self, amount: str) -> str:
        """That customers reach `amount`, as a predicate: "brought £500", "have a mean order value of £500"."""
        if self.total:
            return f"brought {amount}"
        return f"have {'a ' if self.money.startswith('mean') else ''}{self.money} of {amount}"


def nouns(measures: Measures) -> Nouns:
    """The nouns for `measures`: an invoice is an order as long as only purchases count."""
    order = "order" if measures.orders == "purchases" else "invoice"
    one, many = (form.format(order) for form in _COUNTED[measures.frequency])
    gross = "gross " if measures.worth == "gross" else ""
    mean = _MEANS.get(measures.monetary, "").format(order)
    known = order == "order"
    return Nouns(
        one=one,
        many=many,
        money=f"mean {gross}{mean}" if mean else f"{gross}revenue",
        spend=f"{gross}{mean or 'spend'}",
        once=_ONCE[measures.frequency] if known else f"have 1 {one}",
        often=_OFTEN[measures.frequency] if known else f"have {{}} or more {many}",
        usual=many == "orders",
        total=not (mean or gross),
    )


def capital(text: str) -> str:
    """`text` with a capital first letter."""
    return text[:1].upper() + text[1:]


def customer_of(segment: str) -> str:
    """A customer of a segment: "Loyal customer", but "Lost Customer", not "Lost Customers customer"."""
    name = segment.removesuffix("s")
    return name if name.lower().endswith("customer") else f"{segment} customer"
