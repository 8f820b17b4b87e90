"""Runs the cases of ``law/<instrument>.yaml``: a use in a few words, the day, and what the instrument says.

Keys: `name`, `kind` (pass, fail, open, day before, day of), `day`, the use (`act`, `actor`, `place`, `facts`,
`parties`; a Dutch public body that uses it at home where nothing is said), and what is wanted: `outcome`,
`bound`, `label`, `rule` (that decides), `found` and `not_found` (rules), `country_rules`, `reason`,
`and_reason`, `no_reason` (part of a sentence that is, or is not, among the reasons).
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from law_tools import use_of, weigh_use

from overzicht.evidence import Answer
from overzicht.law.instruments import instruments
from overzicht.subjects.diligence.use_assessment import InstrumentWeighing

FOLDER = Path(__file__).parent / "law"
KINDS = {"pass", "fail", "open", "day before", "day of"}
KEYS = {
    "name", "kind", "day", "act", "actor", "place", "facts", "parties", "outcome", "bound", "label", "rule",
    "texts", "found", "not_found", "country_rules", "reason", "and_reason", "no_reason",
}  # fmt: skip
WITHOUT_RULES = {
    "wto", "who", "csa2", "cyberbeveiligingswet", "wbni", "bio2", "telecom-security", "section-889",
    "edpb-video", "edpb-police-faces", "nis2",
}  # fmt: skip  # or none that decides


def cases_of(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8")))


def _cases() -> Iterator[Any]:
    for name in instruments():
        for case in cases_of(name):
            yield pytest.param(name, case, id=f"{name}: {case['name']}")


def weighed(name: str, case: dict[str, Any]) -> InstrumentWeighing:
    return weigh_use(use_of(case), case["day"]).of(name)


@pytest.mark.parametrize(("name", "case"), list(_cases()))
def test_law_case(name: str, case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    found = weighed(name, case)
    assert found.outcome.value == case["outcome"], str(found.statement)
    told = {
        "bound": found.is_bound.value,
        "label": found.label.value,
        "rule": found.findings[0].object.partition(":")[2],
        "country_rules": list(found.country_rules),
    }
    wanted = {key: _word(case[key]) for key in told if key in case}
    assert {key: told[key] for key in wanted} == wanted
    _check_rules(found, case)
    _check_reasons(found, case)


def _word(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _check_rules(found: InstrumentWeighing, case: dict[str, Any]) -> None:
    answers = {one.object.partition(":")[2]: one.answer for one in found.findings}
    assert all(answers[rule] is Answer.FOUND for rule in case.get("found", ()))
    assert all(answers.get(rule) is not Answer.FOUND for rule in case.get("not_found", ()))


def _check_reasons(found: InstrumentWeighing, case: dict[str, Any]) -> None:
    reasons = [str(reason.text) for one in found.findings for reason in one.reasons]
    for key in ("reason", "and_reason"):
        assert key not in case or any(case[key] in reason for reason in reasons), reasons
    assert "no_reason" not in case or not any(case["no_reason"] in reason for reason in reasons)


@pytest.mark.parametrize("name", list(instruments()))
def test_every_instrument_has_cases_of_every_kind(name: str) -> None:
    kinds = Counter(case["kind"] for case in cases_of(name))
    assert set(kinds) <= KINDS
    assert kinds["pass"]
    assert kinds["day before"] == kinds["day of"] > 0
    assert name in WITHOUT_RULES or kinds["fail"]


@pytest.mark.parametrize("name", list(instruments()))
def test_every_day_on_which_an_instrument_began_to_apply_has_cases(name: str) -> None:
    card = instruments()[name]
    days = {case["day"] for case in cases_of(name)}
    for before, phase in pairwise(card.phases):
        if before.applies is not phase.applies and phase.since is not None:
            assert {phase.since - timedelta(days=1), phase.since} <= days


def test_every_rule_has_a_case_in_which_it_is_reached() -> None:
    reached = {
        one.object
        for name in instruments()
        for case in cases_of(name)
        for one in weighed(name, case).findings
        if one.answer is Answer.FOUND
    }
    rules = {
        f"{card.id}:{rule.id}"
        for card in instruments().values()
        if card.through is None  # it binds through the law of a state
        for rule in card.rules.values()
        if rule.confidence != "memory" and (rule.since or not rule.maybe_since)  # else never sure
    }
    assert rules <= reached
