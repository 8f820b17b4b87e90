"""Opening Spark: what it needs on this machine, and the settings that screening asks for."""

import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from overzicht.errors import EXIT_SETUP, MissingExtraError, OverzichtError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PART = 2_048  # queries of one task
_LOOPBACK = "127.0.0.1"
_ON_THIS_MACHINE = re.compile(r"local(-cluster)?(\[.*\])?|spark://(127\.0\.0\.1|localhost)(:\d+)?")


class MissingJavaError(OverzichtError):
    """Spark was asked for, and there is no Java for it to run on."""

    exit_code = EXIT_SETUP
    slug = "missing-java"

    def __init__(self) -> None:
        super().__init__(
            "Spark needs Java (17 or newer), and none is found by JAVA_HOME or on the PATH",
            fix="sudo apt-get install -y --no-install-recommends default-jre-headless",
        )


class SparkRunError(OverzichtError):
    """Spark could not be started, or gave up on a part of the batch; what was answered before is kept."""

    exit_code = EXIT_SETUP
    slug = "spark-run"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Spark did not do its work: {reason}",
            fix="look at the address of --spark-master and at Spark's own log; then go on with --resume",
        )


def check_installed() -> None:
    """Raise MissingExtraError or MissingJavaError where Spark cannot run on this machine."""
    if not all(importlib.util.find_spec(name) for name in ("pyspark", "pyarrow", "pandas")):
        raise MissingExtraError("screening on Spark", "spark")
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").is_file())):
        raise MissingJavaError


def settings(master: str) -> dict[str, str]:
    """Return the settings for a master; those of the site (`spark-defaults.conf`) hold for all others."""
    found = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.task.maxFailures": "8",  # an executor that dies may take the same task with it more than once
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(PART),
    }
    if _ON_THIS_MACHINE.fullmatch(master):
        found |= {"spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
    return found


@contextmanager
def opened_session(master: str) -> "Iterator[SparkSession]":
    """Yield a Spark session on `master`; it ends with the block, and its jobs with it.

    On this machine the workers run the Python that runs this; elsewhere `PYSPARK_PYTHON` names it.
    """
    check_installed()
    from pyspark.errors import PySparkException  # noqa: PLC0415  # an extra, and slow to load
    from pyspark.sql import SparkSession  # noqa: PLC0415

    if _ON_THIS_MACHINE.fullmatch(master):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", _LOOPBACK)
    builder = SparkSession.builder.appName("overzicht screening").master(master)
    for key, value in settings(master).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise SparkRunError(first_line(error)) from error
    except Exception as error:
        if type(error).__module__.startswith("py4j"):
            raise SparkRunError(first_line(error)) from error
        raise
    try:
        yield session
    finally:
        session.stop()


def first_line(error: BaseException) -> str:
    """Return what an error of Spark says, without the trace of the Java side."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"(Caused by: )?[\w.]*(Error|Exception): ", line)]
    return (named or lines or [type(error).__name__])[-1 if named else 0][:300]
