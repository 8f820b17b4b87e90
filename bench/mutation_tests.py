"""Tests on mutants: the functions that each test calls, and the outcome of a mutant.

One process collects the tests, with all modules imported. A mutant is tried in a fork of it, in which the
functions of its module get the changed code. A mutant of a line that runs on import needs a fork that has not
imported the product yet.
"""

import functools
import gc
import json
import os
import pkgutil
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import SourceFileLoader
from itertools import accumulate
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import hypothesis
import pytest
from mutants import Mutant

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
TESTS = (  # a mutant is tried on those of them that call its function
    "unit/screening",
    "unit/names",
    "unit/parties",
    "unit/entities",
    "unit/devices",
    "unit/law",
    "unit/workflows/test_parties.py",
    "unit/workflows/test_listings_shelf.py",
    "unit/workflows/test_law_parties.py",
    "unit/workflows/overview/test_overview_vulnerabilities.py",
    "cases/test_law_cases.py",
    "cases/test_ownership_cases.py",
    "property/test_screening_laws.py",
    "property/test_screening_delta.py",
    "property/test_screening_engine_laws.py",
    "property/test_record_laws.py",
    "property/test_ownership_laws.py",
    "property/test_day_laws.py",
    "property/test_identification_laws.py",
    "property/test_vulnerability_laws.py",
    "property/test_law_of_uses.py",
)
PYTEST = (
    "-q",
    "-pno:cacheprovider",
    "-pno:xdist",
    "--no-header",
    "--tb=no",
    "-Wignore:overflow encountered:RuntimeWarning",
    "-Wignore::pytest.PytestAssertRewriteWarning",  # libraries are imported before pytest starts
)
KILLED, SURVIVED, TIMEOUT, UNCOVERED = "killed", "survived", "timeout", "not covered"
LEAST_SECONDS, TIMES_LONGER = 10.0, 10.0  # limit per test, in seconds of the processor
WAITS = 20  # times longer by the clock, for a test that sleeps or a machine that is busy
MOST_MEMORY = 6 << 30  # a mutant that fills a list for ever
SLOW_SECONDS = 0.5  # slower tests come last, the quickest of them first
MOST_SECONDS = 40.0  # of tests on one mutant
NEEDS_IMPORT = 77  # exit code of a fork
BELOW = f"{SOURCE}{os.sep}"
CACHED = type(functools.cache(len))
Calls = set[tuple[str, str]]  # path of the module, function


