"""Rounds: the frozen roll, and the state of every request on any date."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Connection

from overzicht.law.working_days import calendar_of, working_day_after
from overzicht.store.database import reading
from overzicht.subjects.census import return_records as stored_returns
from overzicht.subjects.census import round_records as stored
from overzicht.subjects.census.answers import ANSWERED, Depth, Level
from overzicht.subjects.census.claims import Claim
from overzicht.subjects.census.requests import (
    NO_CLAIMS,
    RequestClock,
    RequestEvent,
    RequestEventKind,
    RequestState,
    ReturnState,
    WorkingDay,
    clock_of,
    passed_to,
    since_reopened,
    state_on,
)
from overzicht.subjects.census.return_records import ReturnSummary
from overzicht.subjects.census.round_records import (
    CensusError,
    RequestLine,
    StoredRound,
)

CODE_BYTES = 10


@dataclass(frozen=True, slots=True)
class RequestView:
    """The request to a body on a date; `through` is the body that answers for it or that it was passed on to.

    Empty if it answers itself.

    `depth` is None for a body that answered in confidence; it is named only as having answered.
    """

    body: str
    name: str
    kind: str
    region: str
    state: RequestState
    depth: Depth | None
    due: date | None
    through: str = ""


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round on a date: its requests, and how many are in each state."""

    id: str
    title: str
    reference_date: date
    day: date
    states: Mapping[RequestState, int]
    requests: tuple[RequestView, ...]


@cache
def working_days(calendar: str) -> WorkingDay:
    """Return what counts working days by the calendar of a state."""
    days = calendar_of(calendar)

    @cache
    def after(start: date, count: int) -> date:
        return working_day_after(start, count, days)[0] if count else start

    return after


@dataclass(frozen=True, slots=True)
class BodyReturn:
    """The return that answers for a body on a date, and the body that gave it if that is another."""

    answer: ReturnSummary
    through: str = ""


def body_returns(returns: Mapping[str, ReturnSummary], bodies: Collection[str]) -> Mapping[str, BodyReturn]:
    """Return the return that counts for each body of a round: its own, else that of a body above it."""
    answers = {body_id: BodyReturn(answer) for body_id, answer in returns.items()}
    for answer in sorted(returns.values(), key=lambda answer: (answer.valid_from, answer.body_id)):
        for member in answer.answers_for:
            if member in bodies and member not in returns:
                answers.setdefault(member, BodyReturn(answer, answer.body_id))
    return {body_id: answer for body_id, answer in answers.items() if body_id in bodies}


@dataclass(frozen=True, slots=True)
class LoadedRound:
    """A round on a date: its requests, the returns by their body, and the one that answers for each body.

    The `confidential` bodies answered in confidence: they are named in the coverage only.
    """

    round: StoredRound
    day: date
    lines: Sequence[RequestLine]
    returns: Mapping[str, ReturnSummary]
    answers: Mapping[str, BodyReturn]
    confidential: frozenset[str]


def confidential_bodies(answers: Mapping[str, BodyReturn]) -> frozenset[str]:
    """Return the bodies that answered in confidence."""
    return frozenset(body for body, own in answers.items() if _is_confidential(own.answer))


def _is_confidential(answer: ReturnSummary) -> bool:
    return answer.level is Level.COVERAGE and answer.depth in ANSWERED


def load_round(connection: Connection, round_id: str, day: date) -> LoadedRound:
    """Return a round with its requests and the returns that count on a date."""
    own = stored.get_round(connection, round_id)
    lines = stored.read_requests(connection, own.id)
    returns = stored_returns.read_returns(connection, own.id, day)
    answers = body_returns(returns, frozenset(line.body_id for line in lines))
    return LoadedRound(own, day, lines, returns, answers, confidential_bodies(answers))


def request_views(connection: Connection, loaded: LoadedRound) -> tuple[RequestView, ...]:
    """Return the requests of a round on its date, by body."""
    own, day = loaded.round, loaded.day
    events = stored.read_events(connection, own.id, day)
    periods, working_day = own.settings.periods, working_days(own.settings.calendar)
    views: list[RequestView] = []

    @cache  # most requests have the same events
    def clock_by(events: tuple[RequestEvent, ...]) -> RequestClock:
        return clock_of(events, periods, working_day)

    for line in loaded.lines:
        own_events, answer = events.get(line.body_id, ()), loaded.answers.get(line.body_id)
        own_return = answer.answer if answer else None
        version = (
            ReturnState(own_return.number, own_return.depth, own_return.is_partial, own_return.valid_from)
            if own_return
            else None
        )
        clock = clock_by(own_events)
        state = state_on(day, own_events, version, clock)
        depth: Depth | None = depth_of(state, own_return)
        if answer is not None:
            through = answer.through
        else:
            through = passed_to(own_events) if state is RequestState.PASSED_ON else ""
        state = RequestState.PASSED_ON if through else state
        if own_return is not None and _is_confidential(own_return):
            depth, state = None, RequestState.PASSED_ON if through else RequestState.ANSWERED
        body = (line.body_id, line.name, line.kind, line.region)
        views.append(RequestView(*body, state, depth, clock.due, through))
    return tuple(views)


