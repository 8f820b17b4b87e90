"""Fuzz the readers of files from outside: mutated samples, with time, faults and branch coverage.

A fault is an error that no reader foresees, or more than 2 s per 100 KB. An input with a new outcome is
mutated further. Branches are those of the modules below `sources` that the reader enters; they are measured
if `coverage` is installed.
"""

import argparse
import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from fuzzing import READERS, Reader, Report, fuzz, sample_folder  # noqa: E402 - a module of the tests


def main() -> int:
    """Run the readers that are named, or all; returns 1 if there is a fault."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readers", nargs="*", help="words in the names of readers; all by default")
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seconds", type=float, default=80, help="most processor time per reader")
    options.add_argument("--seed", type=int, default=1)
    shared = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared"))
    options.add_argument("--shared", type=Path, default=shared)
    options.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    given = options.parse_args()
    reports = []
    print("# Changed files\n")
    print("| reader | inputs | read | outcomes | slowest, s | branches | faults |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    with TemporaryDirectory() as made:
        samples = sample_folder(given.shared / "data", ROOT, Path(made))
        for name, reader in READERS.items():
            if given.readers and not any(word in name for word in given.readers):
                continue
            report = _measured(reader, given.inputs, given.seed, samples, given.seconds)
            reports.append(report)
            branches = "" if report.branches is None else f"{report.branches:.0%}"
            print(
                f"| {name} | {report.inputs:,} | {report.read:,} | {report.outcomes} | {report.slowest:.2f} "
                f"| {branches} | {'; '.join(report.faults) or 'none'} |",
                flush=True,
            )
    given.out.mkdir(parents=True, exist_ok=True)
    content = json.dumps([vars(report) for report in reports], indent=1) + "\n"
    (given.out / "fuzz.json").write_text(content, encoding="utf-8")
    return 1 if any(report.faults for report in reports) else 0


def _measured(reader: Reader, inputs: int, seed: int, samples: Path, seconds: float) -> Report:
    """Return the report of a reader with its branch coverage, where that can be measured."""
    if find_spec("coverage") is None:
        return fuzz(reader, inputs, seed, samples, seconds)
    import coverage  # noqa: PLC0415 - not installed everywhere

    watch = coverage.Coverage(branch=True, include=["*/overzicht/sources/*"], data_file=None)
    watch.start()
    report = fuzz(reader, inputs, seed, samples, seconds)
    watch.stop()
    taken = possible = 0
    for file in watch.get_data().measured_files():
        numbers = watch._analyze(file).numbers  # noqa: SLF001 - the library has no other way
        taken += numbers.n_executed_branches
        possible += numbers.n_branches
    report.branches = taken / possible if possible else None
    return report


if __name__ == "__main__":
    sys.exit(main())
