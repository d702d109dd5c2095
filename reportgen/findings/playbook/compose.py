"""The playbook: what to do about each segment, what it may be worth, whom to watch."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import ibis.expr.types as ir
import pandas as pd

from reportgen.brief import STANDS_OUT, PeriodTotals, Product
from reportgen.brief.changes import Departure, Migration
from reportgen.brief.playbook import Account, Baskets, Concentration, Giants, Goal, Kpi, Play, Playbook, Sizing
from reportgen.brief.track import Track
from reportgen.findings.amounts import share
from reportgen.findings.changes import Books
from reportgen.findings.crossing import Doings, activity
from reportgen.findings.crowd import Crowd
from reportgen.findings.details import countries
from reportgen.findings.goods import Goods
from reportgen.findings.month_ends import Frame
from reportgen.findings.month_sums import Standing
from reportgen.findings.playbook import effects, watch_list
from reportgen.findings.playbook.baskets import baskets
from reportgen.findings.playbook.concentration import Accounts, concentration
from reportgen.findings.playbook.giants import Shop, giants
from reportgen.findings.playbook.minimums import minimums, thin
from reportgen.findings.playbook.observed import Observed, observed
from reportgen.findings.playbook.programmes import programmes
from reportgen.periods import interval
from reportgen.recipe import Recipe
from reportgen.schemes.profiles import profiles
from reportgen.segmentation import Group


@dataclass(frozen=True)
class Scene:
    """What a playbook is made from.

    crowd: those segmented; months, rows: see `Timeline`
    lines: of the whole ledger, with `cancelled_at`
    goods: None where the input has no product codes
    acted: what each customer did in the period and in the one before; crossed: everyone between them, see `crossing`
    products: group id -> distinctive ones
    """

    recipe: Recipe
    frame: Frame
    books: Books
    crowd: Crowd
    months: tuple[Standing, ...]
    rows: pd.DataFrame
    lines: ir.Table
    goods: Goods | None
    acted: Doings
    crossed: pd.DataFrame
    previous_totals: PeriodTotals | None
    migration: Migration | None
    products: Mapping[str, tuple[Product, ...]]


def playbook(scene: Scene) -> tuple[Playbook, tuple[Account, ...]]:
    """The playbook, and every account overdue, most revenue first."""
    scale, frame = scene.books.scale, scene.frame
    seen = observed(scene.months, scene.rows, scale)
    found = _baskets(scene)
    silent = scene.crowd.customers.tally("recency").at(0)
    needs = minimums(len(scene.crowd.customers), len(seen.record.followed), silent, _orders(found))
    sizes = _sizes(scene, seen, no_sizes=thin(needs))
    regular, late = watch_list.overdue(scene.books.moments, frame, scene.crowd)
    ranked = sorted((name for name, size in sizes.items() if size.value), key=lambda name: -(sizes[name].value or 0))
    made = Playbook(
        minimums=needs,
        month_ends=tuple(seen.record.followed),
        skipped=seen.record.skipped,
        least_observed=effects.LEAST_OBSERVED,
        least_orders=effects.LEAST_ORDERS,
        resamples=effects.RESAMPLES,
        level=effects.LEVEL,
        plays=_plays(scene, seen, sizes, found, late),
        ranking=tuple(ranked),
        watch_list=watch_list.watch_list(regular, late, frame.latest.date(), scale),
        concentration=_concentration(scene),
        giants=_giants(scene),
    )
    return made, watch_list.accounts(late, scale)


def _baskets(scene: Scene) -> dict[str, Baskets] | None:
    if scene.goods is None:
        return None
    return baskets(scene.goods, _by_group(scene, "orders"), scene.books.scales)


def _orders(found: Mapping[str, Baskets] | None) -> int | None:
    return None if found is None else sum(baskets.orders for baskets in found.values())


def _sizes(scene: Scene, seen: Observed, *, no_sizes: bool) -> dict[str, Sizing]:
    customers = _by_group(scene, "customers")
    wanted = effects.aims(scene.crowd.division.groups, scene.recipe.vocabulary, seen.rows)
    return effects.sizings(seen.rows, customers, wanted, scene.books.scale, thin=no_sizes)


def _by_group(scene: Scene, column: str) -> dict[str, int]:
    """Group id -> the sum of its customers' `column`."""
    sums = scene.crowd.sums[column]
    return dict(zip(sums.index.tolist(), sums.tolist(), strict=True))


