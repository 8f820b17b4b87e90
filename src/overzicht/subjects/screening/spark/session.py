"""Spark sessions: the requirements on this machine, and the settings for screening."""

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
    """Spark needs Java, which is not installed."""

    exit_code = EXIT_SETUP

    def __init__(self) -> None:
        super().__init__(
            "Spark needs Java (17 or newer), which is not in JAVA_HOME or on the PATH",
            fix="sudo apt-get install -y --no-install-recommends default-jre-headless",
        )


class SparkRunError(OverzichtError):
    """Spark could not be started, or failed on a part of the batch; earlier answers remain."""

    exit_code = EXIT_SETUP

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"Spark failed: {reason}",
            fix="check the address of --spark-master and the log of Spark; then continue with --resume",
        )


def check_installed() -> None:
    """Raise MissingExtraError or MissingJavaError if Spark cannot run on this machine."""
    if not all(importlib.util.find_spec(name) for name in ("pyspark", "pyarrow", "pandas")):
        raise MissingExtraError("screening on Spark", "spark")
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").is_file())):
        raise MissingJavaError


def settings(master: str) -> dict[str, str]:
    """Return the settings for a master; `spark-defaults.conf` of the site gives all others."""
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.task.maxFailures": "8",  # an executor that dies may take the same task with it more than once
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(PART),
    }
    if _ON_THIS_MACHINE.fullmatch(master):
        options |= {"spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
    return options


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
    """Return the message of an error of Spark, without the Java stack trace."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    named = [line for line in lines if re.match(r"(Caused by: )?[\w.]*(Error|Exception): ", line)]
    return (named or lines or [type(error).__name__])[-1 if named else 0][:300]
