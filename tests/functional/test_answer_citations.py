"""Citations of drafted answers: every cited place holds the claim, and every claim about an entry is cited.

The check reads the stored bytes of each source itself. It uses nothing of the product but the draft.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import pytest
from answer_tools import NOON, fresh_store
from invented_lists import un_list

from overzicht.evidence import Citation, Text
from overzicht.store.database import Store
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.answers.model import AnswerReport, Sentence
from overzicht.subjects.answers.papers import PaperFile
from overzicht.subjects.lists.loading import Choices, add_list_file

DAY = date(2026, 3, 1)
QUESTIONS = """
1. Staat Zandkraai Optiek op de sanctielijst van de VN?
2. Sinds wanneer staat Morgenlicht Staal op de sanctielijst van de VN?
3. Staat Havikveer Techniek op een sanctielijst?
4. Is Quintzwaluw Data on the UN sanctions list?
5. Was Zandkraai Optiek op 1 januari 2013 vermeld op de sanctielijst van de VN?
"""
NAMED = {  # number of an entry: its name, and its own date
    900_001: ("Zandkraai Optiek", "2014-05-06"),
    900_002: ("Morgenlicht Staal", "2015-07-08"),
    900_003: ("Havikveer Techniek", "2016-09-10"),
    900_004: ("Quintzwaluw Data", "2017-11-12"),
}
BLOCK = re.compile(r"<(INDIVIDUAL|ENTITY)>.*?</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Check:
    """A claim about an entry, and whether the cited place holds it."""

    sentence: str
    holds: bool


def raw_of(store: Store, citation: Citation) -> str:
    """Return the stored bytes of a source as text; empty for a source that is cited by address."""
    if not citation.snapshot:
        return ""
    path = store.folder / citation.snapshot[:2] / citation.snapshot
    return path.read_text(encoding="utf-8")


def place_in(raw: str, place: str) -> str:
    """Return the entry at a place: the block with the number of the place; empty without one."""
    number = re.search(r"DATAID (\d+)", place)
    blocks = [match[0] for match in BLOCK.finditer(raw)]
    return next((block for block in blocks if number and f"<DATAID>{number[1]}<" in block), "")


def values_of(sentence: Text) -> dict[str, str]:
    """Return the values of a sentence and of those in it, by name; dates as ISO days."""
    values: dict[str, str] = {}
    for name, value in sentence.values:
        values |= values_of(value) if isinstance(value, Text) else {name: str(value)}
    return values


def checks(store: Store, report: AnswerReport) -> Iterator[Check]:
    """Yield a check for each citation of the list in each sentence about an entry."""
    for question in report.questions:
        for fact in question.all_facts:
            values = values_of(fact.text)
            if "since" not in values:
                continue
            name = values.get("entry") or values["maker"]
            for citation in fact.citations:
                block = place_in(raw_of(store, citation), citation.place)
                holds = f">{name}<" in block and f"<LISTED_ON>{values['since']}<" in block
                yield Check(str(fact.text), holds)


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, AnswerReport]]:
    folder = tmp_path_factory.mktemp("citations")
    content = un_list().decode()
    for number, (name, day) in NAMED.items():
        at = content.index(f"<DATAID>{number}<")
        own = content[at:].replace(f"INVENTED ENTITY {number}", name, 1).replace("2012-12-31", day, 1)
        content = content[:at] + own
    path = folder / "consolidated.xml"
    path.write_text(content, encoding="utf-8")
    store = fresh_store(folder / "home")
    add_list_file(store, path, Choices(), actor="tester", at=NOON)
    paper = PaperFile.pasted(QUESTIONS)
    yield store, answer_set(store, "", AnswerChoices(example=False, paper=paper), DAY)
    store.close()


def test_every_cited_place_holds_the_claim(drafted: tuple[Store, AnswerReport]) -> None:
    results = list(checks(*drafted))
    assert len(results) >= 5
    assert [check.sentence for check in results if not check.holds] == []


def test_every_claim_about_an_entry_has_its_own_source(drafted: tuple[Store, AnswerReport]) -> None:
    store, report = drafted
    for question in report.questions:
        assert question.first.kind in {"yes", "no", "value"}, question.first
        claims = [fact for fact in question.all_facts if "since" in values_of(fact.text)]
        assert claims, question.question
        assert all(any(raw_of(store, cited) for cited in fact.citations) for fact in claims)


def test_the_check_finds_a_citation_that_was_moved(drafted: tuple[Store, AnswerReport]) -> None:
    store, report = drafted
    first, second, *others = report.questions
    moved = tuple(replace(fact, citations=second.facts[0].citations) for fact in first.facts)
    wrong = replace(report, questions=(replace(first, facts=moved), second, *others))
    assert any(not check.holds for check in checks(store, wrong))


def test_the_check_finds_a_claim_that_the_source_does_not_hold(drafted: tuple[Store, AnswerReport]) -> None:
    store, report = drafted
    fact = report.question(2).facts[0]
    other = Text(
        fact.text.template, tuple((n, date(2001, 1, 1) if n == "since" else v) for n, v in fact.text.values)
    )
    wrong = replace(report.question(2), facts=(Sentence(other, fact.citations),), more=())
    assert [check.holds for check in checks(store, replace(report, questions=(wrong,)))] == [False]
