"""What breaks on a PostgreSQL server, each for real: a clear error, exit code 3, nothing half-written."""

import subprocess
import sys

import pytest

from reportgen.config import Columns, Input, Shop
from reportgen.errors import InputError
from reportgen.findings.compose import compose
from reportgen.recipes import load
from reportgen.sources import close, read
from tests.engines import postgres
from tests.engines.conftest import TYPES, fill
from tests.engines.test_same_brief import SHOP, made, there
from tests.processes import ROOT, reportgen

pytestmark = pytest.mark.engines
RUN = ("run", "--period", "2024-12", "--now", "2025-01-15", "--format", "json,csv")


def settle(folder, url, what='table = "sales.lines"', more=""):
    """A configuration that reads from `url`."""
    (folder / "config.toml").write_text(f'[input]\nurl = "{url}"\n{what}\n[shop]\ncurrency = "GBP"\n{more}')
    return folder


def refused(folder, **environment):
    """What a run says that ends with exit code 3 and leaves nothing."""
    done = reportgen(*RUN, cwd=folder, **environment)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not list(folder.glob("output/*"))
    return done.stderr


@pytest.fixture(scope="module")
def broken(server):
    """Tables that can't be read, each in its own way."""
    fill(server, "sales.secret", user="admin")
    fill(server, "sales.words", types=TYPES | {"Quantity": "text"})
    fill(server, "sales.days", types=TYPES | {"InvoiceDate": "text"})
    fill(server, "sales.numberless")
    fill(server, "sales.empty")
    fill(server, "sales.nobody")
    fill(server, "sales.huge")
    server.sql(
        """UPDATE sales.numberless SET "UnitPrice" = 'NaN'""",
        "DELETE FROM sales.empty",
        """UPDATE sales.nobody SET "CustomerID" = NULL""",
        """UPDATE sales.huge SET "UnitPrice" = 999999999999, "Quantity" = 99999999999""",
        "CREATE SCHEMA hidden",
        "CREATE TABLE hidden.lines AS SELECT * FROM sales.lines",
        "CREATE ROLE tied LOGIN",
        "GRANT USAGE ON SCHEMA sales TO tied",
        "GRANT SELECT ON sales.lines TO tied",
        "ALTER ROLE tied SET default_transaction_read_only = on",
        "CREATE ROLE hasty LOGIN",
        "ALTER ROLE hasty SET statement_timeout = '400ms'",
        "CREATE DATABASE tight",
        "REVOKE TEMPORARY ON DATABASE tight FROM PUBLIC",
    )
    return server


