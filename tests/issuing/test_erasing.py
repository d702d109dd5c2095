"""Erasing from an archive made by hand: what can't be read stops nothing, and what was done is on record."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportgen.errors import HostingError, MachineError
from reportgen.issuing import desk, erasing
from reportgen.ledger.clock import Clock
from tests.hosting.archives import config, put

UNREADABLE = Path("/proc/self/mem")
"""A file whose beginning nobody can read, not even root."""


@pytest.mark.skipif(not UNREADABLE.exists(), reason="only Linux has it")
def test_a_file_that_cannot_be_read_stops_no_erasing(tmp_path):
    output = tmp_path / "output"
    for name in ("2011-10", "2011-11", "2011-12"):
        (put(output, name) / "customers.js").unlink()
    (output / "2011-11/brief.pdf").unlink()
    (output / "2011-11/brief.pdf").symlink_to(UNREADABLE)
    with desk.taken(config(output), Clock(datetime.now(UTC))) as table:
        with pytest.raises(
            MachineError, match=r"(?s)Erased 4 rows in 2011-10, 2011-12\..*\n2011-11: .*brief.pdf can't be read"
        ):
            erasing.forget(table, "C1", "T-17")
        assert [act.detail for act in table.ledger.acts()] == [
            "4 rows in 2011-10, 2011-12; not all of 2011-11 could be read; reference: T-17"
        ]
    kept = [
        name for name in ("2011-10", "2011-11", "2011-12") if "C1," in (output / name / "customers.csv").read_text()
    ]
    assert kept == ["2011-11"]


@pytest.mark.skipif(not UNREADABLE.exists(), reason="only Linux has it")
def test_what_was_not_looked_at_is_told_where_the_hosted_archive_fails_too(tmp_path):
    output = tmp_path / "output"
    for name in ("2011-11", "2011-12"):
        (put(output, name) / "customers.js").unlink()
    (output / "2011-11/customers.csv").unlink()
    (output / "2011-11/customers.csv").symlink_to(UNREADABLE)
    (tmp_path / "output-site/of-somebody-else").mkdir(parents=True)
    told = r"(?s)2011-11: .*customers.csv can't be read.* its hosted copy is not"
    with desk.taken(config(output), Clock(datetime.now(UTC))) as table, pytest.raises(HostingError, match=told):
        erasing.forget(table, "C1", "")
