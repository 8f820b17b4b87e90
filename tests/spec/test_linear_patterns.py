"""Every pattern over text from outside takes time in proportion to the text."""

import re
from pathlib import Path

import pytest
from pattern_tools import Found, patterns_in, slowest

import overzicht
from overzicht.sources.inventories.formats.description import load_formats

ROOT = Path(overzicht.__file__).parent
READ = (
    "sources",
    "subjects/questions",
    "subjects/dossiers",
    "subjects/diligence",
    "subjects/tenders",
    "subjects/control_list/sources",
    "identifiers",
    "register",
    "dates.py",
)
LENGTH = 12_000
SECONDS = 0.06  # a quadratic pattern takes more; a linear one less than 0.01 s
BOUNDED = {  # patterns whose text is bounded before, with the bound
    "subjects/questions/heading.py": "LONGEST_HEADING: 4,000 characters",
    "sources/inventories/tables/ranges.py": "LONGEST_LABEL: 80 characters",
    "sources/lists/gleif.py": "tried at the start of a sample only",
}


def test_patterns_are_found() -> None:
    places = {found.place.partition(":")[0] for found in patterns_in(ROOT, READ)}
    assert {
        "identifiers/mac.py",
        "sources/inventories/tables/cell_values.py",
        "subjects/questions/labels.py",
    } <= places
    assert set(BOUNDED) <= places


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s+and\s+", "split"),
        (r"(?P<before>[^\d]*?)\s*(?P<number>\d{1,9})", "fullmatch"),
    ],
)
def test_a_slow_pattern_is_noticed(pattern: str, method: str) -> None:
    assert slowest(Found("here", pattern, 0, method), LENGTH, SECONDS)[0] > SECONDS


@pytest.mark.parametrize("part", READ)
def test_patterns_are_linear(part: str) -> None:
    slow = {
        f"{found.place} {found.pattern!r}": slowest(found, LENGTH, SECONDS)
        for found in patterns_in(ROOT, (part,))
        if found.place.partition(":")[0] not in BOUNDED
    }
    assert {place: worst for place, worst in slow.items() if worst[0] > SECONDS} == {}


def test_the_marks_of_packaged_formats_are_linear() -> None:
    marks = [
        Found(described.kind, mark, re.MULTILINE, "search")
        for described in load_formats()
        for mark in described.recognise
    ]
    assert len(marks) > 40
    slow = {f"{mark.place} {mark.pattern!r}": slowest(mark, LENGTH, SECONDS) for mark in marks}
    assert {place: worst for place, worst in slow.items() if worst[0] > SECONDS} == {}
