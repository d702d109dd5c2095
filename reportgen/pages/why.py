"""Why revenue moved: the bridge in total and by segment, and the factors behind identified customers' purchases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.changes import Bridge, BridgeLine, Drivers, Factor
from reportgen.charts import ChartSpec, tokens
from reportgen.charts.bridge import apart, spans
from reportgen.pages._drivers import NAMES, explained, moved
from reportgen.wording import NONE, Claim, Unit, Words, capital, title
from reportgen.wording.claims import FLOOR, few, level
from reportgen.wording.facts import item, names

PLACE = 40
NAME = "Why revenue moved"
GUESTS = Decimal("0.25")
"""A part of the change that the title names."""
SLACK = 100
"""Amounts are printed to so many times the usual precision: columns add up before the reader's eyes."""
MANY, LONG = 12, 24
"""Rows, and letters of a name, from which the table is set smaller."""

Format = Callable[[Decimal | None], str]


@dataclass(frozen=True)
class FactorCell:
    """A factor before and now, and what its change is worth; `sign` joins it to the factor before it."""

    sign: str
    name: str
    before: str
    now: str
    change: str
    effect: str
    tone: str


@dataclass(frozen=True)
class LineRow:
    """The bridge of a segment's customers."""

    name: str
    color: str
    before: str
    items: tuple[str, ...]
    now: str
    change: str
    strong: bool = False


@dataclass(frozen=True)
class Context:
    """What `why.html.j2` prints."""

    title: str
    deck: str
    chart: ChartSpec | None
    then: str
    now: str
    net: str
    """What the factors make."""
    factors_title: str
    factors: tuple[FactorCell, ...]
    heads: tuple[str, ...]
    lines: tuple[LineRow, ...]
    dense: bool
    unit: Unit
    note: str


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:
    """The page of `brief`; None without a previous period."""
    bridge = brief.bridge
    if bridge is None:
        return None
    then, now = spans(brief, bridge, words)
    unit = _unit(bridge, words)
    kinds = _kinds(bridge)
    lines = _lines(brief, bridge, kinds, unit, words)
    exact = "" if unit.divisor == 1 else " Rounded; the exact amounts add up."
    return Context(
        title=title(*claims(brief, words), plain=f"From the revenue of {then} to that of {now}"),
        deck=f"Net revenue of all sales, {then} to {now}; segments as on {words.date(brief.period.end)}.",
        chart=charts.get("bridge"),
        then=then,
        now=now,
        net=words.net(brief),
        factors_title=title(*factor_claims(brief, words), plain="What identified customers’ revenue is made of"),
        factors=_factors(brief, brief.drivers, words) if brief.drivers else (),
        heads=tuple(HEADS[kind] for kind in kinds),
        lines=lines,
        dense=len(lines) > MANY or any(len(line.name) > LONG for line in lines if line.color),
        unit=unit,
        note="New: first purchase on file. Back: bought before, but not in the period before. More, less: bought in "
        f"both periods. Paused: bought in the period before only.{exact}",
    )


COMERS: dict[str, str] = {"new": "new", "reactivated": "back"}
"""Kinds of the bridge that bought now and not in the period before, as adjectives."""
HEADS = {
    "new": "New",
    "reactivated": "Back",
    "expansion": "More",
    "contraction": "Less",
    "lapsed": "Paused",
    "returns-only": "Returns only",
}


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """Who came against who paused; sales without a customer number where they matter."""
    bridge = brief.bridge
    if bridge is None:
        return ()
    came = [part for kind in ("new", "reactivated") if (part := item(bridge, kind)).customers]
    gained, gainers = sum((part.amount for part in came), Decimal(0)), sum(part.customers or 0 for part in came)
    paused = item(bridge, "lapsed")
    lost, losers = -paused.amount, paused.customers or 0
    enough = min(gainers, losers) >= FLOOR and min(gained, lost) > 0
    clear = enough and apart(gained, lost, gainers, losers)
    even = enough and not clear and level(float(gained), float(lost))
    more = f"{'more' if gained > lost else 'less'} than the {words.compact(lost)} of those who paused"
    who = " or ".join(COMERS[part.kind] for part in came)
    brought = f"customers who are {who} brought {words.compact(gained)}"
    guests = item(bridge, "guests").amount
    matters = bridge.change * guests > 0 and abs(guests) >= GUESTS * abs(bridge.change)
    verb = "added" if guests > 0 else "took"
    return (
        Claim(f"Guests {verb} {words.compact(abs(guests))}; {brought}, {more}", holds=clear and matters),
        Claim(f"{capital(brought)}, {more}", holds=clear),
        Claim(f"{capital(brought)}, about what those who paused took ({words.compact(lost)})", holds=even),
        Claim(
            f"{capital(brought)}, against {words.compact(lost)} of those who paused: within chance",
            holds=enough and not (clear or even),
        ),
    )


