"""Alerts in the store: checked list versions, alerts, and the messages about them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import computed_field
from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, Citation, Reason, Text, text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.stored import JsonRecord
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store.database import Transaction, row_of
from overzicht.store.register.subjects import CASES, is_of
from overzicht.store.rows import count_of, find_value, value_of, values_of
from overzicht.store.tables import alerts as tables

CHANGE, ALERT, MESSAGE = tables.alert_change, tables.alert, tables.alert_message


class UseKind(WordedEnum):
    """Where an organisation uses the name of a party."""

    MAKER = "maker", text("manufacturer of devices")
    OWNER = "owner", text("owner of a manufacturer of devices")
    SUPPLIER = "supplier", text("supplier of devices")
    PLAN = "plan", text("plan")
    CUSTOMER = "customer", text("file of parties")
    CASE = "case", text("licence case")
    DOSSIER = "dossier", text("dossier")
    ANSWER = "answer", text("answered question")


class EntryChange(WordedEnum):
    """Change of an entry between two versions of a list."""

    LISTED = "listed", text("newly listed")
    REMOVED = "removed", text("no longer on the list")
    CHANGED = "changed", text("entry changed")


@dataclass(frozen=True, slots=True)
class AlertEntry(JsonRecord):
    """A changed entry that is the party, or may be it (`is_possible`)."""

    change: EntryChange
    is_possible: bool
    record_id: str
    caption: str
    statement: Text
    reasons: tuple[Reason, ...]
    citation: Citation

    @computed_field
    @property
    def answer(self) -> Answer:
        """The answer of the newer version about this entry alone."""
        if self.change is EntryChange.REMOVED:
            return Answer.NOT_FOUND
        return Answer.POSSIBLE if self.is_possible else Answer.FOUND


@dataclass(frozen=True, slots=True)
class ListChange:
    """A version of a part of a list, compared with the one before it; numbers of records.

    `before_day` is None for the first version: nothing is compared then.
    """

    id: int
    list_id: str
    part: str
    before_sha256: str
    before_day: date | None
    after_sha256: str
    after_day: date
    added: int
    removed: int
    changed: int
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class ListAlert:
    """Meaning of a list change for one use of one party; `id` is stable, and the id of its event."""

    id: str
    change_id: Annotated[int, HIDDEN]
    list_id: str
    part: str
    before_day: date
    day: date
    use: UseKind
    subject: str
    party: str
    about: Text
    entries: tuple[AlertEntry, ...]
    task_id: int
    actor: str
    at: str


@dataclass(frozen=True, slots=True)
class AlertFilter:
    """Filter for alerts; an empty value does not restrict the result.

    `organisations` are ids; None does not restrict. Without `with_cases` alerts about licence cases are left
    out, because a case is confidential.
    """

    list_id: str = ""
    use: UseKind | None = None
    change_id: int | None = None
    organisations: tuple[str, ...] | None = None
    with_cases: bool = True
    until: date | None = None  # versions after this date are left out
    alert_id: str = ""


class Channel(WordedEnum):
    """How a message is sent."""

    MAIL = "mail", text("mail")
    WEBHOOK = "webhook", text("webhook")


class MessageState(WordedEnum):
    """State of a message; a failed one was tried as often as possible, and waits for a person."""

    WAITING = "waiting", text("waiting")
    SENT = "sent", text("sent")
    FAILED = "failed", text("failed")


@dataclass(frozen=True, slots=True)
class Message:
    """A message about a change (mail) or an alert (webhook), with its attempts and the last error."""

    id: int
    channel: Channel
    target: str
    change_id: int
    alert_id: str
    state: MessageState
    attempts: int
    due_at: str
    error: str
    at: str


def checked_hashes(connection: Connection) -> dict[tuple[str, str], set[str]]:
    """Return the hashes of the versions that were compared with the one before, by list and part."""
    checked: dict[tuple[str, str], set[str]] = {}
    for list_id, part, sha256 in connection.execute(
        select(CHANGE.c.list_id, CHANGE.c.part, CHANGE.c.after_sha256)
    ):
        checked.setdefault((list_id, part), set()).add(sha256)
    return checked


def add_change(tx: Transaction, **values: Any) -> int:
    """Store a checked version and return its number."""
    number = tx.insert(CHANGE, **values)
    tx.log("check list change", values["list_id"], part=values["part"], sha256=values["after_sha256"])
    return number


def add_alert(tx: Transaction, alert: ListAlert) -> None:
    """Store an alert; its change and its task are stored before it."""
    tx.insert(ALERT, **row_of(alert, ALERT))


def list_changes(
    connection: Connection, until: date, *, offset: int = 0, limit: int | None = None
) -> list[ListChange]:
    """Return the checked versions up to a date, the newest check first."""
    query = select(CHANGE).where(_by(until)).order_by(CHANGE.c.id.desc())
    return values_of(ListChange, connection, query.offset(offset).limit(limit))


def count_changes(connection: Connection, until: date) -> int:
    """Return the number of checked versions up to a date."""
    return count_of(connection, CHANGE, _by(until))


def checked_lists(connection: Connection, until: date) -> list[str]:
    """Return the ids of the lists with a checked version up to a date."""
    query = select(CHANGE.c.list_id).where(_by(until)).distinct().order_by(CHANGE.c.list_id)
    return list(connection.execute(query).scalars())


def _by(until: date) -> ColumnElement[bool]:
    return CHANGE.c.after_day <= until.isoformat()


def list_alerts(
    connection: Connection, filters: AlertFilter, *, offset: int = 0, limit: int | None = None
) -> list[ListAlert]:
    """Return the alerts that fit, newest check first, then by use and party."""
    version = (CHANGE.c.list_id, CHANGE.c.part, CHANGE.c.before_day, CHANGE.c.after_day.label("day"))
    query = select(ALERT, *version).join(CHANGE).where(_fits(filters))
    order = (ALERT.c.change_id.desc(), ALERT.c.use, ALERT.c.party, ALERT.c.id)
    return [
        value_of(ListAlert, row, entries=tuple(map(AlertEntry.from_json, row.entries)))
        for row in connection.execute(query.order_by(*order).offset(offset).limit(limit))
    ]


def count_alerts(connection: Connection, filters: AlertFilter) -> int:
    """Return the number of alerts that fit."""
    return count_of(connection, ALERT.join(CHANGE), _fits(filters))


def find_alert(connection: Connection, alert_id: str, filters: AlertFilter | None = None) -> ListAlert:
    """Return an alert that fits; UnknownNameError if there is none."""
    shown = list_alerts(connection, replace(filters or AlertFilter(), alert_id=alert_id), limit=1)
    if not alert_id or not shown:
        raise UnknownNameError("alert", alert_id)
    return shown[0]


def _fits(filters: AlertFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [true()]
    if filters.list_id:
        conditions.append(CHANGE.c.list_id == filters.list_id)
    if filters.use is not None:
        conditions.append(ALERT.c.use == filters.use.value)
    if filters.change_id is not None:
        conditions.append(ALERT.c.change_id == filters.change_id)
    if filters.alert_id:
        conditions.append(ALERT.c.id == filters.alert_id)
    if filters.until is not None:
        conditions.append(_by(filters.until))
    if not filters.with_cases:
        conditions.append(~ALERT.c.subject.startswith(CASES, autoescape=True))
    if filters.organisations is not None:
        conditions.append(is_of(ALERT.c.subject, filters.organisations))
    return and_(*conditions)


# Messages: an outbox. A message is claimed before it is sent, so that two processes do not send it at once.


def add_message(tx: Transaction, channel: Channel, target: str, change_id: int, alert_id: str = "") -> None:
    """Store a message that is due now."""
    state = {"state": MessageState.WAITING, "attempts": 0, "due_at": tx.at_text, "error": ""}
    tx.insert(
        MESSAGE, channel=channel, target=target, change_id=change_id, alert_id=alert_id or None, **state
    )


def due_messages(connection: Connection, at: datetime) -> list[Message]:
    """Return the waiting messages that are due at a time, the oldest first."""
    time = at.isoformat(timespec="seconds")
    is_due = and_(MESSAGE.c.state == MessageState.WAITING.value, MESSAGE.c.due_at <= time)
    return values_of(Message, connection, select(MESSAGE).where(is_due).order_by(MESSAGE.c.id))


def claim(tx: Transaction, message: Message, until: datetime) -> bool:
    """Make a message due later, and count the attempt; False if another process did so first."""
    same = (MESSAGE.c.id == message.id, MESSAGE.c.attempts == message.attempts)
    is_waiting = MESSAGE.c.state == MessageState.WAITING.value
    values = {"attempts": message.attempts + 1, "due_at": until.isoformat(timespec="seconds")}
    return tx.update(MESSAGE, *same, is_waiting, **values) == 1


def settle(tx: Transaction, message: Message, state: MessageState, error: str = "") -> None:
    """Record the result of an attempt; a result that is final is in the log."""
    tx.update(MESSAGE, MESSAGE.c.id == message.id, state=state, error=error)
    if state is not MessageState.WAITING:
        tx.log(f"message {state.value}", str(message.id), channel=message.channel.value)


def list_messages(
    connection: Connection, state: MessageState | None = None, *, offset: int = 0, limit: int | None = None
) -> list[Message]:
    """Return the messages in a state, or all: those that failed first, then the newest first."""
    order = (MESSAGE.c.state != MessageState.FAILED.value, MESSAGE.c.id.desc())
    query = select(MESSAGE).where(_in_state(state)).order_by(*order)
    return values_of(Message, connection, query.offset(offset).limit(limit))


def count_messages(connection: Connection, state: MessageState | None = None) -> int:
    """Return the number of messages in a state, or of all."""
    return count_of(connection, MESSAGE, _in_state(state))


def _in_state(state: MessageState | None) -> ColumnElement[bool]:
    return true() if state is None else MESSAGE.c.state == state.value


def retry_message(tx: Transaction, number: int) -> Message:
    """Make a failed message wait again, from its first attempt; UnknownNameError for another one."""
    is_failed = (MESSAGE.c.id == number, MESSAGE.c.state == MessageState.FAILED.value)
    fresh = {"state": MessageState.WAITING, "attempts": 0, "due_at": tx.at_text, "error": ""}
    tx.update_one(MESSAGE, *is_failed, missing=("failed message", str(number)), **fresh)
    tx.log("retry message", str(number))
    message = find_value(Message, tx.connection, select(MESSAGE).where(MESSAGE.c.id == number))
    assert message is not None  # noqa: S101 - it was updated above
    return message


def find_changes(connection: Connection, numbers: Collection[int]) -> dict[int, ListChange]:
    """Return checked versions by number; an unknown number is left out."""
    query = select(CHANGE).where(CHANGE.c.id.in_(numbers))
    return {change.id: change for change in values_of(ListChange, connection, query)}


def counts_by_change(
    connection: Connection, filters: AlertFilter, numbers: Collection[int]
) -> dict[int, int]:
    """Return the number of alerts that fit for changes, by number; a change without one is left out."""
    query = select(ALERT.c.change_id, func.count()).select_from(ALERT.join(CHANGE))
    query = query.where(_fits(filters), ALERT.c.change_id.in_(numbers)).group_by(ALERT.c.change_id)
    return {int(number): int(count) for number, count in connection.execute(query)}
