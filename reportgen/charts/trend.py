"""Net revenue by month, up to 13 months; guests apart, the period in the accent."""

from reportgen.brief import Brief, Month
from reportgen.charts import _canvas as canvas
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title
from reportgen.wording.claims import amount_moved

FEWEST = 2
"""Months that make a trend."""


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None with less than two months."""
    if len(brief.trend) < FEWEST:
        return None
    first, last = brief.trend[0].month, brief.trend[-1].month
    span = f"{words.month(first)} to {words.month(last)}"
    finding = title(*claims(brief, words), plain=f"Net revenue by month, {span}")
    guests = "; faint: sales without a customer number" if _guests(brief) else ""
    return ChartSpec(
        id="trend",
        title=finding,
        subtitle=f"Net revenue of all sales by month{_unit(brief, words)}, {span}{guests}",
        alt=_alt(brief, finding, words),
        wide=_wide(brief, theme, words),
        narrow=_narrow(brief, theme, words),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """The strongest or weakest month of those that are whole."""
    whole = sorted((m for m in brief.trend if not m.partial), key=lambda month: (-month.revenue, month.month))
    if len(whole) <= FEWEST:
        return ()
    best, second, worst, low = whole[0], whole[1], whole[-1], whole[-2]
    many = words.plural(len(whole), "whole month")
    now = [month for month in brief.trend if _in_period(brief, month)]
    highest, lowest = now == [best], now == [worst]
    ahead = words.compact(best.revenue - second.revenue)
    text = f"{words.month(best.month)} is the strongest of {many}, {ahead} above {words.month(second.month)}"
    weak = f"{words.month(worst.month)} is the weakest of {many}, at {words.compact(worst.revenue)}"
    strongest = f"{words.month(best.month)} was the strongest of {many}, at {words.compact(best.revenue)}"
    return (
        Claim(text, holds=highest and _apart(best, second)),
        Claim(weak, holds=lowest and _apart(low, worst)),
        Claim(strongest, holds=best.revenue > second.revenue),
    )


def _apart(high: Month, low: Month) -> bool:
    return amount_moved(float(high.revenue), float(low.revenue), high.orders, low.orders)


def _in_period(brief: Brief, month: Month) -> bool:
    return brief.period.start <= month.month <= brief.period.end


def _guests(brief: Brief) -> bool:
    """Whether guests can be stacked on the rest: there are some, and no part is negative."""
    parts = [(month.guest_revenue, month.revenue - month.guest_revenue) for month in brief.trend]
    return any(guests for guests, _ in parts) and all(min(part) >= 0 for part in parts)


def _pitch(brief: Brief) -> float:
    return min(72.0, 570 / len(brief.trend))


def _crowded(brief: Brief, words: Words) -> bool:
    """Whether amounts with the sign of the currency would touch each other over the columns."""
    widest = max(canvas.width_of(words.compact(month.revenue), canvas.SMALL) for month in brief.trend)
    return widest > _pitch(brief)


def _unit(brief: Brief, words: Words) -> str:
    return f" in {words.symbol}" if words.symbol and _crowded(brief, words) else ""


def _alt(brief: Brief, finding: str, words: Words) -> str:
    parts = [f"{words.month(m.month)} {words.compact(m.revenue)}{' (part)' if m.partial else ''}" for m in brief.trend]
    return f"{finding}. Columns. {'; '.join(parts)}."


def _hover(month: Month, words: Words) -> str:
    return (
        f"{words.month(month.month)}: {words.money(month.revenue)}, of it {words.money(month.guest_revenue)} "
        f"without a customer number; {words.plural(month.orders, 'order')}"
    )


def _layers(brief: Brief, theme: Theme) -> tuple[list[float], list[float], list[str], list[str]]:
    """Heights of identified sales and of guests, and their colours."""
    now = [_in_period(brief, month) for month in brief.trend]
    stacked = _guests(brief)
    base = [float(m.revenue - m.guest_revenue if stacked else m.revenue) for m in brief.trend]
    guests = [float(m.guest_revenue) if stacked else 0.0 for m in brief.trend]
    dark = [theme.colors["accent" if hit else "prior"] for hit in now]
    light = [theme.colors["accent-soft" if hit else "prior-soft"] for hit in now]
    return base, guests, dark, light


def _extent(brief: Brief) -> tuple[float, float]:
    values = [float(month.revenue) for month in brief.trend]
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if high > low else (0.0, 1.0)


def _wide(brief: Brief, theme: Theme, words: Words) -> Figure:
    pitch = _pitch(brief)
    middles = [pitch * (place + 0.5) for place in range(len(brief.trend))]
    low, high = _extent(brief)
    foot = 180 if len(brief.segment_trend) >= FEWEST else 250
    scale = canvas.Scale(low, high, foot if low == 0 else foot - 18, 26)
    base, guests, dark, light = _layers(brief, theme)
    hover = [_hover(month, words) for month in brief.trend]
    thickness = pitch * 0.7
    traces = [
        canvas.columns("trend-identified", "y2", middles, base, dark, hover, thickness=thickness),
        canvas.columns("trend-guests", "y2", middles, guests, light, hover, thickness=thickness, base=base),
    ]
    labels = []
    for month, x in zip(brief.trend, middles, strict=True):
        labels += _column_labels(brief, month, x, scale, foot, theme, words)
    labels += _side_labels(brief, theme, middles[-1] + pitch * 0.35 + 8, scale)
    lines = [canvas.line(theme, 0, scale.at(0), pitch * len(middles), scale.at(0))]
    return canvas.figure(theme, canvas.WIDE, foot + 40, traces, labels, lines, {"y2": scale})


def _column_labels(  # noqa: PLR0913, PLR0917
    brief: Brief, month: Month, x: float, scale: canvas.Scale, foot: int, theme: Theme, words: Words
) -> list[canvas.Part]:
    now = _in_period(brief, month)
    revenue = float(month.revenue)
    y = scale.at(revenue) + (-10 if revenue >= 0 else 10)
    name = words.short_month(month.month)
    year = str(month.month.year) if month == brief.trend[0] or month.month.month == 1 else ""
    under = "part" if month.partial else year
    shown = words.short if _crowded(brief, words) else words.compact
    return [
        canvas.label(theme, x, y, shown(month.revenue), size=canvas.SMALL, anchor="center",
                     color="accent" if now else "muted", bold=now),
        canvas.label(theme, x, foot + 12, name, anchor="center", color="ink" if now else "muted", bold=now),
        canvas.label(theme, x, foot + 28, under, size=canvas.SMALL, anchor="center", color="muted"),
    ]  # fmt: skip


def _side_labels(brief: Brief, theme: Theme, x: float, scale: canvas.Scale) -> list[canvas.Part]:
    """The parts of the last column by name, instead of a legend."""
    if not _guests(brief):
        return []
    last = brief.trend[-1]
    identified = float(last.revenue - last.guest_revenue)
    middle = scale.at(identified / 2)
    upper = min(scale.at(identified + float(last.guest_revenue) / 2), middle - 32)
    below = [canvas.label(theme, x, middle, "identified<br>customers", size=canvas.SMALL, color="muted")]
    above = canvas.label(theme, x, upper, "without a<br>customer no.", size=canvas.SMALL, color="muted")
    return [*(below if identified else []), above]


def _narrow(brief: Brief, theme: Theme, words: Words) -> Figure:
    pitch = 25
    middles = [pitch * (place + 0.5) for place in range(len(brief.trend))]
    low, high = _extent(brief)
    scale = canvas.Scale(low, high, 72 if low == 0 else 110, 262)
    base, guests, dark, light = _layers(brief, theme)
    hover = [_hover(month, words) for month in brief.trend]
    traces = [
        canvas.rows("trend-identified", "x2", base, middles, dark, hover, thickness=17),
        canvas.rows("trend-guests", "x2", guests, middles, light, hover, thickness=17) | {"base": base},
    ]
    labels = []
    for month, y in zip(brief.trend, middles, strict=True):
        now = _in_period(brief, month)
        name = f"{words.short_month(month.month)} {month.month.year}"
        text = words.compact(month.revenue) + (" (part)" if month.partial else "")
        labels += [
            canvas.label(theme, 0, y, name, color="ink" if now else "muted", bold=now),
            canvas.label(theme, scale.at(max(float(month.revenue), 0)) + 5, y, text, size=canvas.SMALL,
                         color="accent" if now else "muted", bold=now),
        ]  # fmt: skip
    return canvas.figure(theme, canvas.NARROW, pitch * len(middles), traces, labels, (), {"x2": scale})
