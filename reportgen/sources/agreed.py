"""Agreed: what the configuration says of ids, invoice numbers and signs that a file can't tell by itself."""

from collections.abc import Collection, Sequence

import ibis
import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.engine import Engine
from reportgen.sources.overlap import surplus
from reportgen.transactions import Removed


def applied(lines: ir.Table, spec: config.Input) -> ir.Table:
    """`lines`, perhaps with a `till`, as `spec` understands them; without that column."""
    changes: dict[str, ir.Value] = {}
    if spec.no_customer:
        changes["customer"] = _somebody(lines.customer, spec.no_customer)
    if spec.both_negative == "returns":
        price = ibis.ifelse((lines.quantity < 0) & (lines.price < 0), -lines.price, lines.price)
        changes |= {"price": price, "amount": lines.quantity * price}
    if "till" in lines.columns or spec.invoices == "daily":
        changes["invoice"] = _told_apart(lines, daily=spec.invoices == "daily")
    made = lines.mutate(**changes) if changes else lines
    if spec.customers == "orders":
        made = _of_orders(made)
    return made.drop("till") if "till" in made.columns else made


def _somebody(customer: ir.Value, nobody: Sequence[str]) -> ir.Value:
    """`customer`, null where it is one of `nobody`; ids may be numbers (see `in_place`)."""
    if customer.type().is_integer():
        numbers = [int(each) for each in nobody if each.strip().lstrip("-").isdecimal()]
        return ibis.ifelse(customer.isin(numbers), ibis.null("int64"), customer)
    alike = customer.lower().isin([each.strip().lower() for each in nobody])
    return ibis.ifelse(alike, ibis.null("string"), customer)


def _told_apart(lines: ir.Table, *, daily: bool) -> ir.StringValue:
    """Invoices with their till and day behind them; null stays null. A "C…" must begin with its C."""
    number = lines.invoice
    if "till" in lines.columns:
        number = number + ibis.ifelse(lines.till.isnull(), "", "/" + lines.till)
    return number + " " + lines.sold_at.strftime("%Y-%m-%d") if daily else number


def _of_orders(lines: ir.Table) -> ir.Table:
    """`lines` with the customer of their invoice where they name none, and the invoice names one."""
    order = ibis.window(group_by="invoice")
    beside = lines.mutate(low=lines.customer.min().over(order), high=lines.customer.max().over(order))
    named = beside.customer.isnull() & beside.invoice.notnull() & (beside.low == beside.high)
    return beside.mutate(customer=ibis.ifelse(named, beside.low, beside.customer)).drop("low", "high")


def refuse(name: str, columns: Collection[str], spec: config.Input) -> None:
    """Refuse what is agreed on orders where nothing tells them. Raises `InputError`."""
    if spec.customers == "orders" and "invoice" not in columns:
        raise _no_orders(name, 'customers = "orders"')
    if spec.amounts == "orders":
        _refuse_totals(name, columns)


def _no_orders(name: str, key: str) -> InputError:
    return InputError(
        f"{name}: [input] {key} needs invoices, and no column of them is recognised",
        'Name it: [columns] invoice = "…".',
    )


def repeated_totals(engine: Engine, staged: ir.Table) -> tuple[ir.Table, Removed] | None:
    """Ibis table of each `line` that only repeats its order's total, and the step that counts them; None if none does.

    staged: lines, in which `invoice` is null where the input has none
    """
    # The row that stays is told by what stands on it: no figure depends on the order of rows.
    order = ["sold_at", "code", "description", "country", "line"]
    known = staged.filter(staged.invoice.notnull())
    ranked = known.mutate(place=ibis.row_number().over(group_by=["invoice", "customer", "price"], order_by=order))
    return surplus(engine, ranked, "totals", "Rows that repeat their order's total")


def _refuse_totals(name: str, columns: Collection[str]) -> None:
    """Refuse to count orders' totals once where nothing tells orders, or rows have prices. Raises `InputError`."""
    if "invoice" not in columns:
        raise _no_orders(name, 'amounts = "orders"')
    if "price" in columns:
        raise InputError(
            f'{name}: [input] amounts = "orders" needs a column of amounts, and prices are read',
            'Name the column that holds the order\'s total: [columns] amount = "…".',
        )
