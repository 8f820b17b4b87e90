"""Due diligence of the exporter in the gates: no grant without the answer of a person."""

from dataclasses import replace
from datetime import date

import pytest
from gate_tools import DAY, case_to, confirmed, keys, of_gate

from overzicht.evidence import text
from overzicht.subjects.licensing.gates.concerns import with_awareness
from overzicht.subjects.licensing.gates.decision import gates
from overzicht.subjects.licensing.gates.model import (
    Confirmation,
    DiligenceConcern,
    GateCase,
    LegalGate,
    Outcome,
)
from overzicht.subjects.licensing.model import FactName

CONCERN = DiligenceConcern("maker/3", text("entry 3 names the buyer"))
BEFORE = date(2021, 4, 13)


def with_concern(code: str | None, **facts: str) -> GateCase:
    return replace(case_to("CL", code=code, facts=facts), concerns=(CONCERN,))


@pytest.mark.parametrize(
    ("code", "day", "gate", "key"),
    [
        (None, DAY, LegalGate.CATCH_ALL, "aware:maker/3"),
        ("6A003.a", DAY, LegalGate.WEIGHING, "weighed:maker/3"),
        (None, BEFORE, LegalGate.WEIGHING, "weighed:maker/3"),  # no Article 5 then
    ],
)
def test_a_record_waits_for_a_person(code: str | None, day: date, gate: LegalGate, key: str) -> None:
    results = gates(with_concern(code, aware_art5="no"), day)
    assert key in keys(results)
    assert [a.sentence for a in of_gate(results, gate, Outcome.NOT_KNOWN) if a.sentence == CONCERN.statement]
    assert not results.can_grant


@pytest.mark.parametrize(("answer", "is_open"), [("yes", False), ("no", False)])
def test_an_answer_on_awareness_closes_the_question(answer: str, *, is_open: bool) -> None:
    case = confirmed(with_concern(None), ("aware:maker/3", answer))
    assert ("aware:maker/3" in keys(gates(case, DAY))) is is_open


def test_only_a_yes_closes_the_question_on_weighing() -> None:
    case = with_concern("6A003.a")
    assert "weighed:maker/3" in keys(gates(confirmed(case, ("weighed:maker/3", "no")), DAY))
    assert "weighed:maker/3" not in keys(gates(confirmed(case, ("weighed:maker/3", "yes")), DAY))


def test_a_yes_makes_the_exporter_aware_whatever_the_application_states() -> None:
    application = case_to("CL", code=None, facts={"aware_art5": "no"}).application
    given = Confirmation("aware:maker/3", "yes", "the report", "O. Officer", DAY)
    aware = with_awareness(application, (CONCERN,), (given,))
    assert aware.fact(FactName.AWARE_ART5).answer == "yes"
    assert "maker/3" in aware.fact(FactName.AWARE_ART5).source
    assert with_awareness(application, (CONCERN,), (replace(given, answer="no"),)) == application
    assert with_awareness(application, (), (given,)) == application
