"""Rounds in the store: the frozen roll, and the events of each request."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence.packaged import StrictModel
from overzicht.store import schema
from overzicht.store.database import Transaction, row_of
from overzicht.store.rows import find_value, is_there, known_names, value_of, values_of
from overzicht.store.tables import census as tables
from overzicht.subjects.census.answers import Level, Question, Scope
from overzicht.subjects.census.requests import Periods, RequestEvent, RequestEventKind
from overzicht.subjects.census.roll import Body

ROUNDS, REQUESTS, EVENTS = tables.census_round, tables.census_request, tables.census_request_event
PUBLISHED = "publish census overview"
Sets = Mapping[str, tuple[frozenset[int], ...]]  # by round


class CensusError(OverzichtError):
    """The census refuses an operation; states why and how to fix it."""


class RoundSettings(StrictModel):
    """Settings of a round: bodies by kind and region, scopes, legal basis, clocks, calendar and level."""

    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    scopes: tuple[Scope, ...] = (Scope.BUILDINGS, Scope.PUBLIC_SPACE, Scope.VEHICLES, Scope.BODY_WORN)
    legal_basis: str = ""
    periods: Periods = Periods()
    calendar: str = "NL"
    level: Level = Level.MODELS
    independent_claims: tuple[str, ...] = ()  # groups of claims that do not depend on the returns


@dataclass(frozen=True, slots=True)
class StoredRound:
    """A round: its roll, the date that the answers are about, and its settings."""

    id: str
    title: str
    roll_id: int
    reference_date: date
    settings: RoundSettings


@dataclass(frozen=True, slots=True)
class RequestLine:
    """The request to a body, with the body as the round froze it."""

    body_id: str
    name: str
    kind: str
    region: str = ""
    size: int | None = None
    code_hash: str = ""


def add_round(tx: Transaction, new: StoredRound, bodies: Sequence[Body]) -> None:
    """Store a round with a request for each body; CensusError if the id is taken."""
    if is_there(tx.connection, ROUNDS.c.id, new.id):
        raise CensusError(f"round {new.id!r} already exists", fix="give another --id")
    tx.insert(ROUNDS, **row_of(new, ROUNDS) | {"settings": new.settings.model_dump(mode="json")})
    requests = [RequestLine(body.id, body.name, body.kind, body.region, body.size) for body in bodies]
    rows = [{"round_id": new.id, **row_of(request, REQUESTS)} for request in requests]
    tx.insert_all(REQUESTS, rows)
    tx.log("start census round", new.id, bodies=len(rows), reference_date=new.reference_date.isoformat())


def get_round(connection: Connection, round_id: str = "") -> StoredRound:
    """Return a round, or the newest; UnknownNameError if there is none."""
    query = select(ROUNDS).where(ROUNDS.c.id == round_id) if round_id else select(ROUNDS)
    newest = query.order_by(ROUNDS.c.reference_date.desc(), ROUNDS.c.at.desc(), ROUNDS.c.id).limit(1)
    row = connection.execute(newest).first()
    if row is None:
        raise UnknownNameError("census round", round_id, known_names(connection, ROUNDS.c.id))
    return value_of(StoredRound, row, settings=RoundSettings.model_validate(row.settings))


def list_rounds(connection: Connection) -> list[StoredRound]:
    """Return all rounds by reference date."""
    rows = connection.execute(select(ROUNDS).order_by(ROUNDS.c.reference_date, ROUNDS.c.id))
    return [value_of(StoredRound, row, settings=RoundSettings.model_validate(row.settings)) for row in rows]


def read_requests(connection: Connection, round_id: str) -> list[RequestLine]:
    """Return the requests of a round by body."""
    query = select(REQUESTS).where(REQUESTS.c.round_id == round_id).order_by(REQUESTS.c.body_id)
    return values_of(RequestLine, connection, query)


def parts_of_bodies(connection: Connection, round_id: str) -> Mapping[str, tuple[str, str]]:
    """Return the kind and the region of each body that a round asks, by its id."""
    columns = (REQUESTS.c.body_id, REQUESTS.c.kind, REQUESTS.c.region)
    rows = connection.execute(select(*columns).where(REQUESTS.c.round_id == round_id)).all()
    return {body: (kind, region or "") for body, kind, region in rows}


def find_request(connection: Connection, round_id: str, body_id: str) -> RequestLine | None:
    """Return the request to a body; None if the body is not on the frozen roll of the round."""
    conditions = (REQUESTS.c.round_id == round_id, REQUESTS.c.body_id == body_id)
    return find_value(RequestLine, connection, select(REQUESTS).where(*conditions))


def set_code(tx: Transaction, round_id: str, body_id: str, code_hash: str) -> None:
    """Store the hash of the code in the newest letter to a body; an empty one ends the code."""
    conditions = (REQUESTS.c.round_id == round_id, REQUESTS.c.body_id == body_id)
    tx.update_one(REQUESTS, *conditions, code_hash=code_hash, missing=("request", f"{round_id} {body_id}"))


def add_event(tx: Transaction, round_id: str, body_id: str, event: RequestEvent) -> None:
    """Store an event of a request."""
    tx.insert(EVENTS, round_id=round_id, body_id=body_id, **row_of(event, EVENTS))


def read_events(connection: Connection, round_id: str, day: date) -> Mapping[str, tuple[RequestEvent, ...]]:
    """Return the events of the requests of a round until a date, by body, in order."""
    columns = (EVENTS.c.body_id, EVENTS.c.kind, EVENTS.c.day, EVENTS.c.detail)
    conditions = (EVENTS.c.round_id == round_id, EVENTS.c.day <= day.isoformat())
    query = select(*columns).where(*conditions).order_by(EVENTS.c.day, EVENTS.c.id)
    events: dict[str, list[RequestEvent]] = defaultdict(list)

    @cache  # most requests have the same events
    def event(kind: str, on: str, detail: str) -> RequestEvent:
        return RequestEvent(RequestEventKind(kind), date.fromisoformat(on), detail)

    for body_id, *values in connection.execute(query):
        events[body_id].append(event(*values))
    return {body_id: tuple(own) for body_id, own in events.items()}


@dataclass(frozen=True, slots=True)
class Publication:
    """An overview of a round on a date for a question, given to others.

    `devices` are the sets of returns that its numbers of devices are about, and `answers` those of its
    numbers of answers, by round: a comparison tells about an earlier round too.
    """

    round_id: str
    day: date
    question: Question
    devices: Sets
    answers: Sets

    @classmethod
    def from_json(cls, round_id: str, data: Mapping[str, Any]) -> "Publication":
        """Return the publication of an entry of the log."""
        return cls(
            round_id,
            date.fromisoformat(data["day"]),
            Question(frozenset(data["makers"]), data["kind"]),
            *(
                {name: tuple(map(frozenset, own)) for name, own in data[kind].items()}
                for kind in ("devices", "answers")
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as the log has it."""
        return {
            "day": self.day.isoformat(),
            "makers": sorted(self.question.makers),
            "kind": self.question.kind,
            "devices": {name: list(map(sorted, own)) for name, own in self.devices.items()},
            "answers": {name: list(map(sorted, own)) for name, own in self.answers.items()},
        }


def list_publications(connection: Connection) -> Sequence[Publication]:
    """Return the publications of all rounds in order."""
    log = schema.log
    query = select(log.c.subject, log.c.detail).where(log.c.action == PUBLISHED).order_by(log.c.seq)
    return [Publication.from_json(subject, detail) for subject, detail in connection.execute(query)]


def add_publication(tx: Transaction, new: Publication) -> None:
    """Record that an overview was given to others."""
    tx.log(PUBLISHED, new.round_id, **new.to_json())
