"""Sample data: takes a seed, gives the ledger of an invented gift retailer as a CSV file with the UCI column names.

24 whole months and nine days of a 25th, with the habits of real customers and the dirt of real data. Only
`random.Random`, whose stream is the same on every platform, decides anything: same seed, same bytes.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import NamedTuple

from reportgen.errors import MachineError

SEED = 2026
FIRST = date(2024, 10, 1)
LAST = date(2026, 10, 9)
DAYS = (LAST - FIRST).days + 1
SATURDAY = 5
SEPTEMBER = 9
HEADER = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country")
HOME = "United Kingdom"


class Product(NamedTuple):
    """A thing on sale; `price` in thousandths of a pound."""

    code: str
    name: str
    price: int


class Item(NamedTuple):
    """A line of an order before it has a number."""

    product: Product
    quantity: int


@dataclass(frozen=True)
class Order:
    """Goods that change hands at one time; `prefix` is "C" where they come back, "A" for an adjustment."""

    when: datetime
    customer: str
    country: str
    items: tuple[Item, ...]
    prefix: str = ""


class Kind(NamedTuple):
    """How a customer behaves: days between orders and until they stop coming, lines per order, size of the packs."""

    customers: int
    interval: int
    lifetime: int
    lines: int
    packs: int


@dataclass(frozen=True)
class Customer:
    """Somebody who buys from the first day to the last, in favourite patterns."""

    id: str
    country: str
    kind: Kind
    first: date
    last: date
    favourites: tuple[int, ...]


class Row(NamedTuple):
    """A line of the file; `price` in thousandths of a pound."""

    invoice: str
    code: str
    description: str
    quantity: int
    when: datetime
    price: int
    customer: str
    country: str


KINDS = (
    Kind(customers=24, interval=17, lifetime=2000, lines=9, packs=24),  # shops of their own
    Kind(customers=180, interval=27, lifetime=620, lines=6, packs=7),
    Kind(customers=440, interval=58, lifetime=540, lines=5, packs=4),
    Kind(customers=540, interval=110, lifetime=600, lines=4, packs=1),
    Kind(customers=760, interval=90, lifetime=45, lines=4, packs=2),  # most come once
)
OLD_CUSTOMERS = 0.3
"""Of those who come again: who bought before the records begin."""
GUEST = Kind(customers=1500, interval=0, lifetime=0, lines=6, packs=7)
SEASON = (0.54, 0.55, 0.62, 0.58, 0.63, 0.61, 0.58, 0.60, 0.72, 0.82, 1.0, 0.76)
"""Orders by month, January first, as a share of November's."""
SEASON_MEAN = sum(SEASON) / len(SEASON)
COUNTRIES = {
    HOME: 860, "Germany": 32, "France": 30, "Ireland": 16, "Netherlands": 12, "Spain": 11, "Belgium": 9, "Portugal": 7,
    "Switzerland": 7, "Norway": 5, "Türkiye": 4, "Curaçao": 3, "Côte d’Ivoire": 2, "Unspecified": 2,
}  # fmt: skip

