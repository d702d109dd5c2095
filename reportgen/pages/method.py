"""Method: definitions, rules and cut points, clustering, names against evidence, notes."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportgen.brief import Brief, Clustering, CutPoint, Segment
from reportgen.charts import ChartSpec, tokens
from reportgen.pages._halves import Block, Halves, halves
from reportgen.pages._judged import JudgedTable, judged_table
from reportgen.pages.segments import evaluation_beside
from reportgen.wording import Claim, Nouns, Words, capital, nouns, title
from reportgen.wording.claims import FLOOR, NOISE

PLACE = 100
NAME = "Method"
MANY = 8
"""Segments up to which an evaluation has room above all notes."""


@dataclass(frozen=True)
class RuleRow:
    """A segment, how it is made, and whether its name fits."""

    name: str
    color: str
    rule: str
    check: str
    fits: bool | None


@dataclass(frozen=True)
class Context:
    """What `method.html.j2` prints."""

    title: str
    deck: str
    rules_head: str
    rules: tuple[RuleRow, ...]
    checked: bool
    """Whether names were put beside the evidence."""
    judged: JudgedTable | None
    """The last evaluation, if there is one."""
    definitions: Block | None
    """The terms, where they stand beside the evaluation of many segments; else they are the first of the notes."""
    chart: ChartSpec | None
    notes: Halves


def context(brief: Brief, charts: Mapping[str, ChartSpec], words: Words) -> Context:
    """The page of `brief`."""
    method, judged = brief.method, judged_table(brief, words)
    definitions, *others = _blocks(brief, words)
    beside = judged is not None and len(brief.segments) > MANY
    return Context(
        title=title(*claims(brief, words), plain="How the segments are made"),
        deck=f"Recipe “{method.title}”. {method.summary.rstrip('.')}.",
        rules_head="Cluster" if method.clustering else "Rule, in the order in which they are tried",
        rules=_rules(brief, words),
        checked=any(segment.label_check and not segment.published_label for segment in brief.segments),
        judged=judged,
        definitions=definitions if beside else None,
        chart=None if evaluation_beside(brief) else charts.get("evaluation"),
        notes=halves(others if beside else [definitions, *others]),
    )


def claims(brief: Brief, words: Words) -> tuple[Claim, ...]:
    """How many segments there are, and by what."""
    count = words.count(len(brief.segments))
    clusters = brief.method.clustering is not None
    return (
        Claim(f"{count} clusters, named from their evidence", holds=clusters),
        Claim(f"{count} segments by rules; the first that fits counts", holds=not clusters and len(brief.segments) > 1),
    )


def _blocks(brief: Brief, words: Words) -> tuple[Block, ...]:
    method = brief.method
    clustering = _clustering(method.clustering, words) if method.clustering else ()
    notes = (*method.notes, _noise(words), *_limits(brief, words))
    return (
        Block("Definitions", "terms", definitions(brief, words)),
        Block("Cut points", "inline", cut_points(brief, words)),
        Block("Clustering", "inline", clustering),
        Block("Where the actions come from", "inline", _documents(brief, words)),
        Block("Notes", "list", tuple(("", note) for note in notes)),
    )


def definitions(brief: Brief, words: Words) -> tuple[tuple[str, str], ...]:
    """The terms as this brief uses them."""
    net = brief.method.returns == "net"
    counts = "a purchase cancelled in full counts for neither R nor F"
    if brief.method.orders == "all":
        counts = "cancellations, and what they cancel, count for R and F"
    returns = (
        f"returns are deducted from the customer who returned; {counts}"
        if net
        else "returns and cancellations are left out, as the recipe asks"
    )
    made = [
        (capital(words.net(brief)), f"Quantity × unit price of the lines kept; {returns}."),
        ("R, recency", f"Whole days from the last {_order(brief)} to {_instant(brief, words)}."),
        ("F, frequency", _frequency(brief, words)),
        (f"M, {nouns(brief.method).money}", _monetary(brief, words)),
        *_scores(brief, words),
        ("Median", "Half of the customers lie below it, half above."),
        ("Figures of the period", "All accepted lines, with and without a customer number, net of returns."),
    ]
    if brief.method.source:
        made.append(("Source of the recipe", f"{brief.method.source.rstrip('.')}{_origin(brief, words)}."))
    if brief.drivers and brief.drivers.before:
        made.append(("Effect of a factor", "By the logarithmic mean Divisia index: the effects add up to the change."))
    if brief.data.has_products:
        made.append(
            ("Product lift", "3× means: three times as large a share of the segment as of all customers bought it.")
        )
    return tuple(made)


def _origin(brief: Brief, words: Words) -> str:
    """The documents that the recipe comes from, where its source doesn't name them: " (documents A and C)"."""
    keys = [key for key in brief.method.document.split(", ") if key]
    if not keys or f"ocument {keys[0]}" in brief.method.source:
        return ""
    return f" (document{'s' if len(keys) > 1 else ''} {words.joined(keys)})"


