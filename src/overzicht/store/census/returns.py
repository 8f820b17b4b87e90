"""Returns in the store: accepted versions with their counts, keys of bodies, and files that were refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from overzicht.census.answers import CountLine, Depth, Level, Scope, Tenure, Unit
from overzicht.store.database import Transaction
from overzicht.store.reading import find_value, values_of
from overzicht.store.tables import census as tables

RETURNS, COUNTS, KEYS, FAULTS = (
    tables.census_return, tables.census_count, tables.census_key, tables.census_fault,
)  # fmt: skip
MOST = 2**31 - 1  # an open range in a query
COUNTED = (Depth.REGISTER.value, Depth.MODELS.value, Depth.COUNTS.value)


@dataclass(frozen=True, slots=True)
class StoredReturn:
    """An accepted version of a return; `least` and `most` are its own devices (None: an open range)."""

    id: int
    round_id: str
    body_id: str
    number: int
    sha256: str
    depth: Depth
    level: Level
    is_partial: bool
    is_withdrawn: bool
    ground: str
    least: int
    most: int | None
    replaced: int
    answers_for: tuple[str, ...]
    valid_from: date
    valid_to: date | None


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


def add_return(tx: Transaction, values: Mapping[str, Any], lines: Sequence[CountLine]) -> int:
    """Store an accepted version with its lines; the version before counts until its date."""
    before = (RETURNS.c.round_id == values["round_id"], RETURNS.c.body_id == values["body_id"])
    tx.update(RETURNS, *before, RETURNS.c.valid_to.is_(None), valid_to=values["valid_from"])
    number = tx.insert(RETURNS, **values, valid_to=None)
    rows = [
        {"return_id": number, "number": place, "round_id": values["round_id"], "scope": line.scope.value,
         "depth": line.depth.value, "maker": line.maker, "kind": line.kind, "model": line.model,
         "tenure": line.tenure.value, "owner": line.owner, "unit": line.unit.value, "least": line.least,
         "most": line.most, "replaced": line.replaced}
        for place, line in enumerate(lines, 1)
    ]  # fmt: skip
    tx.insert_all(COUNTS, rows)
    return number


def newest_return(connection: Connection, round_id: str, body_id: str) -> StoredReturn | None:
    """Return the newest version of a body's return, a withdrawn one too; None if there is none."""
    query = select(RETURNS).where(RETURNS.c.round_id == round_id, RETURNS.c.body_id == body_id)
    return find_value(StoredReturn, connection, query.order_by(RETURNS.c.number.desc()).limit(1))


def read_returns(connection: Connection, round_id: str, day: date) -> Mapping[str, StoredReturn]:
    """Return the version that counts on a date, by body."""
    query = select(RETURNS).where(RETURNS.c.round_id == round_id, _counts_on(day))
    return {row.body_id: row for row in values_of(StoredReturn, connection, query)}


def versions_of(connection: Connection, round_id: str, body_id: str) -> list[StoredReturn]:
    """Return all versions of a body's return, the oldest first."""
    query = select(RETURNS).where(RETURNS.c.round_id == round_id, RETURNS.c.body_id == body_id)
    return values_of(StoredReturn, connection, query.order_by(RETURNS.c.number))


def lines_by_return(
    connection: Connection, round_id: str, day: date, makers: frozenset[str]
) -> Mapping[int, tuple[CountLine, ...]]:
    """Return the lines that count on a date by return, for a question about makers (empty: any).

    Lines of other makers are one line with the maker `?`: they show that makers are known.
    """
    written = COUNTS.c.maker
    maker = case((written.in_(["", *sorted(makers)]), written), else_="?")
    columns = (COUNTS.c.return_id, COUNTS.c.scope, COUNTS.c.depth, maker, COUNTS.c.kind, COUNTS.c.tenure)
    query = (
        select(*columns, func.max(COUNTS.c.least), func.max(func.coalesce(COUNTS.c.most, MOST)))
        .join(RETURNS, RETURNS.c.id == COUNTS.c.return_id)
        .where(RETURNS.c.round_id == round_id, _counts_on(day), COUNTS.c.model == "")
        .group_by(*columns)
    )
    lines: dict[int, list[CountLine]] = {}
    for number, scope, depth, own_maker, kind, tenure, least, most in connection.execute(query):
        line = CountLine(
            SCOPES[scope], DEPTHS[depth], own_maker, kind, tenure=TENURES[tenure], least=least, most=most
        )
        lines.setdefault(number, []).append(line)
    return {number: tuple(own) for number, own in lines.items()}


SCOPES = {scope.value: scope for scope in Scope}
DEPTHS = {depth.value: depth for depth in Depth}
TENURES = {tenure.value: tenure for tenure in Tenure}


@dataclass(frozen=True, slots=True)
class DeviceSum:
    """Devices by one key of a body: at least so many, and how many were replaced."""

    body_id: str
    key: str
    least: int
    replaced: int


def device_sums(connection: Connection, round_id: str, day: date, by: str) -> Iterator[DeviceSum]:
    """Yield the devices of each body that count on a date, by `maker`, `kind` or `model`.

    A device counts at its owner, and at its user if the owner has no counts. Seen devices never count.
    """
    column = COUNTS.c[by] if by else COUNTS.c.owner
    other = RETURNS.alias("owner_return")
    iso = day.isoformat()
    is_elsewhere = (
        select(other.c.id)
        .where(
            other.c.round_id == round_id, other.c.body_id == COUNTS.c.owner, other.c.depth.in_(COUNTED),
            other.c.valid_from <= iso, or_(other.c.valid_to.is_(None), other.c.valid_to > iso),
            other.c.is_withdrawn.is_(False),
        )
        .exists()
    )  # fmt: skip
    counts_here = or_(
        COUNTS.c.tenure == Tenure.OWN.value, and_(COUNTS.c.tenure == Tenure.USED.value, ~is_elsewhere)
    )
    is_model = COUNTS.c.model != "" if by == "model" else COUNTS.c.model == ""
    query = (
        select(RETURNS.c.body_id, column, func.sum(COUNTS.c.least), func.sum(COUNTS.c.replaced))
        .join(RETURNS, RETURNS.c.id == COUNTS.c.return_id)
        .where(RETURNS.c.round_id == round_id, _counts_on(day), COUNTS.c.unit == Unit.DEVICE.value)
        .where(counts_here, is_model, column != "")
        .group_by(RETURNS.c.body_id, column)
        .order_by(RETURNS.c.body_id, column)
    )
    for body_id, key, least, replaced in connection.execute(query):
        yield DeviceSum(body_id, key, int(least), int(replaced))


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
    values = {
        "filename": fault.filename[:300],
        "sha256": fault.sha256,
        "reason": fault.reason,
        "day": fault.day,
    }
    tx.insert(FAULTS, round_id=round_id, body_id=fault.body_id[:120], **values)


def read_faults(connection: Connection, round_id: str, day: date) -> list[FaultLine]:
    """Return the refused files of a round until a date, in order."""
    conditions = (FAULTS.c.round_id == round_id, FAULTS.c.day <= day.isoformat())
    return values_of(FaultLine, connection, select(FAULTS).where(*conditions).order_by(FAULTS.c.id))
