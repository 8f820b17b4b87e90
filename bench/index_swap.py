"""Readers match without pause while a writer swaps versions and is killed at random instants.

usage: python bench/index_swap.py [--kills 100] [--readers 3] [--parties 3000] [--seed 1] [--quick]
Every reader checks that all answers of a batch are of one version, and that versions never go back. Prints a
line of JSON and ends with 1 where anything is amiss. With the reference data it tells what two readers share.
"""

import argparse
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.evaluate import read_lines
from overzicht.screening.index import layout
from overzicht.screening.index.build import IndexedParty, build_index, update_index

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
ASKED = ("Tarrowmere Holdings", "Ulvenstade Shipping", "Vexholm Optics", "Wyndarra Mining")
STOP, FAULT = "stop", "fault.txt"


def parties(version: int, count: int) -> list[IndexedParty]:
    """Return the parties of a version: all ids of those asked for bear its number."""
    asked = [IndexedParty(f"{name}|{version}", "Company", (name,), "list") for name in ASKED]
    more = [
        IndexedParty(f"m-{k}", "Company", (f"Company {k} {chr(97 + k % 26) * 5}",), "list")
        for k in range(count)
    ]
    return asked + more


def write_on(root: Path, version: int, count: int) -> NoReturn:
    """Write one version after another, built anew and updated in turns, until killed."""
    while True:
        version += 1
        held = parties(version, count)
        if version % 2:
            build_index(held, root)
        else:
            gone = [("list", f"{name}|{version - 1}") for name in ASKED]
            update_index(root, held[: len(ASKED)], gone)
        layout.drop_old(root)


def read_on(root: Path, folder: Path, number: int) -> None:
    """Ask without pause until told to stop; note how much was answered, or the fault."""
    last, answered, opened = 0, 0, 0
    while not (folder / STOP).exists():
        engine = ScreeningEngine.open(root)
        opened += 1
        for _ in range(5):
            ids, _ = engine.best(ASKED, ["Company"] * len(ASKED), most=1)
            seen = {int(row[0].rpartition("|")[2]) for row in ids}
            names = [row[0].rpartition("|")[0] for row in ids]
            if len(seen) != 1 or names != list(ASKED) or min(seen) < last:
                raise AssertionError(f"answers {ids} after version {last}")
            last = min(seen)
            answered += len(ASKED)
    (folder / f"reader-{number}.json").write_text(json.dumps({"answered": answered, "opened": opened}))


def forked(job: Callable[[], None], folder: Path) -> int:
    """Run a job in a process of its own, whose faults are noted; return its number."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        job()
        code = 0
    except BaseException:
        with (folder / FAULT).open("a") as out:
            out.write(traceback.format_exc())
    finally:
        os._exit(code)


def current_version(root: Path) -> int:
    """Return the number of the version in use, from its own answers."""
    ids, _ = ScreeningEngine.open(root).best(ASKED[:1], ["Company"], most=1)
    return int(ids[0][0].rpartition("|")[2])


def crash(root: Path, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """Kill writers under readers; return the counts."""
    build_index(parties(0, asked.parties), root)
    update_index(root, parties(0, 1)[:1])  # everything that a fork runs is loaded before it
    current_version(root)
    rng = random.Random(asked.seed)  # noqa: S311
    readers = [
        forked(lambda number=number: read_on(root, folder, number), folder)  # type: ignore[misc]
        for number in range(asked.readers)
    ]
    start = time.perf_counter()
    for version in (1, 2):
        build_index(parties(version, asked.parties), root)
    cycle = (time.perf_counter() - start) / 2  # beside the readers
    half_way = 0
    for _ in range(asked.kills):
        version = current_version(root)
        writer = forked(lambda version=version: write_on(root, version, asked.parties), folder)  # type: ignore[misc]
        time.sleep(rng.uniform(0, 4 * cycle))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        half_way += any(root.glob(".new-*"))
    last = current_version(root)
    held = parties(last + 1, asked.parties)
    built = build_index(held, root)
    layout.drop_old(root)
    time.sleep(0.2)
    (folder / STOP).touch()
    codes = [os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1]) for reader in readers]
    counts = [json.loads(path.read_text()) for path in sorted(folder.glob("reader-*.json"))]
    return {
        "kills": asked.kills, "killed_while_writing_files": half_way, "versions": last + 1,
        "reader_exit_codes": codes, "answers": sum(each["answered"] for each in counts),
        "opened": sum(each["opened"] for each in counts),
        "left": sorted(path.name for path in root.iterdir() if path.name != built.name),
        "fault": (folder / FAULT).read_text() if (folder / FAULT).exists() else "",
    }  # fmt: skip


def mapped_kb(root: Path) -> dict[str, int]:
    """Return how much of this process are pages of the index: `Rss` in all, `Pss` its own share of them."""
    found = {"Rss": 0, "Pss": 0}
    inside = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
            inside = str(root) in line
        elif inside and line.split(":")[0] in found:
            found[line.split(":")[0]] += int(line.split()[1])
    return found


def whole_kb() -> dict[str, int]:
    """Return what the kernel counts for this process as a whole."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return {
        key: int(rest.split()[0])
        for key, _, rest in (line.partition(":") for line in lines)
        if key in ("Rss", "Pss")
    }


def memory(targets: Path, folder: Path) -> list[dict[str, Any]]:
    """Return for each of two readers of one index what it holds, and what it shares with the other."""
    root = folder / "shared"
    held = [
        IndexedParty(str(t["id"]), str(t.get("schema", "")), tuple(t["names"])) for t in read_lines(targets)
    ]
    names, schemata = [party.names[0] for party in held[:3000]], [party.schema for party in held[:3000]]
    size = layout.size_in_bytes(build_index(held, root))
    del held

    def read(number: int) -> None:
        engine = ScreeningEngine.open(root)
        engine.best(names, schemata)
        (folder / f"ready-{number}").touch()
        while len(list(folder.glob("ready-*"))) < 2:
            time.sleep(0.05)
        time.sleep(0.5)
        found = {"index_mb": size / 2**20, "of_the_index_kb": mapped_kb(root), "whole_process_kb": whole_kb()}
        (folder / f"memory-{number}.json").write_text(json.dumps(found))
        time.sleep(1)

    children = [forked(lambda number=number: read(number), folder) for number in range(2)]  # type: ignore[misc]
    for child in children:
        os.waitpid(child, 0)
    return [json.loads(path.read_text()) for path in sorted(folder.glob("memory-*.json"))]


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--parties", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--quick", action="store_true", help="Leave out what two readers share.")
    parser.add_argument("--out", type=Path, help="A folder for the line of JSON.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found = crash(folder / "index", folder, asked)
        targets = asked.shared / "data" / "screening" / "targets-100k.jsonl.gz"
        if targets.is_file() and not asked.quick:
            found["two_readers"] = memory(targets, folder)
    print(json.dumps(found))
    if asked.out:
        (asked.out / "index_swap.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    sys.exit(1 if found["fault"] or any(found["reader_exit_codes"]) else 0)


if __name__ == "__main__":
    main()
