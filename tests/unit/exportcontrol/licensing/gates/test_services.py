"""Services that acts ban: related to goods, or whatever the goods."""

import json
from datetime import date
from typing import Any

import pytest
from gate_tools import case_to

from overzicht.exportcontrol.licensing.gates.decision import gates
from overzicht.exportcontrol.licensing.gates.model import (
    Confirmation,
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
)
from overzicht.exportcontrol.licensing.model import Application

DAY = date(2026, 3, 20)


def service_to(country: str, words: str, transaction: str = "service", **user: Any) -> GateCase:
    case = case_to(country, None, description=words, user={"name": "Buyer", **user})
    data = case.application.model_dump(mode="json", by_alias=True)
    data |= {"transaction": transaction, "assistance": words}
    if transaction == "service":
        data["items"][0] |= {"kind": "service", "not_listed": False}
    application = Application.model_validate_json(json.dumps(data))  # dates are read as in a file
    return GateCase(application, screening=case.screening, denials=())


def answers(case: GateCase, day: date = DAY) -> dict[str, GateAnswer]:
    found = [answer for answer in gates(case, day).answers if answer.gate is LegalGate.DESTINATION]
    return {answer.card: answer for answer in found}


@pytest.mark.parametrize(
    ("words", "card", "day"),
    [
        ("bookkeeping for the company", "ru-services", date(2022, 6, 4)),
        ("IT consultancy on a video platform", "ru-services-2", date(2022, 10, 7)),
        ("technical testing of cameras", "ru-services-2a", date(2022, 12, 17)),
        ("ERP in the cloud", "ru-services-2b", date(2023, 12, 19)),
    ],
)
def test_a_service_to_a_russian_company_is_banned_from_its_day(words: str, card: str, day: date) -> None:
    case = service_to("RU", words, schema="Company")
    assert answers(case, day)[card].outcome is Outcome.PROHIBITED
    before = answers(case, date.fromordinal(day.toordinal() - 1))
    assert card not in before


def test_a_ban_on_services_to_companies_leaves_out_a_person() -> None:
    case = service_to("RU", "bookkeeping", schema="Company")
    assert "ru-services" in answers(case)
    persons = case.application.model_copy(
        update={
            "parties": tuple(
                party.model_copy(update={"schema_": "Person"}) if party.country == "RU" else party
                for party in case.application.parties
            )
        }
    )
    assert "ru-services" not in answers(GateCase(persons, screening=case.screening, denials=()))


def test_a_service_whose_words_show_none_of_the_acts_is_a_question() -> None:
    case = service_to("RU", "a lecture on optics", schema="Company")
    answer = answers(case)["ru-services"]
    assert (answer.outcome, answer.open_question and answer.open_question.key) == (
        Outcome.NOT_KNOWN,
        "service:ru-services",
    )
    said = Confirmation("service:ru-services", "no", "the contract", "A. Officer", DAY)
    no = GateCase(case.application, case.screening, (said,), denials=())
    assert "ru-services" not in answers(no)


def test_interception_for_a_ministry_must_be_refused_and_for_a_company_needs_an_authorisation() -> None:
    ministry = service_to("IR", "interception of telephone traffic", name="Ministry of Interior")
    answer = answers(ministry)["ir-surveillance-services"]
    assert (answer.outcome, answer.must_refuse) == (Outcome.PROHIBITED, True)
    clinic = service_to("IR", "interception of telephone traffic", schema="Company")
    assert answers(clinic)["ir-surveillance-services"].outcome in {
        Outcome.NEEDS_AUTHORISATION,
        Outcome.NOT_KNOWN,  # nobody stated whether a public body uses it
    }


@pytest.mark.parametrize("transaction", ["technical assistance", "brokering", "financing"])
def test_a_service_for_banned_goods_meets_the_paragraph_of_the_act(transaction: str) -> None:
    made = case_to("RU", "6A003.a").application.model_dump(mode="json", by_alias=True)
    made |= {"transaction": transaction, "assistance": "for a camera"}
    application = Application.model_validate_json(json.dumps(made))
    answer = answers(GateCase(application, denials=()))["ru-dualuse"]
    assert answer.outcome is Outcome.PROHIBITED
    assert "Article 2(2)" in str(answer.sentence)
    assert any(citation.place == "Article 2(2)" for citation in answer.citations)


def test_a_card_that_names_no_paragraph_on_services_leaves_it_to_a_person() -> None:
    made = case_to("KP", "6A003.a").application.model_dump(mode="json", by_alias=True)
    made |= {"transaction": "technical assistance", "assistance": "training"}
    application = Application.model_validate_json(json.dumps(made))
    answer = answers(GateCase(application, denials=()))["kp-all"]
    assert answer.outcome is Outcome.NOT_KNOWN
    assert answer.open_question
    said = Confirmation(answer.open_question.key, "yes", "Article 3", "A. Officer", DAY)
    yes = GateCase(application, confirmations=(said,), denials=())
    assert answers(yes)["kp-all"].outcome is Outcome.PROHIBITED


def test_the_dual_use_regulation_has_no_rule_on_a_service_or_financing() -> None:
    case = service_to("KZ", "a lecture on optics")
    catch_all = [a for a in gates(case, DAY).answers if a.gate is LegalGate.CATCH_ALL]
    listed = [a for a in gates(case, DAY).answers if a.gate is LegalGate.LISTED]
    assert [answer.outcome for answer in (*catch_all, *listed)] == [Outcome.CLEAR, Outcome.CLEAR]
