"""How fast papers and the index of question sets load and are searched, and how fast an answer is drafted.

Run `python bench/questions.py [--shared FOLDER] [--out FOLDER] [--home FOLDER]`. It prints the report as
Markdown and writes it next to a JSON form of the same figures. A draft uses all lists of the questions for
evaluation; `--home` keeps the store with these lists for the next run.
"""

import argparse
import gc
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from overzicht.__main__ import GARBAGE_THRESHOLDS
from overzicht.store.database import Store
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.lists.loading import Choices, add_list_file
from overzicht.subjects.questions.figures import figures_of
from overzicht.subjects.questions.papers.registry import read_questions
from overzicht.subjects.questions.showing import all_sets, overdue, search, show_set
from overzicht.subjects.questions.taking import add_files
from overzicht.workflows.starter import ensure_starter

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
AS_OF = date(2024, 12, 1)
DRAFTED_ON = date(2026, 11, 26)
DRAFTS = 4  # of one set in one process; the first one is cold
ENTITY_LIST = "us-ear-part-744-2026-07-23.xml"  # its name gives the day of the text
MIB = 1024  # ru_maxrss is in KiB on Linux
MB = 1_000_000
QUERIES = (("hikvision", "camera"), ("politie",), ("wob*",), ("het", "bericht", "over"))


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def measure(folder: Path) -> dict[str, Any]:
    """Return the figures: seconds by step, MB of the database, MiB of memory at its highest."""
    index = folder / "odata" / "zaken_index.csv.gz"
    documents = [*sorted((folder / "docs").iterdir()), *sorted((folder / "docx").iterdir())]
    documents.append(folder / "2020Z25656.txt")
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as home:
        store = Store.open(Path(home))
        reading, figures["read index, s"] = timed(lambda: read_questions(index))
        figures["sets in the index"] = len(reading.entries)
        cpu = time.process_time()
        _, figures["add index, s"] = timed(lambda: add_files(store, [index], "bench", datetime.now(UTC)))
        figures["add index, s of CPU"] = time.process_time() - cpu
        store.close()  # what the write-ahead log holds goes into the database
        figures["index kept, MB"] = (Path(home) / "overzicht.sqlite").stat().st_size / MB
        store = Store.open(Path(home))
        _, figures["add index again, s"] = timed(
            lambda: add_files(store, [index], "bench", datetime.now(UTC))
        )
        taken, figures["add documents, s"] = timed(
            lambda: add_files(store, documents, "bench", datetime.now(UTC))
        )
        papers = [paper for addition in taken.stored for paper in addition.papers]
        figures["documents"] = len(documents)
        figures["papers"] = len(papers)
        figures["papers without a flag"] = sum(not paper.flags for paper in papers)
        with store.reading() as connection:
            _, figures["show, s"] = timed(lambda: show_set(connection, "2020Z25656", AS_OF))
            for query in QUERIES:
                (_, total), seconds = timed(lambda query=query: search(connection, query, AS_OF, 10))
                figures[f"search {' '.join(query)} ({total} sets), s"] = seconds
            late, figures["overdue, s"] = timed(lambda: overdue(connection, AS_OF))
            figures["overdue sets"] = len(late.late)
            _, figures["stats, s"] = timed(lambda: figures_of(all_sets(connection, AS_OF), AS_OF))
        store.close()
    figures["peak, MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    return figures


def measure_drafts(shared: Path, home: Path) -> dict[str, Any]:
    """Return seconds of CPU for a draft: the first of a process, and the fastest later one."""
    store = Store.open(home)
    if not (home / ".lists").is_file():
        ensure_starter(store, actor="bench", at=datetime.now(UTC))
        for path in _list_files(shared):
            published = date(2026, 7, 23) if path.name == ENTITY_LIST else None
            add_list_file(store, path, Choices(published=published), actor="bench", at=datetime.now(UTC))
        (home / ".lists").touch()
    gc.set_threshold(*GARBAGE_THRESHOLDS)  # as the command does
    seconds = []
    for _ in range(DRAFTS):
        started = time.process_time()
        report = answer_set(store, "2020Z25656", AnswerChoices(), DRAFTED_ON)
        seconds.append(time.process_time() - started)
    store.close()
    return {
        "questions in the draft": len(report.questions),
        "draft, first of a process, s of CPU": seconds[0],
        "draft, warm, s of CPU": min(seconds[1:]),
    }


def _list_files(shared: Path) -> list[Path]:
    """Return the list files that the questions for evaluation name; of a folder all files in it."""
    lines = (shared / "data" / "questions-eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    names = sorted({name for line in lines for name in json.loads(line)["lists"]})
    paths = [shared / "data" / "lists" / name for name in names]
    return [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--home", type=Path, help="store with all lists; made if it is empty")
    arguments, _ = parser.parse_known_args()
    folder = arguments.shared / "data" / "kamervragen"
    if not folder.is_dir():
        print(f"the reference data is not here: {folder}", file=sys.stderr)
        return 1
    figures = measure(folder)
    with tempfile.TemporaryDirectory() as made:
        figures |= measure_drafts(arguments.shared, arguments.home or Path(made))
    lines = ["## Parliamentary questions", "", "| what | figure |", "| --- | ---: |"]
    lines += [
        f"| {name} | {value if isinstance(value, int) else f'{value:.2f}'} |"
        for name, value in figures.items()
    ]
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "questions.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    (arguments.out / "questions.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
