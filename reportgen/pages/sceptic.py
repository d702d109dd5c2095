"""What a sceptic asks: what claims need, the track record by month, and the questions with their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.brief import FIXED, Brief
from reportgen.brief.playbook import Difference, Minimum, Play, Playbook, Restatement
from reportgen.brief.track import MonthTrack
from reportgen.charts import ChartSpec, tokens
from reportgen.pages import _care as care
from reportgen.pages import _plays as plays
from reportgen.pages._halves import Block, Halves, halves
from reportgen.pages.method import cuttings
from reportgen.wording import NONE, Claim, Words, title
from reportgen.wording.claims import FLOOR
from reportgen.wording.facts import yardstick

PLACE = 105
NAME = "What a sceptic asks"
MOST = 8
"""Differences of a restatement that are printed."""
FIGURES = {
    "revenue": "Net revenue",
    "orders": "Orders",
    "customers": "Customers",
    "guest-revenue": "Without a customer number",
}
NEEDS = {
    "customers": ("Customers in segments", "sizes of actions"),
    "month-ends": ("Past month-ends to follow", "sizes of actions"),
    "silent-days": ("Days since the last purchase, at most", "sizes of actions"),
    "products": ("Orders with products", "offers, what a segment buys"),
}


@dataclass(frozen=True)
class Need:
    """Something that claims need; `missing`: "" where it is there."""

    name: str
    claims: str
    needed: str
    found: str
    missing: str


@dataclass(frozen=True)
class TrackRow:
    """A segment: the share that bought in the month after each month-end, and over all of them."""

    name: str
    color: str
    shares: tuple[str, ...]
    total: str
    observed: str


@dataclass(frozen=True)
class Restated:
    """A figure as issued and as it reads now."""

    name: str
    issued: str
    now: str
    change: str


@dataclass(frozen=True)
class Context:
    """What `sceptic.html.j2` prints."""

    title: str
    deck: str
    needs: tuple[Need, ...]
    month_ends: tuple[str, ...]
    track: tuple[TrackRow, ...]
    track_note: str
    yardstick: str
    """By what past customers are told apart."""
    answers: Halves
    restated: tuple[Restated, ...]
    restated_title: str


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context | None:  # noqa: ARG001
    """The page of `brief`; None in a brief without a playbook."""
    book = brief.playbook
    if book is None:
        return None
    return Context(
        title=title(*claims(brief, book, words), plain="What speaks for these figures, and what against"),
        deck="What the claims need, what the segments did, and short answers to the usual questions.",
        needs=tuple(_need(minimum, words) for minimum in book.minimums),
        month_ends=tuple(words.short_month(day) for day in book.month_ends),
        track=_track(brief, book, words),
        track_note=_track_note(book, words),
        yardstick=yardstick(brief),
        answers=halves([Block("", "terms", answers(brief, book, words))]),
        restated=_restated(brief, book.restatement, words),
        restated_title=_restated_title(book.restatement, words),
    )


def claims(brief: Brief, book: Playbook, words: Words) -> tuple[Claim, ...]:
    """Whether the data have what claims need."""
    lacking = sum(not minimum.met for minimum in book.minimums)
    few = f"{words.count(lacking)} of {words.count(len(book.minimums))}"
    are, them = ("is", "it") if lacking == 1 else ("are", "them")
    return (
        Claim(
            "Enough data to size actions, not to tell season from growth",
            holds=not lacking and care.seasonless(brief),
        ),
        Claim("The data have all that the claims of this brief need", holds=not lacking),
        Claim(f"{few} requirements {are} not met; claims that need {them} are left out", holds=lacking > 0),
    )


def _need(minimum: Minimum, words: Words) -> Need:
    name, claimed = NEEDS[minimum.id]
    missing = "" if minimum.met else "missing"
    return Need(name, claimed, words.count(minimum.needed), words.count(minimum.found), missing)


# --- track record -------------------------------------------------------------------------------------------


def _track(brief: Brief, book: Playbook, words: Words) -> tuple[TrackRow, ...]:
    if not book.month_ends:
        return ()
    color = tokens(brief)
    return tuple(
        _track_row(segment.name, color[segment.id], play, words)
        for segment, play in zip(brief.segments, book.plays, strict=True)
    )


def _track_row(name: str, color: str, play: Play, words: Words) -> TrackRow:
    return TrackRow(
        name=name,
        color=color,
        shares=tuple(_share(month, words) for month in play.track.months),
        total=words.percent(play.track.share, 0) if play.track.customers >= FLOOR else NONE,
        observed=words.count(play.track.customers),
    )


def _share(month: MonthTrack, words: Words) -> str:
    """Of few customers, no share."""
    return words.percent(month.share, 0) if month.customers >= FLOOR else NONE


def _track_note(book: Playbook, words: Words) -> str:
    """What the record leaves out, by reason."""
    reasons: dict[str, list[str]] = {}
    for skipped in book.skipped:
        reasons.setdefault(skipped.reason.rstrip("."), []).append(words.short_date(skipped.month_end))
    left = [f"Left out: {words.joined(ends)} ({reason})." for reason, ends in reasons.items()]
    few = f"No share of fewer than {words.count(FLOOR)} customers."
    return " ".join([few, *left])


# --- questions ----------------------------------------------------------------------------------------------


def answers(brief: Brief, book: Playbook, words: Words) -> tuple[tuple[str, str], ...]:
    """Questions and answers."""
    return (
        ("Do the figures add up?", _adds_up(brief, words)),
        ("Is the period complete?", _complete(brief, words)),
        ("Who is left out?", _left_out(brief, words)),
        ("Where are the lines drawn?", _lines(brief, words)),
        ("Would other customers give other segments?", _stable(brief, words)),
        ("Is it one customer?", _one_customer(book, words)),
        ("Is a size a promise?", _promise(book, words)),
        ("Does last month still read as it was issued?", _as_issued(brief, book.restatement, words)),
    )


def _adds_up(brief: Brief, words: Words) -> str:
    *steps, last = brief.reconciliation
    whole = sum(step.rows for step in steps) == last.rows and sum(step.amount for step in steps) == last.amount
    rows = f"{words.plural(steps[0].rows, 'row')} in the input, {words.count(last.rows)} in segments"
    return f"Yes: {rows}; every step between is listed, in rows and money." if whole else f"No: {rows}."


def _complete(brief: Brief, words: Words) -> str:
    last = words.date(brief.data.last)
    if not brief.period.partial:
        return f"Yes; the input runs to {last}."
    return f"No: records run from {words.date(brief.data.first)} to {last}."


def _left_out(brief: Brief, words: Words) -> str:
    steps = [step for step in brief.reconciliation[1:-1] if step.rows < 0 and step.step != "after-as-of"]
    largest = sorted(steps, key=lambda step: step.rows)[:3]
    if not largest:
        return "Nobody: every row of the window is in a segment."
    named = [f"{step.label.lower()} ({words.plural(-step.rows, 'row')})" for step in largest]
    return f"By number of rows: {', '.join(named)}."


def _lines(brief: Brief, words: Words) -> str:
    if brief.method.clustering:
        return "Between clusters: nobody chose a cut point; see Method for how they were found."
    computed = [cut for cut in cuttings(brief, words) if cut.origin != FIXED]
    points = [f"{cut.name}: {cut.value}" if cut.scored else f"{cut.name} {cut.value}" for cut in computed]
    at = f" Computed for this period: {'; '.join(points)}." if points else ""
    return f"At the days, orders and money that the rules name; see Method.{at}"


def _stable(brief: Brief, words: Words) -> str:
    found = brief.method.evaluation
    if found is None:
        return "Not examined: no evaluation of this recipe is on file."
    unstable = [part.name for part in found.segments if part.band == "unstable"]
    rand = words.count(found.rand_index, 2)
    weak = f"; unstable: {words.joined(unstable)}" if unstable else "; none is unstable"
    return f"Evaluated on data through {words.date(found.through)}: resamples agree to {rand} (1 = the same){weak}."


def _one_customer(book: Playbook, words: Words) -> str:
    if not book.concentration.window or book.concentration.window[0].share is None:
        return "No revenue to share out."
    largest, last = book.concentration.window[0], book.concentration.window[-1]
    text = f"The largest customer brings {words.about(largest.share)} of the window’s revenue"
    if last.customers == 1:
        return f"{text}."
    return f"{text}, the {words.count(last.customers)} largest {words.about(last.share)}; see Watch list."


def _promise(book: Playbook, words: Words) -> str:
    if not book.ranking:
        return "There is none: no action has a size."
    return (
        f"No. It is a difference seen between segments at {words.plural(len(book.month_ends), 'month-end')}, which an "
        "action may close in part; costs are not deducted. Measure the action: leave some customers out of it."
    )


# --- restatement --------------------------------------------------------------------------------------------


def _as_issued(brief: Brief, found: Restatement | None, words: Words) -> str:
    if found is None:
        return "Not compared: the archive has no earlier issue."
    span = "" if found.segments else " (of the whole month; the segments can’t be compared)"
    redrawn = f" {care.redrawn(brief, words)}" if found.redrawn else ""
    if not found.differences:
        figures = words.plural(found.compared, "figure")
        return f"Yes: {figures} of the issue {found.label} read the same today{span}.{redrawn}"
    count = f"{words.count(len(found.differences))} of {words.plural(found.compared, 'figure')}"
    return f"No: {count} of the issue {found.label} read otherwise today{span}.{redrawn}"


def _restated_title(found: Restatement | None, words: Words) -> str:
    if found is None or not found.differences:
        return ""
    rest = len(found.differences) - MOST
    more = f"; {words.count(rest)} more are not shown" if rest > 0 else ""
    return f"Restated since the issue {found.label}{more}"


def _restated(brief: Brief, found: Restatement | None, words: Words) -> tuple[Restated, ...]:
    differences: Sequence[Difference] = found.differences if found else ()
    return tuple(_restated_row(brief, difference, words) for difference in differences[:MOST])


def _restated_row(brief: Brief, found: Difference, words: Words) -> Restated:
    shown = words.money if found.figure in {"revenue", "guest-revenue"} else words.count
    who = plays.named(brief, (found.segment,), words) if found.segment else "All"
    both = found.now is not None and found.issued is not None
    return Restated(
        name=f"{who}: {FIGURES[found.figure].lower()}",
        issued=shown(found.issued),
        now=shown(found.now),
        change=words.signed(found.now - found.issued, shown) if both and found.now and found.issued else NONE,
    )
