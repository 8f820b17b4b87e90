"""A mutation run: are small faults, put into the engines one at a time, noticed by the tests that cover them?

usage: python bench/mutation.py [--sample 400] [--seed 1] [--minutes 50] [--seconds 40] [--again]
It draws a seeded sample of the mutants (mutants.py) of `screening`, `parties`, `entities`, `devices` and
`law`, with compiled code run interpreted, and runs on each the unit, property and case tests that call the
changed function (mutation_tests.py). build/bench/mutation.jsonl keeps what was tried: a run that ends early
continues where it stopped. Prints Markdown.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("screening", "parties", "entities", "devices", "law")
ENVIRONMENT = {  # CI: Hypothesis draws the same examples each time, and keeps none
    "OVERZICHT_INTERPRETED": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONPATH": str(ROOT / "src"),
    "OPENBLAS_NUM_THREADS": "1",  # a fork has no threads
    "CI": "1",
}


def start_again() -> None:
    """Start the program again in its environment, unless this is it."""
    if not ENVIRONMENT.items() <= os.environ.items():
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ENVIRONMENT})  # noqa: S606
    os.chdir(ROOT)


def all_mutants(packages: Iterable[str]) -> list[Mutant]:
    """Return every mutant of the packages."""
    source = ROOT / "src"
    files = [path for name in packages for path in sorted((source / "overzicht" / name).rglob("*.py"))]
    return [mutant for path in files for mutant in mutants_of(path, source)]


def run(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the outcome of every mutant of the sample that was tried, now or in a run before."""
    from mutation_calls import Coverage, record  # noqa: PLC0415 - environment
    from mutation_tests import SURVIVED, UNCOVERED, Trial, rows  # noqa: PLC0415

    every = all_mutants(options.package or PACKAGES)
    sample = random.Random(options.seed).sample(every, min(options.sample, len(every)))  # noqa: S311 - no secret
    calls, kept = options.out / "mutation-calls.json", options.out / "mutation.jsonl"
    newest = max(path.stat().st_mtime for name in ("src", "tests") for path in (ROOT / name).rglob("*.py"))
    if not calls.exists() or calls.stat().st_mtime < newest:
        print("recording which test calls which functions …", file=sys.stderr, flush=True)
        record(PACKAGES, calls)
    known = {row["id"]: row for row in rows(kept)}
    if options.again:
        known = {key: row for key, row in known.items() if row["outcome"] not in {SURVIVED, UNCOVERED}}
        kept.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in known.values()))
    todo = [mutant for mutant in sample if mutant.id not in known]
    print(f"{len(every)} mutants, {len(sample)} drawn, {len(todo)} to try", file=sys.stderr, flush=True)
    ends = time.monotonic() + 60 * options.minutes
    coverage = Coverage(**json.loads(calls.read_text()), most_seconds=options.seconds)
    Trial(PACKAGES, coverage, ends, kept).run(todo)
    known = {row["id"]: row for row in rows(kept)}
    return [known[mutant.id] for mutant in sample if mutant.id in known]


def report(rows: list[dict[str, Any]], drawn: int) -> str:
    """Return the kill rate, by package too, and the survivors; a mutant that never ends counts as killed."""
    total = Counter(row["outcome"] for row in rows)
    killed = total["killed"] + total["timeout"]
    lines = [
        "# Mutation run",
        "",
        f"{len(rows)} of {drawn} mutants tried, {killed} killed: **{killed / max(1, len(rows)):.1%}**.",
        "",
        ", ".join(f"{outcome}: {count}" for outcome, count in total.most_common()),
        "",
        "| package | tried | killed | rate |",
        "| --- | --: | --: | --: |",
    ]
    by_package: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        by_package[row["mutant"].split("/")[1]].append(row["outcome"])
    for package, outcomes in sorted(by_package.items()):
        dead = sum(outcome in {"killed", "timeout"} for outcome in outcomes)
        lines.append(f"| `{package}` | {len(outcomes)} | {dead} | {dead / len(outcomes):.0%} |")
    left = [row for row in rows if row["outcome"] in {"survived", "not covered"}]
    lines += [
        "",
        "## Survivors",
        "",
        *(f"- {row['mutant']} ({row['outcome']}, {row['tests']} tests)" for row in left),
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=50.0, help="Start no mutant after this time.")
    parser.add_argument("--seconds", type=float, default=40.0, help="Of the tests of one mutant.")
    parser.add_argument(
        "--package", action="append", choices=PACKAGES, help="Only this one; may be given again."
    )
    parser.add_argument("--out", type=Path, default=Path("build/bench"), help="From the root.")
    parser.add_argument("--again", action="store_true", help="Try the survivors of earlier runs again.")
    options = parser.parse_args()
    start_again()
    options.out.mkdir(parents=True, exist_ok=True)
    rows = run(options)
    text = report(rows, options.sample)
    (options.out / "mutation.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
