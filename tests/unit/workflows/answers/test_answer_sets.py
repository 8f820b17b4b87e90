"""Sets to answer: shipped facts, the same files among the examples, files of one's own, and loaded papers."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from answer_tools import BEFORE, NOW, SEED, THEN, draft, fresh_store

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.model import FirstKind
from overzicht.subjects.answers.papers import PaperFile
from overzicht.subjects.answers.sets import read_set, set_of, shipped_sets
from overzicht.subjects.questions.taking import add_files

NOW_TIME = datetime(2031, 6, 1, 12, tzinfo=UTC)
MINIMAL = """\
number: eigen-set
title: Camera's op het station
asked: 2026-01-05
asked_by: A. Voorbeeld
questions:
  - {number: 1, text: "Hoeveel camera's van Hikvision hebben gemeenten in Nederland?"}
"""


def test_the_examples_are_the_sets_that_ship(project_root: Path) -> None:
    packaged = project_root / "src" / "overzicht" / "subjects" / "answers" / "data" / "sets"
    shown = project_root / "examples" / "questions"
    names = sorted(path.name for path in packaged.glob("*.yaml"))
    assert names == sorted(path.name for path in shown.glob("*.yaml"))
    for name in names:
        assert (packaged / name).read_bytes() == (shown / name).read_bytes(), name


def test_an_answer_shows_from_its_day_on() -> None:
    facts = shipped_sets()[SEED]
    assert set_of(facts, BEFORE).questions[0].answered is None
    assert set_of(facts, THEN).questions[0].answered is not None
    assert "(in the answer to question 3)" in str(set_of(facts, THEN).questions[4].answered)
    with pytest.raises(UnknownNameError, match="2020-12-21"):
        set_of(facts, date(2020, 12, 21))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("asked: 2026-01-05", "asked: morgen"), "asked"),
        (("number: eigen-set\n", ""), "number: it is missing"),
        (("asked_by", "asker"), "asker: there is no such field"),
        (("questions:", "questions:\n  - {number: 1, text: again and again}"), "question 1 occurs twice"),
        (("asked_by:", "answered: 2020-01-01\nasked_by:"), "before the date of the question"),
        (("asked_by:", "packaged_uses: [nothing]\nasked_by:"), "there is no nothing"),
        (("number: 1,", "number: 1, together_with: 9,"), "together_with 9 is not asked"),
    ],
)
def test_a_wrong_file_says_what_is_wrong_and_where(
    tmp_path: Path, change: tuple[str, str], told: str
) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(MINIMAL.replace(*change), encoding="utf-8")
    with pytest.raises(InputFileError) as fault:
        read_set(path.name, path.read_bytes())
    assert told in str(fault.value)
    assert "examples/questions" in str(fault.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"- just\n- a list\n", b"a: [unclosed", b""])
def test_what_is_no_set_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "set.yaml"
    path.write_bytes(content)
    with pytest.raises(InputFileError):
        read_set(path.name, path.read_bytes())


def test_a_file_of_ones_own_gets_a_draft_and_says_where_there_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "set.yaml"
    path.write_text(MINIMAL, encoding="utf-8")
    store = fresh_store(tmp_path / "home")
    try:
        report = draft(store, NOW, "", AnswerChoices(example=False, paper=PaperFile.of(path)))
    finally:
        store.close()
    (one,) = report.questions
    assert one.kinds == ("in-use",)
    assert one.first.kind is FirstKind.UNKNOWN
    assert one.facts == ()
    assert "No data: the register holds no inventory of bodies in the Netherlands" in str(one.missing[0])


def test_the_words_of_a_loaded_paper_are_shown_and_its_answer_cited(
    project_root: Path, tmp_path: Path
) -> None:
    papers = project_root / "examples" / "parliament"
    store = fresh_store(tmp_path / "home")
    try:
        add_files(store, [papers / "2031Z00417.txt"], "tester", NOW_TIME)
        report = draft(store, date(2031, 12, 31), "2031Z00417", AnswerChoices(example=False))
    finally:
        store.close()
    assert report.is_full_text
    assert all(str(one.question) for one in report.questions)
    assert any(one.answered_then for one in report.questions)


@pytest.mark.shared
def test_the_full_text_of_the_seed_is_used_when_it_is_loaded(shared_data: Path, tmp_path: Path) -> None:
    store = fresh_store(tmp_path / "home")
    try:
        add_files(store, [shared_data / "kamervragen" / "2020Z25656.txt"], "tester", NOW_TIME)
        report = draft(store, THEN)
    finally:
        store.close()
    assert report.is_full_text
    assert "afschuw" in str(report.question(6).question)
    assert len(report.questions) == 15
    assert all(one.all_facts and one.answered_then for one in report.questions)
