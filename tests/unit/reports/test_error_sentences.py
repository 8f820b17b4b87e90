"""Sentences of mistakes: each that the code states is in the catalogue, and is found again in Dutch."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import update_catalogue
from update_catalogue import PACKAGED, SOURCE

from overzicht.reports.catalogue import dutch, reworded
from overzicht.sources.lists.interface import EntryFaultError, ReadReport

OF_THE_PROGRAM = {
    "AssertionError", "AttributeError", "ImportError", "KeyError", "LookupError", "RuntimeError", "TypeError",
    "NotImplementedError", "UnrecordableStatementError",
}  # fmt: skip
FOR_PROGRAMS = "subjects/compat/"  # answers in the words of other services
TITLES = {"Not allowed", "Not known that day", "Not over an open line", "The request does not fit"}
NOT_SHOWN = TITLES | {
    "fetching lists",
    "a quote is not closed",
}  # a name of an extra; an error that is caught
FIELD = re.compile(r"\{\w*\}")
WORDS = re.compile(r"[a-z]{2,} \S*[a-z{]")
JOINED_BY_PARTS = {
    "{} does not cover {}{}",
    "{}: it is longer than {} characters",
}  # other templates fit parts


def sentences(node: ast.AST) -> Iterator[str]:
    """Yield the texts in an expression, those in f-strings with `{}` for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        parts = (each.value if isinstance(each, ast.Constant) else quoted(each) for each in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif not isinstance(node, ast.Subscript | ast.Dict):
        for below in ast.iter_child_nodes(node):
            yield from sentences(below)


def quoted(part: ast.AST) -> str:
    return "'{}'" if isinstance(part, ast.FormattedValue) and part.conversion == ord("r") else "{}"


def raised(path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and text of every `raise` for a user, and of every `fix=` and `reason=` of any call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
            kind = getattr(node.exc.func, "id", "")
            given = (
                []
                if kind in OF_THE_PROGRAM
                else [*node.exc.args, *(each.value for each in node.exc.keywords)]
            )
        elif isinstance(node, ast.Call):
            given = [each.value for each in node.keywords if each.arg in ("fix", "reason")]
        else:
            continue
        yield from ((node.lineno, text) for each in given for text in sentences(each) if WORDS.search(text))


def test_every_sentence_of_a_mistake_is_in_the_catalogue() -> None:
    """A new literal in a `raise`, a fix or a reason fails here until it is in the catalogue."""
    known = {FIELD.sub("{}", template) for template in dutch().messages}
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if not is_packaged(path)]
    found = [(path, line, text) for path in paths for line, text in raised(path)]
    assert len(found) > 900
    unknown = [
        f"{path.name}:{line}: {text}"
        for path, line, text in found
        if FIELD.sub("{}", text) not in known | NOT_SHOWN and FOR_PROGRAMS not in path.as_posix()
    ]
    assert unknown == []


def is_packaged(path: Path) -> bool:
    return path.relative_to(SOURCE).as_posix().startswith(PACKAGED)


def test_a_filled_in_mistake_is_found_by_its_own_template() -> None:
    """No other template takes its words: `{0} is empty` must not read the middle of a longer mistake."""
    templates = {each for each in update_catalogue.in_errors() if "{0}" in each}
    assert len(templates) > 500
    wrong = []
    for template in templates - {each for each in templates if FIELD.sub("{}", each) in JOINED_BY_PARTS}:
        values = [f"QX{number}7" for number in range(len(FIELD.findall(template)))]
        if reworded(template.format(*values)) != dutch().gettext(template).format(*values):
            wrong.append(template)
    assert wrong == []


def test_a_fault_of_a_record_of_a_list_is_in_dutch() -> None:
    def fail() -> None:
        raise EntryFaultError("gender 'x' is not known")

    report = ReadReport()
    with report.record("row 3", "fetch it again"):
        fail()
    with report.record("row 4"):
        report.first("7", "its UniqueID occurs earlier in the file")
        report.first("7", "its UniqueID occurs earlier in the file")
    assert [reworded(problem.reason) for problem in report.problems] == [
        "geslacht 'x' is niet bekend",
        "de UniqueID staat eerder in het bestand",
    ]


def test_a_mistake_inside_another_is_not_read_by_a_shorter_template() -> None:
    inside = "kopie.zip: it is not a readable zip file (cut off). Nothing was loaded from it"
    assert reworded(inside) == "kopie.zip: het is geen leesbaar zipbestand (cut off). Er is niets uit geladen"
    records = (
        "a.xml: 9 records could not be read: ENTITY 3 (DATAID 3): it has no name; "
        "row 4: gender 'x' is not known; and 7 more"
    )
    dutch_records = "ENTITY 3 (DATAID 3): de naam ontbreekt; row 4: geslacht 'x' is niet bekend; en nog 7"
    assert reworded(records) == f"a.xml: 9 gegevens niet leesbaar: {dutch_records}"
    after = "https://a.example could not be fetched: the server did not answer in time, after 4 attempts"
    assert reworded(after).endswith("de server antwoordde niet op tijd, na 4 pogingen")