def _instant(brief: Brief, words: Words) -> str:
    """The instant that R counts back from: "1 December 2011, 0:00"."""
    return f"{words.date(brief.as_of.date())}, {brief.as_of.hour}:{brief.as_of.minute:02}"


def _order(brief: Brief) -> str:
    return "order" if brief.method.orders == "purchases" else "invoice"


def _frequency(brief: Brief, words: Words) -> str:
    """What F counts."""
    if brief.method.orders == "all":
        order = "an invoice is any that the recipe’s cleaning leaves, cancellations included"
    else:
        order = "an order is an invoice with a purchase"
        order = order if brief.data.has_invoices else "an order is a customer’s purchases at one instant"
    return f"Number of {nouns(brief.method).many} {words.window(brief)}; {order}."


def _monetary(brief: Brief, words: Words) -> str:
    """What M is."""
    method = brief.method
    gross = "; returns are not deducted" if method.worth == "gross" else ""
    per = {"mean-per-order": f" per {_order(brief)}", "mean-per-day": f" per day with an {_order(brief)}"}
    mean = per.get(method.monetary, "")
    revenue = f"{'Gross revenue' if gross else capital(words.net(brief))}{mean}" if mean else "Revenue"
    return f"{revenue} of the customer {words.window(brief)}{gross}."


def _scores(brief: Brief, words: Words) -> tuple[tuple[str, str], ...]:
    """From what to what scores run, for recipes that score."""
    best = {axis: words.count(len(ends) + 1) for axis, ends in _scored(brief).items()}
    if not best:
        return ()
    same = len(set(best.values())) == 1
    spans = next(iter(best.values())) if same else words.joined([f"{count} ({axis})" for axis, count in best.items()])
    good = f"; few days since the last {_order(brief)} are good" if "R" in best else ""
    return (("Scores", f"Scores run from 1 (worst) to {spans} (best){good}."),)


def _scored(brief: Brief) -> dict[str, list[CutPoint]]:
    """The ends of the parts of each axis that is scored."""
    ends: dict[str, list[CutPoint]] = {}
    for cut in brief.method.cut_points:
        if cut.name.startswith(f"{cut.axis} part "):
            ends.setdefault(cut.axis, []).append(cut)
    return ends


@dataclass(frozen=True)
class Cutting:
    """Where a line between segments is, as printed; `scored`: all those of an axis."""

    name: str
    value: str
    origin: str
    scored: bool


def cuttings(brief: Brief, words: Words) -> tuple[Cutting, ...]:
    """The cut points: those that rules name one by one, those of scores by axis."""
    scored, named = _scored(brief), nouns(brief.method)
    ends = {cut.name for cuts in scored.values() for cut in cuts}
    alone = [
        Cutting(cut.name, _cut(cut.axis, [cut], words, named), cut.origin, scored=False)
        for cut in brief.method.cut_points
        if cut.name not in ends
    ]
    parts = [
        Cutting(f"{axis} score", _cut(axis, cuts, words, named), cuts[0].origin, scored=True)
        for axis, cuts in scored.items()
    ]
    return (*alone, *parts)


def cut_points(brief: Brief, words: Words) -> tuple[tuple[str, str], ...]:
    """A value, or an axis that is scored, and what it is."""
    return tuple(
        (cut.name, f"{cut.value}: {cut.origin}") if cut.scored else (cut.value, f"{cut.name}: {cut.origin}")
        for cut in cuttings(brief, words)
    )


