"""PostgreSQL, by psycopg: a role that may read the table and make temporary ones is enough."""

import weakref
from typing import Any, Final

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
import psycopg
from ibis.backends.postgres import Backend
from psycopg import errors, sql

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources.assembly import overflow
from reportgen.sources.engines.remote import Remote, Traffic, first_line, password

TIMEOUT: Final = 15
"""Seconds to connect, unless the url or the environment says otherwise."""
LOST: Final = (psycopg.InterfaceError, errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow)

COMPLAINTS: Final = (
    (
        errors.InsufficientPrivilege,
        "refuses to read {where}",
        "Let an administrator grant it: GRANT USAGE ON SCHEMA … TO …; GRANT SELECT ON … TO …;",
    ),
    (
        errors.QueryCanceled,
        "ended a statement that took too long or was canceled",
        "Raise the role's statement_timeout, or run it when the server is less busy.",
    ),
    (
        (errors.DiskFull, errors.OutOfMemory, errors.ConfigurationLimitExceeded),
        "has no room left for the temporary tables of the run",
        'Make room there (temp_tablespaces, temp_file_limit), or read less: [input] query = "SELECT …".',
    ),
    (
        (errors.UndefinedTable, errors.UndefinedColumn, errors.SyntaxError),
        "doesn't understand [input] table or query",
        "Correct it.",
    ),
)
"""Kinds of errors, what it means for {where}, and what to do."""


class Postgres(Remote, Backend):  # type: ignore[misc]
    """A session on one connection. The table is read by one statement, so that what commits later never shows."""

    title = "PostgreSQL"
    ERRORS = (psycopg.Error,)

    def complaint(self, error: Exception) -> InputError:
        """See `Remote`."""
        reason = first_line(error)
        if isinstance(error, errors.NumericValueOutOfRange):
            return overflow()
        for kinds, what, remedy in COMPLAINTS:
            if isinstance(error, kinds):
                return InputError(f"PostgreSQL {what.format(where=self.where)}: {reason}", remedy)
        if isinstance(error, LOST) or self.con.closed:
            return InputError(
                f"the connection to PostgreSQL was lost in the middle of the run: {reason}",
                "Nothing was written; run again when the server is back.",
            )
        return super().complaint(error)

    def create_table(self, name: str, /, obj: Any = None, **options: Any) -> ir.Table:  # noqa: ANN401  see Ibis
        """See Ibis; with text that compares by its code points, as elsewhere, and with statistics for the planner."""
        table = super().create_table(name, obj, **options)
        with self.faults(), self.begin() as cursor:
            self._settle(cursor, name, table.schema())
        return table

    def _register_in_memory_table(self, op: ops.InMemoryTable) -> None:
        """By COPY: Ibis inserts row by row."""
        columns = sql.SQL(", ").join(map(sql.Identifier, op.schema.names))
        table, rows = sql.Identifier(op.name), op.data.to_pyarrow(op.schema)
        self.traffic.sent(rows)
        with self.faults(), self.begin() as cursor:
            kinds = sql.SQL(", ").join(
                sql.SQL("{0} {1}").format(sql.Identifier(name), sql.SQL(self.compiler.type_mapper.to_string(kind)))
                for name, kind in op.schema.items()
            )
            cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {0} ({1})").format(table, kinds))
            with cursor.copy(sql.SQL("COPY {0} ({1}) FROM STDIN").format(table, columns)) as copy:
                for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                    copy.write_row(row)
            self._settle(cursor, op.name, op.schema)

    def _settle(self, cursor: psycopg.Cursor[Any], name: str, schema: ibis.Schema) -> None:
        table, texts = sql.Identifier(name), [column for column, kind in schema.items() if kind.is_string()]
        each = [sql.SQL('ALTER COLUMN {0} TYPE text COLLATE "C"').format(sql.Identifier(column)) for column in texts]
        if each:
            cursor.execute(sql.SQL("ALTER TABLE {0} {1}").format(table, sql.SQL(", ").join(each)))
        cursor.execute(sql.SQL("ANALYZE {0}").format(table))


def connect(spec: config.Input) -> Postgres:
    """A session on the server of `[input] url`; libpq fills in from PGUSER, PGPASSWORD and ~/.pgpass what it lacks.

    Raises `InputError`.
    """
    given = {"password": password(spec), "fallback_application_name": "reportgen"}
    try:
        settings = psycopg.conninfo.conninfo_to_dict(spec.url or "")
        given |= {} if "connect_timeout" in settings else {"connect_timeout": str(TIMEOUT)}
        connection = psycopg.connect(
            spec.url or "", autocommit=True, **{key: value for key, value in given.items() if value is not None}
        )
        connection.execute("SET jit = off")  # its guesses cost seconds on tables of an hour's life
    except psycopg.Error as error:
        raise InputError(
            f"PostgreSQL can't be reached: {' '.join(str(error).split())}",
            "Check [input] url and that the server runs; user and password come from the url (user only), PGUSER,"
            " PGPASSWORD, ~/.pgpass, or the variable that [input] password_env names.",
        ) from error
    backend: Postgres = Postgres.from_connection(connection)
    backend.traffic = Traffic()
    weakref.finalize(backend, connection.close)
    _refuse_without_room(backend)
    return backend


def _refuse_without_room(backend: Postgres) -> None:
    """Refuses a session that may not make temporary tables. Raises `InputError`."""
    asked = """
        SELECT current_user, current_database(), has_database_privilege(current_database(), 'TEMP'),
               pg_is_in_recovery(), current_setting('transaction_read_only') = 'on'
    """
    with backend.faults(), backend.begin() as cursor:
        user, database, may, standby, read_only = cursor.execute(asked).fetchone()
    if not may:
        raise InputError(
            f"PostgreSQL: {user} may make no temporary table in {database}, which a run needs",
            f"Let an administrator grant it: GRANT TEMPORARY ON DATABASE {database} TO {user};",
        )
    if standby or read_only:
        raise InputError(
            f"PostgreSQL: {'this server is a standby' if standby else f'sessions of {user} are read-only'},"
            " so there can be no temporary tables, which a run needs",
            "Read the primary server."
            if standby
            else f"Let an administrator allow it: ALTER ROLE {user} SET default_transaction_read_only = off;",
        )