CASES = {
    "permission denied on the table": ('table = "sales.secret"', "refuses to read sales.secret", "GRANT SELECT"),
    "permission denied on the schema": ('table = "hidden.lines"', "refuses to read hidden.lines", "GRANT USAGE"),
    "a missing table": ('table = "sales.lnies"', "there is no table sales.lnies", "schema.table"),
    "a missing column of [columns]": ('table = "sales.lines"\n[columns]\ncustomer = "Member"',
                                              "there is no column 'Member' for customer", "“CustomerID”"),
    "a missing column in the query": ('query = "SELECT price FROM sales.lines"', 'column "price" does not exist', ""),
    "a query that is none": ('query = "SELECT FROM WHERE"', "doesn't understand [input] table or query", "Correct it"),
    "text where a number is needed": ('table = "sales.words"', "Quantity holds text", "CAST(Quantity AS integer)"),
    "text where a date is needed": ('table = "sales.days"', "Date holds text", "CAST(InvoiceDate AS timestamp)"),
    "figures that are none": ('table = "sales.numberless"', "is not a finite number", "invoice"),
    "amounts beyond 64 bits": ('table = "sales.huge"', "too large to be summed exactly", ""),
    "an empty table": ('table = "sales.empty"', "sales.empty: there are no rows", ""),
    "a table without customers": ('table = "sales.nobody"', "no row has a customer id", "[columns] customer"),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
@pytest.mark.faults("PostgreSQL: what is to be read", "exit 3, what is wrong and what to do, nothing written")
def test_what_cannot_be_read(broken, tmp_path, what):
    named, wrong, remedy = CASES[what]
    said = refused(settle(tmp_path, broken.url(), named))
    assert wrong in said
    assert remedy in said


@pytest.mark.faults("PostgreSQL: no server", "exit 3: can't be reached")
def test_no_server(tmp_path):
    said = refused(settle(tmp_path, f"postgres://reader@/shop?host={tmp_path}"))
    assert "PostgreSQL can't be reached" in said
    assert "Check [input] url" in said


@pytest.mark.faults("PostgreSQL: a wrong password", "exit 3, the password nowhere")
def test_a_wrong_password(broken, tmp_path):
    said = refused(settle(tmp_path, broken.url("locked")), PGPASSWORD="sesame!")
    assert "password authentication failed" in said
    assert "sesame!" not in said


def test_the_password_of_the_environment_is_used_and_told_nobody(broken, tmp_path):
    settle(tmp_path, broken.url("locked"), 'table = "sales.lines"\npassword_env = "SHOP_PASSWORD"')
    done = reportgen(*RUN, cwd=tmp_path, SHOP_PASSWORD="open sesame")
    assert done.returncode == 0, done.stderr
    assert "From PostgreSQL: " in done.stderr
    told = [done.stdout, done.stderr, *(file.read_bytes().decode("utf-8", "replace")
                                        for file in tmp_path.rglob("*") if file.is_file())]  # fmt: skip
    assert not any("open sesame" in text for text in told)
    assert refused(settle(tmp_path / "output", broken.url("locked")))


@pytest.mark.faults("PostgreSQL: no right to temporary tables", "exit 3, the grant to ask for")
def test_no_right_to_temporary_tables(broken, tmp_path):
    said = refused(settle(tmp_path, broken.url(database="tight")))
    assert "reader may make no temporary table in tight" in said
    assert "GRANT TEMPORARY ON DATABASE tight TO reader;" in said


@pytest.mark.faults("PostgreSQL: a role whose sessions are read-only", "exit 3, what to alter")
def test_sessions_that_are_read_only(broken, tmp_path):
    said = refused(settle(tmp_path, broken.url("tied")))
    assert "ALTER ROLE tied SET default_transaction_read_only = off" in said


@pytest.mark.faults("PostgreSQL: a statement takes too long", "exit 3: statement_timeout")
def test_a_statement_that_takes_too_long(broken, tmp_path):
    query = "SELECT 1 AS customer, pg_sleep(3)::text AS country, now() AS date, 1 AS amount"
    said = refused(settle(tmp_path, broken.url("hasty"), f'query = "{query}"'))
    assert "took too long" in said


@pytest.mark.faults("PostgreSQL: an administrator ends the session", "an error that says so")
def test_a_session_that_is_ended(server):
    transactions = there(server.url(), "sales.lines")
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'reader'")
    with pytest.raises(InputError, match="connection to PostgreSQL was lost in the middle of the run"):
        compose(transactions, load("strategic"), SHOP)
    close(transactions, lambda _note: None)


@pytest.mark.faults("PostgreSQL: the server dies in the middle", "exit 3, nothing half-written")
def test_a_server_that_dies_in_the_middle(programs, tmp_path):
    with postgres.running(programs) as server:
        fill(server, "sales.lines")
        command = [sys.executable, "-m", "reportgen", *RUN]
        with subprocess.Popen(command, cwd=settle(tmp_path, server.url()), env={"PYTHONPATH": str(ROOT)},
                              stderr=subprocess.PIPE, text=True) as run:  # fmt: skip
            said = ""
            for line in run.stderr:
                said += line
                if line.startswith("Computing"):
                    server.stop("immediate")
        assert run.returncode == 3, said
        assert "was lost in the middle of the run" in said
        assert "Traceback" not in said
        assert not list(tmp_path.glob("output/*"))


@pytest.mark.faults("PostgreSQL: others commit in the middle", "the figures of the moment of reading")
def test_what_commits_in_the_middle_does_not_show(server):
    fill(server, "sales.busy")
    before = made(quiet := there(server.url(), "sales.busy"), "strategic", SHOP)
    read_once = there(server.url(), "sales.busy")
    engine, fetch = read_once.lines.get_backend(), type(read_once.lines.get_backend()).to_pyarrow

    def between(expression, **options):
        server.sql('UPDATE sales.busy SET "Quantity" = "Quantity" + 1', "DELETE FROM sales.busy WHERE random() < 0.1")
        return fetch(engine, expression, **options)

    engine.to_pyarrow = between
    assert made(read_once, "strategic", SHOP) == before
    for each in (quiet, read_once):
        close(each, lambda _note: None)


def test_a_commit_between_two_runs_shows(server):
    fill(server, "sales.busy")
    rows = [read(Input(url=server.url(), table="sales.busy"), Columns(), Shop())[0].raw_rows]
    server.sql("DELETE FROM sales.busy WHERE \"CustomerID\" = 'C001'")
    rows.append(read(Input(url=server.url(), table="sales.busy"), Columns(), Shop())[0].raw_rows)
    assert rows[1] < rows[0]
