"""Row order: which customers stand elsewhere only because they were listed in another order.

Customers are always segmented in the order of their ids, so the order of the input's rows never matters. Here the ids
are dealt out anew: what still changes is decided by nothing that a customer did.
"""

from typing import Final

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics.cluster import contingency_matrix

from reportgen.customers import CustomerTable
from reportgen.evaluation import RowOrder
from reportgen.findings.amounts import share
from reportgen.judging.regrouping import Regroup
from reportgen.recipe import Recipe
from reportgen.tally import Values

SHUFFLES: Final = 5


def row_order(customers: CustomerTable, groups: Values, recipe: Recipe, regroup: Regroup, seed: int) -> RowOrder:
    """The share of `customers` that leave their group (number) when they are listed in another order."""
    changes = [_changed(customers, groups, regroup, [seed, number]) for number in range(SHUFFLES)]
    changed = share(sum(changes), SHUFFLES * len(groups))
    return RowOrder(
        shuffles=SHUFFLES, changed=changed, most=share(max(changes), len(groups)), reason=_reason(recipe, changed)
    )


def _changed(customers: CustomerTable, groups: Values, regroup: Regroup, seed: list[int]) -> int:
    order = np.random.default_rng(seed).permutation(len(groups))
    listed = customers.frame.iloc[order].set_axis([f"{place:09d}" for place in range(len(order))], axis=0)
    found = np.empty_like(groups)
    found[order] = regroup(CustomerTable(listed, customers.scale))
    return len(groups) - _same(groups, found)


def _same(before: Values, after: Values) -> int:
    """Customers whose group after is the one that matches their group before; numbers carry no meaning."""
    shared = contingency_matrix(before, after)
    rows, columns = linear_sum_assignment(shared, maximize=True)
    return int(shared[rows, columns].sum())


def _reason(recipe: Recipe, changed: float) -> str:
    split = [axis for axis, score in recipe.scores.items() if score.ties == "customer" and score.at is None]
    if split:
        return (
            f"The recipe splits customers with equal {', '.join(split)} by their place in the list, so that parts have "
            "equal size: this many stand where they do only because of it."
        )
    if recipe.clusters and changed:
        return "Clusters start from customers drawn by their place in the list: other draws end in other clusters."
    return "No place in the list decides anything."
