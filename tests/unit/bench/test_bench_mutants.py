"""Mutants of a small module: each changes one thing, still parses, and leaves words and annotations alone."""

import ast
import runpy
from pathlib import Path
from typing import Any

import pytest

SOURCE = '''"""Words."""

from x import text

LEAST: int = 3


def weigh(values: list[int], *, is_open: bool = True) -> int | None:
    """Return a weight."""
    total = 0
    for value in values:
        if value < LEAST and not is_open:
            continue
        total += value * 2
    if total == 0:
        raise ValueError(f"nothing in {values}")
    say(text("the words of a message", kind="key"))
    return total
'''


@pytest.fixture(scope="module")
def mutants(project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    file = tmp_path_factory.mktemp("source") / "module.py"
    file.write_text(SOURCE, encoding="utf-8")
    finder = runpy.run_path(str(project_root / "bench/mutants.py"))
    found: list[Any] = finder["mutants_of"](file, file.parent)
    return found


def test_every_kind_of_change_is_made_once(mutants: list[Any]) -> None:
    made = [(mutant.line, mutant.operator, mutant.before.strip(), mutant.after.strip()) for mutant in mutants]
    assert made == [
        (5, "number", "3", "(3 + 1)"),
        (8, "constant", "True", "False"),
        (10, "number", "0", "(0 + 1)"),
        (12, "condition", "value < LEAST and not is_open", "(not (value < LEAST and not is_open))"),
        (12, "comparison", "<", "<="),
        (12, "and/or", "and", "or"),
        (12, "not", "not is_open", "is_open"),
        (13, "loop", "continue", "break"),
        (14, "assignment", "+=", "-="),
        (14, "arithmetic", "*", "/"),
        (14, "number", "2", "(2 + 1)"),
        (15, "condition", "total == 0", "(not (total == 0))"),
        (15, "comparison", "==", "!="),
        (15, "number", "0", "(0 + 1)"),
        (17, "call", 'say(text("the words of a message", kind="key"))', "pass"),
        (18, "return", "total", "None"),
    ]


def test_a_mutant_changes_its_stretch_alone_and_parses(mutants: list[Any]) -> None:
    source = SOURCE.encode()
    for mutant in mutants:
        changed = mutant.applied(source)
        ast.parse(changed)
        assert changed != source
        assert changed[: mutant.start] == source[: mutant.start]
        assert changed.endswith(source[mutant.end :])
    assert len({mutant.id for mutant in mutants}) == len(mutants)
    assert {mutant.function for mutant in mutants} == {"", "weigh:8"}
