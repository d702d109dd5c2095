"""Looking: what an engine's table seems to be, for `reportgen init` and `reportgen doctor`; nothing is kept there."""

from typing import Any

import ibis.expr.types as ir

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import asides, rivals
from reportgen.sources import columns as names
from reportgen.sources.engines import connect
from reportgen.sources.inspection import Inspection


def inspect(spec: config.Input, columns: config.Columns) -> Inspection:
    """The table or query of `spec`. Raises `InputError`, `UsageError`, `MachineError`."""
    engine = connect(spec)
    try:
        engine.where = spec.table or "[input] query"
        source = engine.source(spec)
        chosen = names.recognise(engine.where, source.columns, columns)
        if columns.price is None:
            rivals.refuse_there(engine.where, source, chosen)
        return _inspected(source, chosen, engine.where, engine.title)
    finally:
        engine.end()


def _inspected(source: ir.Table, chosen: dict[str, str], name: str, kind: str) -> Inspection:
    date = source[chosen["date"]].type()
    first, last, rows = _span(source, chosen["date"])
    told = asides.of_table(source, chosen)
    return Inspection(
        files=(name,),
        kinds=(kind,),
        rows=rows,
        dialect={},
        columns=chosen,
        unused=tuple(column for column in source.columns if column not in chosen.values()),
        decimal=None,
        date_formats=(),
        first=first,
        last=last,
        currency=next(iter(told.currencies.marks)) if len(told.currencies.marks) == 1 else None,
        zoned=getattr(date, "timezone", None) is not None,
        leave_out={},
        notes=(asides.doubt(told),) if told.no_sales or told.parts else (),
    )


def _span(source: ir.Table, column: str) -> tuple[Any, Any, int]:
    """First and last instant, and the rows; a sum of them all, which proves that they may be read."""
    date = source[column]
    if not (date.type().is_timestamp() or date.type().is_date()):
        raise InputError(
            f"the column {column} holds {date.type()}, and is to be the date",
            f'Let the engine read it, in [input] query = "…": CAST({column} AS timestamp) AS {column}.',
        )
    found = source.aggregate(first=date.min(), last=date.max(), rows=source.count()).to_pyarrow().to_pylist()[0]
    return found["first"], found["last"], int(found["rows"])
