"""The screening engine beside a rapidfuzz sweep, alternating on one machine; other peers have their scripts.

usage: python bench/screening.py FOLDER [--runs 2]     FOLDER: the reference data on screening
Prints the figures on labelled pairs (whole, per script), on each list present, and the ratios of the runs.
"""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process, utils

from overzicht.screening.evaluate import evaluate_pairs, evaluate_retrieval, read_lines

LISTS = ("targets-ofac.jsonl", "targets-100k.jsonl.gz", "targets-1m.jsonl.gz")
QUERIES = ("list-queries-dev.jsonl", "list-clean-dev.jsonl")
SWEPT = 200  # queries of a rapidfuzz sweep, which reads every name


def sweep(targets: Path, queries: Path) -> dict[str, float]:
    """Return queries per second and recall at 1 of a sweep over all names with sorted words."""
    flat = [(utils.default_process(name), t["id"]) for t in read_lines(targets) for name in t["names"]]
    names, ids = zip(*flat, strict=True)
    asked = list(read_lines(queries))[:SWEPT]
    start = time.perf_counter()
    right = 0
    for query in asked:
        row = process.cdist(
            [utils.default_process(query["query"])], names, scorer=fuzz.token_sort_ratio, dtype=np.uint8
        )
        right += ids[int(row[0].argmax())] == query["target_id"]
    return {
        "queries_per_second": len(asked) / (time.perf_counter() - start),
        "recall_at_1": right / len(asked),
    }


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=2)
    asked = parser.parse_args()
    pairs: dict[str, Any] = evaluate_pairs(asked.folder / "pairs-dev.jsonl")
    shown = {key: value for key, value in pairs.items() if not isinstance(value, dict)}
    print("pairs", json.dumps(shown, indent=1))
    for scripts, figures in pairs["scripts"].items():
        if figures["n"] >= 30:
            print(f"  {scripts:40s} n {figures['n']:5d} missed {1 - (figures['recall'] or 0):.3f}", end=" ")
            print(f"false {figures['false_positive_rate']} f1 {figures['f1_best']}")
    for name in LISTS:
        if not (asked.folder / name).is_file():
            continue
        for _ in range(asked.runs):
            ours = evaluate_retrieval(asked.folder / name, [asked.folder / query for query in QUERIES])
            kinds = ours.pop("kinds")
            theirs = sweep(asked.folder / name, asked.folder / QUERIES[0])
            print(name, json.dumps(ours, indent=1))
            print(
                "  recall at default per kind",
                {k: round(v["recall_at_default"], 3) for k, v in kinds.items()},
            )
            ratio = ours["queries_per_second"] / theirs["queries_per_second"]
            print(f"  rapidfuzz sweep {theirs}; ours is {ratio:.0f} times as fast", flush=True)


if __name__ == "__main__":
    main()
