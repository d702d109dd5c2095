"""Lines that an engine writes: in their order, as they are, or an error that says where there is no room."""

import subprocess
import sys

import ibis

from reportgen.sources.connection import connect
from reportgen.sources.engine import over
from reportgen.sources.writing import write

FULL = """
import ibis, resource, signal
from reportgen.errors import MachineError
from reportgen.sources.connection import connect
from reportgen.sources.engine import over
from reportgen.sources.writing import write
engine = over(connect())
engine.con.execute("CREATE TABLE t AS SELECT repeat('x', 40) AS line FROM range(500_000)")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
try:
    write(engine.table("t"), lambda _piece: None)
except MachineError as error:
    print(error)
"""


def test_many_lines_stay_in_order_whatever_the_engine_keeps():
    engine = over(connect())
    engine.con.execute("SET preserve_insertion_order = false")
    engine.con.execute("CREATE TABLE t AS SELECT hash(range) % 1_000_003 AS id FROM range(1_000_000)")
    lines = engine.table("t")
    pieces = []
    write(lines.mutate(line=lines.id.cast("string")).order_by("id").select("line"), pieces.append)
    found = b"".join(pieces).decode().split("\r\n")
    assert found.pop() == ""
    assert list(map(int, found)) == sorted(map(int, found))
    assert len(found) == 1_000_000


def test_nothing_is_nothing():
    pieces = []
    write(over(connect()).create_table("t", schema=ibis.schema({"line": "string"})), pieces.append)
    assert b"".join(pieces) == b""


def test_a_full_disk_is_said():
    done = subprocess.run([sys.executable, "-c", FULL], capture_output=True, text=True, check=False)
    assert "the customer lists can't be kept in" in done.stdout, done.stderr
    assert "Free some space there" in done.stdout
