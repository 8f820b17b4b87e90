"""Judgements and tasks: kept beside each other, withdrawn and never overwritten."""

from datetime import date

import pytest
from sqlalchemy import true
from store_tools import NOON, open_tasks

from overzicht.errors import UnknownNameError
from overzicht.store import decisions
from overzicht.store.database import Store


def test_two_people_may_judge_differently_and_both_stay(store: Store) -> None:
    with store.writing("anna", NOON) as tx:
        decisions.add_judgement(tx, "maker-1", decisions.Verdict.CONFIRM, "saw the board")
    with store.writing("bram", NOON) as tx:
        decisions.add_judgement(tx, "maker-1", decisions.Verdict.UNSURE, "label is gone")
    with store.reading() as connection:
        judged = decisions.judgements_on(connection, "maker-1")
    assert [(j.actor, j.verdict) for j in judged] == [("anna", "confirm"), ("bram", "unsure")]


def test_a_withdrawn_judgement_stays_and_cannot_be_withdrawn_twice(store: Store) -> None:
    with store.writing("anna", NOON) as tx:
        number = decisions.add_judgement(tx, "maker-1", decisions.Verdict.REJECT, "wrong device")
        decisions.withdraw_judgement(tx, number)
    with store.reading() as connection:
        (judged,) = decisions.judgements_on(connection, "maker-1")
    assert (judged.verdict, judged.withdrawn_by) == ("reject", "anna")
    with pytest.raises(UnknownNameError, match="no standing judgement"), store.writing("anna", NOON) as tx:
        decisions.withdraw_judgement(tx, number)


def test_a_task_is_opened_and_closed_with_an_outcome(store: Store) -> None:
    with store.writing("anna", NOON) as tx:
        number = decisions.open_task(tx, "device-1", "look at the board", owner="bram", due=date(2026, 12, 1))
    with store.reading() as connection:
        (task,) = open_tasks(connection)
    assert (task.owner, task.due, task.closed_at) == ("bram", date(2026, 12, 1), "")
    with store.writing("bram", NOON) as tx:
        decisions.close_task(tx, number, "Hikvision board inside")
    with store.reading() as connection:
        assert open_tasks(connection) == []
        (closed,) = decisions.tasks_where(connection, true())
    assert (closed.closed_by, closed.outcome) == ("bram", "Hikvision board inside")
