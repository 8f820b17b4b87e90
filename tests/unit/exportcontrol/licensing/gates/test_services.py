"""Services that acts ban: related to goods, or whatever the goods."""

import json
from datetime import date
from typing import Any

import pytest
from gate_tools import case_to

from overzicht.subjects.licensing.completeness import gaps
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import (
    Confirmation,
    GateAnswer,
    GateCase,
    LegalGate,
    Outcome,
)
from overzicht.subjects.licensing.model import Application, Role

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
    ("words", "card", "day", "outcome"),
    [
        ("bookkeeping for the company", "ru-services", date(2022, 6, 4), Outcome.PROHIBITED),
        ("IT consultancy on a video platform", "ru-services-2", date(2022, 10, 7), Outcome.NOT_KNOWN),
        ("technical testing of cameras", "ru-services-2a", date(2022, 12, 17), Outcome.NOT_KNOWN),
        ("ERP in the cloud", "ru-services-2b", date(2023, 12, 19), Outcome.NOT_KNOWN),
    ],
)
def test_a_service_to_a_russian_company_is_banned_from_its_day_or_a_question_if_the_text_is_unread(
    words: str, card: str, day: date, outcome: Outcome
) -> None:
    case = service_to("RU", words, schema="Company")
    assert answers(case, day)[card].outcome is outcome
    before = answers(case, date.fromordinal(day.toordinal() - 1))
    assert card not in before
    said = Confirmation(f"service:{card}", "yes", "the contract", "A. Officer", day)
    yes = GateCase(case.application, case.screening, (said,), denials=())
    assert answers(yes, day)[card].outcome is Outcome.PROHIBITED


@pytest.mark.parametrize(
    ("words", "card"), [("repair of an IP-cam", "ru-services-2b"), ("log audit of the VMS", "ru-services")]
)
@pytest.mark.parametrize("transaction", ["service", "technical assistance"])
def test_a_word_with_other_meanings_is_a_question(words: str, card: str, transaction: str) -> None:
    answer = answers(service_to("RU", words, transaction, schema="Company"))[card]
    assert (answer.outcome, bool(answer.open_question)) == (Outcome.NOT_KNOWN, True)


@pytest.mark.parametrize("transaction", ["service", "technical assistance"])
def test_a_service_without_a_named_receiver_is_a_question_about_the_destination(transaction: str) -> None:
    case = service_to("RU", "bookkeeping", transaction, schema="Company")
    exporter = tuple(party for party in case.application.parties if party.role is Role.EXPORTER)
    alone = case.application.model_copy(update={"parties": exporter})
    answer = answers(GateCase(alone, screening=case.screening, denials=()))["ru-services"]
    assert (answer.outcome, bool(answer.open_question)) == (Outcome.NOT_KNOWN, True)


def as_service(country: str, code: str | None, transaction: str, description: str = "camera") -> GateCase:
    made = case_to(country, code, description=description).application
    data = made.model_dump(mode="json", by_alias=True)
    data |= {"transaction": transaction, "assistance": "for a camera"}
    data["items"][0] |= {"kind": "service", "not_listed": False}
    return GateCase(Application.model_validate_json(json.dumps(data)), denials=())


@pytest.mark.parametrize("transaction", ["export", "brokering", "transit", "technical assistance"])
def test_a_line_with_a_code_stays_goods_if_it_is_called_a_service(transaction: str) -> None:
    case = as_service("RU", "6A003.b.4.b", transaction)
    assert answers(case)["ru-dualuse"].outcome is Outcome.PROHIBITED
    listed = [answer for answer in gates(case, DAY).answers if answer.gate is LegalGate.LISTED]
    assert [answer.outcome for answer in listed] == [Outcome.NOT_KNOWN]
    blocking = [gap.field for gap in gaps(case.application, DAY) if gap.blocks]
    assert "items.1.kind" in blocking


def test_an_export_of_a_service_is_not_clear() -> None:
    case = as_service("KZ", None, "export")
    assert [a.outcome for a in gates(case, DAY).answers if a.gate is LegalGate.LISTED] == [Outcome.NOT_KNOWN]
    assert "items.1.kind" in [gap.field for gap in gaps(case.application, DAY) if gap.blocks]


@pytest.mark.parametrize("transaction", ["technical assistance", "financing"])
def test_the_ban_on_related_services_looks_at_the_goods_that_a_service_line_describes(
    transaction: str,
) -> None:
    case = as_service("BY", None, transaction, "repair of a water cannon")
    assert answers(case)["by-repression"].outcome is Outcome.PROHIBITED
    assert "items.1.kind" not in [gap.field for gap in gaps(case.application, DAY)]


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
