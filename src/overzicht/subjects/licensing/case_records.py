"""Licence cases and their history: the newest application, and events that are never changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Connection, Row, select

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.evidence.json_marks import HIDDEN
from overzicht.store import schema
from overzicht.store.database import Store, Transaction
from overzicht.store.rows import StoredRecordError, named_row, stored_record, value_of, values_of
from overzicht.subjects.licensing.model import Application, FactName, StatedFact
from overzicht.subjects.licensing.states import GRANTS, LEFT_OPEN, Status, check_step

CASE = text("licence case")


class CaseExistsError(OverzichtError):
    """A case of this id already exists."""

    def __init__(self, case_id: str, status: Status) -> None:
        super().__init__(
            f"case {case_id} already exists ({status}). Nothing was changed",
            fix="give the file another id. Use --replace to replace a draft",
        )


class CaseChangedError(OverzichtError):
    """A case changed between the check of a step and its storage; nothing was changed."""

    def __init__(self, case_id: str) -> None:
        self.sentence = text("case {case_id} was changed while this step was checked", case_id=case_id)
        super().__init__(str(self.sentence), fix="look at the case again, and repeat the step")


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """An event of a case on a date, with its author; `payload` depends on `kind`."""

    id: int
    kind: str
    day: date
    payload: Annotated[dict[str, Any], HIDDEN]
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case with its events, oldest first."""

    application: Application
    status: Status
    changed_at: str
    events: tuple[CaseEvent, ...]

    @property
    def is_open(self) -> bool:
        """Whether the case waits for a decision, or its authorisation is in use."""
        return self.status in LEFT_OPEN or self.status in GRANTS

    def as_known_on(self, day: date) -> "StoredCase":
        """Return the case as of `day`: later events are left out; a case begins as a draft."""
        events = tuple(event for event in self.events if event.day <= day)
        statuses = [event.payload["to"] for event in events if event.kind == "status"]
        drafts = [event.payload["application"] for event in events if event.kind == "draft"]
        filed = _application(self.application.id, drafts[-1]) if drafts else self.application
        return StoredCase(
            with_facts(filed, [event for event in events if event.kind == "fact"]),
            Status(statuses[-1]) if statuses else Status.DRAFT,
            events[-1].at if events else self.changed_at,
            events,
        )

    def of_kind(self, kind: str) -> tuple[CaseEvent, ...]:
        """Return the events of a kind, oldest first."""
        return tuple(event for event in self.events if event.kind == kind)


def _application(case_id: str, payload: Any) -> Application:
    with stored_record(CASE, case_id):
        return Application.model_validate(payload)


def with_facts(application: Application, events: Sequence[CaseEvent]) -> Application:
    """Return an application with the facts stated later; the last one on each name counts."""
    later = {
        FactName(event.payload["name"]): StatedFact(
            answer=event.payload["answer"],
            source=event.payload["source"],
            note=event.payload["note"],
            by=event.actor,
            stated_on=event.day,
        )
        for event in events
    }
    return application.model_copy(update={"facts": {**application.facts, **later}})


def add_case(tx: Transaction, application: Application, day: date, *, replace: bool = False) -> None:
    """Save a new case as a draft; `replace` allows replacing a draft, whose text remains among the events.

    Raises CaseExistsError if a case of that id exists.
    """
    table = schema.licence_case
    known = tx.connection.execute(select(table.c.status).where(table.c.id == application.id)).first()
    if known is not None and not (replace and known.status == Status.DRAFT.value):
        raise CaseExistsError(application.id, Status(known.status))
    payload = application.model_dump(mode="json", by_alias=True)
    content = {"issuing_state": application.issuing_state, "payload": payload}
    values = {**content, "status": Status.DRAFT, "filed_on": None, "changed_at": tx.at_text}
    if known is None:
        tx.insert(table, id=application.id, **values)
    else:
        tx.update(table, table.c.id == application.id, **values)
    add_event(tx, application.id, "draft", day, {"application": payload})


@contextmanager
def changing(store: Store, case: StoredCase, actor: Actor) -> Iterator[Transaction]:
    """Yield a transaction for a step that was checked against `case`, as of the actor's date.

    CaseChangedError if another person recorded an event after `case` was read.
    """
    known = [event.id for event in case.events if event.day <= actor.day]
    column = schema.licence_event.c
    query = select(column.id).where(
        column.case_id == case.application.id, column.day <= actor.day.isoformat()
    )
    with store.writing(actor.name, actor.at) as tx:
        if list(tx.connection.scalars(query.order_by(column.id))) != known:
            raise CaseChangedError(case.application.id)
        yield tx


def add_event(tx: Transaction, case_id: str, kind: str, day: date, payload: dict[str, Any]) -> int:
    """Append an event to a case and to the log, and return its number."""
    number = tx.insert(schema.licence_event, case_id=case_id, kind=kind, day=day, payload=payload)
    tx.log(f"licence {kind}", case_id, day=day.isoformat(), event=number, content=payload)
    return number


def set_status(tx: Transaction, case: StoredCase, status: Status, day: date, payload: dict[str, Any]) -> None:
    """Move a case to a status, as an event; StepNotPossibleError if the table of steps has no such step."""
    case_id = case.application.id
    table = schema.licence_case
    now = Status(tx.connection.execute(select(table.c.status).where(table.c.id == case_id)).scalar_one())
    check_step(case_id, now, status)
    filed = {"filed_on": day} if status is Status.SUBMITTED else {}
    tx.update(table, table.c.id == case_id, status=status, changed_at=tx.at_text, **filed)
    add_event(tx, case_id, "status", day, {"from": now.value, "to": status.value, **payload})


def get_case(connection: Connection, case_id: str) -> StoredCase:
    """Return a case with its events; UnknownNameError lists the known cases."""
    return _case(connection, named_row(connection, schema.licence_case.c.id, case_id, "licence case"))


def case_on(connection: Connection, case_id: str, day: date) -> StoredCase:
    """Return a case as of `day`; UnknownNameError if it began later."""
    stored = get_case(connection, case_id)
    with stored_record(CASE, case_id):
        case = stored.as_known_on(day)
    if not case.events:
        raise UnknownNameError(f"licence case of {day}", case_id)
    return case


def cases_on(
    connection: Connection, day: date, problems: list[StoredRecordError] | None = None
) -> list[StoredCase]:
    """Return the cases as of a date, by id; `problems` as in `list_cases`. Later cases are not read."""
    events = schema.licence_event.c
    begun = select(events.case_id).where(events.day <= day.isoformat())
    cases = []
    for case in list_cases(connection, problems, schema.licence_case.c.id.in_(begun)):
        with stored_record(CASE, case.application.id, problems):
            cases.append(case.as_known_on(day))
    return cases


def list_cases(
    connection: Connection, problems: list[StoredRecordError] | None = None, *conditions: ColumnElement[bool]
) -> list[StoredCase]:
    """Return all cases that meet the conditions by id.

    One that cannot be read is added to `problems`, or raised without them.
    """
    table = schema.licence_case
    cases = []
    for row in connection.execute(select(table).where(*conditions).order_by(table.c.id)).all():
        with stored_record(CASE, row.id, problems):
            cases.append(_case(connection, row))
    return cases


def _case(connection: Connection, row: Row[Any]) -> StoredCase:
    events = schema.licence_event
    query = select(events).where(events.c.case_id == row.id).order_by(events.c.id)
    happened = tuple(values_of(CaseEvent, connection, query))
    return value_of(StoredCase, row, application=_application(row.id, row.payload), events=happened)
