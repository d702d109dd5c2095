"""Reconciliation: from the raw rows to the segmented ones, reason by reason, in rows and money."""

from collections.abc import Iterable

from reportgen.brief import ReconciliationStep
from reportgen.errors import GateError
from reportgen.findings.amounts import money
from reportgen.transactions import Removed, Transactions


def reconcile(
    transactions: Transactions, removed: Iterable[Removed], segmented: tuple[int, int]
) -> tuple[ReconciliationStep, ...]:
    """`raw`, a signed delta per step, `segmented` (rows, units). Raises `GateError` if they don't add up exactly."""
    steps = (*transactions.removed, *removed)
    rows = transactions.raw_rows - sum(step.rows for step in steps)
    amount = transactions.raw_amount - sum(step.amount for step in steps)
    if (rows, amount) != segmented:
        raise GateError(
            f"the reconciliation does not add up: {rows:,} rows worth {amount} expected, "
            f"{segmented[0]:,} worth {segmented[1]} segmented (units of 10^-{transactions.scale})",
            "Nothing was written. Did the input change while it was read? Run again; else report it.",
        )

    def entry(step: str, label: str, rows: int, amount: int) -> ReconciliationStep:
        return ReconciliationStep(step=step, label=label, rows=rows, amount=money(amount, transactions.scale))

    return (
        entry("raw", "Rows in the input", transactions.raw_rows, transactions.raw_amount),
        *(entry(step.step, step.label, -step.rows, -step.amount) for step in steps),
        entry("segmented", "In segments", *segmented),
    )
