"""Fuzz the readers: mutated samples in a child process, with time, faults and branch coverage per reader.

    python bench/fuzz.py --inputs 20000 --seed 1 --out figures.json

A fault is an error that is not an OverzichtError, or more than 2 s per 100 KB. Samples are the files below
`--samples` that a reader accepts, and those that `bench/fuzz_samples.py` makes. Inputs that reach new
branches are mutated further.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fuzzing import READERS, Report, fuzz  # noqa: E402 - shared with the tests


def main() -> int:
    """Run the readers that are named, or all; returns 1 if there is a fault."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("readers", nargs="*", help="names of readers; all by default")
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--samples", type=Path, default=None, help="folder of real files")
    options.add_argument("--out", type=Path, default=None)
    given = options.parse_args()
    reports = []
    for name in given.readers or READERS:
        report = fuzz(READERS[name], given.inputs, given.seed, given.samples, with_coverage=True)
        reports.append(report)
        print(report, flush=True)
    if given.out:
        given.out.write_text(json.dumps([vars(report) for report in reports], indent=1) + "\n")
    return 1 if any(report.faults for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
