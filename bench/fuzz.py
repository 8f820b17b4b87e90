"""Fuzz the readers of files from outside: inputs that grow from real samples, guided by coverage (atheris).

A fault is an error that no reader foresees, an empty result without a problem, or more than 2 s per 100 KB.
A run continues an earlier one. The table has the branches of the modules of each reader, and those that the
inputs of any reader reach; its last row has the modules that readers share.
It needs `pip install atheris coverage`.
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

from fuzz_samples import OWN, sample_folder  # noqa: E402 - a module of the tests
from fuzzing import READERS  # noqa: E402 - a module of the tests

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
Functions = dict[str, dict[str, Any]]


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
    results = {
        name: json.loads((_folder(given.out, name) / "branches.json").read_text("utf-8")) for name in names
    }
    reached = _together(result["modules"] for result in results.values())
    rows = []
    for name, result in results.items():
        report = result["report"]
        corpus = sum(1 for _ in (_folder(given.out, name) / "corpus").iterdir())
        share = _share(reached, READERS[name].modules)
        numbers = [report["inputs"], report["samples"], corpus, *share, f"{report['slowest']:.2f}"]
        rows.append([name, *numbers, "; ".join(report["faults"])])
    owned = {module for reader in READERS.values() for module in reader.modules}
    shared = [function for function in reached if not _is_of(function, owned)]
    rows.append([SHARED, "", "", "", *_share(reached, shared), "", ""])
    for row in rows:
        print(*row, sep=" | ")
    if len(names) == len(READERS):
        with RESULTS.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])
    return 1 if any(row[-1] for row in rows) else 0


def _add_files_of_tests(folder: Path) -> None:
    """Run the unit tests of readers, and keep the files that they write and the bytes that they read."""
    tests = [
        str(ROOT / "tests" / "unit" / name) for name in ("sources", "workflows/test_register_sharing.py")
    ]
    command = [
        sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", "not shared", f"--basetemp={folder / 'files'}",
        "-p", "fuzz_inputs", *tests,
    ]  # fmt: skip
    paths = os.pathsep.join([str(ROOT / "bench"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": paths, "FUZZ_INPUTS": str(folder)}
    subprocess.run(command, check=True, cwd=ROOT, env=environment)


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


def _folder(out: Path, name: str) -> Path:
    return out / name.replace(" ", "-")


def _is_of(function: str, owners: Iterable[str]) -> bool:
    return any(function == owner or function.startswith((f"{owner}.", f"{owner}:")) for owner in owners)


def _together(measured: Iterable[Functions]) -> Functions:
    """Return the branches of each function that a reader entered, and those that all readers miss."""
    merged: Functions = {}
    for functions in measured:
        for function, branches in functions.items():
            missing = {tuple(branch) for branch in branches["missing"]}
            before = merged.setdefault(function, {"branches": branches["branches"], "missing": missing})
            before["missing"] &= missing
    return merged


def _share(reached: Functions, owners: Iterable[str]) -> tuple[int, int, str]:
    """Return the number of branches in modules and functions, those taken, and their share."""
    parts = [branches for function, branches in reached.items() if _is_of(function, owners)]
    possible = sum(branches["branches"] for branches in parts)
    taken = possible - sum(len(branches["missing"]) for branches in parts)
    return possible, taken, f"{taken / possible:.0%}" if possible else ""


if __name__ == "__main__":
    sys.exit(main())
