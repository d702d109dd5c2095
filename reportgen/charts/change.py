"""From the revenue of the period before to this one's: more orders, their value, sales without a customer number."""

from dataclasses import dataclass
from decimal import Decimal

from reportgen.brief import Brief, PeriodTotals
from reportgen.charts import _canvas as canvas
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title
from reportgen.wording.claims import amount_moved


@dataclass(frozen=True)
class Part:
    """A part of the change: `more` and `less` say in words what a rise and a fall of it are."""

    name: str
    note: str
    amount: Decimal
    more: str
    less: str


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None without a period before, or where one of the two has no orders or no revenue to explain."""
    before, made = brief.previous_totals, parts(brief, words)
    if before is None or not made:
        return None
    then, now = words.between(before.start, before.end), words.between(brief.period.start, brief.period.end)
    finding = title(*claims(brief, words), plain=f"From the net revenue of {then} to that of {now}")
    return ChartSpec(
        id="change",
        title=finding,
        subtitle=f"Net revenue, {then} to {now}; orders of identified customers at the old value, then the new",
        alt=_alt(brief, before, finding, words),
        wide=_wide(brief, before, theme, words),
        narrow=_narrow(brief, before, theme, words),
    )


def parts(brief: Brief, words: Words) -> tuple[Part, ...]:
    """What adds up to the change, exactly; empty if it can't be explained."""
    now, before = brief.period_totals, brief.previous_totals
    if before is None or min(now.revenue, before.revenue) <= 0:
        return ()
    orders, old_orders = (totals.orders - totals.guests.orders for totals in (now, before))
    known, old_known = (totals.revenue - totals.guests.revenue for totals in (now, before))
    if min(orders, old_orders) <= 0:
        return ()
    volume = ((orders - old_orders) * old_known / old_orders).quantize(known)
    made = [
        Part("Number of orders", f"{words.signed(orders - old_orders)} orders", volume, "more orders", "fewer orders"),
        Part(
            "Revenue per order",
            f"{words.compact(old_known / old_orders)} → {words.compact(known / orders)}",
            known - old_known - volume,
            "higher order values",
            "lower order values",
        ),
    ]
    if now.guests.orders or before.guests.orders:
        guests = now.guests.revenue - before.guests.revenue
        name = "sales without a customer number"
        note = f"{words.signed(now.guests.orders - before.guests.orders)} orders"
        made.append(Part("No customer number", note, guests, name, name))
    return tuple(made)


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """What added and what took."""
    now, before = brief.period_totals, brief.previous_totals
    made = sorted(parts(brief, words), key=lambda part: -abs(part.amount))
    if before is None or not made:
        return ()
    added = [f"{part.more} {{}}{words.compact(part.amount)}" for part in made if part.amount > 0]
    took = [f"{part.less} {{}}{words.compact(-part.amount)}" for part in made if part.amount < 0]
    clauses = [_clause(added, "added"), _clause(took, "took")]
    text = "; ".join(clause for clause in clauses if clause)
    moved = amount_moved(float(now.revenue), float(before.revenue), now.orders, before.orders)
    return (Claim(text[:1].upper() + text[1:], holds=moved),)


def _clause(items: list[str], verb: str) -> str:
    """The verb stands once, with the first item."""
    said = [item.format(f"{verb} " if place == 0 else "") for place, item in enumerate(items)]
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else "".join(said)


def _alt(brief: Brief, before: PeriodTotals, finding: str, words: Words) -> str:
    steps = "; ".join(f"{p.name} {words.signed(p.amount, words.compact)}" for p in parts(brief, words))
    return (
        f"{finding}. Bridge. {words.between(before.start, before.end)} {words.compact(before.revenue)}; {steps}; "
        f"{words.between(brief.period.start, brief.period.end)} {words.compact(brief.period_totals.revenue)}."
    )


@dataclass(frozen=True)
class _Step:
    """A column of the bridge: from `base`, `amount` up or down."""

    name: str
    note: str
    base: float
    amount: float
    shown: str
    color: str


def _bridge(brief: Brief, before: PeriodTotals, words: Words) -> list[_Step]:
    level = float(before.revenue)
    then, now = words.between(before.start, before.end), words.between(brief.period.start, brief.period.end)
    steps = [_Step(then, "net revenue", 0.0, level, words.compact(before.revenue), "prior")]
    for part in parts(brief, words):
        amount = float(part.amount)
        color = "good" if amount > 0 else "bad"
        steps.append(_Step(part.name, part.note, level, amount, words.signed(part.amount, words.compact), color))
        level += amount
    revenue = brief.period_totals.revenue
    return [*steps, _Step(now, "net revenue", 0.0, float(revenue), words.compact(revenue), "ink")]


def _text_color(step: _Step) -> str:
    return "muted" if step.color == "prior" else step.color


def _extent(steps: list[_Step]) -> tuple[float, float]:
    ends = [end for step in steps for end in (step.base, step.base + step.amount)]
    return min(0.0, *ends), max(ends)


def _wide(brief: Brief, before: PeriodTotals, theme: Theme, words: Words) -> Figure:
    steps = _bridge(brief, before, words)
    pitch, thickness = canvas.WIDE / len(steps), 84.0
    middles = [pitch * (place + 0.5) for place in range(len(steps))]
    scale = canvas.Scale(*_extent(steps), 146, 24)
    trace = canvas.columns(
        "change", "y2", middles, [s.amount for s in steps], [theme.colors[s.color] for s in steps],
        [f"{s.name}: {s.shown}" for s in steps], thickness=thickness, base=[s.base for s in steps],
    )  # fmt: skip
    labels, lines = [], [canvas.line(theme, 0, scale.at(0), canvas.WIDE, scale.at(0))]
    for place, (step, x) in enumerate(zip(steps, middles, strict=True)):
        top, end = scale.at(max(step.base, step.base + step.amount)), scale.at(step.base + step.amount)
        labels += [
            canvas.label(theme, x, top - 10, step.shown, color=_text_color(step), bold=True, anchor="center"),
            canvas.label(theme, x, 160, step.name, color="ink", bold=True, anchor="center"),
            canvas.label(theme, x, 176, step.note, size=canvas.SMALL, color="muted", anchor="center"),
        ]
        if place < len(steps) - 1:
            start = x + thickness / 2
            lines.append(canvas.line(theme, start, end, start + pitch - thickness, end, color="prior", width=0.75))
    return canvas.figure(theme, canvas.WIDE, 188, [trace], labels, lines, {"y2": scale})


def _narrow(brief: Brief, before: PeriodTotals, theme: Theme, words: Words) -> Figure:
    steps, pitch = _bridge(brief, before, words), 46
    scale = canvas.Scale(*_extent(steps), 0, 270)
    trace = canvas.rows(
        "change", "x2", [s.amount for s in steps], [pitch * place + 30.0 for place in range(len(steps))],
        [theme.colors[s.color] for s in steps], [f"{s.name}: {s.shown}" for s in steps], thickness=16,
    ) | {"base": [s.base for s in steps]}  # fmt: skip
    labels = []
    for place, step in enumerate(steps):
        right = scale.at(max(step.base, step.base + step.amount))
        labels += [
            canvas.label(theme, 0, pitch * place + 10, f"{step.name}, {step.note}", color="ink", size=canvas.SMALL),
            canvas.label(theme, right + 5, pitch * place + 30, step.shown, color=_text_color(step), bold=True),
        ]
    return canvas.figure(theme, canvas.NARROW, pitch * len(steps), [trace], labels, (), {"x2": scale})
