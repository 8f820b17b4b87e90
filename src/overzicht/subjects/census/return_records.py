"""Returns in the store: accepted versions with their counts, keys of bodies, and files that were refused."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from overzicht.dates import Holds
from overzicht.store.database import Transaction, row_of
from overzicht.store.rows import BATCH, batches, find_value, values_of
from overzicht.store.tables import census as tables
from overzicht.subjects.census.answers import (
    POSITIVE,
    CountLine,
    Depth,
    DeviceSum,
    Level,
    Question,
    Scope,
    Tenure,
)

RETURNS, COUNTS, SUMS = tables.census_return, tables.census_count, tables.census_sum
KEYS, FAULTS = tables.census_key, tables.census_fault
COUNTED = (Depth.REGISTER.value, Depth.MODELS.value, Depth.COUNTS.value)


@dataclass(frozen=True, slots=True)
class ReturnSummary:
    """The part of an accepted return that numbers of a round need; `least` are its own devices, at least."""

    id: int
    body_id: str
    number: int
    depth: Depth
    level: Level
    is_partial: bool
    least: int
    replaced: int
    answers_for: tuple[str, ...]
    present: Holds | None
    excludes: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class StoredReturn(ReturnSummary):
    """An accepted version of a return; `most` are its own devices at most (None: an open range)."""

    round_id: str
    sha256: str
    is_withdrawn: bool
    ground: str
    most: int | None
    valid_to: date | None


SUMMARY = [RETURNS.c[field.name] for field in fields(ReturnSummary)]


@dataclass(frozen=True, slots=True)
class PinnedKey:
    """A key of a body, trusted from a date and perhaps until another."""

    public_key: str
    basis: str
    valid_from: date
    valid_to: date | None

    def is_trusted_on(self, day: date) -> bool:
        """Return whether a file that arrives on a date may be signed with it."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A file that was not accepted, with the reason."""

    body_id: str
    filename: str
    sha256: str
    reason: str
    day: date


def _counts_on(day: date) -> ColumnElement[bool]:
    """Return the condition that a version counts on a date."""
    iso = day.isoformat()
    return and_(
        RETURNS.c.valid_from <= iso,
        or_(RETURNS.c.valid_to.is_(None), RETURNS.c.valid_to > iso),
        RETURNS.c.is_withdrawn.is_(False),
    )


def add_return(
    tx: Transaction, values: Mapping[str, Any], lines: Sequence[CountLine], sums: Sequence[DeviceSum]
) -> None:
    """Store an accepted version with its lines and their sums; the version before counts until its date."""
    before = (RETURNS.c.round_id == values["round_id"], RETURNS.c.body_id == values["body_id"])
    tx.update(RETURNS, *before, RETURNS.c.valid_to.is_(None), valid_to=values["valid_from"])
    number = tx.insert(RETURNS, **values, valid_to=None)
    keys = {"return_id": number, "round_id": values["round_id"]}
    rows = [{"number": place, **keys, **row_of(line, COUNTS)} for place, line in enumerate(lines, 1)]
    tx.insert_all(COUNTS, rows)
    tx.insert_all(SUMS, [{"return_id": number, **asdict(own)} for own in sums])


def newest_return(connection: Connection, round_id: str, body_id: str) -> StoredReturn | None:
    """Return the newest version of a body's return, a withdrawn one too; None if there is none."""
    query = select(RETURNS).where(RETURNS.c.round_id == round_id, RETURNS.c.body_id == body_id)
    return find_value(StoredReturn, connection, query.order_by(RETURNS.c.number.desc()).limit(1))


def read_returns(connection: Connection, round_id: str, day: date) -> Mapping[str, ReturnSummary]:
    """Return the version that counts on a date, by body."""
    query = select(*SUMMARY).where(RETURNS.c.round_id == round_id, _counts_on(day))
    return {row.body_id: row for row in values_of(ReturnSummary, connection, query)}


def named_returns(connection: Connection, round_id: str, question: Question) -> Mapping[int, bool]:
    """Return the returns with a line that names one of the makers or the kind of a question.

    The value says whether one of the lines shows what the question asks.
    """
    is_maker, is_kind = COUNTS.c.maker.in_(sorted(question.makers)), COUNTS.c.kind == question.kind
    is_shown = and_(
        COUNTS.c.depth.in_([depth.value for depth in POSITIVE]),
        COUNTS.c.least > 0,
        COUNTS.c.tenure != Tenure.SEEN.value,
        *([is_maker] if question.makers else []),
        *([is_kind] if question.kind else []),
    )
    is_named = or_(is_maker, is_kind) if question.kind else is_maker
    query = select(COUNTS.c.return_id, func.max(case((is_shown, 1), else_=0)))
    rows = connection.execute(
        query.where(COUNTS.c.round_id == round_id, is_named).group_by(COUNTS.c.return_id)
    )
    return {number: bool(shown) for number, shown in rows.all()}


