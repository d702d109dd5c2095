"""Sessions of Spark that a run opens itself: a Java machine of its own, whose log stays off the terminal."""

import logging
import os
import shutil
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryFile, gettempdir
from typing import Final

from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from reportgen.config import A_SESSION
from reportgen.errors import InputError, MachineError
from reportgen.sources.engines.remote import first_line

SETTINGS: Final = {
    "spark.app.name": "reportgen",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
LOCAL: Final = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}
"""On one machine: no look at the network, and few parts."""
GRACE: Final = 1.0
"""Seconds that a dying Java machine may take: its connections end first."""


def master(url: str) -> str:
    """What Spark calls the cluster of `url`: "spark://host:7077" itself, "spark://local[4]" or "spark://yarn" less."""
    rest = url.removeprefix(A_SESSION)
    return rest if rest.startswith(("local", "yarn", "k8s:")) else url


def opened(url: str) -> tuple[SparkSession, bool]:
    """A session on the cluster of `url`, and whether it is new. Raises `InputError`, `MachineError`."""
    known = SparkSession.getActiveSession()
    if known is not None:
        return known, False
    _need_java()
    name = master(url)
    settings = {"spark.master": name, **SETTINGS, **(LOCAL if name.startswith("local") else {})}
    conf = SparkConf().setAll(list(settings.items()))
    _hush()
    with TemporaryFile() as log:
        try:
            if SparkContext._gateway is None:  # noqa: SLF001 -- the Java machine outlives a session, and serves the next
                SparkContext._ensure_initialized(gateway=launch_gateway(conf, {"stdout": log, "stderr": log}))  # noqa: SLF001
            # Now with what `spark-defaults.conf` says. Spark would make its warehouse in the user's folder.
            whole = SparkConf().setAll(list(settings.items()))
            SparkContext(conf=whole.setIfMissing("spark.sql.warehouse.dir", f"file://{gettempdir()}/spark-warehouse"))
            session = SparkSession.builder.getOrCreate()
            session.range(1).schema  # noqa: B018 -- a context that found no master fails at first use
        except (PySparkException, Py4JError) as error:
            log.seek(0)
            raise _unreachable(name, error, log.read().decode(errors="replace")) from error
    return session, True


def ended() -> bool:
    """Whether the Java machine that this process started is gone, or goes within a second."""
    process = getattr(SparkContext._gateway, "proc", None)  # noqa: SLF001 -- py4j has no other way to tell
    if process is None:
        return False
    try:
        process.wait(GRACE)
    except TimeoutExpired:
        return False
    return True


def _hush() -> None:
    """Keeps tracebacks off the terminal: py4j logs a lost Java machine at the root, which prints if nobody listens."""
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logging.NullHandler())


def _need_java() -> None:
    """Refuses a machine without Java. Raises `MachineError`."""
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java") is None and not (home and (Path(home) / "bin" / "java").is_file()):
        raise MachineError(
            "reading spark:// needs Java 17 or 21, which isn't installed",
            "Install it (Debian: `apt install openjdk-17-jre-headless`), or set JAVA_HOME to its folder.",
        )


def _unreachable(name: str, error: Exception, log: str) -> InputError:
    """No session came about; what Java itself says is the better reason."""
    lines = log.splitlines()
    told = [line.partition("Reason: ")[2] for line in lines if "Reason: " in line] + [
        line.strip() for line in lines if "Error" in line or "Exception" in line
    ]
    return InputError(
        f"Apache Spark can't be reached at {name}: {told[0] if told else first_line(error)}",
        'Check [input] url, such as "spark://host:7077" or "spark://local[4]", that the master runs, and JAVA_HOME.',
    )
