"""A paper that was kept is in the letters of a census: the sentence that names a maker and a body."""

import re
from datetime import date
from pathlib import Path

from census_tools import REFERENCE, Census, at

from overzicht.subjects.answers.papers import PaperFile, keep_paper
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.overview import national_overview

DAY = date(2026, 3, 9)
PAPER = """Cameras of the council

Question 1
Is it true that the gemeente Town 03 uses cameras of Hikvision?

Question 2
Does the gemeente Town 04 use cameras?
"""


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
