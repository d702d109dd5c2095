"""How well the clusterings that were tried separate the customers."""

from reportgen.brief import Brief, Candidate
from reportgen.charts import _canvas as canvas
from reportgen.charts._spec import ChartSpec, Figure, Theme
from reportgen.wording import Claim, Words, title


def draw(brief: Brief, theme: Theme, words: Words) -> ChartSpec | None:
    """The chart; None for rules, and where fewer than two clusterings were compared."""
    tried = _tried(brief)
    if len(tried) < 2:  # noqa: PLR2004
        return None
    finding = title(*claims(brief, words), plain="How well each clustering separates the customers")
    return ChartSpec(
        id="evaluation",
        title=finding,
        subtitle="Mean silhouette by algorithm and number of clusters; 1 is perfect separation, 0 none",
        alt=f"{finding}. Bars. {'; '.join(f'{_name(c, words)} {_shown(c, words)}' for c in tried)}.",
        wide=_drawn(tried, theme, words, canvas.WIDE),
        narrow=_drawn(tried, theme, words, canvas.NARROW),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """That the chosen clustering is the best separated one; if it isn't, that too is said."""
    tried = _tried(brief)
    chosen = next((candidate for candidate in tried if candidate.chosen), None)
    if chosen is None or chosen.silhouette is None:
        return ()
    best = max(tried, key=lambda candidate: candidate.silhouette or -1)
    best_text = f"{_name(chosen, words)} separate best: silhouette {_shown(chosen, words)}"
    second = f"{_name(best, words)} would separate better ({_shown(best, words)}) than the {chosen.k} in use"
    return (
        Claim(best_text, holds=chosen.silhouette >= (best.silhouette or -1)),
        Claim(f"{second} ({_shown(chosen, words)})", holds=chosen.silhouette < (best.silhouette or -1)),
    )


def _tried(brief: Brief) -> list[Candidate]:
    clustering = brief.method.clustering
    found = clustering.candidates if clustering else ()
    return sorted((c for c in found if c.silhouette is not None), key=lambda c: (c.algorithm, c.k))


def _name(candidate: Candidate, words: Words) -> str:
    return f"{words.plural(candidate.k, 'cluster')} by {candidate.algorithm}"


def _shown(candidate: Candidate, words: Words) -> str:
    return words.count(candidate.silhouette, 3)


def _drawn(tried: list[Candidate], theme: Theme, words: Words, width: int) -> Figure:
    pitch, left = 19, 150
    middles = [pitch * (place + 0.5) for place in range(len(tried))]
    values = [candidate.silhouette or 0.0 for candidate in tried]
    low, high = min(0.0, *values), max(0.01, *values)
    scale = canvas.Scale(low, high, left if low == 0 else left + 60, width - 120)
    colors = [theme.colors["accent" if candidate.chosen else "prior"] for candidate in tried]
    hover = [f"{_name(candidate, words)}: {_shown(candidate, words)}" for candidate in tried]
    trace = canvas.rows("evaluation", "x2", values, middles, colors, hover, thickness=14)
    labels = []
    for candidate, value, y in zip(tried, values, middles, strict=True):
        note = ", in use" if candidate.chosen else ""
        color = "accent" if candidate.chosen else "text"
        labels += [
            canvas.label(theme, 0, y, _name(candidate, words), color="ink", bold=candidate.chosen),
            canvas.label(theme, scale.at(max(value, 0)) + 6, y, _shown(candidate, words) + note, color=color,
                         bold=candidate.chosen),
        ]  # fmt: skip
    return canvas.figure(theme, width, pitch * len(tried), [trace], labels, (), {"x2": scale})
