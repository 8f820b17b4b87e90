"""The state of a request on a date, from what happened until then and the clocks of its round."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.evidence import text
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.census.answers import Depth

WorkingDay = Callable[[date, int], date]  # the date so many working days after another


class RequestState(WordedEnum):
    """The state of a request."""

    PLANNED = "planned", text("planned")
    SENT = "sent", text("sent")
    UNCONFIRMED = "unconfirmed", text("sent, receipt not confirmed")
    RECEIVED = "received", text("received")
    EXTENDED = "extended", text("extended")
    ANSWERED = "answered", text("answered")
    PARTLY = "partly", text("answered in part")
    CORRECTED = "corrected", text("corrected")
    REFUSED = "refused", text("refused")
    OVERDUE = "overdue", text("overdue")
    REMINDED = "reminded", text("reminded once")
    REMINDED_AGAIN = "reminded again", text("reminded twice")
    SILENT = "silent", text("silent")
    PASSED_ON = "passed on", text("passed on")


class RequestEventKind(WordedEnum):
    """Kind of an event of a request, apart from a return."""

    SENT = "sent", text("sent")
    RECEIVED = "received", text("receipt confirmed")
    EXTENDED = "extended", text("extended")
    REFUSED = "refused", text("refused")
    REOPENED = "reopened", text("reopened")
    REMINDED = "reminded", text("reminder sent")
    PASSED_ON = "passed on", text("passed on")


CLOSING = {  # the state that an event closes a request with; None opens it again
    RequestEventKind.REFUSED: RequestState.REFUSED,
    RequestEventKind.PASSED_ON: RequestState.PASSED_ON,
    RequestEventKind.REOPENED: None,
}


class Periods(StrictModel):
    """The clocks of a round, in working days; those after `due` run from the due date.

    `reply` is the time between the letter with a claim and its publication.
    """

    confirm: int = 5
    due: int = 20
    extension: int = 10
    first_reminder: int = 10
    second_reminder: int = 20
    silent: int = 30
    reply: int = 10


NO_CLAIMS = "-"  # detail of a letter without a stored claim


@dataclass(frozen=True, slots=True)
class RequestEvent:
    """An event of a request; `detail` is a ground, a reason, or the body that it was passed on to.

    Of a letter it has the ids of the stored claims in it.
    """

    kind: RequestEventKind
    day: date
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReturnState:
    """The return of a body that counts on a date: its version, depth, and whether scopes are missing.

    `since` is the date of its arrival.
    """

    number: int
    depth: Depth
    is_partial: bool = False
    since: date = date.min


@dataclass(frozen=True, slots=True)
class RequestClock:
    """The dates of a request; None before it is sent. `reminders` are those that are due, not those sent."""

    confirm: date | None = None  # the last day to confirm the receipt
    due: date | None = None
    reminders: tuple[date, ...] = ()
    silent: date | None = None


def clock_of(events: Sequence[RequestEvent], periods: Periods, working_day: WorkingDay) -> RequestClock:
    """Return the dates of a request by its events; an extension counts once. Reopening restarts them."""
    sent = next((event.day for event in events if event.kind is RequestEventKind.SENT), None)
    if sent is None:
        return RequestClock()
    events = since_reopened(events)
    sent = events[0].day if events[0].kind is RequestEventKind.REOPENED else sent
    is_extended = any(event.kind is RequestEventKind.EXTENDED for event in events)
    due = working_day(sent, periods.due + (periods.extension if is_extended else 0))
    reminders = (working_day(due, periods.first_reminder), working_day(due, periods.second_reminder))
    confirm = working_day(sent, periods.confirm)
    return RequestClock(confirm, due, reminders, working_day(due, periods.silent))


def since_reopened(events: Sequence[RequestEvent]) -> Sequence[RequestEvent]:
    """Return the events from the last reopening on; all of a request that was not reopened."""
    places = [n for n, event in enumerate(events) if event.kind is RequestEventKind.REOPENED]
    return events[places[-1] :] if places else events


def state_on(
    day: date, past: Sequence[RequestEvent], answer: ReturnState | None, clock: RequestClock
) -> RequestState:
    """Return the state on a date by the events until then, in order, their clock, and the return."""
    last = since_reopened(past)
    is_reopened = bool(last) and last[0].kind is RequestEventKind.REOPENED
    if answer is not None and not (
        is_reopened and answer.depth is Depth.REFUSED and answer.since <= last[0].day
    ):
        if answer.depth is Depth.REFUSED:
            answered = RequestState.REFUSED
        elif answer.number > 1:
            answered = RequestState.CORRECTED
        else:
            answered = RequestState.PARTLY if answer.is_partial else RequestState.ANSWERED
        return answered
    kinds = [event.kind for event in last]
    closed = next((CLOSING[kind] for kind in reversed(kinds) if kind in CLOSING), None)
    if closed is not None:
        return closed
    if clock.due is None or clock.silent is None or clock.confirm is None:
        return RequestState.PLANNED
    if day > clock.due:
        reminders = kinds.count(RequestEventKind.REMINDED)
        late = (RequestState.OVERDUE, RequestState.REMINDED, RequestState.REMINDED_AGAIN)
        return RequestState.SILENT if day > clock.silent else late[min(reminders, 2)]
    if RequestEventKind.EXTENDED in kinds:
        return RequestState.EXTENDED
    waiting = RequestState.UNCONFIRMED if day > clock.confirm else RequestState.SENT
    is_received = any(event.kind is RequestEventKind.RECEIVED for event in past)
    return RequestState.RECEIVED if is_received else waiting


def passed_to(past: Sequence[RequestEvent]) -> str:
    """Return the body that a request was last passed on to; empty without one."""
    others = (event.detail for event in reversed(past) if event.kind is RequestEventKind.PASSED_ON)
    return next(others, "")
