"""`overzicht screen names --engine spark`: the embedded engine's answers, also when an executor is killed."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
pytest.importorskip("pyarrow", reason="the extra `spark` is not installed")

from spark_cluster import Cluster, cluster

from overzicht.subjects.screening.spark.session import PART, check_installed

try:
    check_installed()
except Exception as error:  # what is missing is the reason to skip
    pytest.skip(str(error), allow_module_level=True)

pytestmark = pytest.mark.slow
LISTED = (
    ("Hangzhou Hikvison Digital Technolgy", "Company"), ("Zhejiang Dahua Technology", "Company"),
    ("ZHU Hailun", "Person"), ("Хайлунь Чжу", "Person"), ("新疆生产建设兵团公安局", "Organization"),
    ("Megvi Technology Ltd", "Company"), ("Hytera Limited", "Company"), ("Dahua", "LegalEntity"),
)  # fmt: skip
PLAIN = ("Bakkerij De Gouden Aar", "Jansen Transport", "Anna de Vries", "Noord Beheer", "Garage Ĳsselzicht")


def write_names(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        for number, listed, plain in zip(
            range(count), itertools.cycle(LISTED), itertools.cycle(PLAIN), strict=False
        ):
            name, kind = listed if number % 3 == 0 else (f"{plain} {number}", "LegalEntity")
            row = {"id": f"r{number}", "name": name, "kind": kind}
            if number % 7 == 0:
                row["birth_date"] = "1958-01-15"
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def screening(home: Path, names: Path, out: Path, *options: str) -> subprocess.Popen[str]:
    what: list[str | Path] = ["screen", "names", names, "--as-of", "2026-11-25", "--out", out, *options]
    return subprocess.Popen(
        [sys.executable, "-m", "overzicht", *what],
        env=os.environ | {"OVERZICHT_HOME": str(home)}, text=True, stderr=subprocess.PIPE,
    )  # fmt: skip


def lines_in(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, bytes]:
    """Return a home, a file of names for several jobs, and the embedded engine's answers."""
    folder = tmp_path_factory.mktemp("embedded")
    write_names(folder / "names.jsonl", 4 * PART + 77)
    run = screening(folder / "home", folder / "names.jsonl", folder / "out.jsonl")
    _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said
    return folder / "home", folder / "names.jsonl", (folder / "out.jsonl").read_bytes()


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def kill_one_when_answers_come(running: Cluster, out: Path, run: subprocess.Popen[str]) -> int:
    while lines_in(out) < 2:
        assert run.poll() is None, run.communicate()[1]
        time.sleep(0.02)
    (victim, *others) = running.executors()
    assert others
    os.kill(victim, signal.SIGKILL)
    return lines_in(out)


def test_a_killed_executor_loses_nothing(
    spark: Cluster, embedded: tuple[Path, Path, bytes], tmp_path: Path
) -> None:
    home, names, expected = embedded
    out = tmp_path / "spark.jsonl"
    run = screening(home, names, out, "--engine", "spark", "--spark-master", spark.address)
    written = kill_one_when_answers_come(spark, out, run)
    _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said
    assert written < expected.count(b"\n"), "it was killed after the work was done"
    assert any("exitStatus 137" in end for end in spark.ends()), spark.ends()
    assert out.read_bytes() == expected
    assert b'"listings": [{' in expected


def test_a_run_that_broke_off_goes_on_with_the_other_engine(
    embedded: tuple[Path, Path, bytes], tmp_path: Path
) -> None:
    home, names, expected = embedded
    out = tmp_path / "part.jsonl"
    out.write_bytes(expected[: expected.index(b'"r5000"') + 30])
    run = screening(home, names, out, "--resume", "--engine", "spark", "--spark-master", "local[2]")
    _, said = run.communicate(timeout=300)
    assert run.returncode == 0, said
    assert out.read_bytes() == expected
