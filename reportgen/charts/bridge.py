"""From the revenue of the previous period to this one's, by what each customer did."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief
from reportgen.brief.changes import Bridge, BridgeKind
from reportgen.charts import _canvas as canvas
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title
from reportgen.wording.claims import FLOOR, amount_moved, level
from reportgen.wording.facts import item, through


@dataclass(frozen=True)
class Step:
    """A column: from `base` by `amount`; `note` says who, `count` how many ("" if unknown)."""

    name: str
    note: str
    count: str
    base: float
    amount: float
    shown: str
    color: str


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without a previous period, or where nothing was bought in either."""
    bridge = brief.bridge
    if bridge is None or not any(part.amount for part in bridge.items):
        return None
    then, now = spans(brief, bridge, words)
    finding = title(*claims(brief, words), plain=f"From the net revenue of {then} to that of {now}")
    return ChartSpec(
        id="bridge",
        title=finding,
        subtitle=f"Net revenue, {then} to {now}, by what each customer did; number of customers below",
        alt=_alt(steps(brief, bridge, words), finding),
        wide=_wide(steps(brief, bridge, words), theme),
        narrow=_narrow(steps(brief, bridge, words), theme),
    )


def spans(brief: Brief, bridge: Bridge, words: Words) -> tuple[str, str]:
    """The names of the previous period and of this one."""
    return words.between(bridge.start, bridge.end), words.between(brief.period_totals.start, through(brief))


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """What those who bought in both periods did, on balance."""
    if brief.bridge is None:
        return ()
    more, less = item(brief.bridge, "expansion"), item(brief.bridge, "contraction")
    many = min(more.customers or 0, less.customers or 0) >= FLOOR
    sums = f"{words.compact(more.amount)} more, {words.compact(-less.amount)} less"
    balance = more.amount + less.amount
    moved = apart(more.amount, -less.amount, more.customers or 0, less.customers or 0)
    even = level(float(more.amount), float(-less.amount))
    up, down = (f"{words.compact(abs(balance))} {word} than before" for word in ("more", "less"))
    who = "Customers who bought in both periods"
    return (
        Claim(f"{who} were level on balance: {sums}", holds=many and not moved and even),
        Claim(f"{who} spent {sums}, within chance", holds=many and not (moved or even)),
        Claim(f"{who} spent {up}: {sums}", holds=many and moved and balance > 0),
        Claim(f"{who} spent {down}: {sums}", holds=many and moved and balance < 0),
    )


def apart(gained: Decimal, lost: Decimal, gainers: int, losers: int) -> bool:
    """Whether two opposite sums differ by more than chance."""
    low, high = sorted((gained, lost))
    return amount_moved(float(high), float(low), gainers, losers)


def steps(brief: Brief, bridge: Bridge, words: Words) -> tuple[Step, ...]:
    """The columns from before to now; parts without any amount stay out."""
    then, now = spans(brief, bridge, words)
    level = bridge.before
    made = [Step(then, "net revenue", "", 0, float(level), words.compact(level), "prior")]
    for name, note, kinds in _parts(then, now):
        amount = sum((item(bridge, kind).amount for kind in kinds), Decimal(0))
        if amount:
            color = "good" if amount > 0 else "bad"
            count = _count(bridge, kinds, words)
            shown = words.signed(amount, words.compact)
            made.append(Step(name, note, count, float(level), float(amount), shown, color))
            level += amount
    return (*made, Step(now, "net revenue", "", 0, float(bridge.now), words.compact(bridge.now), "ink"))


def _parts(then: str, now: str) -> tuple[tuple[str, str, tuple[BridgeKind, ...]], ...]:
    months = " " not in then + now
    back, paused, both = (
        (f"not in {then}", f"not in {now}", "in both months") if months else ("not before", "not now", "in both")
    )
    return (
        ("New", "first purchase", ("new",)),
        ("Back", back, ("reactivated",)),
        ("Bought more", both, ("expansion",)),
        ("Bought less", both, ("contraction",)),
        ("Paused", paused, ("lapsed",)),
        ("Returns", "no purchase", ("returns-only",)),
        ("Guests", "no customer number", ("guests",)),
        ("Left out", "by the recipe", ("left-out",)),
    )


