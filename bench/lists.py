"""How fast list files are read and added, and how much memory that takes: each file in a process of its own.

Run `python bench/lists.py [--shared FOLDER] [--out FOLDER] [PATTERN…]`; a pattern is a part of a file's path.
It prints the report as Markdown and writes it next to a JSON form of the same figures. Files that are not in
an official layout, or are refused, are listed with the reason.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from overzicht.errors import OverzichtError
from overzicht.sources.files import LocalFile
from overzicht.sources.lists.interface import ReadReport
from overzicht.sources.lists.registry import NotRecognisedError, recognise
from overzicht.store.database import Store
from overzicht.subjects.lists.loading import Choices, add_list_file
from overzicht.workflows.starter import ensure_starter

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
FOLDERS = ("data/lists", "data/exportcontrol")
SUFFIXES = (".xml", ".csv", ".json", ".jsonl", ".gz", ".zip", ".txt")
NOTE = (
    "Each file in a process of its own. *cold* is reading the whole file once, with the loading of what "
    "readers share (about a second); *read* is the reader alone after that, *add* is all of `lists add`. "
    "The memory of a process that has read nothing stands under *base*."
)
HEADINGS = ("file", "list", "MB", "records", "cold, s", "read, records/s", "add, records/s", "add, s",
            "base, MiB", "peak, MiB")  # fmt: skip
MIB = 1024  # ru_maxrss is in KiB on Linux


def peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


def measure(path: Path) -> dict[str, Any]:
    """Return the figures of one file; only `error` if it is not a list or is refused."""
    file = LocalFile(path)
    try:
        reader, layout = recognise(file)
        base = peak_mib()
        started = time.perf_counter()
        sum(1 for _ in reader.read(file, layout, ReadReport()))
        cold_seconds = time.perf_counter() - started
        started = time.perf_counter()
        records = sum(1 for _ in reader.read(file, layout, ReadReport()))
        read_seconds = time.perf_counter() - started
        with tempfile.TemporaryDirectory() as home:
            store = Store.open(Path(home))
            ensure_starter(store, actor="bench", at=datetime.now(UTC))
            started = time.perf_counter()
            choices = Choices(force=True, partial="TRUNCATED" in path.name)
            added = add_list_file(store, path, choices, actor="bench", at=datetime.now(UTC))
            add_seconds = time.perf_counter() - started
            store.close()
    except NotRecognisedError:
        return {"error": "in no official layout that we read"}
    except OverzichtError as error:
        return {"error": error.message.partition("\n")[0]}
    companions = reader.companions(file)
    return {
        "list": reader.list_id,
        "part": layout.part,
        "layout": layout.id,
        "megabytes": sum(part.path.stat().st_size for part in (file, *companions)) / 1e6,
        "read": records,
        "kept": added.records,
        "cold_seconds": cold_seconds,
        "read_seconds": read_seconds,
        "add_seconds": add_seconds,
        "base_mib": base,
        "peak_mib": peak_mib(),
    }


def in_a_process_of_its_own(path: Path) -> dict[str, Any]:
    ran = subprocess.run(
        [sys.executable, __file__, "--one", str(path)], capture_output=True, text=True, check=False
    )
    if ran.returncode:
        return {"error": f"ended with {ran.returncode}: {ran.stderr.strip().splitlines()[-1:]}"}
    figures: dict[str, Any] = json.loads(ran.stdout)
    return figures


def candidates(shared: Path, patterns: list[str]) -> list[Path]:
    """Return the files to try: those that look like data, companions of another file left to that one."""
    paths = [
        path
        for folder in FOLDERS
        for path in sorted((shared / folder).rglob("*"))
        if path.is_file() and path.suffix in SUFFIXES
    ]
    return [p for p in paths if not patterns or any(pattern in str(p) for pattern in patterns)]


def report(rows: dict[str, dict[str, Any]]) -> str:
    lines = [
        "# Lists: speed and memory",
        "",
        NOTE,
        "",
        f"| {' | '.join(HEADINGS)} |",
        f"| --- | --- {'| ---: ' * (len(HEADINGS) - 2)}|",
    ]
    for name, row in rows.items():
        if "error" in row:
            continue
        title = f"{row['list']} {row['part']}".strip()
        lines.append(
            f"| {name} | {title} | {row['megabytes']:.1f} | {row['kept']:,} | {row['cold_seconds']:.2f} | "
            f"{row['read'] / max(row['read_seconds'], 1e-9):,.0f} | "
            f"{row['kept'] / max(row['add_seconds'], 1e-9):,.0f} | {row['add_seconds']:.2f} | "
            f"{row['base_mib']:.0f} | {row['peak_mib']:.0f} |"
        )
    lines += ["", "## Refused", ""]
    lines += [f"- {name}: {row['error']}" for name, row in rows.items() if "error" in row]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("patterns", nargs="*", metavar="PATTERN")
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    paths = candidates(options.shared, options.patterns)
    if not paths:
        sys.exit(f"no list files under {options.shared}")
    rows = {
        "/".join(path.relative_to(options.shared).parts[2:]): in_a_process_of_its_own(path) for path in paths
    }
    text = report(rows)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "lists.md").write_text(text, encoding="utf-8")
    (options.out / "lists.json").write_text(json.dumps(rows, indent=1, ensure_ascii=False), encoding="utf-8")
    print(text, end="")


if __name__ == "__main__":
    main()
