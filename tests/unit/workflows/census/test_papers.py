"""Loaded papers fill in letters: a sentence that names a maker and a body is asked about."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from census_tools import Census

from overzicht.composition import Slot
from overzicht.parties.papers import MakersNamed
from overzicht.subjects.census import papers
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.naming import NameIndex
from overzicht.subjects.census.overview import national_overview
from overzicht.subjects.census.papers import bodies_in
from overzicht.subjects.census.roll import Body

DAY = date(2026, 3, 9)
NAMES = ("Alphen aan den Rijn", "Den Haag", "Utrecht", "Bergen op Zoom")
INDEX = NameIndex([Body(f"nl:{name}", f"Gemeente {name}", "municipality", "NL") for name in NAMES])


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


def test_a_sentence_of_a_paper_is_asked_about_once_and_proves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = MakersNamed(
        "paper-1", None, "Is it true that the gemeente Town 03 uses them?", frozenset({"hikvision"})
    )
    source = SimpleNamespace(added=lambda: (lambda _connection, _day: iter((said, said)),))
    monkeypatch.setattr(papers, "SENTENCES", source)
    census = Census(tmp_path)
    third, fourth = census.send(DAY, "nl:t03", "nl:t04")
    assert list(map(str, third.claims)) == ["paper paper-1 names you and Hikvision in one sentence"]
    assert not fourth.claims
    later = date(2026, 5, 1)
    assert national_overview(census.store, "cameras-2026", later, Question()).outcome.proved == 0
    census.store.close()


def test_without_a_subject_that_reads_papers_a_letter_says_nothing_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "SENTENCES", Slot("a place that nobody adds to"))
    census = Census(tmp_path)
    (third,) = census.send(DAY, "nl:t03")
    assert not third.claims
    census.store.close()