def _count(bridge: Bridge, kinds: tuple[BridgeKind, ...], words: Words) -> str:
    known = [item(bridge, kind).customers for kind in kinds]
    return words.count(sum(count or 0 for count in known)) if None not in known else ""


def _alt(made: tuple[Step, ...], finding: str) -> str:
    parts = [f"{s.name} ({s.note}) {s.shown}" + (f", {s.count} customers" if s.count else "") for s in made]
    return f"{finding}. Bridge. {'; '.join(parts)}."


def _hover(step: Step) -> str:
    return f"{step.name}, {step.note}: {step.shown}" + (f", {step.count} customers" if step.count else "")


def _text_color(step: Step) -> str:
    return "muted" if step.color == "prior" else step.color


def _extent(made: tuple[Step, ...]) -> tuple[float, float]:
    ends = [end for step in made for end in (step.base, step.base + step.amount)]
    return min(0.0, *ends), max(0.0, *ends)


def _wide(made: tuple[Step, ...], theme: Theme) -> Figure:
    pitch = canvas.WIDE / len(made)
    thickness = min(84.0, pitch * 0.72)
    middles = [pitch * (place + 0.5) for place in range(len(made))]
    scale = canvas.Scale(*_extent(made), 142, 24)
    trace = canvas.columns(
        "bridge", "y2", middles, [s.amount for s in made], [theme.colors[s.color] for s in made],
        [_hover(step) for step in made], thickness=thickness, base=[s.base for s in made],
    )  # fmt: skip
    labels, lines = [], [canvas.line(theme, 0, scale.at(0), canvas.WIDE, scale.at(0))]
    for place, (step, x) in enumerate(zip(made, middles, strict=True)):
        top, end = scale.at(max(step.base, step.base + step.amount)), scale.at(step.base + step.amount)
        labels += _under(step, x, pitch, theme)
        labels.append(canvas.label(theme, x, top - 10, step.shown, color=_text_color(step), bold=True, anchor="center"))
        if place < len(made) - 1:
            start = x + thickness / 2
            lines.append(canvas.line(theme, start, end, start + pitch - thickness, end, color="prior", width=0.75))
    return canvas.figure(theme, canvas.WIDE, 208, [trace], labels, lines, {"y2": scale})


def _under(step: Step, x: float, pitch: float, theme: Theme) -> list[canvas.Part]:
    """Name, note and number of customers under a column."""
    size = canvas.SMALL if canvas.width_of(step.name, canvas.SMALL) <= pitch else canvas.TINY
    return [
        canvas.label(theme, x, 155, canvas.wrapped(step.name, pitch - 4, size), color="ink", size=size, bold=True,
                     anchor="center"),
        canvas.label(theme, x, 180, canvas.wrapped(step.note, pitch - 4, canvas.TINY), color="muted", size=canvas.TINY,
                     anchor="center"),
        canvas.label(theme, x, 200, step.count, color="muted", size=canvas.TINY, anchor="center"),
    ]  # fmt: skip


def _narrow(made: tuple[Step, ...], theme: Theme) -> Figure:
    pitch = 46
    scale = canvas.Scale(*_extent(made), 0, 262)
    trace = canvas.rows(
        "bridge", "x2", [s.amount for s in made], [pitch * place + 30.0 for place in range(len(made))],
        [theme.colors[s.color] for s in made], [_hover(step) for step in made], thickness=16,
    ) | {"base": [s.base for s in made]}  # fmt: skip
    labels = []
    for place, step in enumerate(made):
        right = scale.at(max(step.base, step.base + step.amount))
        count = f", {step.count} customers" if step.count else ""
        labels += [
            canvas.label(theme, 0, pitch * place + 10, f"{step.name}, {step.note}{count}", color="ink",
                         size=canvas.SMALL),
            canvas.label(theme, right + 5, pitch * place + 30, step.shown, color=_text_color(step), bold=True),
        ]  # fmt: skip
    return canvas.figure(theme, canvas.NARROW, pitch * len(made), [trace], labels, (), {"x2": scale})