def lines_of(connection: Connection, numbers: Iterable[int]) -> Mapping[int, tuple[CountLine, ...]]:
    """Return the lines of returns, as far as an answer to a question needs them."""
    columns = (COUNTS.c.scope, COUNTS.c.depth, COUNTS.c.maker, COUNTS.c.kind, COUNTS.c.tenure)
    query = select(COUNTS.c.return_id, *columns, COUNTS.c.least, COUNTS.c.most)
    lines: dict[int, list[CountLine]] = defaultdict(list)
    for some in batches(numbers, BATCH):
        for number, scope, depth, maker, kind, tenure, least, most in connection.execute(
            query.where(COUNTS.c.return_id.in_(some))
        ):
            line = CountLine(
                SCOPES[scope], DEPTHS[depth], maker, kind, tenure=TENURES[tenure], least=least, most=most
            )
            lines[number].append(line)
    return {number: tuple(own) for number, own in lines.items()}


SCOPES = {scope.value: scope for scope in Scope}
DEPTHS = {depth.value: depth for depth in Depth}
TENURES = {tenure.value: tenure for tenure in Tenure}


@dataclass(frozen=True, slots=True)
class KeySum:
    """Devices of one maker or kind in a round: the bodies that have them, and at least how many they are."""

    by: str
    key: str
    bodies: int
    least: int


def key_sums(
    connection: Connection, round_id: str, day: date, without: Sequence[int] = ()
) -> tuple[KeySum, ...]:
    """Return the devices of a round on a date by maker and by kind, the most first.

    A device counts at its owner, and at its user if the owner gave no number. Answers in confidence and the
    returns `without` are left out.
    """
    other = RETURNS.alias("owner_return")
    iso = day.isoformat()
    is_elsewhere = (
        select(other.c.id)
        .where(
            other.c.round_id == round_id,
            other.c.body_id == SUMS.c.owner,
            other.c.depth.in_(COUNTED),
            other.c.valid_from <= iso,
            or_(other.c.valid_to.is_(None), other.c.valid_to > iso),
            other.c.is_withdrawn.is_(False),
        )
        .exists()
    )
    least = func.sum(SUMS.c.least)
    query = (
        select(SUMS.c.by, SUMS.c.key, func.count(SUMS.c.return_id.distinct()), least)
        .join(RETURNS, RETURNS.c.id == SUMS.c.return_id)
        .where(
            RETURNS.c.round_id == round_id,
            _counts_on(day),
            RETURNS.c.level != Level.COVERAGE.value,
            or_(SUMS.c.owner == "", ~is_elsewhere),
        )
        .group_by(SUMS.c.by, SUMS.c.key)
        .order_by(SUMS.c.by, least.desc(), SUMS.c.key)
    )
    if without:
        query = query.where(RETURNS.c.id.not_in(list(without)))
    return tuple(
        KeySum(by, key, bodies, int(number)) for by, key, bodies, number in connection.execute(query)
    )


def keys_of(connection: Connection, body_id: str) -> list[PinnedKey]:
    """Return the keys of a body, the oldest first."""
    query = select(KEYS).where(KEYS.c.body_id == body_id).order_by(KEYS.c.id)
    return values_of(PinnedKey, connection, query)


def pin_key(tx: Transaction, body_id: str, public_key: str, basis: str, day: date) -> None:
    """Trust a key of a body from a date; earlier ones end on it."""
    tx.update(KEYS, KEYS.c.body_id == body_id, KEYS.c.valid_to.is_(None), valid_to=day)
    tx.insert(KEYS, body_id=body_id, public_key=public_key, basis=basis, valid_from=day, valid_to=None)
    tx.log("pin census key", body_id, basis=basis)


def withdraw_keys(tx: Transaction, body_id: str, day: date) -> int:
    """End the trust in the keys of a body from a date; return how many ended."""
    ended = tx.update(KEYS, KEYS.c.body_id == body_id, KEYS.c.valid_to.is_(None), valid_to=day)
    tx.log("withdraw census keys", body_id, keys=ended)
    return ended


def add_fault(tx: Transaction, round_id: str, fault: FaultLine) -> None:
    """Store that a file was not accepted."""
    tx.insert(FAULTS, round_id=round_id, **row_of(fault, FAULTS))
