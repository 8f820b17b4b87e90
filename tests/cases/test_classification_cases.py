"""Runs the cases of ``classification/*.yaml``: a sentence, a product's facts, the answer per provision."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from overzicht.subjects.control_list.classification.classify import classify
from overzicht.subjects.control_list.classification.item import read_item
from overzicht.subjects.control_list.classification.result import Classification, ConditionResult
from overzicht.subjects.control_list.classification.workflow import list_day

FOLDER = Path(__file__).parent / "classification"
NEWEST = date(2025, 11, 15)
KEYS = {"name", "functions", "facts", "day", "days", "met", "unknown", "missing", "released", "routes",
        "unlisted", "answers"}  # fmt: skip


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def item_data(functions: list[str], facts: dict[str, Any]) -> dict[str, Any]:
    stated = []
    for name, value in facts.items():
        is_amount = isinstance(value, list) and len(value) == 2 and not isinstance(value[0], str)
        shown = {"value": value[0], "unit": value[1]} if is_amount else {"value": value}
        stated.append({"fact": name, "source": "sheet", **shown})
    source = {"title": "an invented data sheet", "address": "https://example.org/sheet"}
    return {
        "id": "case",
        "name": "case",
        "functions": functions,
        "sources": {"sheet": source},
        "facts": stated,
    }


def _classified(case: dict[str, Any], day: date) -> Classification:
    item = read_item(item_data(case["functions"], case["facts"]), "case.yaml")
    return classify(item, list_day(day), None)


@pytest.mark.parametrize("case", list(_cases()))
def test_classification_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    days = case.get("days") or {case.get("day", NEWEST): case}
    for day, expected in days.items():
        found = _classified(case, day)
        assert _paths(found, ConditionResult.MET) == sorted(expected["met"]), day
        assert _paths(found, ConditionResult.UNKNOWN) == sorted(expected["unknown"]), day
        _check_details(found, expected)


def _paths(found: Classification, met: ConditionResult) -> list[str]:
    return sorted(result.path for result in found.with_answer(met))


def _check_details(found: Classification, expected: dict[str, Any]) -> None:
    assert set(expected.get("missing", ())) <= set(found.missing)
    if "missing" not in expected and not expected["unknown"]:
        assert found.missing == ()
    released = {one.path: one.released_by.note for one in found.results if one.released_by}
    for path, note in expected.get("released", {}).items():
        assert released.get(path) == note
    if "routes" in expected:
        assert [question.article for question in found.routes] == expected["routes"]
    for article, answer in expected.get("answers", {}).items():
        assert next(q.answer for q in found.routes if q.article == article) == answer
    for words in expected.get("unlisted", ()):
        assert any(words in str(says) for says in found.unlisted)
