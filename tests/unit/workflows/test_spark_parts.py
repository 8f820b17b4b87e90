"""What Spark needs of us, without Spark: lines that come back equal, an index that travels, messages."""

import multiprocessing
import os
import tarfile
from datetime import date
from pathlib import Path

import pytest

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.errors import MissingExtraError
from overzicht.evidence import Confidence, Reason, text
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty, build_index
from overzicht.subjects.screening.spark import session, shipment, worker
from overzicht.subjects.screening.spark.worker import (
    matches_from_line,
    matches_to_line,
    query_from_line,
    query_to_line,
)
from overzicht.workflows.index import engine_code

QUERY = PartyQuery(
    "q1", ("Jan Aarts", "扬·阿尔茨"), "Person", (("leiCode", "X1"),), "1958-01-15", ("Jan Aarts jr.",)
)


def test_a_query_comes_back_equal() -> None:
    assert query_from_line(query_to_line(QUERY)) == QUERY
    assert query_from_line(query_to_line(PartyQuery("q", ("a",)))) == PartyQuery("q", ("a",))


def test_matches_come_back_equal_to_the_last_bit_of_the_score() -> None:
    reason = Reason(
        text("{word} met {other}", word=text("the sound of {x}", x="Aarts"), other=0.1 + 0.2),
        strength=Confidence.HIGH, against=True,
    )  # fmt: skip
    matches = [PartyMatch("q1", "un-1", "un-sc", 0.1 + 0.2, "Jan AARTS", (reason,))]
    assert matches_from_line(matches_to_line(matches)) == matches
    assert matches_from_line(matches_to_line([])) == []


def test_what_an_engine_finds_survives_the_journey() -> None:
    engine = ScreeningEngine.of([IndexedParty("p1", "Person", ("Jan Klaas Aarts",), "un-sc")])
    (found,) = engine.match([QUERY], as_of=date(2026, 1, 1), threshold=0.01)
    assert found
    assert matches_from_line(matches_to_line(found)) == found


def built(root: Path) -> Path:
    build_index([IndexedParty("p1", "Person", ("Jan Aarts",), "un-sc")], root)
    (root / ".new-left-behind").mkdir()
    (root / ".new-left-behind" / "words.text.npy").write_bytes(b"half")
    return root


def test_the_same_index_is_packed_in_the_same_bytes_and_opens_elsewhere(tmp_path: Path) -> None:
    root = built(tmp_path / "index")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    first, sha256 = shipment.pack_index(root, tmp_path / "a")
    second, again = shipment.pack_index(root, tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()
    assert sha256 == again
    with tarfile.open(first) as archive:
        assert not [name for name in archive.getnames() if name.startswith(".")]
    engine = ScreeningEngine.open(shipment.unpacked(first, sha256, tmp_path / "node"))
    assert engine.version == ScreeningEngine.open(root).version


def _unpack(arguments: tuple[Path, str, Path]) -> tuple[Path, int]:
    target = shipment.unpacked(*arguments)
    return target, (target / "CURRENT").stat().st_ino


def test_workers_of_a_node_unpack_once_and_share_the_files(tmp_path: Path) -> None:
    packed, sha256 = shipment.pack_index(built(tmp_path / "index"), tmp_path)
    with multiprocessing.get_context("fork").Pool(3) as pool:
        found = pool.map(_unpack, [(packed, sha256, tmp_path / "node")] * 6)
    assert len(set(found)) == 1


def test_a_node_keeps_the_newest_indexes_and_no_broken_one(tmp_path: Path) -> None:
    packed, sha256 = shipment.pack_index(built(tmp_path / "index"), tmp_path)
    base = tmp_path / "node"
    for age, name in enumerate(("older", "oldest", ".new-broken"), start=1):
        (base / name).mkdir(parents=True)
        os.utime(base / name, (1_000_000 - age, 1_000_000 - age))
    shipment.unpacked(packed, sha256, base)
    assert {path.name for path in base.iterdir() if path.is_dir()} == {sha256[:32], "older"}


def test_a_worker_answers_each_batch_in_its_order_and_only_with_the_drivers_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    arrow = pytest.importorskip("pyarrow")
    engine = ScreeningEngine.of([IndexedParty("p1", "Person", ("Jan Klaas Aarts",), "un-sc")])
    monkeypatch.setattr(worker, "_engine", lambda file, sha256: engine)
    day, queries = date(2026, 1, 1), [QUERY, PartyQuery("q2", ("Zonnebloem",))]

    def answered(code: str) -> list[list[PartyMatch]]:
        sent = shipment.Shipment("index.tar", "0" * 64, code, day, ("un-sc",), 0.01)
        lines = [query_to_line(query) for query in queries]
        batch = arrow.RecordBatch.from_pydict({"number": [7, 8], "query": lines})
        (came,) = worker.match_batches(iter([batch]), sent)
        assert came.column("number").to_pylist() == [7, 8]
        return [matches_from_line(line) for line in came.column("matches").to_pylist()]

    own = engine.match(queries, as_of=day, lists=("un-sc",), threshold=0.01)
    assert answered(engine_code()) == own
    with pytest.raises(shipment.EngineMismatchError, match="another engine"):
        answered("f" * 64)


def test_without_java_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(
        "overzicht.subjects.screening.spark.session.importlib.util.find_spec", lambda name: name
    )
    with pytest.raises(session.MissingJavaError, match="default-jre-headless") as caught:
        session.check_installed()
    assert caught.value.exit_code == 14


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "overzicht.subjects.screening.spark.session.importlib.util.find_spec", lambda name: None
    )
    with pytest.raises(MissingExtraError, match="the extra 'spark'"):
        session.check_installed()


@pytest.mark.parametrize(
    ("master", "is_here"),
    [
        ("local[*]", True), ("local", True), ("local-cluster[2,1,1024]", True),
        ("spark://127.0.0.1:7077", True), ("spark://localhost", True),
        ("spark://node7:7077", False), ("yarn", False),
        ("k8s://https://localhost:6443", False),
    ],
)  # fmt: skip
def test_a_driver_listens_on_loopback_alone_when_all_is_on_this_machine(master: str, is_here: bool) -> None:
    found = session.settings(master)
    assert found["spark.ui.enabled"] == "false"
    assert (found.get("spark.driver.bindAddress") == "127.0.0.1") is is_here


def test_of_a_java_trace_the_line_that_tells_is_shown() -> None:
    trace = (
        "An error occurred while calling o1.collect.\n: org.apache.spark.SparkException: gone\n\tat x.y(Z)\n"
    )
    trace += "Caused by: java.lang.IllegalStateException: the node is full\n\tat a.b(C)"
    assert (
        session.first_line(RuntimeError(trace))
        == "Caused by: java.lang.IllegalStateException: the node is full"
    )
    assert session.first_line(RuntimeError("")) == "RuntimeError"
