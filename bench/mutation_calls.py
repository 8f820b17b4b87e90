"""The tests of the mutation run: the functions that each of them calls."""

import functools
import gc
import json
import os
import pkgutil
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
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
SLOW_SECONDS = 0.5  # slower tests come last, the quickest of them first
MOST_SECONDS = 40.0  # of tests on one mutant
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
    most_seconds: float = MOST_SECONDS

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
        return [name for name, seconds in zip(ordered, spent, strict=True) if seconds <= self.most_seconds]

    def in_turn(self, names: Iterable[str], mutant: Mutant | None = None) -> list[str]:
        """Return tests in the order to run them: slow ones last, before them those that call the function."""

        def turn(name: str) -> tuple[float, int]:
            calls = self.tests[name].get(mutant.path, ()) if mutant else ()
            nearness = 0 if mutant and mutant.function in calls else 1 if calls else 2
            return (self.seconds[name] if self.seconds[name] > SLOW_SECONDS else 0.0, nearness)

        return sorted((name for name in names if name in self.tests), key=turn)


class Session:
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


class _Recorder(Session):
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
        wrapped = (getattr(made, "__wrapped__", None) for made in objects() if type(made) is CACHED)
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


def objects() -> list[object]:
    """Return all objects; those exempt from collection are not listed otherwise."""
    gc.unfreeze()
    everything = gc.get_objects()
    gc.freeze()
    return everything
