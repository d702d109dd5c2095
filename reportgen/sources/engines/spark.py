"""Apache Spark: tables of its catalog, and lakes of Parquet, in a session of the configuration or of a factory."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.pyspark import Backend
from ibis.backends.pyspark.datatypes import PySparkSchema
from ibis.formats.pyarrow import PyArrowData
from ibis.util import gen_name
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import TimestampType
from pyspark.storagelevel import StorageLevel

from reportgen import config
from reportgen.errors import InputError, UsageError
from reportgen.sources.engines import spark_session
from reportgen.sources.engines.remote import Remote, Traffic, first_line

SETTINGS: Final = {"spark.sql.ansi.enabled": "true", "spark.sql.session.timeZone": "UTC"}
"""What figures depend on: sums that don't fit are errors, and instants are the same everywhere."""
FAULTS: Final = (
    (("TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND"), "there is no such table", "Name it as Spark's catalog does."),
    (("PATH_NOT_FOUND",), "there is nothing at that path", "Every worker must see it under the same name."),
    (("AccessControlException", "Permission denied", "AccessDenied", "INSUFFICIENT_PERMISSIONS"),
     "this user may not read it", "Let the user that Spark runs as read all files of the table."),
    (("PARSE_SYNTAX_ERROR", "UNRESOLVED_COLUMN", "UNABLE_TO_INFER_SCHEMA"),
     "Spark doesn't understand [input] table or query", "Correct it."),
    (("FAILED_READ_FILE", "CANNOT_READ_FILE", "is not a Parquet file", "CANNOT_MERGE_SCHEMA"),
     "a file of the table can't be read, or its columns have other types than those of the others",
     "Write that part of the table again."),
    (("Checkpoint block", "ExecutorLostFailure", "FetchFailed", "SparkContext was shut down", "cancelled because"),
     "workers were lost in the middle of the run", "Nothing was written; run again when the cluster is well."),
    (("OutOfMemoryError", "No space left", "SparkOutOfMemory"),
     "the workers have no room left", 'Give them more memory or disk, or read less: [input] query = "SELECT …".'),
)  # fmt: skip
"""What Spark's errors hold, what they mean, and what to do."""


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def monotonically_increasing_id() -> int:  # type: ignore[empty-body]
    """A number that no other row has."""


@ibis.udf.scalar.builtin(signature=(("timestamp('UTC')", "string"), "timestamp"))  # type: ignore[untyped-decorator]
def from_utc_timestamp(instant: Any, zone: str) -> Any:  # noqa: ANN401  by signature
    """The wall-clock time of an instant in a zone."""


class Arrow(Backend):  # type: ignore[misc]
    """Ibis' backend with Arrow both ways: through pandas, a null became "NaN", and large integers lost digits."""

    def to_pyarrow(self, expr: ir.Expr, /, *, params: Any = None, limit: Any = None, **_options: Any) -> Any:  # noqa: ANN401
        """See Ibis."""
        self._run_pre_execute_hooks(expr)
        table = expr.as_table()
        found = self._session.sql(self.compile(table, params=params, limit=limit)).toArrow()
        return expr.__pyarrow_result__(PyArrowData.convert_table(found, table.schema()))

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        rows: pa.Table = op.data.to_pyarrow(op.schema)
        frame = self._session.createDataFrame(rows, schema=PySparkSchema.from_ibis(op.schema))
        frame.createOrReplaceTempView(op.name)

    def _create_cached_table(self, name: str, expr: ir.Table) -> ir.Table:
        self._run_pre_execute_hooks(expr)  # Ibis forgets the memtables in it
        return super()._create_cached_table(name, expr)


