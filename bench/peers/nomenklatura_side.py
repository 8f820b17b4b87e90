"""nomenklatura, run by the interpreter of its own environment: its blocker on DuckDB and its matchers.

usage: nomenklatura_side.py pairs PAIRS.jsonl
       nomenklatura_side.py list TARGETS.jsonl[.gz] QUERIES.jsonl…      JSON on standard output
Entities have names alone, as the other sides see them. The dictionaries that its matchers load once (seconds)
are loaded before the clock of a match starts, and count in the building.
"""

import importlib.metadata
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from followthemoney import Dataset, StatementEntity
from measures import Found, clocked, list_figures, median_ms, peak_mib, read_lines
from nomenklatura.blocker import Index
from nomenklatura.matching import LogicV1, LogicV2, NameMatcher

ALGORITHMS = (LogicV1, LogicV2)
THRESHOLD = 0.7  # the default of both, by its documentation and yente's
SCORED = 50  # candidates scored per query, as yente does
SINGLES = {20_000: 30, 200_000: 20}  # single queries by the number of parties; 8 beyond
DATASET = Dataset.make({"name": "bench", "title": "bench"})


def entity(number: str, schema: str, names: list[str]) -> StatementEntity:
    data = {"id": number, "schema": schema, "properties": {"name": names}}
    return StatementEntity.from_data(DATASET, data)


def warm() -> None:
    one, other = entity("a", "Person", ["Warm Up"]), entity("b", "Person", ["Warm Upp"])
    for algorithm in ALGORITHMS:
        algorithm.compare(one, other, algorithm.default_config())


def pairs(path: Path) -> dict[str, Any]:
    """Return scores by pair and matcher, and pairs per second of processor.

    Every entity has an id of its own: logic-v2 remembers the names of an entity by its id.
    """
    warm()
    rows = list(read_lines(path))
    result: dict[str, Any] = {}
    for algorithm in (*ALGORITHMS, NameMatcher):
        config = algorithm.default_config()

        def all_scores(algorithm: Any = algorithm, config: Any = config) -> list[float]:
            return [
                float(
                    algorithm.compare(
                        entity(f"q-{row['id']}", row["schema"], [row["query"]]),
                        entity(f"t-{row['id']}", row["schema"], [row["target"]]),
                        config,
                    ).score
                )
                for row in rows
            ]

        scores, _, cpu = clocked(all_scores)
        result[algorithm.NAME] = {
            "scores": {row["id"]: score for row, score in zip(rows, scores, strict=True)},
            "threshold": THRESHOLD,
            "pairs_per_cpu_second": len(rows) / cpu,
        }
    return result


class View:
    """The targets, as the blocker wants to read them."""

    scope = type("Scope", (), {"name": "bench"})()

    def __init__(self, path: Path) -> None:
        self.path = path

    def entities(self, *_: Any, **__: Any) -> Any:
        for row in read_lines(self.path):
            yield entity(row["id"], row["schema"], row["names"])


def scored(
    algorithm: Any, queries: list[Any], candidates: list[list[str]], targets: dict[str, Any]
) -> list[Found]:
    """Return for each query its candidates with their scores, best first."""
    config = algorithm.default_config()
    found = []
    for query, row in zip(queries, candidates, strict=True):
        hits = [
            (party, float(algorithm.compare(query, targets[party], config).score))
            for party in row[:SCORED]
            if query.schema.can_match(targets[party].schema)
        ]
        found.append(sorted(hits, key=lambda hit: -hit[1]))
    return found


def on_list(targets: Path, files: list[Path]) -> dict[str, Any]:
    """Return the figures of the blocker with each matcher."""
    asked = [row for file in files for row in read_lines(file)]
    view = View(targets)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        warm()
        index = Index(view, Path(folder), options={"memory": 6000})
        index.build()
        built = time.perf_counter() - start
        size = sum(file.stat().st_size for file in Path(folder).glob("**/*") if file.is_file()) / 2**20
        queries = [entity(f"q{n}", row["schema"], [row["query"]]) for n, row in enumerate(asked)]

        def blocked(some: list[Any]) -> dict[str, list[str]]:
            return {match.id: [party.id for party, _ in row] for match, row in index.match_entities(some)}

        by_query, wall, cpu = clocked(lambda: blocked(queries))
        candidates = [by_query.get(f"q{n}", []) for n in range(len(asked))]
        needed = {party for row in candidates for party in row}
        held = {each.id: each for each in view.entities() if each.id in needed}
        base = {"build_seconds": built, "index_mb": size, "blocker_wall": wall, "blocker_cpu": cpu}
        base["single_p50_ms"] = median_ms(lambda n: blocked([queries[n]]), singles(targets))
        return {
            algorithm.NAME: base | matcher_figures(algorithm, asked, queries, candidates, held, (wall, cpu))
            for algorithm in ALGORITHMS
        }


def singles(targets: Path) -> int:
    parties = sum(1 for _ in read_lines(targets))
    return next((times for most, times in SINGLES.items() if parties <= most), 8)


def matcher_figures(
    algorithm: Any, asked: list[Any], queries: list[Any], candidates: list[list[str]], held: Any, blocker: Any
) -> dict[str, Any]:
    found, wall, cpu = clocked(lambda: scored(algorithm, queries, candidates, held))
    figures = list_figures(asked, found, THRESHOLD)
    # candidates that the matcher did not score count where the blocker put them
    ranked = [[(party, 0.0) for party in row] for row in candidates]
    figures["candidates_at_50"] = list_figures(asked, ranked, THRESHOLD)["recall_at_50"]
    return figures | {
        "queries_per_second": len(asked) / (wall + blocker[0]),
        "queries_per_cpu_second": len(asked) / (cpu + blocker[1]),
        "peak_rss_mb": peak_mib(),
    }


def main() -> None:
    kind, first, *rest = sys.argv[1:]
    result = pairs(Path(first)) if kind == "pairs" else on_list(Path(first), [Path(each) for each in rest])
    version = importlib.metadata.version("nomenklatura")
    print(json.dumps({f"nomenklatura {version} {name}": figures for name, figures in result.items()}))


if __name__ == "__main__":
    main()
