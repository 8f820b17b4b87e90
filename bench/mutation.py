"""A mutation run: are small faults, put into the engines one at a time, noticed by the tests that cover them?

usage: python bench/mutation.py [--sample 400] [--seed 1] [--minutes 50] [--jobs 2] [--package NAME] [--out
FOLDER]
It draws a seeded sample of the mutants (mutants.py) of `screening`, `parties`, `entities`, `devices` and
`law`, with
compiled code run interpreted, and runs on each the unit, property and case tests that call the changed
function.
What was tried is kept in FOLDER/mutation.jsonl: a run that ends early continues where it stopped. Prints
Markdown.
"""

import argparse
import compileall
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
TESTS = {  # per package the tests that are for it; a folder that does not exist is left out
    "screening": (
        "unit/screening",
        "unit/names",
        "property/test_screening_laws.py",
        "property/test_screening_delta.py",
    ),
    "parties": ("unit/parties", "unit/workflows/test_parties.py", "property/test_party_laws.py"),
    "entities": (
        "unit/entities",
        "property/test_ownership_laws.py",
        "property/test_day_laws.py",
        "cases/test_ownership_cases.py",
        "unit/workflows/test_listings_shelf.py",
    ),
    "devices": ("unit/devices", "property/test_identification_laws.py"),
    "law": (
        "unit/law",
        "cases/test_law_cases.py",
        "property/test_law_of_uses.py",
        "unit/workflows/test_law_parties.py",
    ),
}
PACKAGES = tuple(TESTS)
INTERPRETED = {  # CI: Hypothesis draws the same examples each time, and keeps none
    "OVERZICHT_INTERPRETED": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "CI": "1",
}
SECONDS_OF_TESTS = 40.0  # of covering tests on one mutant, those that take least first
LEAST_SECONDS, TIMES_LONGER = 30.0, 6.0  # limit per mutant, in seconds of the processor
WAITS = 20  # times longer by the clock, for a test that sleeps or a machine that is busy
OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
PYTEST = (
    "-q",
    "-x",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
    "--no-header",
    "--tb=no",
    "-W",
    "ignore:overflow encountered:RuntimeWarning",
)
KILLED, SURVIVED, TIMEOUT, UNCOVERED = "killed", "survived", "timeout", "not covered"


@dataclass(frozen=True)
class Coverage:
    """The tests that call each function of a module, and the seconds that each takes."""

    tests: dict[str, dict[str, list[str]]]  # path of a module -> function -> tests
    seconds: dict[str, float]  # test -> seconds

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests for a mutant, the quickest first, as many as the time for one mutant allows."""
        functions = self.tests.get(mutant.path, {})
        if mutant.function:
            names = functions.get(mutant.function, [])
        else:  # read on import: any test of the module may notice
            names = sorted({name for tests in functions.values() for name in tests})
        spent, chosen = 0.0, []
        for name in sorted(names, key=lambda test: (self.seconds.get(test, 0.0), test)):
            spent += self.seconds.get(name, 0.0)
            if chosen and spent > SECONDS_OF_TESTS:
                break
            chosen.append(name)
        return chosen


class CallRecorder:
    """A plugin of pytest: the functions below a folder that each test calls, and the seconds it takes."""

    def __init__(self, below: Path) -> None:
        self._below = f"{below}{os.sep}"
        self.calls: dict[str, set[tuple[str, str]]] = {}
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    def pytest_runtest_protocol(self, item: Any) -> None:
        """Record from here to the end of the test; fixtures that are made for it count as called by it."""
        calls = self.calls.setdefault(item.nodeid, set())

        def trace(frame: Any, event: str, _argument: object) -> None:
            name = frame.f_code.co_filename
            if event == "call" and name.startswith(self._below):
                path = name[len(self._below) :]
                while (
                    frame is not None and frame.f_code.co_filename == name
                ):  # a comprehension is its function's
                    calls.add((path, f"{frame.f_code.co_name}:{frame.f_code.co_firstlineno}"))
                    frame = frame.f_back

        sys.settrace(trace)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Add up the seconds of a test, with what is set up for it."""
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed:
            self.failed.add(report.nodeid)
        if report.when == "teardown":
            sys.settrace(None)


def record_coverage(package: str, sources: Path, out: Path) -> None:
    """Run the tests of a package once, and write which of them call what; run in a process of its own."""
    import pytest  # noqa: PLC0415 - after the environment is set

    recorder = CallRecorder(sources / "overzicht")
    paths = [f"tests/{path}" for path in TESTS[package] if (ROOT / "tests" / path).exists()]
    pytest.main([*paths, *(option for option in PYTEST if option != "-x")], plugins=[recorder])
    tests: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for test, calls in sorted(recorder.calls.items()):
        for path, function in (
            sorted(calls) if test not in recorder.failed else ()
        ):  # a failure without a mutant
            tests[f"overzicht/{path}"][function].append(test)
    out.write_text(json.dumps({"tests": tests, "seconds": recorder.seconds}), encoding="utf-8")


def coverage(package: str, out: Path) -> Coverage:
    """Return the coverage map of a package, recorded again if it is older than a source or a test."""
    file, source = out / f"mutation-coverage-{package}.json", ROOT / "src"
    tests = [ROOT / "tests" / path for path in TESTS[package]]
    newest = max(
        path.stat().st_mtime
        for place in (source / "overzicht" / package, *tests)
        for path in ([place] if place.is_file() else place.rglob("*.py"))
    )
    if not file.exists() or file.stat().st_mtime < newest:
        print(f"recording which tests of {package} call what …", file=sys.stderr, flush=True)
        command = [sys.executable, __file__, "--package", package, "--record", str(file)]
        subprocess.run(command, env=_environment(source), cwd=ROOT, check=True, stdout=sys.stderr)
    return Coverage(**json.loads(file.read_text(encoding="utf-8")))


