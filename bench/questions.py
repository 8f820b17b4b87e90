"""How fast papers and the index of question sets load and are searched, and how large they are kept.

Run `python bench/questions.py [--shared FOLDER] [--out FOLDER]`. It prints the report as Markdown and writes
it next to a JSON form of the same figures.
"""

import argparse
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

from overzicht.questions.figures import figures_of
from overzicht.sources.questions.registry import read_questions
from overzicht.store.database import Store
from overzicht.workflows.questions.showing import all_sets, overdue, search, show_set
from overzicht.workflows.questions.taking import add_files

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
AS_OF = date(2024, 12, 1)
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
        papers = [paper for addition in taken for paper in addition.papers]
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    arguments, _ = parser.parse_known_args()
    folder = arguments.shared / "data" / "kamervragen"
    if not folder.is_dir():
        print(f"the reference data is not here: {folder}", file=sys.stderr)
        return 1
    figures = measure(folder)
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
