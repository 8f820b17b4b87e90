"""Terms and steps of an objection (Awb 6:7, 7:2 to 7:12)."""

from datetime import date
from typing import Any

import pytest

from overzicht.subjects.licensing.objections import (
    Objection,
    ObjectionOutcome,
    ObjectionStep,
    appeal_until,
    problems_of,
)

DECIDED = date(2026, 3, 20)  # the term for objections ends on Friday 1 May 2026
OBJECTION = Objection(1, "Exporter", "the use is civil", DECIDED, date(2026, 4, 15))


def fields(**changes: Any) -> dict[str, Any]:
    return {"reason": "a reason", "until": "", "outcome": "", "agreed": False, **changes}


def problems(
    step: ObjectionStep, day: date = date(2026, 5, 10), objection: Objection = OBJECTION, **changes: Any
) -> list[str]:
    return [str(problem) for problem, _ in problems_of(objection, step, day, fields(**changes))]


def test_the_term_is_six_weeks_after_the_term_for_objections_and_twelve_with_a_committee() -> None:
    assert OBJECTION.first_due(date(2026, 4, 15)) == date(2026, 6, 12)
    assert OBJECTION.after(ObjectionStep.COMMITTEE, date(2026, 4, 20), "A", fields()).first_due(
        date(2026, 4, 20)
    ) == date(2026, 7, 24)


def asked(day: str, until: str, objection: Objection = OBJECTION) -> Objection:
    return objection.after(ObjectionStep.REPAIR, date.fromisoformat(day), "A", fields(until=until))


def test_a_repair_suspends_the_term() -> None:
    open_request = asked("2026-05-04", "2026-05-18")
    assert open_request.term(date(2026, 5, 9)).is_suspended
    repaired = open_request.after(ObjectionStep.REPAIRED, date(2026, 5, 12), "A", fields())
    assert repaired.term(date(2026, 5, 20)).suspended_days == 7
    assert repaired.first_due(date(2026, 5, 20)) == date(2026, 6, 19)


def test_a_repair_suspends_no_term_that_does_not_run_yet() -> None:
    before = asked("2026-04-20", "2026-05-04")
    assert not before.term(date(2026, 4, 25)).is_suspended
    repaired = before.after(ObjectionStep.REPAIRED, date(2026, 4, 28), "A", fields())
    assert repaired.term(date(2026, 5, 10)) == OBJECTION.term(date(2026, 5, 10))
    across = before.after(ObjectionStep.REPAIRED, date(2026, 5, 4), "A", fields())
    assert across.term(date(2026, 5, 10)).suspended_days == 2  # of 2 and 3 May


def test_a_repair_after_an_adjournment_moves_its_last_day() -> None:
    adjourned = OBJECTION.after(ObjectionStep.ADJOURNED, date(2026, 6, 1), "A", fields(until="2026-07-03"))
    repaired = asked("2026-06-08", "2026-06-22", adjourned).after(
        ObjectionStep.REPAIRED, date(2026, 6, 16), "A", fields()
    )
    assert (adjourned.due(date(2026, 6, 20)), repaired.due(date(2026, 6, 20))) == (
        date(2026, 7, 3), date(2026, 7, 10),
    )  # fmt: skip


def test_an_adjournment_makes_the_term_longer_before_it_ended() -> None:
    assert problems(ObjectionStep.ADJOURNED, until="2026-06-12") == ["2026-06-12 is not after 2026-06-12"]
    late = problems(ObjectionStep.ADJOURNED, date(2026, 6, 13), until="2026-07-10", agreed=True)
    assert late == ["the term ended on 2026-06-12"]


def test_only_an_objection_after_the_term_is_late() -> None:
    on_time = Objection(1, "P", "g", DECIDED, date(2026, 5, 1))
    late = Objection(1, "P", "g", DECIDED, date(2026, 5, 2))
    assert (on_time.is_late, late.is_late) == (False, True)


def test_the_authority_alone_adjourns_by_six_weeks_at_most() -> None:
    assert OBJECTION.longest(date(2026, 5, 10)) == date(2026, 7, 24)
    assert problems(ObjectionStep.ADJOURNED, until="2026-07-24") == []
    assert "2026-07-24 at most" in problems(ObjectionStep.ADJOURNED, until="2026-07-25")[0]
    assert problems(ObjectionStep.ADJOURNED, until="2026-09-01", agreed=True) == []


def test_nothing_is_decided_before_the_objector_is_heard_or_a_ground_for_none_is_recorded() -> None:
    assert "not heard" in problems(ObjectionStep.DECIDED, outcome="unfounded")[0]
    for step in (ObjectionStep.HEARD, ObjectionStep.NOT_HEARD):
        heard = OBJECTION.after(step, date(2026, 5, 5), "A", fields())
        assert problems(ObjectionStep.DECIDED, objection=heard, outcome="unfounded") == []
    heard = OBJECTION.after(ObjectionStep.HEARD, date(2026, 5, 5), "A", fields())
    assert problems(ObjectionStep.DECIDED, objection=heard) == ["an outcome is required"]


@pytest.mark.parametrize(
    ("step", "changes", "problem"),
    [
        (ObjectionStep.REPAIR, {"until": "2026-05-10"}, "a later last day is required"),
        (ObjectionStep.REPAIR, {"until": "2026-06-01", "reason": " "}, "a reason is required"),
        (ObjectionStep.REPAIRED, {}, "the objector was not asked to repair anything"),
        (ObjectionStep.NOT_HEARD, {"reason": ""}, "a reason is required"),
    ],
)
def test_a_step_without_what_it_needs_is_refused(
    step: ObjectionStep, changes: dict[str, Any], problem: str
) -> None:
    assert problems(step, **changes) == [problem]


def test_a_closed_objection_takes_no_step() -> None:
    closed = OBJECTION.after(ObjectionStep.WITHDRAWN, date(2026, 5, 5), "A", fields())
    assert not closed.is_open
    assert "the objection is closed" in problems(ObjectionStep.HEARD, objection=closed)


def test_a_decision_ends_the_term_and_starts_that_of_the_appeal() -> None:
    heard = OBJECTION.after(ObjectionStep.HEARD, date(2026, 5, 20), "A", fields())
    decided = heard.after(ObjectionStep.DECIDED, date(2026, 6, 12), "B", fields(outcome="founded"))
    term = decided.term(date(2026, 8, 1))
    assert (term.met_on, term.is_overdue) == (date(2026, 6, 12), False)
    assert (decided.outcome, decided.decided_by) == (ObjectionOutcome.FOUNDED, "B")
    assert heard.term(date(2026, 6, 13)).is_overdue
    assert appeal_until(date(2026, 6, 12)) == date(2026, 7, 24)
