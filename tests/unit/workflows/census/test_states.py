"""States of requests on dates: receipt, extension, refusal and reopening, passing on, and successors."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from ask_tools import ask
from census_tools import NONE, REFERENCE, REFUSED, ROUND, Census

from overzicht.subjects.census import sent_requests
from overzicht.subjects.census.answers import Depth
from overzicht.subjects.census.letters import reminders
from overzicht.subjects.census.overview import national_overview
from overzicht.subjects.census.requests import RequestEventKind, RequestState
from overzicht.subjects.census.round_records import CensusError
from overzicht.subjects.census.rounds_workflow import show_round

KIND = RequestEventKind
CONFIRM, LATE = (
    date(2026, 3, 9),
    date(2026, 3, 10),
)  # the fifth working day, and after


@pytest.fixture
def census(tmp_path: Path) -> Iterator[Census]:
    made = Census(tmp_path)
    yield made
    made.store.close()


def state(census: Census, body: str, day: date) -> RequestState:
    return next(own.state for own in show_round(census.store, ROUND, day).requests if own.body == body)


def depths(census: Census, body: str, day: date) -> tuple[Depth | None, int]:
    """Return the depth of a body on a date, and how many are refused in the coverage."""
    shown = national_overview(census.store, ROUND, day)
    depth = next(own.depth for own in shown.bodies if own.id == body)
    return depth, dict(shown.coverage.depths)[Depth.REFUSED]


def mark(census: Census, body: str, kind: RequestEventKind, day: date, detail: str = "") -> None:
    sent_requests.mark(ask(census.store, day), ROUND, body, kind, detail=detail)


def test_a_letter_without_a_receipt_goes_to_another_address(census: Census) -> None:
    mark(census, "nl:t02", KIND.RECEIVED, date(2026, 3, 4))
    assert state(census, "nl:t01", CONFIRM) is RequestState.SENT
    assert state(census, "nl:t01", LATE) is RequestState.UNCONFIRMED
    assert state(census, "nl:t02", LATE) is RequestState.RECEIVED
    assert reminders(census.store, ROUND, CONFIRM) == ()
    drafts = {draft.body: draft for draft in reminders(census.store, ROUND, LATE)}
    assert "nl:t02" not in drafts
    assert (drafts["nl:t01"].number, len(drafts)) == (0, 29)
    assert "not confirmed by 2026-03-09. Try another address." in str(drafts["nl:t01"].sentence)


def test_a_refusal_is_closed_until_it_is_reopened(census: Census) -> None:
    census.answer(CONFIRM, "nl:t01", [REFUSED], ground="Woo 5.1")
    mark(census, "nl:t02", KIND.REFUSED, CONFIRM, "Woo 5.1")
    assert depths(census, "nl:t01", CONFIRM) == depths(census, "nl:t02", CONFIRM) == (Depth.REFUSED, 2)
    for body, others in (("nl:t01", 1), ("nl:t02", 0)):
        assert state(census, body, date(2026, 9, 1)) is RequestState.REFUSED
        mark(census, body, KIND.REOPENED, date(2026, 9, 1))
        assert state(census, body, date(2026, 8, 31)) is RequestState.REFUSED
        assert state(census, body, date(2026, 9, 2)) is RequestState.SENT  # its clocks start anew
        assert state(census, body, date(2026, 9, 30)) is RequestState.OVERDUE
        assert state(census, body, date(2026, 12, 1)) is RequestState.SILENT
        assert depths(census, body, date(2026, 8, 31)) == (Depth.REFUSED, 2)
        assert depths(census, body, date(2026, 9, 2)) == (Depth.SILENT, others)
    census.answer(date(2026, 9, 20), "nl:t01", [NONE])
    assert state(census, "nl:t01", date(2026, 9, 30)) is RequestState.CORRECTED


def test_a_request_is_passed_on_to_another_body_of_the_roll(census: Census) -> None:
    for other in ("", "nl:t01", "nl:t99"):
        with pytest.raises(CensusError, match="cannot answer for nl:t01"):
            mark(census, "nl:t01", KIND.PASSED_ON, CONFIRM, other)
    mark(census, "nl:t01", KIND.PASSED_ON, CONFIRM, "nl:b1")
    view = show_round(census.store, ROUND, LATE)
    line = next(own for own in view.requests if own.body == "nl:t01")
    assert (line.state, line.through) == (RequestState.PASSED_ON, "nl:b1")
    census.answer(LATE, "nl:b1", [NONE])  # for itself alone: who passed on has no answer by that
    assert state(census, "nl:t01", LATE) is RequestState.PASSED_ON


def test_a_letter_to_a_body_that_ended_goes_to_its_successors(census: Census) -> None:
    absorbed, split, other = census.send(date(2026, 5, 4), "nl:t22", "nl:t23", "nl:t01")
    assert str(absorbed.sentences[0]) == "Cameras 2026: request to Town 21, which answers for Town 22"
    assert split.successors == ("Town 20", "Town 24")
    assert str(other.sentences[0]) == "Cameras 2026: request to Town 01"
    (before,) = census.send(REFERENCE, "nl:t22")
    assert before.successors == ()


def test_a_second_letter_goes_on_from_the_answer_and_the_clock_of_the_first(census: Census) -> None:
    census.answer(CONFIRM, "nl:t01", [NONE])
    again, late = census.send(date(2026, 4, 20), "nl:t01", "nl:t02")
    assert (again.template["number"], again.template["previous"]) == (2, census.versions["nl:t01"][0])
    assert (late.template["number"], late.template["previous"]) == (1, "")
    assert late.due == date(2026, 3, 30)  # as the state of the request has it
    assert "The answer was due on 2026-03-30. Answer as soon as you can." in map(str, late.sentences)
    outcome = census.answer(date(2026, 4, 21), "nl:t01", [NONE], key="new", code=again.code)
    assert outcome.number == 2
