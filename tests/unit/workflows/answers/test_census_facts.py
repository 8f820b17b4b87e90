"""The census as facts of an answer: coverage before each number, the bounds, and the missing answers."""

from datetime import date
from pathlib import Path

from census_tools import ROUND, Census, at, cameras, write_csv

from overzicht.subjects.answers.census_facts import KEY, census
from overzicht.subjects.answers.facts import Fact, Gap, Layer, Scope, SetContext, Topic
from overzicht.subjects.answers.model import Origin
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.claims_workflow import import_survey
from overzicht.subjects.census.publishing import publish_overview

DAY = date(2026, 3, 9)
HIKVISION = Question(frozenset({"hikvision"}))
HAS = "has cameras of Hikvision or Dahua"


def test_the_facts_of_a_scope_begin_with_the_coverage(tmp_path: Path) -> None:
    made = Census(tmp_path)
    made.answer(DAY, "nl:t01", [cameras(3)])
    publish_overview(made.store, ROUND, DAY, HIKVISION, at(DAY))
    layer = Layer(made.store, Origin.OWN)
    scopes = (Scope(frozenset({"hikvision"}), "", "NL"), Scope(frozenset({"hikvision"}), "", "EU"))
    items = list(census(SetContext(layer, (layer,), DAY, scopes=scopes)))
    facts = [item for item in items if isinstance(item, Fact)]
    assert all(str(fact.text).startswith("On 2026-03-09, 1 of 30 bodies had answered") for fact in facts)
    assert str(facts[0].text).endswith("Between 1 and 30 of 30 have surveillance equipment of Hikvision.")
    assert "Between 1 and 30 of 30 have it." in str(facts[1].text)
    assert (facts[0].key, facts[0].count) == (KEY, 1)
    assert {fact.scope for fact in facts} == {scopes[0]}  # no round on bodies of the Union
    gaps = [str(item.text) for item in items if isinstance(item, Gap)]
    assert "The answers of 29 bodies to the census." in gaps
    early = list(census(SetContext(layer, (layer,), date(2026, 3, 1), scopes=scopes)))
    assert early == []  # the round had not begun
    made.store.close()


def test_the_bodies_with_equipment_of_a_party_follow_from_three_bodies_on(tmp_path: Path) -> None:
    made = Census(tmp_path)
    for number in range(1, 4):
        made.answer(DAY, f"nl:t{number:02}", [cameras(3)])
    publish_overview(made.store, ROUND, DAY, Question(), at(DAY))
    layer = Layer(made.store, Origin.OWN)
    parties = frozenset({"hikvision", "dahua"})
    items = list(census(SetContext(layer, (layer,), DAY, parties=parties, places=frozenset({"NL", "EU"}))))
    shown = [str(item.text) for item in items if isinstance(item, Fact)]
    assert shown == [
        "On 2026-03-09, 3 of 30 bodies had answered (10 %). At least 3 of them have equipment of Hikvision."
    ]
    assert {item.topic for item in items} == {Topic.PRESENCE}
    made.store.close()


def test_an_answer_shows_the_newest_published_numbers(tmp_path: Path) -> None:
    """The answer goes to others: two of them would give a body away that answered in between."""
    made, later, hikvision = Census(tmp_path), date(2026, 3, 10), frozenset({"hikvision"})
    for number in range(1, 7):
        made.answer(DAY, f"nl:t{number:02}", [cameras(number)])
    layer, scope = Layer(made.store, Origin.OWN), Scope(hikvision, "", "NL")

    def shown(day: date) -> list[tuple[Topic, str]]:
        numbers = SetContext(layer, (layer,), day, scopes=(scope,))
        presence = SetContext(layer, (layer,), day, parties=hikvision, places=frozenset({"NL"}))
        return [(item.topic, str(item.text)) for context in (numbers, presence) for item in census(context)]

    sentence = "The census has no published overview on surveillance equipment"
    command = f"`overzicht census publish {ROUND}"
    assert shown(DAY) == [
        (Topic.COUNT, f"{sentence} of Hikvision by {DAY}: {command} --maker hikvision` makes one."),
        (Topic.PRESENCE, f"{sentence} by {DAY}: {command}` makes one."),
    ]
    for question in (Question(hikvision), Question()):
        publish_overview(made.store, ROUND, DAY, question, at(DAY))
    published = shown(DAY)
    assert any("6 of 30 bodies had answered" in text for _, text in published)
    made.answer(later, "nl:t07", [cameras(5)])
    assert shown(later) == published
    made.store.close()


def test_a_survey_of_others_is_a_fact_with_its_response_first(tmp_path: Path) -> None:
    made = Census(tmp_path)
    header = ("survey", "number", "date", "roll", "country", "roll_size", "answered_least", "answered_most",
              "question", "with_least", "with_most", "asked_by", "source")  # fmt: skip
    rows = [
        ("news", 1, "2026-02-01", "nl towns", "", 345, 145, 155, HAS, 51, 51, "n", "x"),
        ("news", 2, "2026-02-01", "nl towns", "", 345, 145, 155, "has cameras of Bosch", 9, 9, "n", "x"),
        ("police", 1, "2025-12", "cameras", "NL", 228530, "", "", "is public", 17222, 17222, "p", "x"),
        ("other", 1, "2026-02-01", "gb police", "", 47, 39, 39, "has any", 24, 24, "c", "x"),
        ("later", 1, "2026-04-01", "nl towns", "", 345, 300, 300, "has any", 24, 24, "c", "x"),
    ]  # fmt: skip
    import_survey(made.store, write_csv(tmp_path / "surveys.csv", header, rows), at(DAY))
    layer, scope = Layer(made.store, Origin.OWN), Scope(frozenset({"hikvision"}), "", "NL")
    items = census(SetContext(layer, (layer,), DAY, scopes=(scope,)))
    texts = [
        str(item.text) for item in items if isinstance(item, Fact) and item.citations[0].source == "survey"
    ]
    assert texts == [
        f"news (2026-02-01): 145–155 of 345 answered (42–45 %). Between 51 and 251 of 345: {HAS}.",
        "police (2025-12): 17222 of 228530: is public.",
    ]
    made.store.close()
