"""What a question asks: the same in our words and in the paper's, in Dutch and in English."""

from pathlib import Path

import pytest

from overzicht.sources.questions.registry import read_questions
from overzicht.workflows.answers.recognise import Judged, Kind, read_question
from overzicht.workflows.answers.sets import QuestionFacts, shipped_sets

SEED = shipped_sets()["2020Z25656"]

EXPECTED = {
    1: {Kind.KNOWN}, 2: {Kind.ASSESS}, 3: {Kind.LAW}, 4: {Kind.LAW}, 5: {Kind.LAW}, 6: {Kind.CONTACT},
    7: {Kind.COMPANIES}, 8: {Kind.COMPANIES, Kind.STEPS}, 9: {Kind.CONTROL}, 10: {Kind.KNOWN, Kind.COUNT},
    11: {Kind.KNOWN, Kind.CONDUCT}, 12: {Kind.REPLACED, Kind.STEPS}, 13: {Kind.COUNT, Kind.REPLACED},
    14: {Kind.COUNT}, 15: {Kind.LISTED, Kind.STEPS},
}  # fmt: skip


@pytest.mark.parametrize("facts", SEED.questions, ids=lambda each: str(each.number))
def test_both_languages_are_recognised_alike(facts: QuestionFacts) -> None:
    dutch, english = (read_question(facts.number, words) for words in (facts.text.nl, facts.text.en))
    assert set(dutch.kinds) == set(english.kinds) == EXPECTED[facts.number]
    assert dutch.parties == english.parties
    assert dutch.is_group == english.is_group
    assert (dutch.kind, dutch.bodies, dutch.places) == (english.kind, english.bodies, english.places)


@pytest.mark.shared
def test_the_words_of_the_paper_are_recognised_as_ours_are(shared_data: Path) -> None:
    papers = read_questions(shared_data / "kamervragen" / "2020Z25656.txt").papers
    asking = next(paper for paper in papers if paper.questions)
    for facts in SEED.questions:
        printed = asking.question(facts.number)
        assert printed is not None
        found = read_question(facts.number, printed.text)
        assert set(found.kinds) == EXPECTED[facts.number], facts.number
        assert found.parties == read_question(facts.number, facts.text.nl).parties


@pytest.mark.parametrize("word", ["Chinese", "Nederlandse", "Amerikaanse", ""])
def test_where_companies_are_from_changes_nothing(word: str) -> None:
    whose = f"{word} bedrijven die bij schending van mensenrechten helpen"
    found = read_question(1, f"Maken gemeenten gebruik van camera's van {whose}?")
    assert found.is_group
    assert set(found.kinds) == {Kind.COUNT}
    assert found.parties == frozenset()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Kent u het bericht over deze camera's?", Kind.KNOWN),
        ("Hoeveel scanners heeft de douane?", Kind.COUNT),
        ("Welke bedrijven leveren deze scanners?", Kind.COMPANIES),
        ("Welke wet is van toepassing?", Kind.LAW),
        ("Wat gaat u doen?", Kind.STEPS),
        ("Staat dit bedrijf op een sanctielijst?", Kind.LISTED),
        ("Wat kosten deze camera's?", Kind.COST),
        ("How many cameras do the police have?", Kind.COUNT),
        ("What will you do?", Kind.STEPS),
        ("Which companies supply them?", Kind.COMPANIES),
        ("Kunt u deze vragen één voor één beantwoorden?", Kind.OTHER),
    ],
)
def test_types_of_question_of_any_set(words: str, kind: Kind) -> None:
    assert kind in read_question(1, words).kinds


def test_a_question_without_a_name_goes_on_about_the_one_before() -> None:
    earlier = frozenset({"huawei"})
    assert read_question(2, "Hoe beoordeelt u dit?", earlier=earlier).parties == earlier
    assert read_question(2, "Hoe beoordeelt u Dahua?", earlier=earlier).parties == {"dahua"}
    assert not read_question(2, "Hoe beoordeelt u dit?", earlier=earlier).is_named


def test_a_company_without_a_card_is_taken_by_its_name() -> None:
    assert read_question(1, "Kent u het bedrijf Nergens Optiek?").parties == {"Nergens Optiek"}
    assert read_question(1, "Kent u Nevelzicht?", known=["Nevelzicht"]).parties == {"Nevelzicht"}
    assert read_question(1, "Kent u Nevelzicht?").parties == frozenset()


def test_what_stays_a_judgement() -> None:
    assert read_question(1, "Deelt u de mening dat dit anders moet?").judged == (Judged.AGREE,)
    assert read_question(1, "Bent u bereid grenzen te stellen?").judged == (Judged.WILLING, Judged.LIMITS)