@dataclass(frozen=True)
class Coverage:
    """The functions that each test calls, by path of the module, and the seconds of each test."""

    imported: dict[str, list[str]]  # called while modules are imported
    shared: dict[str, list[str]]  # called for a result that later tests use again
    tests: dict[str, dict[str, list[str]]]
    seconds: dict[str, float]
    libraries: list[str]

    def runs_on_import(self, mutant: Mutant) -> bool:
        """Return whether a mutant takes effect while modules are imported."""
        return not mutant.function or mutant.function in self.imported.get(mutant.path, ())

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests that call the function of a mutant, or the package of one that many tests share.

        Slow ones are left out if all would take too long.
        """
        if self.runs_on_import(mutant) or mutant.function in self.shared.get(mutant.path, ()):
            package = "/".join(mutant.path.split("/")[:2])
            chosen = [name for name, calls in self.tests.items() if any(p.startswith(package) for p in calls)]
        else:
            all_calls = ((name, calls.get(mutant.path, ())) for name, calls in self.tests.items())
            chosen = [name for name, calls in all_calls if mutant.function in calls]
        ordered = self.in_turn(chosen, mutant)
        spent = accumulate(self.seconds[name] for name in ordered)
        return [name for name, seconds in zip(ordered, spent, strict=True) if seconds <= MOST_SECONDS]

    def in_turn(self, names: Iterable[str], mutant: Mutant | None = None) -> list[str]:
        """Return tests in the order to run them: slow ones last, before them those that call the function."""

        def turn(name: str) -> tuple[float, int]:
            calls = self.tests[name].get(mutant.path, ()) if mutant else ()
            nearness = 0 if mutant and mutant.function in calls else 1 if calls else 2
            return (self.seconds[name] if self.seconds[name] > SLOW_SECONDS else 0.0, nearness)

        return sorted((name for name in names if name in self.tests), key=turn)


class _Session:
    """A plugin of pytest: imports every module first, and lets Hypothesis stop at the first failure."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        self._packages = packages

    def pytest_sessionstart(self) -> None:
        """Prepare what the modules of tests need when they are imported."""
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]  # a failure needs no smaller example
        hypothesis.settings.register_profile("mutants", hypothesis.settings(phases=phases))
        hypothesis.settings.load_profile("mutants")
        for package in self._packages:
            name = f"overzicht.{package}"
            for module in pkgutil.walk_packages(import_module(name).__path__, f"{name}."):
                import_module(module.name)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out PostgreSQL: the same calls of the engines, and a fork that is ended leaves its server."""
        items[:] = [item for item in items if "postgresql" not in item.nodeid]


class _Recorder(_Session):
    """Records the functions that each test calls."""

    def __init__(self, packages: tuple[str, ...]) -> None:
        super().__init__(packages)
        self._calls: Calls = set()
        self._shared: Calls = set()
        self._of_file: dict[str, Calls] = defaultdict(set)  # made once for all tests of a file
        self._of_test: dict[str, Calls] = {}
        self._seconds: dict[str, float] = {}
        self._failed: set[str] = set()
        self._imported: Calls = set()
        self._cached: set[CodeType] = set()
        self._codes: set[CodeType] = set()

    def _trace(self, frame: FrameType | None, event: str, _argument: object) -> None:
        code = frame.f_code if frame else None
        if event != "call" or code in self._codes or not code or not code.co_filename.startswith(BELOW):
            return
        self._codes.add(code)
        calls: Calls = set()
        outer = frame
        while frame is not None and frame.f_code.co_filename == code.co_filename:
            calls.add(
                (code.co_filename[len(BELOW) :], _name(frame.f_code))
            )  # a comprehension is its function's
            frame = frame.f_back if frame.f_code.co_name.startswith("<") else None
        self._calls |= calls
        while outer is not None and outer.f_code not in self._cached:
            outer = outer.f_back
        if outer is not None:
            self._shared |= calls

    def _taken(self) -> Calls:
        calls, self._calls = self._calls, set()
        self._codes.clear()
        return calls

    def pytest_sessionstart(self) -> None:
        """Record imports too."""
        sys.settrace(self._trace)
        super().pytest_sessionstart()

    def pytest_collection_finish(self) -> None:
        """Record which functions were called on import, and which keep their results."""
        self._imported = self._taken()
        wrapped = (getattr(made, "__wrapped__", None) for made in _objects() if type(made) is CACHED)
        self._cached = {made.__code__ for made in wrapped if type(made) is FunctionType}

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(
        self, fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
    ) -> Iterator[None]:
        """Record what a fixture calls that is made once for several tests."""
        before = self._taken()
        result = yield
        calls = self._taken()
        if fixturedef.scope == "session":
            self._shared |= calls
        elif fixturedef.scope != "function":
            self._of_file[request.node.nodeid.split("::")[0]] |= calls
        self._calls = before | calls
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Record a test, with what is set up for it."""
        sys.settrace(self._trace)
        self._taken()
        started = time.process_time()
        result = yield
        self._seconds[item.nodeid] = round(time.process_time() - started, 3)
        self._of_test[item.nodeid] = self._taken()
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails without a mutant, or is skipped."""
        if not report.passed:
            self._failed.add(report.nodeid)

    def write(self, file: Path) -> None:
        """Write the fields of `Coverage`."""
        sys.settrace(None)
        paths = ((name, str(getattr(module, "__file__", ""))) for name, module in sys.modules.items())
        tests = {
            name: _by_path(calls | self._of_file[name.split("::")[0]])
            for name, calls in self._of_test.items()
            if name not in self._failed
        }
        content = {
            "imported": _by_path(self._imported),
            "shared": _by_path(self._shared),
            "tests": tests,
            "seconds": self._seconds,
            "libraries": sorted(name for name, path in paths if "site-packages" in path),
        }
        file.write_text(json.dumps(content), encoding="utf-8")


def _by_path(calls: Calls) -> dict[str, list[str]]:
    by_path: dict[str, list[str]] = defaultdict(list)
    for path, name in sorted(calls):
        by_path[path].append(name)
    return by_path


def _name(code: CodeType) -> str:
    return f"{code.co_name}:{code.co_firstlineno}"


def record(packages: tuple[str, ...], file: Path) -> None:
    """Run all tests once in a fork, and write the functions that each of them calls."""
    if os.fork() == 0:
        recorder = _Recorder(packages)
        code = pytest.main([*(f"tests/{path}" for path in TESTS), *PYTEST], plugins=[recorder])
        recorder.write(file)
        os._exit(0 if code in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED} else code)
    if os.wait()[1]:
        sys.exit("the tests could not be recorded")


class Trial:
    """Mutants tried one after another, until the time of the run is over."""

    def __init__(self, packages: tuple[str, ...], coverage: Coverage, ends: float, kept: Path) -> None:
        self.packages, self.coverage = packages, coverage
        self._ends, self._kept, self.has_results = ends, kept, kept.exists()
        self._log = os.fdopen(os.dup(2), "w", buffering=1)

    def run(self, mutants: list[Mutant]) -> None:
        """Try the mutants: most of them in forks of a process that has collected the tests."""
        warm = [mutant for mutant in mutants if not self.coverage.runs_on_import(mutant)]
        if os.fork() == 0:
            server, collector = os.getpid(), _Collected(self, warm)
            _silence()
            code = pytest.main([*(f"tests/{path}" for path in TESTS), *PYTEST, "-x"], plugins=[collector])
            if os.getpid() == server:
                code = pytest.ExitCode.OK if collector.is_done else pytest.ExitCode.TESTS_FAILED
            os._exit(code)
        if os.wait()[1]:
            sys.exit("the tests fail without a mutant; mend them first")
        for name in self.coverage.libraries:
            import_module(name)
        tried = {row["id"] for row in rows(self._kept)}
        for mutant in mutants:
            if mutant.id not in tried and self.is_fork(mutant):
                _silence()
                _import_with(mutant)
                files = {name.split("::")[0] for name in self.coverage.of(mutant)}
                plugin = _Imported(self, mutant)
                os._exit(pytest.main([*sorted(files), *PYTEST, "-x"], plugins=[plugin]))

    def is_fork(self, mutant: Mutant) -> bool:
        """Return True in a fork for a mutant; False in this process, after the fork has ended."""
        tests = self.coverage.of(mutant)
        if time.monotonic() > self._ends:
            return False
        if not tests:
            self._keep(mutant, UNCOVERED, 0, 0.0)
            return False
        if (fork := os.fork()) == 0:
            resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
            return True
        _, status, usage = os.wait4(fork, 0)
        if os.WIFSIGNALED(status):
            outcome = TIMEOUT
        elif (code := os.waitstatus_to_exitcode(status)) == NEEDS_IMPORT:
            return False
        else:
            outcome = KILLED if code else SURVIVED
        self._keep(mutant, outcome, len(tests), usage.ru_utime + usage.ru_stime)
        return False

    def _keep(self, mutant: Mutant, outcome: str, tests: int, seconds: float) -> None:
        row = {"id": mutant.id, "outcome": outcome, "tests": tests, "mutant": str(mutant)}
        with self._kept.open("a", encoding="utf-8") as stream:
            stream.write(f"{json.dumps({**row, 'seconds': round(seconds, 1)}, ensure_ascii=False)}\n")
        self._log.write(f"{outcome:12} {seconds:6.1f} s  {str(mutant)[:110]}\n")


class _Limited(_Session):
    """Ends a test that takes much longer than without a mutant."""

    def __init__(self, trial: Trial) -> None:
        super().__init__(trial.packages)
        self._trial = trial

    def pytest_runtest_protocol(self, item: pytest.Item) -> None:
        """Start the timers, whose signal ends the process."""
        usual = self._trial.coverage.seconds.get(item.nodeid, 0.0)
        seconds = LEAST_SECONDS + TIMES_LONGER * usual
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        signal.setitimer(signal.ITIMER_REAL, WAITS * seconds)


class _Collected(_Limited):
    """Tries each mutant in a fork that goes on with the tests for it."""

    def __init__(self, trial: Trial, mutants: list[Mutant]) -> None:
        super().__init__(trial)
        self._mutants = mutants
        self.is_done = False

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Return None in a fork, so that pytest runs the tests in it; True when all mutants are tried."""
        items = {item.nodeid: item for item in session.items}
        if (
            not self._trial.has_results and os.fork() == 0
        ):  # quick tests without a mutant: a failure would count as kills
            seconds = self._trial.coverage.seconds
            quick = [name for name in items if seconds.get(name, MOST_SECONDS) <= SLOW_SECONDS]
            session.items[:] = [items[name] for name in self._trial.coverage.in_turn(quick)]
            return None
        if not self._trial.has_results and os.wait()[1]:
            return True
        functions = _functions()
        for mutant in self._mutants:
            if self._trial.is_fork(mutant):
                if not _replace_code(functions[str(SOURCE / mutant.path)], mutant):
                    os._exit(NEEDS_IMPORT)
                session.items[:] = [items[name] for name in self._trial.coverage.of(mutant)]
                return None
        self.is_done = True
        return True


