"""A PostgreSQL server of the tests' own: made in a temporary folder, reached by a socket there, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

PORT = 54321
"""Only names the socket: nothing listens on the network."""
USERS = ("postgres", "nobody")
"""Who runs it where the tests are run by root, whom PostgreSQL refuses."""


def folder():
    """Where the server's programs are; None if there are none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[-3]))
    found = shutil.which("initdb") or (debian[-1] if debian else None)
    return Path(found).parent if found else None


class Server:
    """A running server; `place` is its folder."""

    def __init__(self, programs, place):
        self.programs, self.place = programs, place

    def start(self):
        options = f"-p {PORT} -k {self.place} -c listen_addresses= -c fsync=off -c lc_messages=C"
        self._run("pg_ctl", "start", "-w", "-s", "-D", self.place / "data", "-l", self.place / "log", "-o", options)

    def stop(self, mode="fast"):
        """`immediate` is as good as a power cut."""
        self._run("pg_ctl", "stop", "-w", "-s", "-m", mode, "-D", self.place / "data", check=False)

    def make(self):
        self._run("initdb", "-D", self.place / "data", "-U", "admin", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        (self.place / "data/pg_hba.conf").write_text("local all locked scram-sha-256\nlocal all all trust\n")

    def url(self, user="reader", database="postgres"):
        return f"postgres://{user}@/{database}?host={quote(str(self.place), safe='')}&port={PORT}"

    def connect(self, database="postgres"):
        return psycopg.connect(self.url("admin", database), autocommit=True)

    def sql(self, *statements):
        with self.connect() as connection:
            for statement in statements:
                connection.execute(statement)

    def _run(self, program, *arguments, check=True):
        user = next((name for name in USERS if _exists(name)), "nobody")
        before = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
        subprocess.run([*before, self.programs / program, *map(str, arguments)], check=check, cwd="/",
                       stdout=subprocess.DEVNULL)  # fmt: skip


def _exists(user):
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0


@contextmanager
def running(programs):
    """A new server with a role `reader` that may read nothing yet."""
    place = Path(tempfile.mkdtemp(prefix="rg-pg-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(place, next(name for name in USERS if _exists(name)))
        server = Server(programs, place)
        server.make()
        server.start()
        try:
            server.sql("CREATE ROLE reader LOGIN", "CREATE SCHEMA sales", "GRANT USAGE ON SCHEMA sales TO reader")
            server.sql("CREATE ROLE locked LOGIN PASSWORD 'open sesame'", "GRANT reader TO locked")
            yield server
        finally:
            server.stop("immediate")
    finally:
        shutil.rmtree(place, ignore_errors=True)
