"""Answers are added up by `evidence/claim.py`: `any` and `all` take *not checked* for *no*."""

import ast
from collections.abc import Iterator
from pathlib import Path

import overzicht

SOURCE = Path(overzicht.__file__).parent
SUMS = "evidence/claim.py"
ABOUT_ONE_ANSWER = {  # file, function: why `any` or `all` of answers is right there
    ("reports/html/view.py", "matrix"): "the order of rows",
    ("subjects/answers/resolving/owners.py", "owned_by_listed"): "whether one answer is open",
    ("subjects/compat/parties/state.py", "is_listed"): "the entries of one record, which has them all",
    ("subjects/compat/parties/state.py", "is_unsure"): "the entries of one record, which has them all",
    ("subjects/diligence/law_parties.py", "_answer"): "copies of one list, of which one is enough",
    ("subjects/dossiers/activity.py", "_of_party"): "whether a finding of presence is there",
    ("subjects/dossiers/operations.py", "activity"): "the exit code",
}


def sums(path: Path) -> Iterator[str]:
    """Yield the function of each call of `any` or `all` about members of `Answer`."""

    def walk(node: ast.AST, function: str) -> Iterator[str]:
        if isinstance(node, ast.FunctionDef):
            function = node.name
        is_sum = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"any", "all"}
        )
        if is_sum and any(isinstance(part, ast.Name) and part.id == "Answer" for part in ast.walk(node)):
            yield function
        for child in ast.iter_child_nodes(node):
            yield from walk(child, function)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), "")


def test_no_other_code_adds_answers_up() -> None:
    found = {
        (path.relative_to(SOURCE).as_posix(), function)
        for path in SOURCE.rglob("*.py")
        for function in sums(path)
    }
    assert {place for place in found if place[0] != SUMS} == ABOUT_ONE_ANSWER.keys()
