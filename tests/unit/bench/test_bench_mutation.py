"""A mutant takes effect in modules that are imported already, and its tests are chosen by what they call."""

import importlib.util
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

SOURCE = """
def kept(function):
    def inner(value):
        return function(value) + 1
    return inner

@kept
def double(value):
    return value * 2

pair = (lambda value: value - 1, lambda value: value - 2)
"""


@pytest.fixture(scope="module")
def bench(project_root: Path) -> ModuleType:
    sys.path.insert(0, str(project_root / "bench"))
    try:
        return importlib.import_module("mutation_tests")
    finally:
        sys.path.pop(0)


@pytest.fixture
def module(bench: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    file = tmp_path / "overzicht" / "law" / "sums.py"
    file.parent.mkdir(parents=True)
    file.write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(bench, "SOURCE", tmp_path)
    spec = importlib.util.spec_from_file_location("sums", file)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@cache
def mutants_of(file: Path) -> list[Any]:
    root = file.parents[2]
    return list(sys.modules["mutants"].mutants_of(file, root))


def changed(module: ModuleType, bench: ModuleType, line: int, operator: str, *functions: object) -> bool:
    (mutant,) = [
        mutant
        for mutant in mutants_of(Path(str(module.__file__)))
        if (mutant.line, mutant.operator) == (line, operator)
    ]
    return bool(bench._replace_code([f for f in functions if isinstance(f, FunctionType)], mutant))


def test_functions_that_exist_get_the_changed_code(bench: ModuleType, module: ModuleType) -> None:
    double: Callable[[int], int] = module.double
    within = module.double.__closure__[0].cell_contents
    assert double(3) == 7
    assert changed(module, bench, 9, "arithmetic", module.kept, double, within)
    assert double(3) == pytest.approx(2.5)
    assert changed(module, bench, 4, "arithmetic", module.kept, double, within)
    assert double(3) == 5


def test_two_functions_of_one_line_are_not_confused(bench: ModuleType, module: ModuleType) -> None:
    assert not changed(module, bench, 9, "arithmetic", *module.pair)


def test_the_tests_of_a_mutant_call_its_function_and_the_slow_ones_come_last(
    bench: ModuleType, module: ModuleType
) -> None:
    path, named = "overzicht/law/sums.py", ("double:7", "kept:2")
    calls = {"slow": named, "quick": named[:1], "other": ("<module>:1",), "never": ()}
    tests = {name: {path: list(of)} if of else {} for name, of in calls.items()}
    seconds = {"slow": 9.0, "quick": 0.1, "other": 0.1, "never": 0.1}
    by_line = {mutant.line: mutant for mutant in mutants_of(Path(str(module.__file__)))}
    coverage = bench.Coverage({}, {}, tests, seconds, [])
    assert coverage.of(by_line[9]) == ["quick", "slow"]
    shared = bench.Coverage({}, {path: ["double:7"]}, tests, seconds, [])
    assert shared.of(by_line[9]) == ["quick", "other", "slow"]
    assert bench.Coverage({path: ["double:7"]}, {}, tests, seconds, []).runs_on_import(by_line[9])
    assert not coverage.runs_on_import(by_line[9])
    assert coverage.runs_on_import(by_line[11])
    late = bench.Coverage({}, {}, tests, {**seconds, "slow": 60.0}, [])
    assert late.of(by_line[9]) == ["quick"]
