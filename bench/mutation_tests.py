"""Tests on mutants: the outcome of a mutant.

One process collects the tests, with all modules imported. A mutant is tried in a fork of it, in which the
functions of its module get the changed code. A mutant of a line that runs on import needs a fork that has not
imported the product yet; if the line is in a function, only if it survives the tests after the import.
"""

import json
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from mutants import Mutant
from mutation_calls import MOST_SECONDS, PYTEST, SLOW_SECONDS, SOURCE, TESTS, Coverage, Session, objects

KILLED, SURVIVED, TIMEOUT, UNCOVERED = "killed", "survived", "timeout", "not covered"
LEAST_SECONDS, TIMES_LONGER = 10.0, 10.0  # limit per test, in seconds of the processor
WAITS = 20  # times longer by the clock, for a test that sleeps or a machine that is busy
MOST_MEMORY = 6 << 30  # a mutant that fills a list for ever
NEEDS_IMPORT = 77  # exit code of a fork


class Trial:
    """Mutants tried one after another, until the time of the run is over."""

    def __init__(self, packages: tuple[str, ...], coverage: Coverage, ends: float, kept: Path) -> None:
        self.packages, self.coverage = packages, coverage
        self._ends, self._kept, self.has_results = ends, kept, kept.exists()
        self._has_imported = False
        self._log = os.fdopen(os.dup(2), "w", buffering=1)

    def run(self, mutants: list[Mutant]) -> None:
        """Try the mutants: most of them in forks of a process that has collected the tests."""
        warm = [mutant for mutant in mutants if mutant.function]
        if os.fork() == 0:
            self._has_imported = True
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
        if outcome == SURVIVED and self._has_imported and self.coverage.runs_on_import(mutant):
            return False
        self._keep(mutant, outcome, len(tests), usage.ru_utime + usage.ru_stime)
        return False

    def _keep(self, mutant: Mutant, outcome: str, tests: int, seconds: float) -> None:
        row = {"id": mutant.id, "outcome": outcome, "tests": tests, "mutant": str(mutant)}
        with self._kept.open("a", encoding="utf-8") as stream:
            stream.write(f"{json.dumps({**row, 'seconds': round(seconds, 1)}, ensure_ascii=False)}\n")
        self._log.write(f"{outcome:12} {seconds:6.1f} s  {str(mutant)[:110]}\n")


class _Limited(Session):
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


def _functions() -> dict[str, list[FunctionType]]:
    """Return all functions by file."""
    by_file: dict[str, list[FunctionType]] = defaultdict(list)
    for candidate in objects():
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
