"""Runs the cases of ``ownership/*.yml``: a sentence, who owns what, and the outcome on each day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from overzicht.dates import Period, read_legal_date
from overzicht.entities.owned import Owned, owned
from overzicht.entities.ownership import UNKNOWN_SHARE, OwnershipGraph, OwnershipStatement
from overzicht.entities.ownership_records import read_share
from overzicht.law import ownership_regime

FOLDER = Path(__file__).parent / "ownership"
LONG_AGO = date(2000, 1, 1)
KEYS = {
    "name",
    "regime",
    "listed",
    "ends",
    "owns",
    "outcomes",
    "if_in_force",
    "reasons",
    "product",
    "stated_on",
}


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['name']}")


def _graph(case: dict[str, Any]) -> OwnershipGraph:
    statements = []
    for row in case["owns"]:
        owner, asset, share, since, until = (row + [LONG_AGO, None][len(row) - 3 :])[:5]
        statements.append(
            OwnershipStatement(
                owner,
                asset,
                UNKNOWN_SHARE if share is None else read_share(share),
                Period(*(None if day is None else read_legal_date(str(day)) for day in (since, until))),
                stated_on=case.get("stated_on"),
            )
        )
    return OwnershipGraph(statements, case.get("ends", ()))


def _answer(case: dict[str, Any], day: date) -> Owned:
    return owned(_graph(case), "c", case["listed"], ownership_regime(case["regime"]), day)


@pytest.mark.parametrize("case", list(_cases()))
def test_ownership_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    for day, outcome in case["outcomes"].items():
        answer = _answer(case, day)
        assert answer.outcome.value == outcome, (day, [str(reason.text) for reason in answer.reasons])
        if answer.if_in_force is not None:
            assert answer.if_in_force.value == case["if_in_force"]
    last = _answer(case, max(case["outcomes"]))
    for words in case.get("reasons", ()):
        assert any(words in str(reason.text) for reason in last.reasons), [str(r.text) for r in last.reasons]
    if "product" in case:
        assert str(last.paths[0].product.low.normalize()) == case["product"]


def test_there_are_cases_of_every_outcome_and_regime() -> None:
    cases = [case.values[0] for case in _cases()]
    assert {outcome for case in cases for outcome in case["outcomes"].values()} == {
        "owned",
        "not owned",
        "cannot rule out",
        "not in force",
        "status unknown",
    }
    assert {case["regime"] for case in cases} == {"eu", "uk", "ofac", "bis"}
