"""A subject imports the ground and the subjects that it needs, and nothing else of other subjects."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from overzicht.composition import FOLDER, Subject, installed

MOST_FOLDERS, MOST_NEEDS, FEWEST_LINES = 3, 12, 30_000
OPTIONAL = [subject for subject in installed() if subject.is_optional]


def files_of(subject: Subject) -> list[Path]:
    return sorted(Path(str(import_module(subject.package).__path__[0])).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the subjects that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{FOLDER}."):
            yield (node.module or "").split(".")[2]
        elif isinstance(node, ast.ImportFrom) and node.module == FOLDER:
            yield from (name.name for name in node.names)


@pytest.mark.parametrize("subject", installed(), ids=lambda subject: subject.name)
def test_a_subject_imports_only_what_it_needs(subject: Subject) -> None:
    others = {name for path in files_of(subject) for name in imported(path)} - {subject.name}
    always = {each.name for each in installed() if not each.is_optional}
    assert others - always <= set(subject.needs)


def test_no_subject_that_is_always_there_needs_one_that_can_go() -> None:
    optional = {subject.name for subject in OPTIONAL}
    assert [
        subject.name for subject in installed() if not subject.is_optional and optional & set(subject.needs)
    ] == []
    assert sum(len(subject.needs) for subject in OPTIONAL) <= MOST_NEEDS


@pytest.mark.parametrize("subject", installed(), ids=lambda subject: subject.name)
def test_a_subject_is_in_at_most_three_folders(subject: Subject) -> None:
    assert len({path.parent for path in files_of(subject)}) <= MOST_FOLDERS


@pytest.mark.parametrize("subject", installed(), ids=lambda subject: subject.name)
def test_what_a_subject_names_as_text_is_there(subject: Subject) -> None:
    for entries in subject.adds.values():
        for module, _, name in (entry.partition(":") for entry in entries):
            assert hasattr(import_module(f"{subject.package}.{module}"), name)
    for part in subject.parts:
        import_module(f"{subject.package}.{part.module}")
    assert set(subject.needs) <= {each.name for each in installed()}


def test_much_can_be_taken_out() -> None:
    lines = sum(
        len(path.read_text(encoding="utf-8").splitlines()) for each in OPTIONAL for path in files_of(each)
    )
    assert len(OPTIONAL) >= 6
    assert lines >= FEWEST_LINES