class Spark(Remote, Arrow):
    """A session. What is kept lies on the workers, and is given back at the end; so are a factory's settings."""

    title = "Apache Spark"
    ERRORS = (PySparkException, Py4JError, ConnectionError)
    own: bool
    """Whether the session is the run's own."""

    def use(self, session: SparkSession, *, own: bool) -> None:
        """Takes `session` into use."""
        self.own, self.traffic, self._views = own, Traffic(), dict[str, str]()
        self._files: dict[str, TemporaryDirectory[str]] = {}
        self._before = {name: session.conf.get(name) for name in SETTINGS}
        self._held = _persistent(session)
        self.register_options()  # which Ibis does for its own backends alone
        self.do_connect(session)
        for name, value in SETTINGS.items():
            session.conf.set(name, value)

    def source(self, spec: config.Input) -> ir.Table:
        """See `Remote`; a lake is the table "parquet.`/lake/orders`"."""
        with self.faults():
            frame = self._session.sql(spec.query or f"SELECT * FROM {spec.table}")  # noqa: S608 -- the user's own
            table = self._view("source", frame)
        instants = [field.name for field in frame.schema if isinstance(field.dataType, TimestampType)]
        return table.mutate(**{name: table[name].cast("timestamp('UTC')") for name in instants})

    def staged(self, name: str, rows: ir.Table) -> ir.Table:
        """See `Remote`."""
        # Never computed again: rows would have other numbers then, and the source other rows.
        with self.faults():
            self._run_pre_execute_hooks(rows)
            frame = self._session.sql(self.compile(rows))
            return self._view(name, self._filed(name, frame) if self._alone() else _on_two(frame))

    def written(self, lines: ir.Table, folder: Path) -> Sequence[Path]:
        """See `Remote`; by Spark itself on one machine."""
        if not self._alone():
            return super().written(lines, folder)
        with self.faults():
            self._session.sql(self.compile(lines)).write.text(f"file://{folder}/lines")
        return sorted((folder / "lines").glob("part-*"))

    def _alone(self) -> bool:
        """Whether all of Spark is on this machine."""
        return bool(self._session.sparkContext.master.partition("[")[0] == "local")

    def _filed(self, name: str, frame: DataFrame) -> DataFrame:
        """`frame` in files: on one machine all see them, a query reads its columns alone, and the heap stays free."""
        self._files[name] = TemporaryDirectory(prefix="reportgen-", ignore_cleanup_errors=True)
        place = f"file://{self._files[name].name}/{name}"  # whatever the usual file system is
        frame.write.parquet(place)
        return self._session.read.parquet(place)

    def line(self) -> ir.IntegerValue:
        """See `Remote`."""
        return monotonically_increasing_id()

    def local_time(self, instant: ir.Value, timezone: str) -> ir.Value:
        """See `Remote`."""
        return from_utc_timestamp(instant, timezone)

    def drop_table(self, name: str, /, **_options: Any) -> None:  # noqa: ANN401  see Ibis
        """Forgets what was staged under `name`."""
        self._session.catalog.dropTempView(self._views.pop(name))
        if name in self._files:
            self._files.pop(name).cleanup()

    def complaint(self, error: Exception) -> InputError:
        """See `Remote`."""
        # Before a look at the error: what it says then depends on the moment, and to ask may raise the next one.
        if isinstance(error, (Py4JError, ConnectionError)) and spark_session.ended():
            return InputError(
                "Apache Spark's Java machine ended in the middle of the run",
                "Nothing was written. Out of memory? Give it more: spark.driver.memory in spark-defaults.conf.",
            )
        text = str(error)
        for signs, what, remedy in FAULTS:
            if any(sign in text for sign in signs):
                return InputError(f"Apache Spark, {self.where}: {what} ({first_line(error)})", remedy)
        if isinstance(error, ConnectionError) or "Py4JNetworkError" in type(error).__name__:
            return InputError("the connection to Spark was lost in the middle of the run", "Nothing was written.")
        return super().complaint(error)

    def end(self) -> None:
        """Gives everything back; ends the session if it is the run's own."""
        for folder in self._files.values():
            folder.cleanup()
        if self.own:
            super().end()
            return
        for frame in self._cached_dataframes.values():
            frame.unpersist()
        for name in self._views.values():
            self._session.catalog.dropTempView(name)
        for number, rows in _persistent(self._session).items():
            if number not in self._held:
                rows.unpersist()
        for name, value in self._before.items():
            self._session.conf.set(name, value)

    def _view(self, name: str, frame: DataFrame) -> ir.Table:
        """`frame` under a name that nobody else has."""
        self._views[name] = gen_name(f"reportgen_{name}")
        frame.createOrReplaceTempView(self._views[name])
        return self.table(self._views[name])

    def _create_cached_table(self, name: str, expr: ir.Table) -> ir.Table:
        with self.faults():
            return super()._create_cached_table(name, expr)


def connect(spec: config.Input) -> Spark:
    """A session on the master of `[input] url`, or that of the factory. Raises `InputError`, `UsageError`."""
    backend = Spark()
    session, own = (_made(spec.factory), False) if spec.factory else spark_session.opened(spec.url or "")
    backend.use(session, own=own)
    return backend


def _made(factory: str) -> SparkSession:
    """The session that `factory` ("package.module:function") gives. Raises `UsageError`."""
    module, _, name = factory.partition(":")
    try:
        session = getattr(import_module(module), name)()
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"[input] factory: {factory} can't be called: {error}",
            'It is "package.module:function", in a package that is installed or on PYTHONPATH.',
        ) from error
    if not isinstance(session, SparkSession):
        raise UsageError(
            f"[input] factory: {factory} gives no SparkSession but {type(session).__name__}", "Return one."
        )
    return session


def _on_two(frame: DataFrame) -> DataFrame:
    """`frame` on the workers, each part on two of them, so that one may be lost."""
    return frame.localCheckpoint(eager=True, storageLevel=StorageLevel.MEMORY_AND_DISK_2)


def _persistent(session: SparkSession) -> dict[int, Any]:
    """Number -> what the session's workers keep."""
    return dict(session.sparkContext._jsc.getPersistentRDDs())  # noqa: SLF001 -- a checkpoint has no other handle