@dataclass(frozen=True, slots=True)
class LetterDates:
    """The date of a letter to a body, and that from which a claim in it may be published.

    `claims` are the ids of the stored claims in it; None for a letter that does not state them.
    """

    sent: date
    published: date
    claims: frozenset[int] | None = None

    def has(self, claim: Claim) -> bool:
        """Return whether the letter has a claim about its body."""
        return claim.day <= self.sent if self.claims is None else claim.id in self.claims


def letters_by_body(connection: Connection, loaded: LoadedRound) -> Mapping[str, Sequence[LetterDates]]:
    """Return the letters to each body of a round until its date, the first one first."""
    own, after = loaded.round, working_days(loaded.round.settings.calendar)
    return {
        body: [
            LetterDates(event.day, after(event.day, own.settings.periods.reply), _ids(event.detail))
            for event in events
            if event.kind is RequestEventKind.SENT
        ]
        for body, events in stored.read_events(connection, own.id, loaded.day).items()
    }


def _ids(detail: str) -> frozenset[int] | None:
    parts = [] if detail == NO_CLAIMS else detail.split(",")
    return frozenset(map(int, parts)) if all(part.isdecimal() for part in parts) else None


def letter_with(letters: Sequence[LetterDates], claim: Claim) -> LetterDates | None:
    """Return the first letter that has a claim; None if there is none."""
    return next((letter for letter in letters if letter.has(claim)), None)


def round_view(connection: Connection, round_id: str, day: date) -> RoundView:
    """Return a round on a date."""
    loaded = load_round(connection, round_id, day)
    own, views = loaded.round, request_views(connection, loaded)
    counts = Counter(view.state for view in views)
    states = {state: counts[state] for state in RequestState if counts[state]}
    return RoundView(own.id, own.title, own.reference_date, day, states, views)


show_round = reading(round_view)


def depth_of(state: RequestState, answer: ReturnSummary | None) -> Depth:
    """Return how deep a body answered; a body that refused by mail is refused, others are silent.

    One whose refusal was reopened is silent until it answers.
    """
    if answer is not None and answer.depth is not Depth.REFUSED:
        return answer.depth
    return Depth.REFUSED if state is RequestState.REFUSED else Depth.SILENT


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A date of the response curve: the bodies that had answered, by depth, and those in confidence."""

    day: date
    roll: int
    answered: int
    depths: Mapping[Depth, int]
    confidential: int = 0


@reading
def response_curve(connection: Connection, round_id: str, days: Sequence[date]) -> tuple[CurvePoint, ...]:
    """Return the response to a round on each date."""
    points = []
    for day in days:
        view = round_view(connection, round_id, day)
        counts = Counter(request.depth for request in view.requests)
        depths = {depth: counts[depth] for depth in Depth if counts[depth]}
        silent = counts[Depth.SILENT] + counts[Depth.REFUSED]
        roll = len(view.requests)
        points.append(CurvePoint(day, roll, roll - silent, depths, counts[None]))
    return tuple(points)


def check_event(
    own: StoredRound,
    line: RequestLine | None,
    body_id: str,
    events: Sequence[RequestEvent],
    event: RequestEvent,
) -> None:
    """Raise CensusError if an event cannot follow the events of a request."""
    if line is None:
        raise CensusError(
            f"{body_id} is not on the frozen roll of round {own.id}",
            fix="run `overzicht census show --bodies` for the ids",
        )
    kinds = [past.kind for past in events]
    needs_letter = event.kind not in (RequestEventKind.SENT, RequestEventKind.PASSED_ON)
    if needs_letter and RequestEventKind.SENT not in kinds:
        raise CensusError(
            f"no request was sent to {body_id} by {event.day}", fix="run `overzicht census request`"
        )
    if event.kind is RequestEventKind.EXTENDED and event.kind in kinds:
        raise CensusError(f"{body_id} has an extension already", fix="an extension is given once")
    if event.kind in (RequestEventKind.REFUSED, RequestEventKind.EXTENDED) and not event.detail:
        raise CensusError(
            "the ground or reason is missing", fix="add --detail with the article or the reason"
        )


def new_code() -> str:
    """Return a code for a letter, which lets its reader pin a key."""
    return secrets.token_hex(CODE_BYTES)


def code_hash(code: str) -> str:
    """Return what is stored of a code, so that a copy of the store lets nobody answer."""
    return hashlib.sha256(code.encode()).hexdigest()


def reminder_due(events: Sequence[RequestEvent], clock: RequestClock, state: RequestState, day: date) -> int:
    """Return the number of the reminder that a person should send on a date; 0 for none."""
    if state not in (RequestState.OVERDUE, RequestState.REMINDED, RequestState.REMINDED_AGAIN):
        return 0
    sent = sum(event.kind is RequestEventKind.REMINDED for event in since_reopened(events))
    due = sum(day >= reminder for reminder in clock.reminders)
    return sent + 1 if sent < due else 0
