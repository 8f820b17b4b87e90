"""A list changes a little: the index updated by what changed, beside one built anew, in turns on one machine.

usage: python bench/index_delta.py [--shared FOLDER] [--out FOLDER] [--share 0.01] [--runs 3] [--only 100k]
FOLDER: the reference data. A third of the share is added, a third reworded, a third removed.
Prints seconds, their ratio and peak memory, and fails where the two indexes differ in a single byte.
"""

import argparse
import json
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from overzicht.screening.evaluate import read_lines
from overzicht.screening.index.build import IndexedParty, build_index, update_index
from overzicht.screening.index.layout import size_in_bytes

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
LISTS = {"ofac": "targets-ofac.jsonl", "100k": "targets-100k.jsonl.gz", "1m": "targets-1m.jsonl.gz"}
SEED = 20261125


def parties(path: Path) -> list[IndexedParty]:
    """Return the parties of a file of targets."""
    return [
        IndexedParty(str(t["id"]), str(t.get("schema", "LegalEntity")), tuple(map(str, t["names"])), "list")
        for t in read_lines(path)
    ]


def change(
    held: list[IndexedParty], share: float
) -> tuple[list[IndexedParty], list[IndexedParty], list[tuple[str, str]]]:
    """Return the parties before, the changed ones, and the removed ones: together what `held` comes from."""
    size = max(3, int(share * len(held)))
    picked = random.Random(SEED).sample(range(len(held)), size)  # noqa: S311
    added, reworded, removed = picked[: size // 3], picked[size // 3 : 2 * size // 3], picked[2 * size // 3 :]
    before = dict(enumerate(held))
    for k in added:
        del before[k]
    for k in reworded:
        before[k] = replace(held[k], names=(*held[k].names, f"{held[k].names[0]} formerly"))
    gone = [replace(held[k], id=f"gone-{held[k].id}") for k in removed]
    changed = [held[k] for k in (*added, *reworded)]
    return [*before.values(), *gone], changed, [(party.list_id, party.id) for party in gone]


def peak_mib() -> float:
    """Return the high-water mark of this process's memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(job: Callable[[], Path]) -> tuple[float, Path]:
    """Return how long a job took, in seconds, and what it gave."""
    start = time.perf_counter()
    found = job()
    return time.perf_counter() - start, found


def measure(path: Path, share: float, runs: int, sent: Any) -> None:
    """Send the figures of one file of targets; runs in a process of its own, for its peak memory."""
    held = parties(path)
    before, changed, removed = change(held, share)
    full, delta = [], []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        base = build_index(before, root / "base")
        pointer = (root / "base" / "CURRENT").read_bytes()
        built_mib = (
            peak_mib()
        )  # the parties themselves are in memory here, which a reader of files need not do
        for _ in range(runs):
            seconds, updated = timed(lambda: update_index(root / "base", changed, removed))
            delta.append(seconds)
            (root / "base" / "CURRENT").write_bytes(pointer)
            seconds, built = timed(lambda: build_index(held, root / "full"))
            full.append(seconds)
            if built.name != updated.name:
                sys.exit(f"the index that was updated is {updated.name}, the one built anew {built.name}")
        sent.send(
            {
                "parties": len(held), "changed": len(changed), "removed": len(removed),
                "full_seconds": statistics.median(full), "delta_seconds": statistics.median(delta),
                "ratio": statistics.median(f / d for f, d in zip(full, delta, strict=True)),
                "index_mb": size_in_bytes(base) / 2**20, "equal_bytes": True,
                "build_peak_mib": built_mib, "peak_mib": peak_mib(),
            }
        )  # fmt: skip


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--share", type=float, default=0.01)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=LISTS)
    asked = parser.parse_args()
    found: dict[str, Any] = {}
    for name, filename in LISTS.items():
        path = asked.shared / "data" / "screening" / filename
        if asked.only in (None, name) and path.is_file():
            found[name] = in_a_process(path, asked.share, asked.runs)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "index_delta.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(f"# An index updated by {asked.share:.1%} of its parties\n")
    print(
        "| list | parties | changed, removed | built anew, s | updated, s | ratio | index, MiB | peak, MiB |"
    )
    print("| --- " * 8 + "|")
    for name, row in found.items():
        seconds = [f"{row[key]:.2f}" for key in ("full_seconds", "delta_seconds")]
        sizes = [f"{row['index_mb']:.1f}", f"{row['peak_mib']:.0f}"]
        changed = f"{row['changed']:,}, {row['removed']:,}"
        cells = [name, f"{row['parties']:,}", changed, *seconds, f"{row['ratio']:.1f}", *sizes]
        print(f"| {' | '.join(cells)} |")
    print("\nBoth are the same bytes; medians of the runs, and of the ratios of each pair of runs.")


def in_a_process(path: Path, share: float, runs: int) -> dict[str, Any]:
    """Return the figures of one list, from a process of its own."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=measure, args=(path, share, runs, sending))
    process.start()
    sending.close()
    figures: dict[str, Any] = receiving.recv()
    process.join()
    return figures


if __name__ == "__main__":
    main()
