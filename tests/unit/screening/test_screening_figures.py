"""Figures of pairs and of searches: counted by hand on a few names."""

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from overzicht.errors import InputFileError
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.evaluate import (
    evaluate_retrieval,
    pair_figures,
    rates_by_group,
    read_lines,
    retrieval_figures,
)
from overzicht.screening.index.build import IndexedParty

PARTIES: list[dict[str, Any]] = [
    {"id": "p-1", "schema": "Person", "names": ["Corvin Beltane"]},
    {"id": "p-2", "schema": "Person", "names": ["Gortham Arvo"], "weak": ["Tamsin"]},
]
QUERIES: list[dict[str, Any]] = [
    {"query": "Corvin Beltane", "schema": "Person", "target_id": "p-1", "kind": "same"},
    {"query": "Gortham Arvo", "schema": "Person", "target_id": "p-1", "kind": "same"},
    {"query": "Gortham Arvo", "schema": "Person", "target_id": "p-2", "kind": "other"},
    {"query": "Jorvik Fanzul", "schema": "Person", "target_id": None},
    {"query": "Corvin Beltane", "schema": "Person", "target_id": None},
]


def write(file: Path, entries: list[dict[str, Any]]) -> Path:
    text = "\n\n".join(map(json.dumps, entries))
    data = text.encode()
    file.write_bytes(gzip.compress(data) if file.suffix == ".gz" else data)
    return file


@pytest.mark.parametrize("name", ["lines.jsonl", "lines.jsonl.gz"])
def test_lines_are_read_packed_or_not_without_the_empty_ones(tmp_path: Path, name: str) -> None:
    assert list(read_lines(write(tmp_path / name, PARTIES))) == PARTIES


def test_a_faulty_line_is_named(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"id": "p-1"}\n[1]\n', encoding="utf-8")
    with pytest.raises(InputFileError, match="line 2"):
        list(read_lines(file))


def test_a_target_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="names"):
        evaluate_retrieval(write(tmp_path / "targets.jsonl", [{"id": "p-1"}]), [])


def test_pairs_are_counted_at_the_threshold() -> None:
    scores = np.array([0.9, 0.5, 0.8, 0.1, 0.2])
    labels = np.array([True, True, False, False, False])
    figures = pair_figures(scores, labels, 0.5)
    counted = {key: figures[key] for key in ("n", "matches", "precision", "recall", "false_positive_rate")}
    assert counted == {
        "n": 5,
        "matches": 2,
        "precision": 2 / 3,
        "recall": 1.0,
        "false_positive_rate": 1 / 3,
    }
    assert figures["auc"] == pytest.approx(5 / 6)
    assert figures["recall_at_fpr_2pct"] == 0.5
    assert figures["f1_best"] == pytest.approx(6 / 7)  # both matches, and a third of the others
    assert figures["threshold_best"] == 0.5
    assert figures["f1_default"] == pytest.approx(6 / 7)
    assert pair_figures(scores, labels, 0.95)["precision"] is None


def test_rates_are_counted_by_script_and_origin() -> None:
    pairs = [
        {"query": "Иван Семаков", "target": "SEMAKOV, Ivan", "schema": "Person"},
        {"query": "Ivan Semakov", "target": "SEMAKOV, Ivan", "schema": "Person"},
    ]
    rates = rates_by_group(pairs, np.array([False, True]), np.array([True, True]))
    assert {group: rate["miss"] for group, rate in rates["by_script"].items()} == {
        "Cyrillic": 1.0,
        "Latin": 0.0,
    }
    assert rates["by_origin"]["Slavic"]["miss"] == 0.5


def test_a_search_is_counted_by_kind_of_query() -> None:
    engine = ScreeningEngine.of(
        [IndexedParty(party["id"], "Person", tuple(party["names"])) for party in PARTIES]
    )
    figures = retrieval_figures(engine, QUERIES)
    assert figures["queries"] == 5
    assert figures["recall_at_1"] == figures["recall_at_default"] == pytest.approx(2 / 3)
    assert figures["kinds"]["same"]["recall_at_10"] == 0.5
    assert figures["kinds"]["other"]["recall_at_1"] == 1.0
    assert figures["alerts_per_1000_clean"] == 500
    assert figures["single_p50_ms"] <= figures["single_p99_ms"]
    assert retrieval_figures(engine, [])["recall_at_1"] is None


def test_the_speed_of_a_search_is_that_of_the_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = ScreeningEngine.of([])
    single = [moment for seconds in (1, 5, 3, 2, 4) for moment in (0, seconds)]
    wall, cpu = iter([0.0, 2.0, *single]), iter([0.0, 4.0])
    monkeypatch.setattr("overzicht.screening.evaluate.time.perf_counter", lambda: next(wall))
    monkeypatch.setattr("overzicht.screening.evaluate.time.process_time", lambda: next(cpu))
    figures = retrieval_figures(engine, QUERIES)
    assert (figures["queries_per_second"], figures["queries_per_cpu_second"]) == (5 / 2, 5 / 4)
    assert (figures["single_p50_ms"], figures["single_p99_ms"]) == (3000, pytest.approx(4960))


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_search_in_files_reads_their_targets_and_weak_names(tmp_path: Path, is_kept: bool) -> None:
    root = tmp_path / "index"
    targets, queries = write(tmp_path / "t.jsonl", PARTIES), write(tmp_path / "q.jsonl.gz", QUERIES)
    figures = evaluate_retrieval(targets, queries, root if is_kept else None)
    assert (figures["parties"], figures["names"], figures["queries"]) == (2, 3, 5)
    assert figures["recall_at_1"] == pytest.approx(2 / 3)
    assert root.exists() is is_kept
    assert figures["peak_rss_mb"] >= figures["build_peak_rss_mb"] > 1
    assert figures["index_mb"] > 0 < figures["build_seconds"]
