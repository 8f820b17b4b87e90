"""Article 15: records of people, a suggestion with its inputs, and no decision by itself."""

from datetime import date

import pytest
from pydantic import ValidationError

from overzicht.subjects.licensing.weighing import (
    CriterionRecord,
    Direction,
    Recommendation,
    Weight,
    criteria_for,
    suggest,
)


def record(
    criterion: str, direction: str = "for", weight: str = "moderate", by: str = "anna"
) -> CriterionRecord:
    return CriterionRecord.model_validate(
        {"criterion": criterion, "finding": "found", "evidence": "seen", "source_date": date(2026, 1, 1),
         "weight": weight, "direction": direction, "by": by}
    )  # fmt: skip


DAY = date(2026, 3, 20)
ALL = tuple(record(one.id) for one in criteria_for("individual", DAY))


def test_an_individual_authorisation_asks_for_eleven_criteria_and_a_global_one_for_the_programme_too() -> (
    None
):
    assert len(criteria_for("individual", DAY)) == 11
    assert {c.id for c in criteria_for("global", DAY)} - {c.id for c in criteria_for("individual", DAY)} == {
        "compliance"
    }


def test_while_a_criterion_is_unweighed_there_is_no_suggestion() -> None:
    found = suggest(ALL[1:], "individual", DAY)
    assert (found.leaning, [one.id for one in found.unweighed]) == (Recommendation.INCOMPLETE, ["regimes"])


def test_the_suggestion_shows_the_points_it_rests_on() -> None:
    found = suggest((*ALL, record("policy-2", "against", "heavy", by="bram")), "individual", DAY)
    assert (found.leaning, found.points_for, found.points_against) == (Recommendation.GRANT, 22, 3)


def test_a_decisive_record_points_to_refusal_even_alone() -> None:
    found = suggest((record("policy-2", "against", "decisive"),), "individual", DAY)
    assert (found.leaning, len(found.decisive)) == (Recommendation.REFUSE, 1)
    assert "an officer decides" in str(found.statement)


def test_a_later_record_of_one_person_replaces_the_earlier_in_the_sum_only() -> None:
    found = suggest((*ALL, record("end-use", "against", "light")), "individual", DAY)
    assert (found.points_for, found.points_against) == (20, 1)


def test_equal_points_are_balanced() -> None:
    against = tuple(record(one.id, "against", by="bram") for one in criteria_for("individual", DAY))
    assert suggest((*ALL, *against), "individual", DAY).leaning is Recommendation.BALANCED


def test_a_record_needs_a_known_criterion_and_evidence() -> None:
    with pytest.raises(ValidationError, match="no criterion 'hunch'"):
        record("hunch")
    with pytest.raises(ValidationError, match="evidence"):
        CriterionRecord(criterion="end-use", finding="found", evidence="", source_date=date(2026, 1, 1),
                        weight=Weight.LIGHT, direction=Direction.FOR)  # fmt: skip
