"""Runs the cases of ``licensing/order.yml``: a sentence, what is changed in a case, and what the law asks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from licensing_tools import changed, fact, raw, unlisted

from overzicht.evidence import text
from overzicht.subjects.licensing.gates.model import GateAnswer, Gates, LegalGate, Outcome
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.licensing.order import CaseFindings, Checklist, walk

FILE = Path(__file__).parent / "licensing" / "order.yml"
OUTCOMES = {"yes": Outcome.PROHIBITED, "no": Outcome.CLEAR, "unknown": Outcome.NOT_KNOWN}
ABSENT = "absent"
KEYS = {
    "name",
    "day",
    "fields",
    "facts",
    "item",
    "unlisted",
    "screened",
    "way",
    "steps",
    "fits",
    "duties",
    "missing",
    "articles",
}


def _cases() -> Iterator[Any]:
    for case in yaml.safe_load(FILE.read_text(encoding="utf-8")):
        yield pytest.param(case, id=case["name"])


def _checklist(case: dict[str, Any]) -> Checklist:
    data = changed(raw("camera"), **case.get("fields", {}))
    if "facts" in case:
        data["facts"] = {name: fact(answer) for name, answer in case["facts"].items()}
    if case.get("unlisted"):
        data["items"] = unlisted()
    data["items"][0].update(case.get("item", {}))
    found = None
    if "screened" in case:
        outcome = OUTCOMES[case["screened"]]
        found = Gates(case["day"], (GateAnswer(LegalGate.PARTIES, outcome, text("screened")),))
    return walk(Application.model_validate(data), case["day"], CaseFindings(found, 0))


@pytest.mark.parametrize("case", list(_cases()))
def test_licensing_case(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    found = _checklist(case)
    if "way" in case:
        assert found.way == case["way"]
    results = {step.number: step.result for step in found.steps}
    fits = {fit.authorisation.id: fit.answer for fit in found.fits}
    duties = {duty.duty.id: duty for duty in found.duties}
    for number, wanted in case.get("steps", {}).items():
        assert results[number] == wanted, number
    for name, wanted in case.get("fits", {}).items():
        assert fits.get(name, ABSENT) == wanted, name
    for name, wanted in case.get("duties", {}).items():
        assert (duties[name].answer if name in duties else ABSENT) == wanted, name
    articles = {step.number: step.article for step in found.steps}
    for number, wanted in case.get("articles", {}).items():
        assert articles[number] == wanted, number
    for name, wanted in case.get("missing", {}).items():
        assert [one.value for one in duties[name].missing] == wanted


def test_every_step_names_its_article_and_its_source() -> None:
    found = _checklist({"day": raw("camera")["end_use"]["statement"]["signed_on"]})
    assert all(step.article and step.citations for step in found.steps)
    assert {step.number for step in found.steps} >= {
        "1",
        "2a",
        "2b",
        "3.1",
        "3a",
        "3c",
        "3d",
        "3e",
        "3f",
        "4",
        "5",
    }
