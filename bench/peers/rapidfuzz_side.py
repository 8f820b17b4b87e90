"""rapidfuzz by brute force: every query against every name, in Latin letters by ICU.

usage: rapidfuzz_side.py pairs PAIRS.jsonl
       rapidfuzz_side.py list TARGETS.jsonl[.gz] QUERIES.jsonl…      JSON on standard output
A sweep reads every name, so on long lists only some of the queries are asked; how many stands in the figures.
"""

import importlib.metadata
import json
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from measures import Found, clocked, list_figures, median_ms, peak_mib, read_lines
from normality import latinize_text
from rapidfuzz import fuzz, process, utils

THRESHOLD = 0.85
KEPT = 50  # parties kept per query
SCORERS = {"token_sort_ratio": fuzz.token_sort_ratio, "token_set_ratio": fuzz.token_set_ratio}
COMPARISONS = {
    "token_sort_ratio": 500e6,
    "token_set_ratio": 60e6,
}  # name pairs per run, which bounds its time
AT_ONCE = 50
COMPARABLE = {
    "Person": {"Person", "LegalEntity"},
    "Organization": {"Organization", "Company", "LegalEntity"},
    "Company": {"Organization", "Company", "LegalEntity"},
    "Vessel": {"Vessel"},
}


def plain(name: str) -> str:
    return utils.default_process(latinize_text(name) or name)


def pairs(path: Path) -> dict[str, Any]:
    """Return scores by pair and scorer, and pairs per second of processor."""
    rows = list(read_lines(path))
    result = {}
    for name, scorer in SCORERS.items():

        def all_scores(scorer: Any = scorer) -> list[float]:
            return [scorer(plain(row["query"]), plain(row["target"])) / 100 for row in rows]

        scores, _, cpu = clocked(all_scores)
        result[name] = {
            "scores": {row["id"]: score for row, score in zip(rows, scores, strict=True)},
            "threshold": THRESHOLD,
            "pairs_per_cpu_second": len(rows) / cpu,
        }
    return result


class Sweep:
    """All names of a list in one row, each with its party."""

    def __init__(self, targets: Path) -> None:
        rows = list(read_lines(targets))
        self.ids = [row["id"] for row in rows]
        self.names = [plain(name) for row in rows for name in row["names"]]
        self.owner = np.array([k for k, row in enumerate(rows) for _ in row["names"]])
        schemata = np.array([row["schema"] for row in rows])[self.owner]
        self.mask = {kind: np.isin(schemata, list(other)) for kind, other in COMPARABLE.items()}

    def ask(self, queries: list[dict[str, Any]], scorer: Any) -> list[Found]:
        found: list[Found] = []
        for start in range(0, len(queries), AT_ONCE):
            part = queries[start : start + AT_ONCE]
            texts = [plain(query["query"]) for query in part]
            rows = process.cdist(texts, self.names, scorer=scorer, dtype=np.float32, workers=1)
            for query, row in zip(part, rows, strict=True):
                found.append(self._best(np.where(self.mask.get(query["schema"], True), row, 0)))
        return found

    def _best(self, row: Any) -> Found:
        most = min(len(row), 4 * KEPT)
        top = np.argpartition(-row, most - 1)[:most]
        best: dict[str, float] = {}
        for k in top[np.argsort(-row[top], kind="stable")]:
            best.setdefault(self.ids[self.owner[k]], float(row[k]) / 100)
        return list(best.items())[:KEPT]


def on_list(targets: Path, files: list[Path]) -> dict[str, Any]:
    """Return the figures of a sweep with each scorer."""
    start = time.perf_counter()
    sweep = Sweep(targets)
    built = time.perf_counter() - start
    result = {}
    for name, scorer in SCORERS.items():
        share = max(20, int(COMPARISONS[name] / len(sweep.names) / len(files)))
        asked = []
        for file in files:
            every = list(read_lines(file))
            asked += every[:: max(1, -(-len(every) // share))]
        found, wall, cpu = clocked(lambda asked=asked, scorer=scorer: sweep.ask(asked, scorer))
        figures = list_figures(asked, found, THRESHOLD)
        figures["candidates_at_50"] = figures["recall_at_50"]
        figures |= {"queries_per_second": len(asked) / wall, "queries_per_cpu_second": len(asked) / cpu}
        figures["single_p50_ms"] = median_ms(lambda n, a=asked, s=scorer: sweep.ask([a[n]], s), 10)
        result[name] = figures | {"build_seconds": built, "peak_rss_mb": peak_mib()}
    return result


def main() -> None:
    kind, first, *rest = sys.argv[1:]
    result = pairs(Path(first)) if kind == "pairs" else on_list(Path(first), [Path(each) for each in rest])
    version = importlib.metadata.version("rapidfuzz")
    print(json.dumps({f"rapidfuzz {version} {name}": figures for name, figures in result.items()}))


if __name__ == "__main__":
    main()
