"""The control list measured: entries read, the diff against the oracle, search, and what an update re-opens.

Run `python bench/control_list.py [--shared FOLDER] [--phrasings FILE] [--cases N]`; it prints Markdown. The
oracle compares provisions only and knows no "moved": a moved provision counts as removed and added.
"""

import argparse
import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import true

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.decisions import tasks_where
from overzicht.subjects.control_list.citing import CitingRecord, reopenings
from overzicht.subjects.control_list.diff import (
    ChangeKind,
    ListComparison,
    changed_numbers,
    compare_lists,
)
from overzicht.subjects.control_list.model import ControlList
from overzicht.subjects.control_list.path import is_within, parse_path
from overzicht.subjects.control_list.search import SearchIndex
from overzicht.subjects.control_list.sources.interface import ReadControlList
from overzicht.subjects.control_list.sources.list_file import read_control_list
from overzicht.subjects.control_list.update import install_version

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
sys.path.insert(0, str(ROOT / "tests"))
import control_lists  # noqa: E402 - the generator that the tests share

AT = datetime(2026, 11, 25, tzinfo=UTC)
FOLDER = "exportcontrol"
FILES = {
    "2021": "annex1-2021.jsonl",
    "2025-11-15": "annex1-2025-11-15.jsonl",
    "2025-11-15, whole": "annex1-2025-11-15.raw.json",
}
ORACLE = "annex1-diff-2021-to-2025-11-15.csv"
PHRASINGS = tuple(ROOT / f"tests/gold/control_phrasings{name}.yml" for name in ("", "_2"))
SEED = 20211115
CLASSES = {
    ChangeKind.NUMERIC: "changed_numeric",
    ChangeKind.WORDING: "changed_text",
    ChangeKind.SIGNS: "changed_text",
    ChangeKind.NOT_USED: "deleted_not_used",
}
MOVES = (ChangeKind.MOVED, ChangeKind.RENUMBERED)


def read_lists(shared: Path) -> dict[str, ReadControlList]:
    return {name: read_control_list(shared / FOLDER / file) for name, file in FILES.items()}


@dataclass
class Agreement:
    """How the diff agrees with the oracle: rows by class, rows that both see, and each row that differs."""

    rows: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    seen: int = 0
    differs: dict[str, tuple[str, str]] = field(default_factory=dict)  # path: (oracle's class, ours)
    beyond: list[str] = field(default_factory=list)  # substance that we see and the oracle does not