PATTERNS = (
    "Blue Meadow", "Rose Lattice", "Dotted Mint", "Garden Bee", "Nordic Star", "Lemon Grove", "Old Atlas", "Snow Hare",
    "Café Stripe", "Midnight Fern", "Paper Crane", "Sailor Knot", "Silver Birch", "Plum Orchard", "Desert Bloom",
    "Harvest Wheat", "Coral Bay", "Clockwork Owl",
)  # fmt: skip
OBJECTS = {
    "cup and saucer": 4250, "gift wrap, sheet": 420, "candle": 2950, "notebook A5": 2450, "tea towel": 3750,
    "paper napkins, 20": 855, "lunch box": 3950, "teapot": 12950, "bauble": 1450, "ribbon, reel": 1250,
    "candle holder": 3450, "pencil tin": 1650, "cake tin": 6950, "bunting, 3 m": 4950, "water bottle": 5750,
    "advent calendar": 7950, "tote bag": 2950, "apron": 8950, "cake stand": 14950, "photo frame": 6500,
    "doormat": 11500, "wall clock": 18500,
}  # fmt: skip
"""What is made in every pattern, the most popular first, and its price."""
WINTER = ("bauble", "advent calendar")
GOES_WITH = {
    "teapot": "cup and saucer", "cake stand": "cake tin", "gift wrap, sheet": "ribbon, reel", "apron": "tea towel",
    "candle": "candle holder", "lunch box": "water bottle", "notebook A5": "pencil tin",
}  # fmt: skip
ODDITIES = (
    Product("47001", '<b>&"=SUM(A1)', 2100),
    Product("47002", 'Crème brûlée dish, 4"', 3950),
    Product("47003", "Hand-painted enamel jug with wooden handle, 1.5 litres", 16950),
    Product("47004", "=1+1 magnets; two for one", 1295),
    Product("47005", "Türkranz „Ährengold“ – groß", 9950),
    Product("47006", "日本の風鈴 wind chime", 6250),
    Product("47007", "@home sign, 'welcome'", 4500),
    Product("gift_0001_20", "Gift voucher £20.00", 16670),
)
POSTAGE = Product("POST", "POSTAGE", 18000)
PARCEL = Product("DOT", "PARCEL SERVICE", 9950)
MARKET_FEE = Product("AMAZONFEE", "AMAZON FEE", 412_370)
BANK_FEE = Product("BANK CHARGES", "Bank charges", 15_000)
DISCOUNT = Product("D", "Discount", 25_000)
BAD_DEBT = Product("B", "Adjust bad debt", 1_862_060)
NOTES = ("", "", "", "damaged", "?", "stock check")

ORDINARY_PACKS = (1, 2, 3, 4, 6, 8, 12, 24)
DEAR_PACKS = (1, 1, 2, 2, 3, 4)
DEAR = 6000
BULK = 48
WIDEST = 12


def write(file: Path, seed: int = SEED) -> None:
    """Writes the sample of `seed` to `file` (UTF-8), its folders with it. Raises `MachineError`."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(HEADER)
            writer.writerows((*row[:5], pounds(row.price), *row[6:]) for row in rows(seed))
    except OSError as error:
        raise MachineError(f"{file}: can't be written ({error.strerror})", "Name another file.") from error


def pounds(thousandths: int) -> str:
    """2950 as "2.95", 855 as "0.855"."""
    return f"{Decimal(thousandths) / 1000:.{3 if thousandths % 10 else 2}f}"


def rows(seed: int = SEED) -> Iterator[Row]:
    """The lines of the ledger by time, invoices numbered in that order."""
    random = Random(seed)
    for number, order in enumerate(_orders(random), start=601_001):
        yield from _lines(order, f"{order.prefix}{number}", random)


def _orders(random: Random) -> list[Order]:
    """All orders, returns and bookings, by time."""
    shop = _Shop(random)
    sold = [order for customer in _customers(random) for order in shop.orders(customer)]
    sold += shop.guests()
    made = sold + _returns(sold, random) + _giant(shop.grid) + _bookings(random) + _corrections(shop.grid, random)
    return sorted(
        (order for order in made if order.when.date() <= LAST), key=lambda order: (order.when, order.customer)
    )


# --- customers ---------------------------------------------------------------------------------------------


def _customers(random: Random) -> list[Customer]:
    """Customers of every kind; ids tell nothing about them."""
    kinds = [kind for kind in KINDS for _ in range(kind.customers)]
    ids = random.sample(range(12_001, 19_000), len(kinds))
    return [_customer(str(id_), kind, random) for id_, kind in zip(ids, kinds, strict=True)]


def _customer(id_: str, kind: Kind, random: Random) -> Customer:
    """A customer who was there before the records begin, or came later."""
    founder = kind.lifetime > kind.interval and _happens(OLD_CUSTOMERS, random)
    first = FIRST + timedelta(days=int((kind.interval if founder else DAYS) * random.random()))
    stay = timedelta(days=int(kind.lifetime * 2 * random.random()))
    favourites = tuple(random.choices(range(len(PATTERNS)), k=3))
    country = random.choices(tuple(COUNTRIES), tuple(COUNTRIES.values()))[0]
    return Customer(id_, country, kind, first, first + stay, favourites)


def _visits(customer: Customer, random: Random) -> Iterator[datetime]:
    """When a customer orders: in an own rhythm, more often before Christmas."""
    day = customer.first
    yield from _open(day, random)
    while True:
        day += timedelta(days=1 + int(customer.kind.interval * SEASON_MEAN * (0.4 + 1.2 * random.random())))
        if day > min(customer.last, LAST):
            return
        if _happens(SEASON[day.month - 1], random):
            yield from _open(day, random)


def _open(day: date, random: Random) -> Iterator[datetime]:
    """An instant in the opening hours of `day`; a Saturday's order is taken on Sunday, none over Christmas."""
    day += timedelta(days=day.weekday() == SATURDAY)
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) < (1, 3):
        return
    minutes = int(60 * (8 + 9.5 * (random.random() + random.random()) / 2))
    yield datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)


