"""Remote: what every engine has in common, as a mixin before an Ibis backend.

It counts what crosses the wire, puts what goes wrong into words wherever it happens, and ends without a sound.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

import ibis
import ibis.common.exceptions as com
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from pyarrow import compute

from reportgen import config
from reportgen.errors import InputError, ReportgenError, UsageError
from reportgen.sources.engine import local_time

QUERY: Final = "reportgen_query"
"""The view that `[input] query` becomes."""


@dataclass
class Traffic:
    """Rows and bytes (as Arrow holds them) that crossed the wire: results fetched, and groups of customers sent."""

    queries: int = 0
    rows: int = 0
    size: int = 0
    rows_sent: int = 0
    size_sent: int = 0

    def sentence(self, title: str) -> str:
        """What crossed the wire, in words."""
        sent = f"; {self.rows_sent:,} rows sent, {self.size_sent / 1e6:.1f} MB" if self.rows_sent else ""
        return f"From {title}: {self.rows:,} rows, {self.size / 1e6:.1f} MB, by {self.queries} queries{sent}"

    def fetched(self, result: pa.Table | pa.ChunkedArray | pa.Scalar) -> None:
        """Counts the result of one query."""
        self.queries += 1
        self.rows += 1 if isinstance(result, pa.Scalar) else len(result)
        self.size += getattr(result, "nbytes", 8)

    def sent(self, table: pa.Table) -> None:
        """Counts a table that the engine was given."""
        self.rows_sent += table.num_rows
        self.size_sent += table.nbytes


class Remote:
    """Mixin before an Ibis backend; each engine says `title`, the driver's `ERRORS`, and their `complaint`.

    What engines do differently has a method here with the usual answer: `source`, `staged`, `line`, `local_time`.
    """

    title: ClassVar[str]
    """The engine's name in messages."""
    ERRORS: ClassVar[tuple[type[Exception], ...]] = ()
    """What its driver raises."""
    traffic: Traffic
    where: str = ""
    """The table or query that is read, for messages."""

    def complaint(self, error: Exception) -> InputError:
        """What the driver's `error` means: what is wrong, where, what to do."""
        return InputError(f"{self.title}: {first_line(error)}", "Mend it there, then run again; nothing was written.")

    def source(self, spec: config.Input) -> ir.Table:
        """Ibis table of `[input] table` or `query`. Raises `InputError` if there is none."""
        with self.faults():
            if spec.query:
                # As a view the engine reads it itself, whatever its dialect; Ibis would take it apart first.
                self.raw_sql(f"CREATE TEMPORARY VIEW {QUERY} AS {spec.query.strip().rstrip(';')}")  # type: ignore[attr-defined]
                return self.table(QUERY)  # type: ignore[attr-defined]
            database, _, name = (spec.table or "").rpartition(".")
            return self.table(name, database=database or None)  # type: ignore[attr-defined]

    def staged(self, name: str, rows: ir.Table) -> ir.Table:
        """`rows`, computed once by one statement and kept for this session under `name`."""
        return self.create_table(name, rows, temp=True)

    def line(self) -> ir.IntegerValue:
        """A number for each row, as unique as it is meaningless."""
        return ibis.row_number().cast("int64")

    def local_time(self, instant: ir.Value, timezone: str) -> ir.Value:
        """The wall-clock time in `timezone` (IANA) of an `instant` that has a zone."""
        return local_time(timezone, instant.cast("timestamp('UTC')")).cast("timestamp")

    def written(self, lines: ir.Table, folder: Path) -> Sequence[Path]:
        """The one column of `lines` as files in `folder` that follow on one another, each text ended by LF.

        Where the engine has another disk than this machine's, the texts cross the wire.
        """
        file = folder / "lines"
        texts = self.to_pyarrow(lines)["line"].combine_chunks().cast(pa.large_string())
        end, nothing = pa.scalar("\n", pa.large_string()), pa.scalar("", pa.large_string())
        file.write_bytes(compute.binary_join_element_wise(texts, nothing, end).buffers()[2])
        return (file,)

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Puts what the driver or Ibis complains of into words. Raises `InputError`."""
        try:
            yield
        except ReportgenError:
            raise
        except com.TableNotFound as error:
            raise self.no_table(str(error)) from error
        except com.IbisError as error:
            raise InputError(
                f"{self.title} can't answer this: {first_line(error)}", "Choose another recipe, or read a file."
            ) from error
        except self.ERRORS as error:
            raise self.complaint(error) from error

    def no_table(self, name: str) -> InputError:
        """There is none of that name, or none that this user may see."""
        return InputError(
            f"{self.title}: there is no table {self.where or name}",
            'Name it with its schema: [input] table = "schema.table"; this user must have the right to see it.',
        )

    def end(self) -> None:
        """Closes the connection, whatever state it is in."""
        with suppress(Exception):
            self.disconnect()  # type: ignore[attr-defined]

    # What follows are the gates through which an Ibis backend talks to its engine.

    def to_pyarrow(self, expr: ir.Expr, /, **options: Any) -> Any:  # noqa: ANN401  a table, a column or a scalar
        """See Ibis."""
        with self.faults():
            result = super().to_pyarrow(expr, **options)  # type: ignore[misc]
        self.traffic.fetched(result)
        return result

    def create_table(self, name: str, /, obj: Any = None, **options: Any) -> ir.Table:  # noqa: ANN401  see Ibis
        """See Ibis."""
        with self.faults():
            return super().create_table(name, obj, **options)  # type: ignore[misc]

    def drop_table(self, name: str, /, **options: Any) -> None:  # noqa: ANN401  see Ibis
        """See Ibis."""
        with self.faults():
            super().drop_table(name, **options)  # type: ignore[misc]

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        self.traffic.sent(op.data.to_pyarrow(op.schema))
        with self.faults():
            super()._register_in_memory_table(op)  # type: ignore[misc]

    def _drop_cached_table(self, name: str) -> None:
        # Called as the table is forgotten, perhaps when the connection is long gone: the session's end drops it too.
        with suppress(Exception):
            super()._drop_cached_table(name)  # type: ignore[misc]


def password(spec: config.Input) -> str | None:
    """The password that `[input] password_env` names; None leaves it to the driver. Raises `UsageError`."""
    if spec.password_env is None:
        return None
    if not os.environ.get(spec.password_env):
        raise UsageError(
            f"[input] password_env: the environment has no {spec.password_env}",
            "Set it where the run is started; cron and systemd have an environment of their own.",
        )
    return os.environ[spec.password_env]


def first_line(error: Exception) -> str:
    """What `error` says, without details and hints."""
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