def factor_claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The factors that moved."""
    text = explained(brief.drivers, words)
    return (Claim(capital(text), holds=bool(text)),)


def _factors(brief: Brief, drivers: Drivers, words: Words) -> tuple[FactorCell, ...]:
    """The factors, returns, and what they make."""
    cells = [_factor(drivers, factor, words) for factor in drivers.factors]
    before, now = drivers.before, drivers.now
    if before is None:
        return tuple(cells)
    returns = ("+", "Returns", before.returns, now.returns, drivers.returns_effect)
    whole = ("=", capital(words.net(brief)), before.revenue, now.revenue, drivers.change)
    for sign, name, then, value, effect in (returns, whole) if brief.method.returns == "net" else (whole,):
        amounts = words.compact(then), words.compact(value)
        cells.append(FactorCell(sign, name, *amounts, "", words.signed(effect, words.compact), ""))
    return tuple(cells)


def _change(drivers: Drivers, factor: Factor, words: Words) -> str:
    """How much it changed; of few customers, not even that it didn't."""
    before = drivers.before
    if before is None or not factor.now or not factor.before or few(drivers.now.customers, before.customers):
        return ""
    return words.change(factor.now, factor.before) if moved(drivers, factor) else "no clear change"


def _factor(drivers: Drivers, factor: Factor, words: Words) -> FactorCell:
    effect, clear, shown = factor.effect, moved(drivers, factor), _shown(factor, words)
    return FactorCell(
        sign="" if factor is drivers.factors[0] else "×",
        name=NAMES[factor.name][0],
        before=shown(factor.before),
        now=shown(factor.now),
        change=_change(drivers, factor, words),
        effect=words.signed(effect, words.compact) if effect is not None else NONE,
        tone=("good" if effect > 0 else "bad") if effect and clear else "",
    )


def _shown(factor: Factor, words: Words) -> Format:
    match factor.name:
        case "customers":
            return words.count
        case "orders-per-customer":
            return lambda value: words.count(value, 2)
        case "items-per-order":
            return words.figure
        case _:
            return words.compact


def _unit(bridge: Bridge, words: Words) -> Unit:
    amounts = [bridge.before, bridge.now, *(part.amount for part in bridge.items)]
    return words.unit([amount / SLACK for amount in amounts])


def _kinds(bridge: Bridge) -> tuple[str, ...]:
    """The columns: every cause of identified customers that has any amount."""
    used = {part.kind for part in bridge.items if part.amount}
    return tuple(kind for kind in HEADS if kind in used)


def _lines(brief: Brief, bridge: Bridge, kinds: tuple[str, ...], unit: Unit, words: Words) -> tuple[LineRow, ...]:
    """One row per segment; those in none, guests and what the recipe leaves out; the total."""
    color, name = tokens(brief), names(brief)
    rows = [
        _line(
            line, name.get(line.segment or "", "In no segment"), color.get(line.segment or "", ""), kinds, unit, words
        )
        for line in bridge.segments
        if line.segment or line.before or line.now
    ]
    for kind, text in (("guests", "Guests, no customer number"), ("left-out", "Left out by the recipe")):
        amount = next(part.amount for part in bridge.items if part.kind == kind)
        then, now = _guests(brief) if kind == "guests" else _cleaned(brief, bridge)
        if amount or (kind == "guests" and (then or now)):
            change = words.signed(amount, lambda value: words.in_unit(value, unit))
            rows.append(
                LineRow(text, "", _plain(then, unit, words), ("",) * len(kinds), _plain(now, unit, words), change)
            )
    sums = tuple(_signed(item(bridge, kind).amount, unit, words) for kind in kinds)  # type: ignore[arg-type]
    return (*rows, LineRow("Net revenue", "", words.in_unit(bridge.before, unit), sums, words.in_unit(bridge.now, unit),
                           _signed(bridge.change, unit, words), strong=True))  # fmt: skip


def _guests(brief: Brief) -> tuple[Decimal | None, Decimal]:
    before = brief.previous_totals
    return before.guests.revenue if before else None, brief.period_totals.guests.revenue


def _cleaned(brief: Brief, bridge: Bridge) -> tuple[Decimal | None, Decimal]:
    """Revenue of lines that the recipe leaves out, negative where it drops returns: what the other rows lack."""
    then, now = _guests(brief)
    before = None if then is None else bridge.before - sum((line.before for line in bridge.segments), then)
    return before, bridge.now - sum((line.now for line in bridge.segments), now)


def _plain(amount: Decimal | None, unit: Unit, words: Words) -> str:
    return "" if amount is None else words.in_unit(amount, unit)


def _signed(amount: Decimal, unit: Unit, words: Words) -> str:
    return words.signed(amount, lambda value: words.in_unit(value, unit))


def _line(  # noqa: PLR0913, PLR0917
    line: BridgeLine, name: str, color: str, kinds: tuple[str, ...], unit: Unit, words: Words
) -> LineRow:
    amounts = {part.kind: part.amount for part in line.items}
    items = tuple(_signed(amounts[kind], unit, words) if amounts[kind] else "·" for kind in kinds)  # type: ignore[index]
    return LineRow(name, color, words.in_unit(line.before, unit), items, words.in_unit(line.now, unit),
                   _signed(line.change, unit, words))  # fmt: skip
