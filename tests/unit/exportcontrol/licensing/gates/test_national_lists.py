"""National lists as dated cards: they ask a person, and never decide."""

from datetime import date

import pytest
from gate_tools import case_to, confirmed, keys, of_gate

from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import Certainty, GateCase, LegalGate, Outcome
from overzicht.subjects.licensing.gates.national import national_lists

SCANNER = "immersion lithography scanner"
NO = {"national_list_art9": "no"}
DAY = date(2026, 3, 20)


def exported(description: str, state: str = "NL", **facts: str) -> GateCase:
    return case_to("CL", code=None, description=description, facts={**NO, **facts}, issuing_state=state)


def national(case: GateCase, day: date = DAY) -> set[str]:
    return {key for key in keys(gates(case, day)) if key.startswith("national:")}


@pytest.mark.parametrize(
    ("description", "state", "day", "expected"),
    [
        (SCANNER, "NL", date(2023, 8, 31), set()),
        (SCANNER, "NL", date(2023, 9, 1), {"national:nl-semiconductors-2023"}),
        (
            SCANNER,
            "NL",
            date(2024, 9, 7),
            {"national:nl-semiconductors-2023", "national:nl-lithography-2024"},
        ),
        (SCANNER, "DE", DAY, set()),
        ("monitoring centre for telephone networks", "DE", date(2020, 1, 1), {"national:de-monitoring-2015"}),
        ("cryogenic parametric amplifier", "FR", date(2024, 3, 1), {"national:fr-emerging-2024"}),
        ("network camera with face recognition", "NL", DAY, set()),
    ],
)
def test_the_list_of_the_state_and_the_day_asks_a_person(
    description: str, state: str, day: date, expected: set[str]
) -> None:
    assert national(exported(description, state), day) == expected


@pytest.mark.parametrize(("answer", "outcome"), [("yes", Outcome.NEEDS_AUTHORISATION), ("no", Outcome.CLEAR)])
def test_a_stated_no_does_not_pass_a_card_but_an_answer_does(answer: str, outcome: Outcome) -> None:
    case, day, key = exported(SCANNER), date(2024, 1, 1), "national:nl-semiconductors-2023"
    assert of_gate(gates(case, day), LegalGate.LISTED, Outcome.NOT_KNOWN)
    results = gates(confirmed(case, (key, answer)), day)
    assert key not in keys(results)
    assert [a.card for a in of_gate(results, LegalGate.LISTED, outcome) if a.card] == [key[9:]]


def test_a_stated_yes_needs_an_authorisation_whatever_the_cards_say() -> None:
    case = exported("network camera", national_list_art9="yes")
    assert gates(case, DAY).of(LegalGate.LISTED) is Outcome.NEEDS_AUTHORISATION


@pytest.mark.parametrize(
    ("informed", "day", "expected"),
    [
        ("yes", DAY, {"national:nl-semiconductors-2023"}),  # only this one was published by the Commission
        ("no", DAY, set()),
        ("yes", date(2023, 10, 19), set()),
    ],
)
def test_the_list_of_another_state_counts_once_published_and_the_authority_informed(
    informed: str, day: date, expected: set[str]
) -> None:
    assert national(exported(SCANNER, "BE", informed_art10=informed), day) == expected


def test_every_card_has_an_address_and_a_certainty() -> None:
    cards = national_lists().values()
    assert {card.state for card in cards} >= {"NL", "DE", "ES", "FR"}
    assert all(card.citation.address.startswith("https://") for card in cards)
    assert {card.certainty for card in cards} == {Certainty.READ, Certainty.MEMORY}
