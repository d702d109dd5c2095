"""Agreement: where two recipes put the same customers."""

import pandas as pd
from sklearn.metrics import adjusted_rand_score

from reportgen.evaluation import Agreement, AgreementCell
from reportgen.findings.amounts import money
from reportgen.judging.snapshots import Snapshot

DIGITS = 4
NOWHERE = ""


def agreement(one: Snapshot, other: Snapshot) -> Agreement:
    """The crosstab of two recipes; customers that only one of them segments are in no segment of the other."""
    table = _table(one, other)
    both = table[(table["one"] != NOWHERE) & (table["other"] != NOWHERE)]
    return Agreement(
        one=one.recipe.id,
        other=other.recipe.id,
        customers=len(both),
        rand_index=round(float(adjusted_rand_score(both["one"], both["other"])), DIGITS) if len(both) else None,
        cells=_cells(table, one, other),
    )


def _table(one: Snapshot, other: Snapshot) -> pd.DataFrame:
    """One row per customer of either: segment ids `one`, `other`, and `revenue` as the one measures it."""
    columns = [
        one.segmentation.members.rename("one"),
        other.segmentation.members.rename("other"),
        one.customers.frame["revenue"],
    ]
    joined = pd.concat(columns, axis=1)
    return joined.fillna({"one": NOWHERE, "other": NOWHERE, "revenue": 0}).astype({"revenue": "int64"})


def _cells(table: pd.DataFrame, one: Snapshot, other: Snapshot) -> tuple[AgreementCell, ...]:
    found = table.groupby(["one", "other"])["revenue"].agg(["size", "sum"]).to_dict("index")
    rows, columns = ([*(group.id for group in shot.segmentation.groups), NOWHERE] for shot in (one, other))
    return tuple(
        AgreementCell(
            one=row or None,
            other=column or None,
            customers=int(found[row, column]["size"]),
            revenue=money(found[row, column]["sum"], one.customers.scale),
        )
        for row in rows
        for column in columns
        if (row, column) in found
    )