def _rules(brief: Brief, words: Words) -> tuple[RuleRow, ...]:
    color = tokens(brief)
    return tuple(
        RuleRow(
            name=segment.name,
            color=color[segment.id],
            rule=_rule(brief, segment, words),
            check=_check(segment),
            fits=segment.label_check.fits if segment.label_check else None,
        )
        for segment in _tried(brief)
    )


def _tried(brief: Brief) -> list[Segment]:
    """The segments as their rules are tried, those without a rule at the end."""
    order = {name: place for place, name in enumerate(brief.method.match_order)}
    return sorted(brief.segments, key=lambda segment: order.get(segment.id, len(order)))


def _documents(brief: Brief, words: Words) -> tuple[tuple[str, str], ...]:
    """Per document, what it is called and the segments whose action comes from it."""
    named: dict[str, list[str]] = {}
    for segment in brief.segments:
        for key in segment.action.document.split(", "):
            named.setdefault(key, []).append(segment.name)
    return tuple(
        (f"Document {key}" if len(key) == 1 else key, _document(brief, key, words.joined(named[key])))
        for key in sorted(named)
        if key
    )


def _document(brief: Brief, key: str, segments: str) -> str:
    """Its title and its `segments`; beside an evaluation, there is room for one of these."""
    title = brief.method.documents.get(key)
    if title is None:
        return segments
    return f"“{title}”" if brief.method.evaluation else f"“{title}”: {segments}"


def _rule(brief: Brief, segment: Segment, words: Words) -> str:
    named = nouns(brief.method)
    if segment.rule:
        return capital(words.rule(segment.rule, named))
    if not brief.method.clustering:
        return "All others"
    if not segment.customers:
        return "No customers"
    money = words.compact(segment.monetary_mean)
    return (
        f"On average {words.figure(round(segment.recency_mean or 0, 1))} days since the last {_order(brief)}, "
        f"{words.figure(round(segment.frequency_mean or 0, 1))} {named.many}, "
        f"{money if named.total else f'{named.money} {money}'}"
    )


def _check(segment: Segment) -> str:
    check = segment.label_check
    if check is None or segment.published_label:
        return ""
    if check.fits:
        return "Fits its evidence"
    return f"“{check.label}” does not fit: {check.reason}"


def _cut(axis: str, cuts: list[CutPoint], words: Words, named: Nouns) -> str:
    """The values of `cuts` with their unit: "£182, £300 and £444", "15 and 48 days"."""
    last = float(cuts[-1].value)
    shown = words.joined([(words.whole if axis == "M" else words.figure)(float(cut.value)) for cut in cuts])
    match axis:
        case "M":
            return shown
        case "F":
            return named.counted(last, shown)
        case _:
            return f"{shown} day" if last == 1 else f"{shown} days"


def _clustering(clustering: Clustering, words: Words) -> tuple[tuple[str, str], ...]:
    made = [
        ("Algorithm", f"{clustering.algorithm}, {words.plural(clustering.k, 'cluster')}"),
        ("Inputs", f"{words.joined(clustering.inputs)}, transform: {clustering.transform}, scale: {clustering.scale}"),
        ("Starts", f"{words.plural(clustering.starts, 'start')}, seed {clustering.seed}"),
    ]
    if clustering.inertia is not None:
        made.append(("Inertia", words.count(clustering.inertia, 2)))
    return tuple(made)


def _noise(words: Words) -> str:
    return (
        f"A difference is called a change only beyond {words.figure(NOISE)} standard deviations of chance, and from "
        f"{words.count(FLOOR)} orders or customers on."
    )


def _limits(brief: Brief, words: Words) -> tuple[str, ...]:
    made = ["Segments describe what customers did, not why.", "Revenue at stake is past revenue, not a forecast."]
    if brief.data.first.date() >= brief.method.window_start.date():
        made.append(
            f"“First order” means first on file: records start on {words.date(brief.data.first)}, so an older customer "
            "may look new."
        )
    return tuple(made)