def _environment(source: Path) -> dict[str, str]:
    return {**os.environ, **INTERPRETED, "PYTHONPATH": os.pathsep.join((str(source), str(ROOT / "bench")))}


def all_mutants(packages: Iterable[str]) -> list[Mutant]:
    """Return every mutant of the packages that exist."""
    source = ROOT / "src"
    files = [path for name in packages for path in sorted((source / "overzicht" / name).rglob("*.py"))]
    return [mutant for path in files for mutant in mutants_of(path, source)]


@dataclass
class Workshop:
    """A copy of the sources in which one mutant at a time is tried."""

    source: Path

    def try_out(self, mutant: Mutant, tests: list[str], seconds: float) -> str:
        """Return what the tests make of a mutant; the copy is as before afterwards."""
        file = self.source / mutant.path
        before = file.read_bytes()
        file.write_bytes(mutant.applied(before))
        for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
            compiled.unlink()
        try:
            limited = (
                "sh",
                "-c",
                f'ulimit -t {round(seconds)}; exec "$@"',
                "sh",
            )  # of the processor, not the clock
            command = [*limited, sys.executable, "-m", "pytest", *PYTEST, *tests]
            done = subprocess.run(
                command,
                env=_environment(self.source),
                cwd=ROOT,
                check=False,
                timeout=WAITS * seconds,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            return TIMEOUT
        finally:
            file.write_bytes(before)
        if done.returncode in OUT_OF_TIME:
            return TIMEOUT
        return SURVIVED if done.returncode == 0 else KILLED


@dataclass
class Trial:
    """Mutants tried in workshops, until the time of the run is over."""

    covering: dict[str, Coverage]
    workshops: list[Workshop]
    ends: float

    def check(self, mutants: list[Mutant]) -> None:
        """End the program if a test fails on unchanged sources: it would kill every mutant."""
        tests = sorted({test for mutant in mutants for test in self.covering[mutant.package].of(mutant)})
        if (
            tests
            and self.workshops[0].try_out(replace(mutants[0], end=mutants[0].start, after=""), tests, 3_600)
            != SURVIVED
        ):
            sys.exit("the tests fail without a mutant; mend them first")

    def __call__(self, mutant: Mutant) -> dict[str, Any] | None:
        """Return the outcome of a mutant as a row, None if the time is over."""
        if time.monotonic() > self.ends:
            return None
        covering = self.covering[mutant.package]
        tests = covering.of(mutant)
        limit = LEAST_SECONDS + TIMES_LONGER * sum(covering.seconds.get(test, 0.0) for test in tests)
        workshop, started = self.workshops.pop(), time.monotonic()
        outcome = workshop.try_out(mutant, tests, limit) if tests else UNCOVERED
        self.workshops.append(workshop)
        row = {"id": mutant.id, "outcome": outcome, "tests": len(tests), "mutant": str(mutant)}
        return {**row, "seconds": round(time.monotonic() - started, 1)}


def run(options: argparse.Namespace) -> list[dict[str, Any]]:
    """Return the outcome of every mutant of the sample that was tried, now or in a run before."""
    every = all_mutants(options.package or PACKAGES)
    sample = random.Random(options.seed).sample(every, min(options.sample, len(every)))  # noqa: S311 - no secret
    covering = {name: coverage(name, options.out) for name in sorted({mutant.package for mutant in sample})}
    kept = options.out / "mutation.jsonl"
    known = {row["id"]: row for row in _rows(kept)}
    todo = [mutant for mutant in sample if mutant.id not in known]
    print(f"{len(every)} mutants, {len(sample)} drawn, {len(todo)} to try", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        workshops = [_workshop(Path(folder) / str(number)) for number in range(options.jobs)]
        trial = Trial(covering, workshops, time.monotonic() + 60 * options.minutes)
        trial.check(todo)
        for row in filter(None, pool.map(trial, todo)):
            known[row["id"]] = row
            with kept.open("a", encoding="utf-8") as stream:
                stream.write(f"{json.dumps(row, ensure_ascii=False)}\n")
            print(
                f"{row['outcome']:12} {row['seconds']:6.1f} s  {row['mutant'][:110]}",
                file=sys.stderr,
                flush=True,
            )
    return [known[mutant.id] for mutant in sample if mutant.id in known]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if file.exists():
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())


def _workshop(folder: Path) -> Workshop:
    shutil.copytree(ROOT / "src", folder, ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(folder, quiet=2, workers=multiprocessing.cpu_count())
    return Workshop(folder)


def report(rows: list[dict[str, Any]], drawn: int) -> str:
    """Return the kill rate, by package too, and the survivors; a mutant that never ends counts as killed."""
    total = Counter(row["outcome"] for row in rows)
    killed = total[KILLED] + total[TIMEOUT]
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
        dead = sum(outcome in {KILLED, TIMEOUT} for outcome in outcomes)
        lines.append(f"| `{package}` | {len(outcomes)} | {dead} | {dead / len(outcomes):.0%} |")
    left = [row for row in rows if row["outcome"] in {SURVIVED, UNCOVERED}]
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
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--package", action="append", choices=PACKAGES, help="Only this one; may be given again."
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--record", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.record:
        record_coverage(*options.package, Path(os.environ["PYTHONPATH"].split(os.pathsep)[0]), options.record)
        return
    options.out.mkdir(parents=True, exist_ok=True)
    rows = run(options)
    text = report(rows, options.sample)
    (options.out / "mutation.md").write_text(f"{text}\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
