"""Fuzz the readers: mutated samples, with time, faults and (if `coverage` is installed) branch coverage.

    python bench/fuzz.py --inputs 20000 --samples DATA --out figures.json

A fault is an error that no reader foresees, or more than 2 s per 100 KB. DATA is the folder whose folders
`devices`, `lists`, `kamervragen` and `exportcontrol` hold real files. An input with a new outcome is mutated
further. Coverage is of the modules that the reader's own samples enter, below `sources`.
"""

import argparse
import json
import sys
from importlib.util import find_spec
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fuzzing import READERS, Reader, Report, fuzz


def main() -> int:
    """Run the readers that are named, or all; returns 1 if there is a fault."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readers", nargs="*", help="words in the names of readers; all by default")
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--samples", type=Path, required=True)
    options.add_argument("--out", type=Path)
    given = options.parse_args()
    reports = []
    for name, reader in READERS.items():
        if not given.readers or any(word in name for word in given.readers):
            reports.append(_measured(reader, given.inputs, given.seed, given.samples))
            print(reports[-1], flush=True)
    if given.out:
        given.out.write_text(json.dumps([vars(report) for report in reports], indent=1) + "\n")
    return 1 if any(report.faults for report in reports) else 0


def _measured(reader: Reader, inputs: int, seed: int, samples: Path) -> Report:
    """Return the report of a reader with its branch coverage, where that can be measured."""
    if find_spec("coverage") is None:
        return fuzz(reader, inputs, seed, samples)
    import coverage  # noqa: PLC0415 - not installed everywhere

    watch = coverage.Coverage(branch=True, include=["*/overzicht/sources/*"], data_file=None)
    watch.start()
    report = fuzz(reader, inputs, seed, samples)
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
