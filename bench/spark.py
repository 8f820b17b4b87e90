"""What Spark costs: the same names through the engine in one process, and through Spark on this machine.

usage: python bench/spark.py [--shared FOLDER] [--out FOLDER] [--targets 1m] [--names 40000]
Needs the extra `spark` and Java, and says so where they are missing. Prints Markdown; writes JSON beside it.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.errors import OverzichtError
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.evaluate import read_lines
from overzicht.screening.index.build import IndexedParty, build_index
from overzicht.subjects.screening.spark.matching import SparkMatcher
from overzicht.subjects.screening.spark.session import check_installed, opened_session
from overzicht.subjects.screening.spark.shipment import pack_index

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
LISTS = {"ofac": "targets-ofac.jsonl", "100k": "targets-100k.jsonl.gz", "1m": "targets-1m.jsonl.gz"}
QUERIES = ("list-queries-dev.jsonl", "list-clean-dev.jsonl")
DAY = date(2026, 11, 25)
MASTERS = ("local[1]", "local[2]")
Matches = list[list[PartyMatch]]


def asked(folder: Path, count: int) -> list[PartyQuery]:
    """Return `count` queries: the disturbed and the clean names, again and again with another number."""
    rows = [row for name in QUERIES for row in read_lines(folder / name)]
    return [
        PartyQuery(f"q{number}", (str(row["query"]),), str(row["schema"]))
        for number, row in zip(range(count), (rows[k % len(rows)] for k in range(count)), strict=True)
    ]


def parties(path: Path) -> Iterator[IndexedParty]:
    for row in read_lines(path):
        yield IndexedParty(str(row["id"]), str(row["schema"]), tuple(row["names"]), "bench")


def worker_memory() -> tuple[int, float]:
    """Return how many Python processes Spark has, and their memory in MB, shared pages counted once."""
    count, total = 0, 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if b"pyspark.daemon" not in (folder / "cmdline").read_bytes():
                continue
            lines = (folder / "smaps_rollup").read_text(encoding="ascii").splitlines()
        except OSError:
            continue  # it ended while we looked
        count += 1
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return count, total / 1024


def embedded(root: Path, queries: list[PartyQuery]) -> tuple[Matches, dict[str, Any]]:
    engine = ScreeningEngine.open(root)
    engine.match(queries[:10], as_of=DAY, lists=("bench",))  # compiled code is loaded before the clock starts
    started, cpu = time.perf_counter(), time.process_time()
    found = engine.match(queries, as_of=DAY, lists=("bench",))
    took, spent = time.perf_counter() - started, time.process_time() - cpu
    return found, {"names_per_second": len(queries) / took, "names_per_cpu_second": len(queries) / spent}


def on_spark(
    master: str, packed: Path, sha256: str, queries: list[PartyQuery]
) -> tuple[Matches, dict[str, Any]]:
    """Return the matches, and the time to the first answers, and names per second after these."""
    started = time.perf_counter()
    with opened_session(master) as session:
        matcher = SparkMatcher(session, packed, sha256)
        list(matcher.match_each(queries[:10], as_of=DAY, lists=("bench",)))
        begun, cpu = time.perf_counter(), time.process_time()
        found = list(matcher.match_each(queries, as_of=DAY, lists=("bench",)))
        took, spent = time.perf_counter() - begun, time.process_time() - cpu
        workers, memory = worker_memory()
    figures = {"start_seconds": begun - started, "names_per_second": len(queries) / took}
    figures |= {
        "python_workers": workers,
        "python_mb": memory,
        "driver_microseconds": 1e6 * spent / len(queries),
    }
    return found, figures


def measured(folder: Path, targets: str, count: int) -> dict[str, Any]:
    """Return the figures of all ways; the answers are compared too."""
    queries = asked(folder, count)
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "index"
        build_index(parties(folder / LISTS[targets]), root)
        expected, own = embedded(root, queries)
        started = time.perf_counter()
        packed, sha256 = pack_index(root, Path(scratch))
        result: dict[str, Any] = {
            "embedded": own,
            "shipment": {"pack_seconds": time.perf_counter() - started, "mb": packed.stat().st_size / 2**20},
        }
        for master in MASTERS:
            found, result[master] = on_spark(master, packed, sha256, queries)
            result[master]["equal"] = found == expected
        return result


def report(targets: str, count: int, figures: dict[str, Any]) -> str:
    shipped = f"{figures['shipment']['mb']:.0f} MB, packed in {figures['shipment']['pack_seconds']:.1f} s"
    lines = [
        f"# Spark\n\n{count:,} names against the {targets} list; the index is {shipped}.\n",
        "| way | start, s | names/s | Python processes | their memory, MB | driver, µs | equal |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        f"| one process | – | {figures['embedded']['names_per_second']:,.0f} | – | – | – | – |",
    ]
    for master in MASTERS:
        each = figures[master]
        speed, memory = f"{each['names_per_second']:,.0f}", f"{each['python_mb']:.0f}"
        driver = f"{each['driver_microseconds']:.0f}"
        cells = (f"{each['start_seconds']:.1f}", speed, str(each["python_workers"]), memory, driver)
        lines.append(f"| Spark, {master} | {' | '.join(cells)} | {'yes' if each['equal'] else 'NO'} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--targets", choices=tuple(LISTS), default="1m")
    parser.add_argument("--names", type=int, default=40_000)
    options = parser.parse_args()
    folder = options.shared / "data" / "screening"
    try:
        check_installed()
    except OverzichtError as error:
        print(f"# Spark\n\nNot measured: {error}")
        return
    if not (folder / LISTS[options.targets]).is_file():
        print(f"# Spark\n\nNot measured: the list is not here: {folder / LISTS[options.targets]}")
        return
    figures = measured(folder, options.targets, options.names)
    text = report(options.targets, options.names, figures)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "spark.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")
    (options.out / "spark.md").write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