def agreement(shared: Path, before: ControlList, after: ControlList, comparison: ListComparison) -> Agreement:
    with (shared / FOLDER / ORACLE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ours = flat_classes(before, after, comparison)
    result = Agreement()
    for row in rows:
        if row["caution"]:
            continue
        result.rows[row["change"]] += 1
        own = ours.get(row["path"], "")
        result.seen += bool(own)
        if own == row["change"]:
            result.agreed[own] += 1
        else:
            result.differs[row["path"]] = (row["change"], own or "no change")
    named = {row["path"] for row in rows}
    substance = {"added", "added_entry", "removed", *CLASSES.values()}
    result.beyond = sorted(path for path, own in ours.items() if own in substance and path not in named)
    return result


def flat_classes(before: ControlList, after: ControlList, comparison: ListComparison) -> dict[str, str]:
    """Return our changes as the oracle would name them, by path."""
    gone: set[str] = set()
    came: set[str] = set()
    classes: dict[str, str] = {}
    for change in comparison.changes:
        if change.kind in MOVES:
            gone.add(change.old_path or "")
            came.add(change.path)
        elif change.kind in (ChangeKind.ADDED, ChangeKind.ADDED_ENTRY):
            came.add(change.path)
        elif change.kind in (ChangeKind.REMOVED, ChangeKind.REMOVED_ENTRY):
            gone.add(change.path)
        elif not change.kind.value.startswith("note"):
            classes[change.path] = CLASSES.get(change.kind, change.kind.value)
    entries = {entry.path for entry in before.entries}
    for path in gone - came:
        classes[path] = "removed"
    for path in came - gone:
        classes[path] = "added" if path[:5] in entries else "added_entry"
    for path in gone & came:
        old, new = before.open(path).text, after.open(path).text
        classes[path] = "changed_numeric" if changed_numbers(old, new) else "changed_text"
    return classes


@dataclass
class Recall:
    """How often a phrasing finds its entry among the first five, and the phrasings that do not."""

    queries: int = 0
    hits: int = 0
    missed: list[tuple[str, str, Sequence[str]]] = field(default_factory=list)
    milliseconds: float = 0.0


def recall(control_list: ControlList, file: Path, first: int = 5) -> Recall:
    """Ask the phrasings of a file: a list of {code, phrasings}; a hit is the code or a provision in it."""
    data: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    index, result = SearchIndex(control_list), Recall()
    start = time.perf_counter()
    for entry in data:
        for phrasing in entry["phrasings"]:
            hits = [hit.path for hit in index.search(phrasing, first)]
            result.queries += 1
            if any(is_within(path, parse_path(entry["code"])) for path in hits):
                result.hits += 1
            else:
                result.missed.append((entry["code"], phrasing, hits))
    result.milliseconds = 1000 * (time.perf_counter() - start) / max(1, result.queries)
    index.close()
    return result


def generated_cases(control_list: ControlList, count: int) -> list[CitingRecord]:
    """Return the citations of `count` invented cases: one to four provisions each, seven in ten open."""
    chance = random.Random(SEED)  # noqa: S311 - for invented cases
    paths = [provision.path for provision in control_list.by_path.values() if provision.is_used]
    cited: list[CitingRecord] = []
    for number in range(count):
        is_open = chance.random() < 0.7
        for path in chance.sample(paths, chance.randint(1, 4)):
            cited.append(CitingRecord(f"CASE-{number:05d}", "licence", path, is_open))
    return cited


def update_over(shared: Path, cited: Sequence[CitingRecord]) -> tuple[int, float]:
    """Install both versions in a new store and return the tasks opened by the second, and its seconds."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        install_version(store, shared / FOLDER / FILES["2021"], Actor(AT.date(), "bench", AT))
        start = time.perf_counter()
        install_version(
            store,
            shared / FOLDER / FILES["2025-11-15"],
            Actor(AT.date(), "bench", AT),
            cited=(lambda _: cited,),
        )
        seconds = time.perf_counter() - start
        with store.reading() as connection:
            opened = len(tasks_where(connection, true()))
        store.close()
    return opened, seconds


def random_edits(count: int) -> tuple[int, int, float]:
    """Return over `count` invented lists with edits: re-opened cases, lists that differ, seconds.

    What to expect is the generator's own account of its edits (`tests/control_lists.py`).
    """
    reopened = wrong = 0
    start = time.perf_counter()
    for seed in range(count):
        chance = random.Random(seed)  # noqa: S311 - for invented lists
        draft = control_lists.random_draft(chance)
        cited = list(control_lists.random_citations(chance, draft.paths(), 12))
        edited = deepcopy(draft)
        for _ in range(chance.randint(0, 6)):
            control_lists.edit(edited, chance)
        expected = {
            record
            for record, path, is_open in cited
            if is_open and control_lists.is_touched(path, edited.touched)
        }
        records = [
            CitingRecord(record, "licence", parse_path(path), is_open) for record, path, is_open in cited
        ]
        comparison = compare_lists(draft.build("2021"), edited.build("2025-11-15"))
        affected = {reopening.record_id for reopening in reopenings(comparison, records)}
        reopened += len(affected)
        wrong += affected != expected
    return reopened, wrong, time.perf_counter() - start


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--phrasings", type=Path, nargs="*", default=PHRASINGS)
    parser.add_argument("--cases", type=int, default=1000)
    options = parser.parse_args()
    data = options.shared / "data"
    lists = read_lists(data)
    print("# The control list\n\n| version | entries | provisions | notes | defects put right |")
    print("|---|---|---|---|---|")
    for name, read in lists.items():
        notes = sum(len(provision.notes) for provision in read.list.by_path.values())
        sizes = (len(read.list.entries), len(read.list.by_path), notes, len(read.corrections))
        print(f"| {name} | {' | '.join(f'{size:,}' for size in sizes)} |")
    before, after = lists["2021"].list, lists["2025-11-15"].list
    _print_diff(data, before, after)
    _print_reopening(data, before, options.cases)
    for file in options.phrasings:
        _print_recall(lists["2025-11-15, whole"].list, file)


def _print_recall(control_list: ControlList, file: Path) -> None:
    result = recall(control_list, file)
    share = result.hits / result.queries
    print(f"\n{file.name}, recall@5: {result.hits} of {result.queries} ({share:.1%}), "
          f"{result.milliseconds:.1f} ms each")  # fmt: skip
    for code, phrasing, hits in result.missed:
        print(f"- missed {code}: {phrasing} (found {', '.join(hits)})")


def _print_diff(shared: Path, before: ControlList, after: ControlList) -> None:
    result = agreement(shared, before, after, compare_lists(before, after))
    total = result.rows.total()
    print(f"\nOracle: {result.seen} of {total} rows seen, {result.agreed.total()} with the same class\n")
    print("| class | rows | same class | % |\n|---|---|---|---|")
    for name, rows in sorted(result.rows.items()):
        print(f"| {name} | {rows} | {result.agreed[name]} | {result.agreed[name] / rows:.1%} |")
    for path, (theirs, own) in sorted(result.differs.items()):
        print(f"- {path}: oracle {theirs}, here {own}")


def _print_reopening(shared: Path, before: ControlList, count: int) -> None:
    cited = generated_cases(before, count)
    opened, seconds = update_over(shared, cited)
    open_cases = len({citing.record_id for citing in cited if citing.is_open})
    print(
        f"\n2021 → 2025-11-15 over {count:,} generated cases ({open_cases} open, {len(cited):,} citations): "
        f"{opened} re-opened with a task each in {seconds:.2f} s, {peak_mb():.0f} MB at most"
    )
    reopened, wrong, seconds = random_edits(count)
    print(
        f"\n{count:,} invented lists with random edits: {reopened:,} cases re-opened, {wrong} lists in which "
        f"that is not what the generator's edits touch, {seconds:.1f} s"
    )


if __name__ == "__main__":
    main()
