"""Fuzz the readers of files from outside: inputs that grow from real samples, guided by coverage (atheris).

A fault is an error that no reader foresees, an empty result without a problem, or more than 2 s per 100 KB.
A run continues an earlier one. The table has the branches of the modules of each reader, and in
its last row those of the modules that readers share. Needs `pip install atheris coverage`.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from fuzzing import OWN, READERS, sample_folder  # noqa: E402 - a module of the tests

RESULTS = ROOT / "bench" / "fuzz-results.csv"
COLUMNS = (
    "reader",
    "inputs",
    "samples",
    "corpus",
    "branches",
    "reached",
    "share",
    "slowest_seconds",
    "faults",
)
SHARED = "modules that readers share"
Modules = dict[str, dict[str, Any]]


def main() -> int:
    """Run the readers that are named, or all; returns 1 if there is a fault."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readers", nargs="*", help="words in the names of readers; all by default")
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    shared = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
    options.add_argument("--shared", type=Path, default=shared)
    options.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz")
    options.add_argument("--measure-only", action="store_true", help="read the corpus of an earlier run")
    given = options.parse_args()
    samples = given.out / "samples"
    if not samples.is_dir():
        samples.mkdir(parents=True)
        sample_folder(given.shared / "data", ROOT, samples)
        _add_files_of_tests(samples / OWN)
    names = [name for name in READERS if not given.readers or any(word in name for word in given.readers)]
    if not given.measure_only:
        _work("grow", names, samples, given.out, "--inputs", str(given.inputs), "--seed", str(given.seed))
    _work("measure", names, samples, given.out)
    rows = []
    measured: dict[str, Modules] = {}
    for name in names:
        out = given.out / name.replace(" ", "-")
        result = json.loads((out / "branches.json").read_text(encoding="utf-8"))
        report = result["report"]
        measured[name] = result["modules"]
        own = {m: b for m, b in result["modules"].items() if _is_of(m, READERS[name].modules)}
        corpus = sum(1 for _ in (out / "corpus").iterdir())
        rows.append([name, report["inputs"], report["samples"], corpus, *_share([own]),
                     f"{report['slowest']:.2f}", "; ".join(report["faults"])])  # fmt: skip
        print(*rows[-1], sep=" | ", flush=True)
    rows.append([SHARED, "", "", "", *_share(_shared(measured)), "", ""])
    print(*rows[-1], sep=" | ")
    if len(names) == len(READERS):
        with RESULTS.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    return 1 if any(row[-1] for row in rows) else 0


def _add_files_of_tests(folder: Path) -> None:
    """Run the unit tests of readers, and keep the files that they write."""
    tests = ROOT / "tests" / "unit" / "sources"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        "0",
        "-m",
        "not shared",
        f"--basetemp={folder}",
        str(tests),
    ]
    subprocess.run(command, check=True, cwd=ROOT)


def _work(task: str, names: list[str], samples: Path, out: Path, *options: str) -> None:
    """Run a task of fuzz_reader.py for readers, in a process of its own."""
    script = ROOT / "bench" / "fuzz_reader.py"
    command = [
        sys.executable,
        str(script),
        task,
        *names,
        "--samples",
        str(samples),
        "--out",
        str(out),
        *options,
    ]
    with (out / f"{task}.log").open("w", encoding="utf-8") as log:
        subprocess.run(command, stdout=log, stderr=log, check=True, cwd=out)


def _is_of(module: str, owners: Iterable[str]) -> bool:
    return any(module == owner or module.startswith(f"{owner}.") for owner in owners)


def _shared(measured: dict[str, Modules]) -> list[Modules]:
    """Return the modules that belong to no reader, with the branches that all readers together miss."""
    owners = [module for reader in READERS.values() for module in reader.modules]
    merged: Modules = {}
    for modules in measured.values():
        for module, branches in modules.items():
            if not _is_of(module, owners) and branches["taken"]:
                missing = {(line, end) for line, ends in branches["missing"].items() for end in ends}
                before = merged.setdefault(module, {"branches": branches["branches"], "missing": missing})
                before["missing"] &= missing
    for branches in merged.values():
        branches["taken"] = branches["branches"] - len(branches["missing"])
    return [merged]


def _share(parts: Iterable[Modules]) -> tuple[int, int, str]:
    """Return the number of branches, those taken, and their share."""
    modules = [branches for part in parts for branches in part.values()]
    possible, taken = (sum(branches[key] for branches in modules) for key in ("branches", "taken"))
    return possible, taken, f"{taken / possible:.0%}" if possible else ""


if __name__ == "__main__":
    sys.exit(main())
