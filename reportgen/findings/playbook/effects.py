"""Effects: sizes the action of each segment by what was observed, with a bootstrap interval.

size = customers now x difference of two rates of purchase x order value, for one month. Customers are resampled, not
customer-months: what one customer does in one month says something of the next. Sums stay whole numbers below 2^53,
so that resampled totals are exact whatever order they are added in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from reportgen.brief.playbook import Goal, Sizing, Unsized
from reportgen.findings.amounts import MEAN, mean_money, money, share
from reportgen.findings.month_sums import BAGS
from reportgen.recipe import Archetype
from reportgen.segmentation import Group

RESAMPLES: Final = 1000
SEED: Final = 42
LEVEL: Final = 0.95
TAILS: Final = (0.025, 0.975)
LEAST_OBSERVED: Final = 100
"""Customer-months that a rate rests on, on either side."""
LEAST_ORDERS: Final = 30
"""Orders that an order value rests on."""
CHUNK: Final = 250
COUNTS: Final = ("observed", "bought", "orders", "spend")

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Aim:
    """What a segment's action is for, and the ids of the segments that it is compared with (() for none)."""

    goal: Goal | None
    compared: tuple[str, ...]


def aims(groups: Sequence[Group], vocabulary: Sequence[Archetype], rows: pd.DataFrame) -> dict[str, Aim]:
    """The aim of each group: against the first kind in its archetype's `compare` that was observed often enough."""
    kinds = {archetype.id: archetype for archetype in vocabulary}
    seen = rows.groupby("segment")["observed"].sum()
    made = {}
    for group in groups:
        kind = kinds[group.archetype]
        choices = ([other.id for other in groups if other.archetype == name] for name in kind.compare)
        enough = (ids for ids in choices if sum(int(seen.get(one, 0)) for one in ids) >= LEAST_OBSERVED)
        made[group.id] = Aim(kind.goal, tuple(next(enough, [])))
    return made


def sizings(
    rows: pd.DataFrame, customers: Mapping[str, int], wanted: Mapping[str, Aim], scale: int, *, thin: bool
) -> dict[str, Sizing]:
    """The size of each segment's action; `rows`: see `Observed`; `customers`: in each segment now.

    `thin`: the data as a whole carry none.
    """
    order = list(wanted)
    totals, resampled = _resampled(rows, order, skip=thin)
    places = {segment: place for place, segment in enumerate(order)}
    made = {}
    for segment, aim in wanted.items():
        own, others = [places[segment]], [places[other] for other in aim.compared]
        case = _Case(aim, customers[segment], _sums(totals, own), _sums(totals, others), scale)
        sizes = _sizes(case, _parts(resampled, own), _parts(resampled, others))
        made[segment] = case.facts(sizes, thin=thin)
    return made


@dataclass(frozen=True)
class _Case:
    """One segment: its counts and those of what it is compared with (see `COUNTS`)."""

    aim: Aim
    customers: int
    own: tuple[int, ...]
    other: tuple[int, ...]
    scale: int

    def facts(self, sizes: Values, *, thin: bool) -> Sizing:
        """`sizes`: of the resamples, in units."""
        observed, bought, orders, spend = self.own
        missing = self.missing(thin=thin)
        low, high = (_amount(value, self.scale) for value in np.quantile(sizes, TAILS)) if sizes.size else (
            Decimal(0), Decimal(0))  # fmt: skip
        unsized: Unsized | None = missing or (("unclear" if high > 0 else "opposite") if low <= 0 else None)
        return Sizing(
            goal=self.aim.goal,
            compared=self.aim.compared,
            observed=observed,
            bought=bought,
            orders=orders,
            spend=money(spend, self.scale),
            compared_observed=self.other[0],
            compared_bought=self.other[1],
            rate=share(bought, observed) if observed else None,
            compared_rate=share(self.other[1], self.other[0]) if self.other[0] else None,
            order_value=mean_money(spend, orders, self.scale),
            value=None if unsized else mean_money(self.value(), 1, self.scale),
            low=None if unsized else low,
            high=None if unsized else high,
            unsized=unsized,
        )

    def missing(self, *, thin: bool) -> Unsized | None:
        """Why there can't be a size, before looking at the interval."""
        reasons: list[tuple[bool, Unsized]] = [
            (not self.customers, "no-customers"),
            (self.aim.goal is None, "no-comparison"),
            (thin, "thin"),
            (not self.aim.compared, "no-comparison"),
            (min(self.own[0], self.other[0]) < LEAST_OBSERVED or self.own[2] < LEAST_ORDERS, "few-observed"),
        ]
        return next((reason for holds, reason in reasons if holds), None)

    def value(self) -> Fraction:
        """The size in units, exactly."""
        (observed, bought, orders, spend), (others, did, *_) = self.own, self.other
        difference = Fraction(did, others) - Fraction(bought, observed)
        return self.customers * self.sign * difference * Fraction(spend, orders)

    @property
    def sign(self) -> int:
        """What is to be kept is worth the more, the lower the other rate."""
        return -1 if self.aim.goal == "keep" else 1