class _Imported(_Limited):
    """Selects the tests for a mutant: those named, and those that only exist with it."""

    def __init__(self, trial: Trial, mutant: Mutant) -> None:
        super().__init__(trial)
        self._turn = {name: turn for turn, name in enumerate(trial.coverage.of(mutant))}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out other tests, and put the quick ones first."""
        super().pytest_collection_modifyitems(items)
        known = self._trial.coverage.seconds
        chosen = [item for item in items if item.nodeid in self._turn or item.nodeid not in known]
        items[:] = sorted(chosen, key=lambda item: self._turn.get(item.nodeid, -1))


def _objects() -> list[object]:
    """Return all objects; those exempt from collection are not listed otherwise."""
    gc.unfreeze()
    everything = gc.get_objects()
    gc.freeze()
    return everything


def _functions() -> dict[str, list[FunctionType]]:
    """Return all functions by file."""
    by_file: dict[str, list[FunctionType]] = defaultdict(list)
    for candidate in _objects():
        if type(candidate) is FunctionType:
            by_file[candidate.__code__.co_filename].append(candidate)
    return by_file


def _replace_code(functions: list[FunctionType], mutant: Mutant) -> bool:
    """Give the functions of a module the code of a mutant; False if a function's code is not certain."""
    codes: dict[tuple[str, int], list[CodeType]] = defaultdict(list)
    for code in _codes_below(_compiled(mutant)):
        codes[code.co_qualname, code.co_firstlineno].append(code)
    for function in functions:
        before = function.__code__
        options = codes[before.co_qualname, before.co_firstlineno]
        if len(options) != 1 or options[0].co_freevars != before.co_freevars:
            return False
        function.__code__ = options[0]
    return True


def _compiled(mutant: Mutant) -> CodeType:
    file = SOURCE / mutant.path
    return compile(mutant.applied(file.read_bytes()), str(file), "exec", dont_inherit=True)


def _codes_below(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes_below(constant)


def _import_with(mutant: Mutant) -> None:
    """Let every import in this process take the mutant instead of its module."""
    usual, changed = SourceFileLoader.get_code, str(SOURCE / mutant.path)

    def get_code(loader: SourceFileLoader, name: str) -> CodeType | None:
        return _compiled(mutant) if loader.path == changed else usual(loader, name)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]


def _silence() -> None:
    with open(os.devnull, "w") as nothing:  # noqa: PTH123 - only its descriptor is needed
        os.dup2(nothing.fileno(), 1)
        os.dup2(nothing.fileno(), 2)


def rows(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the outcomes that a run stored."""
    if file.exists():
        yield from map(json.loads, file.read_text(encoding="utf-8").splitlines())
