"""Laws of the gates over random cases: no decision passes a shut gate, no open question opens entry."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from gate_tools import BUYER, answered, case_to, listed, with_record

from overzicht.dates import Holds
from overzicht.evidence import text
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import (
    DenialFinding,
    GateCase,
    LegalGate,
    Outcome,
    PartyAnswer,
)
from overzicht.subjects.licensing.gating import GateShutError, check_decision
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.licensing.states import GRANTS, Status

CASES = 100
BANNED_FROM = {  # start dates of bans of all Annex I items, apart from the cards
    "RU": date(2022, 2, 26),
    "BY": date(2022, 3, 3),
    "IR": date(2025, 9, 30),
    "KP": date(2017, 9, 1),
}
REPRESSION_FROM = {"IR": date(2012, 3, 24), "MM": date(2013, 5, 3), "VE": date(2017, 11, 14)}
COUNTRIES = ("RU", "BY", "IR", "KP", "MM", "VE", "CN", "CL", "UA", "AE", "KZ", "JP")
KINDS = ("software", "technology", "service")
CODES = ("6A003.a", "6A003.b.4.b", "5A001.j", "5A002.a", "5A001.f", "3A001.a", None)


def random_case(chance: random.Random) -> tuple[GateCase, date, bool]:
    """Return a case, a date, and whether a gate is certainly shut by the tables above."""
    country, code = chance.choice(COUNTRIES), chance.choice(CODES)
    day = date(2010, 1, 1) + timedelta(days=chance.randrange(365 * 17))
    address = chance.choice(("Street 1", "Simferopol", "Kyiv", ""))
    facts = {name: chance.choice(("yes", "no", "unknown")) for name in
             ("military_end_use", "security_user", "national_list_art9", "arms_embargo")}  # fmt: skip
    case = case_to(country, code, facts={k: v for k, v in facts.items() if v != "unknown"},
                   user={"address": address})  # fmt: skip
    if chance.random() < 0.2:  # a line with a code is of goods, whatever its kind
        case = replace(case, application=_with_kind(case.application, chance.choice(KINDS)))
    shut = code is not None and country in BANNED_FROM and day >= BANNED_FROM[country]
    shut |= code == "6A003.b.4.b" and country in REPRESSION_FROM and day >= REPRESSION_FROM[country]
    shut |= country == "UA" and address == "Simferopol" and day >= date(2014, 7, 30)
    if chance.random() < 0.3:
        case = listed(case, BUYER, programmes=("HR",))
        is_whole = chance.random() < 0.5
        case = with_record(case, accepted="B. Officer" if is_whole else chance.choice(("", "A. Officer")))
        shut |= not is_whole or not date(2026, 1, 1) <= day <= date(2026, 12, 31)
    elif chance.random() < 0.2:
        unsure = PartyAnswer(BUYER, Holds.UNKNOWN, text("possibly listed"))
        case = replace(case, screening=(*case.screening[:-1], unsure))
    if chance.random() < 0.3:
        finding = DenialFinding(
            "NL-1", "NL", chance.random() < 0.4, chance.random() < 0.4, chance.random() < 0.2
        )
        case = replace(case, denials=(finding,))
    return case, day, shut


def _with_kind(case: Application, kind: str) -> Application:
    items = tuple(item.model_copy(update={"kind": kind}) for item in case.items)
    return case.model_copy(update={"items": items})


def is_refused(case: GateCase, outcome: Status, day: date) -> bool:
    try:
        check_decision(case, outcome, day, "")
    except GateShutError:
        return True
    return False


def check_cases(count: int, seed: int) -> dict[str, int]:
    """Check the laws on random cases, and return how many could be granted and how many were shut."""
    chance = random.Random(seed)  # noqa: S311
    counts = {"granted": 0, "shut": 0, "granted past a shut gate": 0}
    for _ in range(count):
        case, day, shut = random_case(chance)
        if chance.random() < 0.7:
            case = answered(case, day)
        results = gates(case, day)
        grants = [not is_refused(case, outcome, day) for outcome in GRANTS]
        assert len(set(grants)) == 1
        assert grants[0] == results.can_grant == (not results.blocking)
        counts["granted"] += grants[0]
        counts["shut"] += shut
        counts["granted past a shut gate"] += shut and grants[0]
        assert not (shut and not is_refused(case, Status.NOT_NEEDED, day))
        assert is_refused(case, Status.PROHIBITED, day) != (results.outcome is Outcome.PROHIBITED)
    return counts


def test_no_grant_passes_a_shut_gate() -> None:
    counts = check_cases(CASES, seed=20261127)
    assert counts["granted past a shut gate"] == 0
    assert min(counts["granted"], counts["shut"]) > CASES // 20


@pytest.mark.parametrize("seed", range(2))
def test_one_answer_less_never_opens_a_gate(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    for _ in range(6):
        case, day, _ = random_case(chance)
        whole = answered(case, day)
        for left_out in range(len(whole.confirmations)):
            kept = tuple(
                c for i, c in enumerate(whole.confirmations) if c.key != whole.confirmations[left_out].key
            )
            fewer = GateCase(whole.application, whole.screening, kept, whole.derogations, whole.denials)
            assert gates(fewer, day).can_grant <= gates(whole, day).can_grant
            assert not (gates(whole, day).can_grant and gates(fewer, day).can_grant)


def test_every_answer_of_an_embargo_has_a_source() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(40):
        case, day, _ = random_case(chance)
        for answer in gates(case, day).answers:
            if answer.gate is LegalGate.DESTINATION and answer.card:
                assert all(citation.address.startswith("https://") for citation in answer.citations)
                assert answer.citations