def _happens(probability: float, random: Random) -> bool:
    """True as often as `probability` says."""
    return random.random() < probability


# --- orders --------------------------------------------------------------------------------------------------


class _Shop:
    """The catalogue, and what people put into their baskets."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.grid = [
            {name: Product(_code(row, column), f"{pattern} {name}", price)
             for row, (name, price) in enumerate(OBJECTS.items())}
            for column, pattern in enumerate(PATTERNS)
        ]  # fmt: skip
        self.objects = tuple(OBJECTS)
        self.object_weights = list(accumulate(1 / (rank + 5) for rank in range(len(OBJECTS))))
        self.pattern_weights = list(accumulate(1 / (rank + 1) for rank in range(len(PATTERNS))))

    def orders(self, customer: Customer) -> Iterator[Order]:
        """The orders of an identified customer; those sent abroad pay postage."""
        for when in _visits(customer, self.random):
            items = self.basket(customer.kind, when, customer.favourites)
            postage = () if customer.country == HOME else (Item(POSTAGE, 1),)
            yield Order(when, customer.id, customer.country, items + postage)

    def guests(self) -> Iterator[Order]:
        """Orders without a customer id, by parcel service."""
        for _ in range(GUEST.customers):
            day = FIRST + timedelta(days=int(DAYS * self.random.random()))
            if _happens(SEASON[day.month - 1], self.random):
                for when in _open(day, self.random):
                    yield Order(when, "", HOME, (*self.basket(GUEST, when, ()), Item(PARCEL, 1)))

    def basket(self, kind: Kind, when: datetime, favourites: tuple[int, ...]) -> tuple[Item, ...]:
        """Different products, often of one pattern, some with what goes with them."""
        random = self.random
        count = 1 + int(kind.lines * 1.8 * random.random() * (0.8 + 0.2 * SEASON[when.month - 1]))
        chosen: dict[Product, None] = {}
        for name in random.choices(self.objects, cum_weights=self.object_weights, k=count):
            if name in WINTER and when.month < SEPTEMBER and _happens(0.9, random):
                continue
            pattern = self.pattern(favourites)
            chosen[pattern[name]] = None
            if name in GOES_WITH and _happens(0.75, random):
                chosen[pattern[GOES_WITH[name]]] = None
        if not chosen or _happens(0.05, random):
            chosen[random.choice(ODDITIES)] = None
        return tuple(_item(product, self.quantity(product, kind), when) for product in chosen)

    def pattern(self, favourites: tuple[int, ...]) -> dict[str, Product]:
        """The products of a pattern: a favourite one, or what is popular."""
        if favourites and _happens(0.55, self.random):
            return self.grid[self.random.choice(favourites)]
        return self.random.choices(self.grid, cum_weights=self.pattern_weights)[0]

    def quantity(self, product: Product, kind: Kind) -> int:
        """A pack, or several; fewer of what is dear."""
        packs = DEAR_PACKS if product.price >= DEAR else ORDINARY_PACKS
        return self.random.choice(packs) * (1 + int(kind.packs * self.random.random()))


def _code(row: int, column: int) -> str:
    """Five digits for the object, a letter for the pattern."""
    return f"{20_137 + 211 * row}{chr(ord('A') + column)}"


def _item(product: Product, quantity: int, when: datetime) -> Item:
    """`product` at its price of the day: from 2026 on five per cent more, for many at once ten per cent less."""
    price = product.price
    if price % 10 == 0:  # whole pennies stay whole, the napkins keep their price
        price = price * 21 // 20 // 10 * 10 if when.year > FIRST.year + 1 else price
        price = price * 9 // 100 * 10 if quantity >= BULK else price
    return Item(product._replace(price=price), quantity)


# --- returns and bookings --------------------------------------------------------------------------------------


def _returns(sold: list[Order], random: Random) -> list[Order]:
    """Cancellations of some orders: whole, a line of them or a part of a line; some come months later."""
    return [_return(order, random) for order in sold if order.customer and _happens(0.04, random)]


def _return(order: Order, random: Random) -> Order:
    """What comes back of `order`."""
    late = timedelta(days=int(30 + 90 * random.random()))
    soon = timedelta(minutes=int(15_000 * random.random()))
    item = random.choice(order.items)
    part = item._replace(quantity=1 + item.quantity // 3)
    back = random.choices((order.items, (item,), (part,)), (2, 5, 3))[0]
    delay = random.choices((soon, late), (8, 2))[0]
    return replace(order, when=order.when + delay, items=_negative(back), prefix="C")


def _negative(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """`items` on their way back."""
    return tuple(item._replace(quantity=-item.quantity) for item in items)


def _giant(grid: list[dict[str, Product]]) -> list[Order]:
    """A slip of the keyboard in the last whole month, by somebody who never bought, cancelled twelve minutes later."""
    when = datetime(2026, 9, 16, 10, 4)
    order = Order(when, "12000", HOME, (_item(grid[0]["candle"], 41_995, when),))
    return [order, replace(order, when=when + timedelta(minutes=12), items=_negative(order.items), prefix="C")]


def _bookings(random: Random) -> list[Order]:
    """Fees, manual lines, discounts and a bad debt: in the ledger, but no merchandise."""
    booked = []
    for month in range(24):
        year, index = divmod(FIRST.month - 1 + month, 12)
        when = datetime(FIRST.year + year, index + 1, 27, 16, 5)
        manual = Product("M", "Manual", 1000 * (5 + int(90 * random.random())))
        booked += [
            Order(when, "", HOME, (Item(MARKET_FEE, -1),), "C"),
            Order(when + timedelta(minutes=9), "", HOME, (Item(BANK_FEE, 1 - 2 * (month % 2)),), "C" * (month % 2)),
            Order(when - timedelta(days=8, minutes=31), "", HOME, (Item(manual, 1),)),
            Order(when - timedelta(days=6, minutes=77), "", HOME, (Item(manual, -1),), "C"),
            Order(when - timedelta(days=5, minutes=12), "", HOME, (Item(DISCOUNT, -1),), "C"),
        ]
    debt = datetime(2026, 2, 11, 14, 50)
    lost = BAD_DEBT._replace(price=-BAD_DEBT.price)
    return [*booked, Order(debt, "", HOME, (Item(BAD_DEBT, 1),), "A"), Order(debt, "", HOME, (Item(lost, 1),), "A")]


def _corrections(grid: list[dict[str, Product]], random: Random) -> list[Order]:
    """Stock lines at no price and without a customer: found, broken, miscounted."""
    corrections = []
    for _ in range(160):
        day = FIRST + timedelta(days=int(DAYS * random.random()))
        product = random.choice(grid)[random.choice(tuple(OBJECTS))]._replace(name=random.choice(NOTES), price=0)
        item = Item(product, int(60 * random.random()) - 50)
        corrections += [Order(when, "", HOME, (item,)) for when in _open(day, random)]
    return corrections


# --- lines -----------------------------------------------------------------------------------------------------


def _lines(order: Order, invoice: str, random: Random) -> Iterator[Row]:
    """The lines of an order, with the slips of those who typed them."""
    for number, (product, quantity) in enumerate(order.items):
        when = order.when + timedelta(minutes=number > WIDEST)
        row = Row(invoice, product.code, product.name, quantity, when, product.price, order.customer, order.country)
        yield from _slips(row, random)


def _slips(row: Row, random: Random) -> tuple[Row, ...]:
    """`row`; seldom twice, without its description, with a blank after it or its code in lower case."""
    nameless, blank = row._replace(description=""), row._replace(description=row.description + " ")
    lower = row._replace(code=row.code.lower())
    return random.choices(((row,), (row, row), (nameless,), (blank,), (lower,)), (982, 6, 3, 3, 6))[0]