def _plays(
    scene: Scene,
    seen: Observed,
    sizes: Mapping[str, Sizing],
    found: Mapping[str, Baskets] | None,
    late: pd.DataFrame,
) -> tuple[Play, ...]:
    evidence = {name: profile.evidence() for name, profile in profiles(scene.crowd.sums).items()}
    overdue = watch_list.by_segment(late, scene.books.scale)
    made = []
    for group in scene.crowd.division.groups:
        goods = found[group.id] if found else None
        count, worth = overdue.get(group.id, (0, Decimal(0).scaleb(-scene.books.scale)))
        facts = _facts(scene, group.id, goods, count)
        track = seen.record.track([group.id])
        made.append(Play(
            segment=group.id,
            track=track,
            kpi=_kpi(scene, group, sizes[group.id].goal, track),
            sizing=sizes[group.id],
            baskets=goods,
            programmes=programmes(evidence[group.id] | facts) if group.id in evidence else (),
            overdue=count,
            overdue_revenue=worth,
        ))  # fmt: skip
    return tuple(made)


def _kpi(scene: Scene, group: Group, goal: Goal | None, track: Track) -> Kpi | None:
    """What is to be kept shall buy, what shall gain moves up."""
    moved = next((part for part in _departures(scene) if part.segment == group.id), None)
    if goal == "gain" and moved:
        return Kpi(id="moved-up", part=moved.up, whole=moved.customers, share=moved.up_share)
    if goal == "keep" and moved and track.months and track.months[-1].month_end == scene.months[-2].end.month.end:
        last = track.months[-1]
        part = share(last.bought, last.customers) if last.customers else None
        return Kpi(id="bought", part=last.bought, whole=last.customers, share=part)
    return None


def _revenues(scene: Scene) -> tuple[int, int | None]:
    """Of all customers in the period, and in the one before if there is one."""
    before = activity(scene.crossed, "_before").revenue if scene.previous_totals else None
    return activity(scene.crossed).revenue, before


def _departures(scene: Scene) -> tuple[Departure, ...]:
    return scene.migration.departures if scene.migration else ()


def _facts(scene: Scene, group: str, goods: Baskets | None, overdue: int) -> dict[str, float]:
    """What conditions of programmes speak of beside the evidence; see `programmes.NAMES`."""
    down = next((part.down_share for part in _departures(scene) if part.segment == group), None)
    return {
        "cross": len(goods.cross_sell) if goods else 0,
        "up": len(goods.up_sell) if goods else 0,
        "products": sum(product.lift >= STANDS_OUT for product in scene.products.get(group, ())),
        "overdue": overdue,
        "down": down or 0,
    }


def _concentration(scene: Scene) -> Concentration:
    frame = scene.frame
    accounts = Accounts(scene.crowd, countries(scene.books.moments, frame.start, frame.cutoff), scene.acted)
    return concentration(accounts, _revenues(scene), scene.books.scale)


def _giants(scene: Scene) -> Giants:
    shop = Shop(
        scene.lines,
        scene.books.rolled,
        scene.books.moments,
        scene.crowd,
        scene.books.scales,
        counted=scene.recipe.measures.returns == "exclude",
    )
    before = scene.previous_totals
    return giants(
        shop,
        scene.frame,
        interval(scene.frame.period.start, scene.frame.period.end),
        interval(before.start, before.end) if before else None,
    )
