"""Decided cases of courts and authorities, assessed under the articles that they decided on.

The counts are evidence of the rules only as far as the cases were not used to write them. A third of the
shared cases was set aside while the rules were written. Of the cases of `decided-cases.jsonl`, the rules
first flagged 28 of 37 findings of a violation and 1 of 9 others; the missing articles were then added.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from decided_cases import day_of, use_of_case
from law_tools import use_of

from overzicht.evidence import Answer, Finding
from overzicht.law.instruments import UseRule, instruments
from overzicht.subjects.diligence.facts import ABOUT_GROUP
from overzicht.subjects.diligence.uses import Use
from overzicht.subjects.diligence.weigh import weigh

CARDS = {
    "GDPR": ("gdpr",),
    "UAVG": ("uavg",),
    "Charter": ("charter",),
    "ECHR": ("echr",),
    "Directive 2016/680": ("police-directive",),
}
LAW = Path(__file__).parent / "law"
FLAGS = ("prohibits it", "likely violated", "leaves a duty open")
Case = Mapping[str, Any]


@pytest.fixture
def cases(shared_data: Path) -> list[Case]:
    lines = (shared_data / "law" / "cases-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def is_set_aside(case: Case) -> bool:
    return int(sha256(case["id"].encode()).hexdigest(), 16) % 3 == 0


def numbers(article: str) -> set[str]:
    """Return the numbers of articles: 5 and 6 for `5(1)(a), 6`."""
    return set(re.findall(r"(?<![\d(])\d+", article))


def rules_of(case: Case) -> Iterator[tuple[Mapping[str, str], str, UseRule]]:
    """Yield each finding of a case with the rules about its article, by card."""
    for finding in case["findings"]:
        for name in CARDS.get(finding["instrument"], ()):
            for rule in instruments()[name].rules.values():
                if numbers(rule.article) & numbers(finding["article"]):
                    yield finding, name, rule


def weighed(use: Use, name: str, day: date) -> dict[str, Finding]:
    findings = weigh(use, instruments()[name], day).findings
    return {finding.object.partition(":")[2]: finding for finding in findings}


def is_flagged(finding: Finding | None) -> bool:
    return finding is not None and any(flag in str(finding.statement) for flag in FLAGS)


def counts_of(cases: list[Case]) -> Counter[tuple[bool, str, bool]]:
    """Return the number of findings by: set aside, result of the court, and flagged by a rule."""
    counts: Counter[tuple[bool, str, bool]] = Counter()
    for case in cases:
        use, flagged = use_of_case(case), Counter[int]()
        for finding, name, rule in rules_of(case):
            place = case["findings"].index(finding)
            flagged[place] += is_flagged(weighed(use, name, day_of(case)).get(rule.id))
        for place, finding in enumerate(case["findings"]):
            if finding["instrument"] in CARDS:
                counts[is_set_aside(case), finding["result"], flagged[place] > 0] += 1
    return counts


@pytest.mark.shared
def test_findings_of_courts_are_flagged_and_few_others(cases: list[Case]) -> None:
    counts = counts_of(cases)
    violated = {aside: counts[aside, "violated", True] for aside in (False, True)}
    wrong = {aside: counts[aside, "not_violated", True] for aside in (False, True)}
    assert sum(violated.values()) >= 32
    assert sum(wrong.values()) <= 2
    assert violated[True] >= 7  # of 11 that were set aside


def test_findings_of_other_decisions_are_flagged() -> None:
    cases = our_cases()
    by_result: Counter[tuple[str, bool]] = Counter()
    for (_, result, flagged), count in counts_of(cases).items():
        by_result[result, flagged] += count
    assert len({case["source"] for case in cases}) == len(cases)
    assert by_result == {("violated", True): 37, ("not_violated", False): 9}


def our_cases() -> list[Case]:
    lines = Path(__file__).with_name("decided-cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.shared
def test_facts_that_a_provision_names_change_the_answer_in_shared_cases(cases: list[Case]) -> None:
    assert flips_of(cases) > 250


def test_facts_that_a_provision_names_change_the_answer_in_our_cases() -> None:
    assert flips_of(our_cases()) > 250


def test_facts_that_a_provision_names_change_the_answer_in_cases_of_every_instrument() -> None:
    checked = 0
    for name, card in instruments().items():
        for case in yaml.safe_load((LAW / f"{name}.yaml").read_text(encoding="utf-8")):
            use = use_of(case)
            checked += sum(flips(use, name, rule, case["day"]) for rule in card.rules.values())
    assert checked > 1000


def flips_of(cases: list[Case]) -> int:
    """Return the number of flipped facts: of every rule about the articles of each case."""
    return sum(
        flips(use_of_case(case), name, rule, day_of(case))
        for case in cases
        for _, name, rule in rules_of(case)
    )


def flips(use: Use, name: str, rule: UseRule, day: date) -> int:
    """Return the number of facts that were flipped; each changes the answer of the rule for the use.

    All other facts that the rule names are described as it wants them, so that the flipped fact decides.
    """
    ground = next(iter(rule.when.grounds), "religion")
    required = dict.fromkeys((*rule.when.all, *rule.when.any[:1], *rule.when.presumed), "yes")
    excluded = dict.fromkeys((*rule.when.any[1:], *rule.when.unless), "no")
    unmet = {**dict.fromkeys(rule.duty.facts, "no"), **excluded, **required}
    if not required or rule.confidence == "memory":
        return 0
    reached = answer_of(use, name, rule, day, unmet, ground)
    if reached is not Answer.FOUND:
        return 0  # the instrument or the rule is not about this use, whatever its facts
    flipped = 0
    for fact in (*required, *rule.when.unless):
        value = "yes" if fact in rule.when.unless else "no"
        answer = answer_of(use, name, rule, day, {**unmet, fact: value}, ground)
        assert answer is not Answer.FOUND, (use.id, name, rule.id, fact)
        flipped += 1
    if not rule.duty.facts:
        return flipped
    met = {**unmet, **dict.fromkeys(rule.duty.facts, "yes")}
    assert answer_of(use, name, rule, day, met, ground) is Answer.NOT_FOUND, (use.id, name, rule.id)
    without = {**met, **dict.fromkeys(rule.duty.instead, "no")}
    for fact in (*rule.duty.all, *rule.duty.weighed):
        if fact not in required:
            answer = answer_of(use, name, rule, day, {**without, fact: "no"}, ground)
            assert answer is Answer.FOUND, (use.id, name, rule.id, fact)
            flipped += 1
    return flipped


def answer_of(
    use: Use, name: str, rule: UseRule, day: date, values: Mapping[str, str], ground: str
) -> Answer | None:
    finding = weighed(with_facts(use, values, ground), name, day).get(rule.id)
    return None if finding is None else finding.answer


def with_facts(use: Use, values: Mapping[str, str], ground: str = "religion") -> Use:
    data = use.model_dump()
    kept = [fact for fact in data["facts"] if fact["fact"] not in values]
    data["facts"] = [*kept, *(described(name, value, ground) for name, value in values.items())]
    return Use.model_validate(data)


def described(name: str, value: str, ground: str) -> dict[str, str]:
    is_group = name in ABOUT_GROUP and value == "yes"
    return {"fact": name, "value": value, **({"ground": ground} if is_group else {})}
