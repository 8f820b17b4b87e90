"""Our engine, in a process of its own as the peers are.

usage: own_side.py pairs PAIRS.jsonl
       own_side.py list TARGETS.jsonl[.gz] QUERIES.jsonl…      JSON on standard output
"""

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from measures import clocked, read_lines

from overzicht.screening.batch import CANDIDATES
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.evaluate import evaluate_retrieval, score_pairs
from overzicht.screening.frequencies import packed
from overzicht.screening.index import layout
from overzicht.screening.index.build import PERSON, kind_of
from overzicht.screening.index.search import candidates
from overzicht.screening.index.variants import new_scratch
from overzicht.screening.pack import name_of
from overzicht.screening.scorer import packaged_scorer

NAME = "overzicht"


def pairs(path: Path) -> dict[str, Any]:
    """Return the scores by pair, and pairs per second of processor."""
    rows = list(read_lines(path))
    score_pairs(rows[:10])  # compiled code is loaded before the clock starts
    scores, _, cpu = clocked(lambda: score_pairs(rows))
    return {
        "scores": {row["id"]: float(score) for row, score in zip(rows, scores, strict=True)},
        "threshold": packaged_scorer("pair").threshold,
        "pairs_per_cpu_second": len(rows) / cpu,
    }


def on_list(targets: Path, files: list[Path]) -> dict[str, Any]:
    """Return the figures of `overzicht screen retrieve`, and the recall of the candidates."""
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        figures = evaluate_retrieval(targets, files, root)
        start = time.perf_counter()
        ScreeningEngine.open(root)
        figures["open_seconds"] = time.perf_counter() - start
        asked = [row for file in files for row in read_lines(file)]
        figures["listed"] = sum(row["target_id"] is not None for row in asked)
        figures["clean"] = len(asked) - figures["listed"]
        figures["candidates_at_50"] = candidate_recall(root, asked)
        return figures


def candidate_recall(root: Path, asked: list[dict[str, Any]]) -> float:
    """Return the share of listed queries whose party is among the candidates, before any is scored."""
    index = layout.read(layout.current(root))
    listed = [row for row in asked if row["target_id"] is not None]
    kinds = [kind_of(row["schema"]) for row in listed]
    queries = packed(
        ((row["query"], kind == PERSON) for row, kind in zip(listed, kinds, strict=True)), index.forms
    )
    number_of_lists = max(1, len(index.lists))
    scratch = new_scratch(CANDIDATES, number_of_lists)
    lists = np.ones(number_of_lists, np.uint8)
    hits = 0
    for number, (row, kind) in enumerate(zip(listed, kinds, strict=True)):
        candidates(name_of(queries, number), index.target, scratch, kind, lists)
        names = [scratch.heap_name[k, n] for k in range(number_of_lists) for n in range(scratch.size[k])]
        parties = {index.party_ids.get(int(index.postings.party[name])) for name in names}
        hits += row["target_id"] in parties
    return hits / len(listed)


def warm_up() -> None:
    """Load code and tables before the building is clocked."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        target, query = root / "t.jsonl", root / "q.jsonl"
        target.write_text('{"id": "a", "schema": "Person", "names": ["Warm Up"]}\n', encoding="utf-8")
        query.write_text('{"query": "Warm Upp", "schema": "Person", "target_id": "a"}\n', encoding="utf-8")
        evaluate_retrieval(target, [query], root / "index")


def main() -> None:
    kind, first, *rest = sys.argv[1:]
    result = pairs(Path(first)) if kind == "pairs" else on_list(Path(first), [Path(each) for each in rest])
    print(json.dumps({NAME: result}))


if __name__ == "__main__":
    main()
