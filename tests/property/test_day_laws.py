"""As of a day, all is as if nothing had been done after it.

A random sequence of dated changes is made in full under one name, and only up to the day under another. What
is read of the first as of the day must be what is read of the second as it is now.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from ask_tools import ask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from overzicht.errors import UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.kit.operation import ALL
from overzicht.store import decisions
from overzicht.store.database import Store, Transaction
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.register import plans as register_plans
from overzicht.store.register.plans import StoredPlan
from overzicht.store.tables.tasks import Task, TaskEvent
from overzicht.subjects.register import organisations, tasks
from overzicht.subjects.register.organisations import NewOrganisation

FIRST = date(2026, 3, 1)
SPAN = 6  # days; several changes fall on one day
NAMES = itertools.count()
OWNERS = st.sampled_from(["", "ann", "bram"])
FAR = date(2030, 1, 1)  # after all that is done
DUE = st.none() | st.integers(0, 9).map(lambda days: FIRST + timedelta(days=days))
SLOTS = st.integers(0, 2)  # which task, judgement or plan, in the order in which they were made


@dataclass(frozen=True)
class Change:
    """Something that somebody does on a day to one of a few things."""

    day: date
    kind: str
    slot: int
    owner: str
    due: date | None


KINDS = ("open task", "assign", "close task", "reopen", "judge", "withdraw", "open plan", "close plan")
CHANGES = st.lists(
    st.builds(
        Change, st.integers(0, SPAN).map(lambda days: FIRST + timedelta(days=days)), st.sampled_from(KINDS),
        SLOTS, OWNERS, DUE,
    ),
    max_size=18,
).map(lambda found: sorted(found, key=lambda each: each.day))  # fmt: skip
ON_ANY_DAY = st.integers(-1, SPAN + 1).map(lambda days: FIRST + timedelta(days=days))


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", database_url)
    yield opened
    opened.close()


class Names:
    """The numbers of what was made under one name."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.name = f"device-{next(NAMES)}"
        act = Actor(FIRST, "ann", datetime.combine(FIRST, time(), UTC))
        organisations.add_organisation(store, NewOrganisation(self.name), act)
        self.made: dict[str, list[int]] = {"task": [], "judgement": [], "plan": []}

    def make(self, changes: Sequence[Change]) -> "Names":
        """Do the changes one after another, minutes apart; what cannot be done is not done."""
        for minute, change in enumerate(changes):
            at = datetime.combine(change.day, time(12, minute), UTC)
            try:
                with self.store.writing(change.owner or "carla", at) as tx:
                    self._do(tx, change, f"change {minute}")
            except (UnknownNameError, IndexError):
                continue
        return self

    def _do(self, tx: Transaction, change: Change, words: str) -> None:
        match change.kind:
            case "open task":
                number = decisions.open_task(tx, self.name, words, owner=change.owner, due=change.due)
                self.made["task"].append(number)
            case "assign":
                owner = change.owner or None
                decisions.assign_task(tx, self.made["task"][change.slot], owner=owner, due=change.due)
            case "close task":
                decisions.close_task(tx, self.made["task"][change.slot], words)
            case "reopen":
                decisions.reopen_task(tx, self.made["task"][change.slot], words)
            case "judge":
                number = decisions.add_judgement(tx, self.name, Verdict.CONFIRM, words)
                self.made["judgement"].append(number)
            case "withdraw":
                decisions.withdraw_judgement(tx, self.made["judgement"][change.slot])
            case "open plan":
                self.made["plan"].append(register_plans.add_plan(tx, self._plan(change, words), []))
            case "close plan":
                register_plans.close_plan(tx, self.made["plan"][change.slot], change.day, words)

    def _plan(self, change: Change, words: str) -> dict[str, Any]:
        return {
            "organisation_id": self.name, "title": words, "owner": change.owner, "due": None,
            "opened_on": change.day.isoformat(), "selection": {}, "reason": "",
        }  # fmt: skip

    def tasks(self, day: date | None) -> list[Task]:
        with self.store.reading() as connection:
            return [self._task(each) for each in decisions.tasks_about(connection, self.name, day)]

    def listed(self, day: date, **wanted: Any) -> list[Task]:
        part = tasks.tasks(ask(self.store, day), ALL, subject=self.name, **wanted)
        return [self._task(each) for each in part.rows]

    def _task(self, task: Task) -> Task:
        return replace(task, id=self.made["task"].index(task.id), subject="")

    def events(self, day: date | None) -> list[list[TaskEvent]]:
        there = len(self.tasks(day))
        with self.store.reading() as connection:
            return [decisions.task_events(connection, n, day) for n in self.made["task"][:there]]

    def judgements(self, day: date | None) -> list[Judgement]:
        with self.store.reading() as connection:
            found = decisions.judgements_on(connection, self.name, day)
        return [replace(each, id=number, finding_id="") for number, each in enumerate(found)]

    def is_judged(self, day: date) -> bool:
        with self.store.reading() as connection:
            query = select(decisions.is_judged(literal(self.name), day))
            return bool(connection.execute(query).scalar_one())

    def plans(self, day: date, *, only_open: bool) -> list[StoredPlan]:
        with self.store.reading() as connection:
            found = register_plans.list_plans(connection, [self.name], day, only_open=only_open)
        return [replace(each, id=self.made["plan"].index(each.id), organisation_id="") for each in found]


def both(store: Store, changes: Sequence[Change], day: date) -> tuple[Names, Names]:
    """Return what comes of all changes, and of those up to the day."""
    return Names(store).make(changes), Names(store).make([each for each in changes if each.day <= day])


LAW = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.sampled(2)
@LAW
@given(changes=CHANGES, day=ON_ANY_DAY)
def test_tasks_are_as_if_nothing_came_after_the_day(
    store: Store, changes: Sequence[Change], day: date
) -> None:
    everything, then = both(store, changes, day)
    assert everything.tasks(day) == then.tasks(None)
    assert everything.events(day) == then.events(None)


@pytest.mark.sampled(2)
@LAW
@given(changes=CHANGES, day=ON_ANY_DAY, owner=OWNERS, due=DUE, only_open=st.booleans())
def test_lists_of_tasks_are_as_if_nothing_came_after_the_day(
    store: Store, changes: Sequence[Change], day: date, owner: str, due: date | None, only_open: bool
) -> None:
    everything, then = both(store, changes, day)
    wanted = {"owner": owner, "due_before": due, "open_only": only_open}
    assert everything.listed(day, **wanted) == then.listed(FAR, **wanted)


@pytest.mark.sampled(2)
@LAW
@given(changes=CHANGES, day=ON_ANY_DAY)
def test_judgements_are_as_if_nothing_came_after_the_day(
    store: Store, changes: Sequence[Change], day: date
) -> None:
    everything, then = both(store, changes, day)
    assert everything.judgements(day) == then.judgements(None)
    standing = any(not each.withdrawn_at for each in then.judgements(None))
    assert everything.is_judged(day) == then.is_judged(day) == standing


@pytest.mark.sampled(2)
@LAW
@given(changes=CHANGES, day=ON_ANY_DAY, only_open=st.booleans())
def test_plans_are_as_if_nothing_came_after_the_day(
    store: Store, changes: Sequence[Change], day: date, only_open: bool
) -> None:
    everything, then = both(store, changes, day)
    assert everything.plans(day, only_open=only_open) == then.plans(date(2099, 1, 1), only_open=only_open)
