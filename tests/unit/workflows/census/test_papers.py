"""Loaded papers fill in letters: a sentence that names a maker and a body is asked about."""

import re
from datetime import date
from pathlib import Path

import pytest
from census_tools import REFERENCE, Census, at

from overzicht.subjects.answers.papers import PaperFile, keep_paper
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.naming import NameIndex
from overzicht.subjects.census.overview import national_overview
from overzicht.subjects.census.papers import bodies_in
from overzicht.subjects.census.roll import Body

DAY = date(2026, 3, 9)
NAMES = ("Alphen aan den Rijn", "Den Haag", "Utrecht", "Bergen op Zoom")
INDEX = NameIndex([Body(f"nl:{name}", f"Gemeente {name}", "municipality", "NL") for name in NAMES])
PAPER = """Cameras of the council

Question 1
Is it true that the gemeente Town 03 uses cameras of Hikvision?

Question 2
Does the gemeente Town 04 use cameras?
"""


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("De gemeenten Den Haag, Utrecht en Bergen op Zoom gebruiken Hikvision.", [1, 2, 3]),
        ("In de gemeente Alphen aan den Rijn hangen camera's.", [0]),
        ("De gemeente heeft camera's in Utrecht.", []),
        ("De Gemeente Utrecht en de gemeente Den Haag", [2, 1]),
        ("De provincie Utrecht", []),
    ],
)
def test_a_body_is_named_after_a_word_for_its_kind(sentence: str, names: list[int]) -> None:
    match = [body.name for body in bodies_in(sentence, INDEX, DAY)]
    assert match == [f"Gemeente {NAMES[place]}" for place in names]


def test_a_paper_is_asked_about_and_proves_nothing(tmp_path: Path) -> None:
    census = Census(tmp_path)
    paper = tmp_path / "council.txt"
    paper.write_text(PAPER)
    keep_paper(census.store, PaperFile.of(paper), at(REFERENCE))
    third, fourth = census.send(DAY, "nl:t03", "nl:t04")
    (claim,) = map(str, third.claims)
    assert re.fullmatch(r"paper paper-\w+ names you and Hikvision in one sentence", claim)
    assert not fourth.claims
    later = date(2026, 5, 1)
    assert national_overview(census.store, "cameras-2026", later, Question()).outcome.proved == 0
    census.store.close()
