"""The table of the OWASP ASVS names tests that exist, or a reason."""

import ast
from functools import cache
from pathlib import Path

import pytest
import reference_standard

TESTS = Path(__file__).resolve().parents[1]
ROWS = reference_standard.requirements()


@cache
def functions_by_file() -> dict[str, set[str]]:
    """Return the names of the test functions of each file, by the name of the file."""
    names: dict[str, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        names.setdefault(path.stem, set()).update(functions)
    return names


@pytest.mark.parametrize("row", ROWS, ids=[row["requirement"] for row in ROWS])
def test_a_requirement_has_tests_that_exist_or_a_reason(row: dict[str, str]) -> None:
    assert bool(row["tests"]) != bool(row["reason"])
    for name in row["tests"].split():
        file, _, function = name.partition("::")
        assert function in functions_by_file().get(file, set()), name


def test_the_table_covers_the_levels_and_most_requirements_have_a_test() -> None:
    assert len({row["requirement"] for row in ROWS}) == len(ROWS) == 212
    assert {row["level"] for row in ROWS} == {"1", "2"}
    assert sum(bool(row["tests"]) for row in ROWS) >= 150


def test_a_test_that_does_not_exist_is_noticed() -> None:
    assert "test_no_such_test" not in functions_by_file()["test_standard_table"]
    assert "test_a_test_that_does_not_exist_is_noticed" in functions_by_file()["test_standard_table"]
