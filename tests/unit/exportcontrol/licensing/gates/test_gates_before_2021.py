"""The gates under Regulation 428/2009: the articles of the day, and no grant on a text that was not read."""

import re
from datetime import date

import pytest
from gate_tools import answered, case_to, confirmed, keys, of_gate
from licensing_tools import application

from overzicht.law.export_rules import export_rules
from overzicht.subjects.licensing.completeness import gaps
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import GateCase, LegalGate, Outcome

ANSWERED = date(2021, 4, 13)
LAST_DAY, FIRST_DAY = date(2021, 9, 8), date(2021, 9, 9)
NO_USE = {
    "informed_art4": "no", "aware_art4": "no", "suspicion_art4": "no", "national_list_art9": "no",
}  # fmt: skip


def places(case: GateCase, gate: LegalGate, day: date) -> set[str]:
    return {
        citation.place
        for answer in gates(case, day).answers
        if answer.gate is gate
        for citation in answer.citations
    }


def titles(case: GateCase, day: date) -> set[str]:
    titles = {c.title for answer in gates(case, day).answers for c in answer.citations}
    return {title for title in titles if "428/2009" in title or "2021/821" in title}


@pytest.mark.parametrize(
    ("gate", "before", "after"),
    [
        (LegalGate.LISTED, {"Article 8(1)"}, {"Article 9(1)"}),
        (
            LegalGate.CATCH_ALL,
            {"Article 4(1), 4(2), 4(3)", "Article 4(4)", "Article 4(5)", "Article 8(1)"},
            {"Article 4(1)", "Article 4(2)", "Article 4(3)", "Article 5(1)", "Article 5(2)", "Article 5(3)",
             "Article 9(1)", "Article 10(1)"},
        ),
        (LegalGate.DENIALS, {"Article 13(5)"}, {"Article 16(5)"}),
        (LegalGate.WEIGHING, {"Article 12(1)"}, {"Article 15(1)"}),
    ],
)  # fmt: skip
def test_each_gate_asks_the_articles_of_the_day(gate: LegalGate, before: set[str], after: set[str]) -> None:
    case = case_to("CL", code=None, facts=NO_USE)
    assert places(case, gate, LAST_DAY) == before
    assert places(case, gate, FIRST_DAY) == after


def test_no_answer_cites_the_regulation_of_another_day() -> None:
    for case in (case_to("KZ"), case_to("KZ", code=None, facts=NO_USE)):
        assert all("428/2009" in title for title in titles(case, LAST_DAY))
        assert all("2021/821" in title for title in titles(case, FIRST_DAY))


def test_an_unlisted_item_is_free_once_a_person_confirmed_the_articles_that_were_not_read() -> None:
    case = case_to("CL", code=None, facts=NO_USE)
    assert {"text:428/2009-4", "text:428/2009-8"} <= keys(gates(case, ANSWERED))
    assert not gates(case, ANSWERED).can_grant
    whole = answered(case, ANSWERED)
    assert gates(whole, ANSWERED).outcome is Outcome.CLEAR
    assert gates(whole, ANSWERED).can_grant


def test_a_listed_item_needs_an_authorisation_by_an_article_that_was_read() -> None:
    results = gates(case_to("KZ"), ANSWERED)
    assert [a.open_question for a in of_gate(results, LegalGate.LISTED, Outcome.NEEDS_AUTHORISATION)] == [
        None
    ]


def test_cyber_surveillance_was_no_question_in_april_2021() -> None:
    facts = {**NO_USE, "aware_art5": "yes", "informed_art5": "yes", "rights_violation_use": "yes"}
    case = answered(case_to("CL", code=None, facts=facts), ANSWERED)
    assert gates(case, ANSWERED).of(LegalGate.CATCH_ALL) is Outcome.CLEAR
    assert gates(case, FIRST_DAY).of(LegalGate.CATCH_ALL) is Outcome.NEEDS_AUTHORISATION


@pytest.mark.parametrize(
    ("kind", "fact", "outcome", "article", "question"),
    [
        ("brokering", "informed_art6", Outcome.NEEDS_AUTHORISATION, "Article 5", None),
        ("transit", "transit_prohibited", Outcome.PROHIBITED, "Article 6", None),
        ("transit", "transit_authorisation", Outcome.NEEDS_AUTHORISATION, "Article 6", "text:428/2009-6"),
        ("technical assistance", "aware_art8", Outcome.DUTY, "Article 2, 3", "text:assistance-2"),
    ],
)
def test_brokering_transit_and_assistance_before_2021(
    kind: str, fact: str, outcome: Outcome, article: str, question: str | None
) -> None:
    case = case_to("CL", facts={fact: "yes"}, transaction=kind)
    (answer,) = of_gate(gates(case, ANSWERED), LegalGate.CATCH_ALL, outcome)
    assert [citation.place for citation in answer.citations] == [article]
    assert (answer.open_question.key if answer.open_question else None) == question


def test_a_confirmation_of_one_article_does_not_confirm_another() -> None:
    case = confirmed(case_to("CL", code=None, facts=NO_USE), ("text:428/2009-4", "yes"))
    assert "text:428/2009-8" in keys(gates(case, ANSWERED))
    assert "text:428/2009-4" not in keys(gates(case, ANSWERED))


@pytest.mark.parametrize("code", ["6A003.a", None])
def test_before_august_2009_nothing_is_known(code: str | None) -> None:
    results = gates(case_to("CL", code=code, facts=NO_USE), date(2009, 8, 26))
    asked = [answer for answer in results.answers if "2009-08-27" in str(answer.sentence)]
    assert asked
    assert all(answer.outcome is Outcome.NOT_KNOWN for answer in asked)


def test_each_article_that_a_replay_needs_is_a_rule_of_the_day() -> None:
    rules = export_rules(ANSWERED)
    dated = (*rules.rules.values(), *rules.criteria.values(), *rules.duties.values())
    numbers = {
        int(number) for rule in dated for number in re.findall(r"(?<![\d(/])\d+(?=[(,;]|$)", rule.article)
    }
    assert {3, 4, 5, 6, 8, 9, 11, 12, 13, 20, 22} <= numbers
    broker = application(transaction="brokering")
    assert "10(2)" in {gap.article for gap in gaps(broker, ANSWERED)}  # Article 10: what a broker must state


def test_a_listed_item_is_granted_in_april_2021_once_only_the_unread_articles_are_confirmed() -> None:
    case = case_to("CL")
    assert keys(gates(case, ANSWERED)) == {"destination:CL"}  # Articles 3, 11 and 12 were read
    whole = confirmed(case, ("destination:CL", "no"))
    assert gates(whole, ANSWERED).can_grant
    assert gates(whole, ANSWERED).outcome is Outcome.NEEDS_AUTHORISATION
