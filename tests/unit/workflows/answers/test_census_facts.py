"""The census as facts of an answer: coverage before each number, the bounds, and the missing answers."""

from datetime import date
from pathlib import Path

from census_tools import Census, cameras

from overzicht.reports.answers.model import Origin
from overzicht.workflows.answers.facts import Fact, Gap, Layer, Scope, SetContext, Topic
from overzicht.workflows.answers.gather.census import KEY, census

DAY = date(2026, 3, 9)


def test_the_facts_of_a_scope_begin_with_the_coverage(tmp_path: Path) -> None:
    made = Census(tmp_path)
    made.answer(DAY, "nl:t01", [cameras(3)])
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
    layer = Layer(made.store, Origin.OWN)
    parties = frozenset({"hikvision", "dahua"})
    items = list(census(SetContext(layer, (layer,), DAY, parties=parties, places=frozenset({"NL", "EU"}))))
    shown = [str(item.text) for item in items if isinstance(item, Fact)]
    assert shown == [
        "On 2026-03-09, 3 of 30 bodies had answered (10 %). At least 3 of them have equipment of Hikvision."
    ]
    assert {item.topic for item in items} == {Topic.PRESENCE}
    made.store.close()
