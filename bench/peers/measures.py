"""What every side is measured by: the same counting for ours and the peers, in plain Python."""

import gzip
import json
import resource
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

Found = list[tuple[str, float]]  # parties with their scores, best first
RANKS = (1, 10, 50)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    packed = path.suffix == ".gz"
    with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def list_figures(
    queries: Sequence[dict[str, Any]], found: Sequence[Found], threshold: float
) -> dict[str, Any]:
    """Return recall by rank and at the threshold, and alerts per 1,000 clean names (with no `target_id`)."""
    asked = [(query["target_id"], hits) for query, hits in zip(queries, found, strict=True)]
    listed = [(target, hits) for target, hits in asked if target is not None]
    clean = [hits for target, hits in asked if target is None]
    figures: dict[str, Any] = {
        f"recall_at_{rank}": _share(
            [target in [party for party, _ in hits[:rank]] for target, hits in listed]
        )
        for rank in RANKS
    }
    figures["recall_at_default"] = _share(
        [any(party == target and score >= threshold for party, score in hits) for target, hits in listed]
    )
    alerts = _share([bool(hits) and hits[0][1] >= threshold for hits in clean])
    figures["alerts_per_1000_clean"] = None if alerts is None else 1000 * alerts
    figures |= {"threshold": threshold, "listed": len(listed), "clean": len(clean)}
    return figures


def _share(hits: list[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def clocked(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Return what `work` returns, its seconds by the clock and its seconds of processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - wall, time.process_time() - cpu


def median_ms(work: Callable[[int], Any], times: int) -> float:
    """Return the median milliseconds of `work(0)`, `work(1)`, …"""
    took = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        took.append(1000 * (time.perf_counter() - start))
    return statistics.median(took)
