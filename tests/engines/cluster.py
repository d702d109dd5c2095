"""Spark on this machine: a master and two workers with processes of their own, gone afterwards."""

import importlib.util
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from unittest.mock import patch

import pytest

MASTER = "local-cluster[2,1,1024]"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
    "spark.log.level": "OFF",
    "spark.sql.session.timeZone": "Asia/Tokyo",  # runs must not depend on it, and give it back
}

quiet = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
"""Spark's driver leaves its sockets to the garbage collector."""


def missing():
    """What Spark lacks here; None if it is all there."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark"
    return None if shutil.which("java") or os.environ.get("JAVA_HOME") else "Java"


@contextmanager
def running(master=MASTER):
    """A session on a new cluster."""
    from pyspark.sql import SparkSession

    place = tempfile.mkdtemp(prefix="rg-spark-", dir="/tmp")
    own = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_WORKER_DIR": place, "SPARK_LOCAL_DIRS": place}
    with patch.dict(os.environ, own):
        builder = SparkSession.builder.master(master).config(map=SETTINGS).config("spark.sql.warehouse.dir", place)
        made = builder.getOrCreate()
    try:
        yield made
    finally:
        with suppress(Exception):
            made.stop()
        shutil.rmtree(place, ignore_errors=True)


def session():
    """The session in use: what a configuration names as its factory."""
    from pyspark.sql import SparkSession

    return SparkSession.builder.getOrCreate()