def _sizes(case: _Case, own: Values, other: Values) -> Values:
    """The size in each resample, in units; those without an order or an observation count for none."""
    observed, bought, orders, spend = own
    usable = (observed > 0) & (orders > 0) & (other[0] > 0)
    if case.missing(thin=not own.size) or not usable.any():
        return np.empty(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = other[1] / other[0] - bought / observed
        sizes = case.customers * case.sign * difference * spend / orders
    return np.asarray(sizes[usable], dtype=np.float64)


def _resampled(rows: pd.DataFrame, order: Sequence[str], *, skip: bool) -> tuple[Values, Values]:
    """Counts by segment (4 x segments), and in each resample of customers (resamples x 4 x segments)."""
    matrix = _matrix(rows, order)
    totals = matrix.sum(axis=0).reshape(len(COUNTS), len(order))
    if skip or not len(matrix):
        return totals, np.zeros((0, *totals.shape))
    bags = _bagged(matrix)
    random, count = np.random.default_rng(SEED), len(bags)
    drawn = []
    for _chunk in range(RESAMPLES // CHUNK):
        picks = random.integers(0, count, (CHUNK, count), dtype=np.int32)
        picks += np.arange(CHUNK, dtype=np.int32)[:, None] * np.int32(count)
        weights = np.bincount(picks.ravel(), minlength=CHUNK * count).reshape(CHUNK, count)
        drawn.append(weights.astype(np.float64) @ bags)
    return totals, np.concatenate(drawn).reshape(-1, *totals.shape)


def _matrix(rows: pd.DataFrame, order: Sequence[str]) -> Values:
    """One row per unit, ascending; a column for each count and segment."""
    places = rows["segment"].map({segment: place for place, segment in enumerate(order)}).to_numpy(np.int64)
    codes, ids = pd.factorize(rows["unit"], sort=True)
    cells = codes * len(order) + places
    counts = [np.bincount(cells, rows[column].to_numpy(np.float64), len(ids) * len(order)) for column in COUNTS]
    stacked = np.stack([count.reshape(len(ids), len(order)) for count in counts], axis=1)
    return np.asarray(stacked.reshape(len(ids), len(COUNTS) * len(order)), dtype=np.float64)


def _bagged(matrix: Values) -> Values:
    """Customers, or where they are many `BAGS` sums of them."""
    if len(matrix) <= BAGS:
        return matrix
    # Dealt at random: neighbours by id joined at the same time, and bags that are all alike would hide the spread.
    dealt = np.random.default_rng(SEED).permutation(len(matrix)) % BAGS
    bags = np.zeros((BAGS, matrix.shape[1]))
    np.add.at(bags, dealt, matrix)
    return bags


def _sums(totals: Values, places: Sequence[int]) -> tuple[int, ...]:
    return tuple(int(number) for number in totals[:, list(places)].sum(axis=1))


def _parts(resampled: Values, places: Sequence[int]) -> Values:
    """4 x resamples."""
    parts: Values = resampled[:, :, list(places)].sum(axis=2).T
    return parts


def _amount(units: Any, scale: int) -> Decimal:  # noqa: ANN401  numpy's own float
    return Decimal(repr(float(units))).scaleb(-scale).quantize(MEAN)
