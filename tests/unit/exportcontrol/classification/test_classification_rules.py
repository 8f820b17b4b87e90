"""The packaged rules: whole, without circles, and true to the user's copy of the list."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from overzicht.dates import LegalDate
from overzicht.errors import PackagedFactError
from overzicht.law.export_rules import export_rules
from overzicht.subjects.control_list.build import Row, build_list
from overzicht.subjects.control_list.classification.classify import (
    classify,
    disagreement,
    routes_file,
)
from overzicht.subjects.control_list.classification.item import read_item
from overzicht.subjects.control_list.classification.result import ConditionResult
from overzicht.subjects.control_list.classification.rules import (
    GeneralFile,
    ListDay,
    Node,
    ProvisionRule,
    RuleSet,
    rule_set,
)
from overzicht.subjects.control_list.classification.vocabulary import vocabulary
from overzicht.subjects.control_list.classification.workflow import list_day
from overzicht.subjects.control_list.model import ControlList
from overzicht.subjects.control_list.path import parse_path
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.control_list.sources.list_file import read_control_list
from overzicht.subjects.licensing.catchall import CYBER_CONDITIONS

EXECUTABLE = {
    "3A001.a.7.a", "3A001.a.7.b", "4A003.b", "4A005", "4D004", "4E001.c", "5A001.f.1", "5A001.f.2",
    "5A001.f.3", "5A001.f.4", "5A001.j", "5A004.b", "5D001.e", "6A002.a.3.f", "6A003.b.1", "6A003.b.4.a",
    "6A003.b.4.b", "6A003.b.4.c",
}  # fmt: skip
SHEET = {"title": "sheet", "address": "https://example.org/"}


def test_what_must_run_without_a_person_does() -> None:
    modes = {path: rule.mode for path, rule in rule_set().provisions.items()}
    assert {path for path in EXECUTABLE if modes[parse_path(path)] != "executable"} == set()


def test_every_fact_is_asked_by_a_rule_or_gives_another() -> None:
    rules = rule_set()
    asked = {node.fact for rule in rules.provisions.values() for node in rules.nodes(rule)}
    asked |= {node.fact for one in routes_file().questions if one.when for node in one.when.walk()}
    for spec in vocabulary().facts.values():
        asked |= {name for pair in (spec.derived.pairs if spec.derived else ()) for name in pair}
    assert set(vocabulary().facts) - asked == set()


def test_the_conditions_of_article_2_20_are_those_of_the_licence_case() -> None:
    question = next(one for one in routes_file().questions if one.article == "2(20)")
    assert question.when is not None
    names = [node.fact.removeprefix("surveillance.") for node in question.when.all]
    assert names == [name.value for name in CYBER_CONDITIONS]


def test_versions_are_those_of_the_card_of_the_list() -> None:
    starts = [control_list_card().start_of(name) for name in rule_set().versions]
    assert None not in starts
    assert export_rules().applies_from == starts[0]
    assert all(source.official for source in rule_set().sources.values())


@pytest.mark.shared
@pytest.mark.parametrize("version", ["2021", "2025-11-15"])
def test_every_limit_stands_in_the_list(shared_data: Path, version: str) -> None:
    file = shared_data / "exportcontrol" / f"annex1-{version}.jsonl"
    held = read_control_list(file, version).list
    start = control_list_card().start_of(version)
    assert start is not None
    rules = rule_set()
    found = [disagreement(held, rules, rule, list_day(start)) for rule in rules.provisions.values()]
    assert [str(says) for says in found if says] == []


@pytest.mark.shared
def test_surveillance_entries_all_have_rules(shared_data: Path) -> None:
    raw = (shared_data / "exportcontrol" / "surveillance-entries.json").read_text(encoding="utf-8")
    codes = [entry["code"] for entry in yaml.safe_load(raw)["entries"]]
    paths = tuple(rule_set().provisions)
    assert [c for c in codes if not any(f"{p}.".startswith(f"{c}.") for p in paths)] == []


@pytest.mark.shared
@pytest.mark.parametrize("version", ["2021", "2025-11-15"])
def test_no_entry_names_faces(shared_data: Path, version: str) -> None:
    file = shared_data / "exportcontrol" / f"annex1-{version}.jsonl"
    held = read_control_list(file, version).list
    item = _item({}, "face_recognition")
    found = classify(item, ListDay(date(2025, 11, 15), "2025-11-15"), held)
    assert str(found.unlisted[1]).endswith("found in: none")


def _item(facts: dict[str, Any], *functions: str) -> Any:
    stated = [{"fact": name, "source": "s", **value} for name, value in facts.items()]
    data = {"id": "x", "name": "X", "functions": list(functions), "sources": {"s": SHEET}, "facts": stated}
    return read_item(data, "x.yaml")


def _list(*rows: tuple[str, str]) -> ControlList:
    made = [Row(parse_path(path), "provision", text) for path, text in rows]
    return build_list("2025-11-15", LegalDate(date(2025, 11, 15)), made)


COMPUTER = {
    "crypto.used": {"value": False},
    "computer.digital": {"value": True},
    "computer.no_64_bit_floating_point": {"value": False},
    "computer.app": {"value": 80, "unit": "WT"},
    "computer.serves_other_equipment": {"value": False},
}


@pytest.mark.parametrize(
    ("text", "met", "words"),
    [
        ("Computers faster than, exceeding 70 WT;", ConditionResult.MET, ""),
        (
            "Computers faster than, exceeding 90 WT;",
            ConditionResult.UNKNOWN,
            "does not contain the limit 70 WT at 4A003.b",
        ),
        ("Not used;", ConditionResult.UNKNOWN, "has no provision 4A003.b"),
    ],
)
def test_a_loaded_text_that_says_something_else_makes_the_answer_unknown(
    text: str, met: ConditionResult, words: str
) -> None:
    held = _list(("4A003", "Computers:"), ("4A003.b", text))
    found = classify(_item(COMPUTER, "computer"), ListDay(date(2025, 11, 15), "2025-11-15"), held)
    result = next(one for one in found.results if one.path == "4A003.b")
    assert result.met is met
    assert words in " ".join(str(leaf.sentence) for leaf in result.reasons)
    assert [quote.words for quote in result.quotes] == ["Computers:", text]


def test_without_the_text_it_says_so_and_quotes_nothing() -> None:
    found = classify(_item(COMPUTER, "computer"), ListDay(date(2025, 11, 15), "2025-11-15"), None)
    assert any("is not loaded" in str(says) for says in found.cautions)
    assert all(one.quotes == () for one in found.results)


@pytest.mark.parametrize(
    "node",
    [
        {},
        {"fact": "no.such"},
        {"fact": "camera.fixed_lens", "provision": "6A003"},
        {"fact": "camera.frame_rate"},
        {"fact": "camera.frame_rate", "at_most": "9 kg"},
        {"fact": "camera.fixed_lens", "at_most": "9 Hz"},
        {"fact": "array.dimensions", "one_of": ["round"]},
        {"all": [{"fact": "camera.fixed_lens"}], "above": "1 Hz"},
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(node: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Node.model_validate(node)


def _rule(path: str, when: dict[str, Any], **more: Any) -> ProvisionRule:
    return ProvisionRule.model_validate({"path": path, "en": "words", "nl": "woorden", "when": when, **more})


def _general() -> GeneralFile:
    source = {**SHEET, "read": "2026-01-01"}
    return GeneralFile.model_validate({"versions": [{"name": "2021", "source": source}], "releases": {}})


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([_rule("4A005", {"provision": "4D004"}), _rule("4D004", {"provision": "4A005"})], "a circle"),
        ([_rule("4A005", {"provision": "4D004"})], "no rule for 4D004"),
        ([_rule("4A005", {"fact": "crypto.used"}, general=["x"])], "no general notes"),
        ([_rule("4A005", {"fact": "crypto.used"})] * 2, "occurs twice"),
        ([_rule("4A003.b", {"fact": "computer.app", "above": {"1999": "1 WT"}})], "names not the versions"),
    ],
)
def test_rules_that_do_not_hang_together_are_refused(rules: list[ProvisionRule], words: str) -> None:
    with pytest.raises(PackagedFactError, match=words):
        RuleSet(_general(), tuple(rules))
