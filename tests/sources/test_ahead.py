"""What is read ahead comes whole, with its errors; whoever has no use for it any more doesn't wait for it."""

import time

import duckdb
import pytest

from reportgen import config
from reportgen.errors import InputError
from reportgen.sources import begun
from reportgen.sources.ahead import ahead
from reportgen.sources.connection import connect

QUERIES, PATIENCE = 3, 30
ENDLESS = "SELECT sum(range) FROM range(1_000_000_000_000)"


def test_the_result_comes():
    with ahead(connect(), lambda: 7) as result:
        assert result() == 7


def test_an_error_comes_where_the_result_is_asked_for(csv):
    spec = config.Input(path=(str(csv()),))
    with begun(spec, config.Columns(), config.Shop()) as result, pytest.raises(InputError, match="no rows"):
        result()


def test_the_engine_draws_no_bar():
    """It would, of what takes long, into a cron job's mail."""
    assert connect().execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)


def test_leaving_with_an_error_stops_the_queries():
    con, stopped = connect(), []

    def work():
        for _ in range(QUERIES):
            try:
                con.execute(ENDLESS)
            except duckdb.InterruptException as error:
                stopped.append(error)

    def leave():
        with ahead(con, work):
            time.sleep(0.2)
            raise InputError("mine")

    began = time.monotonic()
    with pytest.raises(InputError, match="mine"):
        leave()
    assert len(stopped) == QUERIES
    assert time.monotonic() - began < PATIENCE
