"""Briefs for tests, computed by the real data path from a small deterministic shop."""

from datetime import datetime, timedelta
from functools import cache

from reportgen.findings.compose import Question, compose
from reportgen.recipes import load
from tests.ledgers import ledger, line

PRODUCTS = (
    "Vase",
    "Lantern",
    "Mug",
    'Crème brûlée dish, 4"',
    '<b>&"=SUM(A1)',
    "Tin of forty nostalgic travel sweets, assorted",
)
COUNTRIES = ("France", "Spain", "Österreich")
NOW = datetime(2025, 1, 15)


def shop(customers=150):
    """Two years of orders: customer n orders every 9 + n days, from its own first day until its own last."""
    lines = []
    for number in range(customers):
        day = datetime(2023, 1, 1, 10) + timedelta(days=number * 11 % 725)
        end = datetime(2025, 1, 3) - timedelta(days=0 if number % 2 else number * 37 % 400)
        while day < end:
            for item in range(number % 3 + 1):
                product = (number + item + day.day) % len(PRODUCTS)
                lines.append(
                    line(
                        f"C{number:03}", day.isoformat(), 1 + (number + item) % 9, 199 + 350 * product,
                        code=f"P{product}", description=PRODUCTS[product], country=COUNTRIES[number % 3],
                    )
                )  # fmt: skip
            day += timedelta(days=9 + number % 120)
    guests = [line(None, f"{year}-{month:02}-11", 3, 2500, invoice=f"G{year}{month}") for year in (2023, 2024)
              for month in range(1, 13)]  # fmt: skip
    cancelled = [line("C001", "2024-11-20T09:00", 900, 1999), line("C001", "2024-11-20T09:12", -900, 1999)]
    return [*lines, *guests, *cancelled, line("C002", "2025-01-02", 2, 1250)]


@cache
def brief(recipe="strategic", period="2024-12", currency="GBP"):
    """The Brief of the shop."""
    question = Question(period, NOW, 3, ("POST",), currency)
    return compose(ledger(shop()), load(recipe), question).brief
