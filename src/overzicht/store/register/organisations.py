"""Organisations as a tree and their sites, as of any date."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Annotated, Any

from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence import Citation
from overzicht.evidence.json_marks import HIDDEN
from overzicht.identifiers.slug import slug
from overzicht.store.database import Transaction
from overzicht.store.rows import is_there, same_or_all, value_of, values_of
from overzicht.store.tables import register as tables

INVISIBLE = frozenset({"Cc", "Cf"})  # categories of characters without a shape


class RegisterError(OverzichtError):
    """The register refuses an operation; states why and how to fix it."""


class AmbiguousNameError(OverzichtError):
    """Several organisations have this name; names their ids."""

    def __init__(self, name: str, ids: Sequence[str]) -> None:
        super().__init__(
            f"{len(ids)} organisations have the name {name!r}",
            fix=f"give the id of one: {', '.join(sorted(ids)[:20])}",
        )


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation on a date; `depth` is 0 for a root, `path` has all above it, itself last."""

    id: str
    name: str
    parent_id: str
    country: str
    note: str
    depth: int
    path: tuple[str, ...]
    citation: Annotated[Citation | None, HIDDEN] = None

    def seen_by(self, ids: Collection[str] | None) -> "OrganisationLine":
        """Return it for a reader of these organisations (None: all), as if there were no others."""
        path = tuple(
            organisation_id for organisation_id in self.path if ids is None or organisation_id in ids
        )
        return replace(self, parent_id=path[-2] if len(path) > 1 else "", depth=len(path) - 1, path=path)


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site of an organisation."""

    id: str
    organisation_id: str
    name: str
    address: str
    latitude: float | None
    longitude: float | None


def holds_on(table: Table, day: date) -> ColumnElement[bool]:
    """Return the condition that a dated row of a table holds on a date."""
    iso = day.isoformat()
    return and_(table.c.valid_from <= iso, or_(table.c.valid_to.is_(None), table.c.valid_to > iso))


@dataclass(frozen=True, slots=True)
class Organisation:
    """State of an organisation from a date; the empty parent makes it a root."""

    name: str
    parent_id: str = ""
    country: str = "NL"
    note: str = ""
    citation: Citation | None = None


def add_organisation(tx: Transaction, organisation_id: str, new: Organisation, day: date) -> None:
    """Store an organisation from a date; RegisterError if the id is taken or the parent is below it."""
    table = tables.register_organisation
    if not organisation_id:
        raise RegisterError(
            f"{new.name!r} cannot be turned into an id",
            fix="give an id with --id: letters, digits and hyphens",
        )
    if is_there(tx.connection, table.c.id, organisation_id):
        raise RegisterError(f"organisation {organisation_id!r} already exists", fix="give another --id")
    _check_free(tx.connection, organisation_id, day, organisation_id, new.name)
    _check_parent(tx.connection, organisation_id, new.parent_id, day)
    tx.insert(table, id=organisation_id)
    values = {"name": new.name, "parent_id": new.parent_id or None, "country": new.country, "note": new.note}
    citation = new.citation.to_json() if new.citation else None
    _add_state(tx, organisation_id, day, {**values, "citation": citation})
    tx.log("add organisation", organisation_id, name=new.name, parent=new.parent_id)


def change_organisation(tx: Transaction, organisation_id: str, day: date, **changes: str | None) -> None:
    """End the state of an organisation on a date; begin one with other `name`, `parent_id` or `note`."""
    states = tables.register_organisation_state
    row = tx.connection.execute(
        select(states).where(states.c.organisation_id == organisation_id, states.c.valid_to.is_(None))
    ).first()
    if row is None:
        raise UnknownNameError("organisation", organisation_id)
    if day.isoformat() < row.valid_from:
        raise RegisterError(
            f"{organisation_id} was changed on {row.valid_from}, after {day}", fix="give a later day"
        )
    if changes.get("name"):
        _check_free(tx.connection, organisation_id, day, str(changes["name"]))
    _check_parent(tx.connection, organisation_id, changes.get("parent_id") or "", day)
    kept = {name: getattr(row, name) for name in ("name", "parent_id", "country", "note", "citation")}
    tx.update(states, states.c.id == row.id, valid_to=day)
    _add_state(tx, organisation_id, day, {**kept, **{n: v or None for n, v in changes.items()}})
    tx.log("change organisation", organisation_id, **changes)


def _add_state(tx: Transaction, organisation_id: str, day: date, values: Mapping[str, Any]) -> None:
    columns = {**values, "note": values["note"] or ""}
    tx.insert(tables.register_organisation_state, organisation_id=organisation_id, valid_from=day, **columns)


def name_key(name: str) -> str:
    """Return a name as it is compared: case, spaces, width and invisible characters do not matter.

    >>> name_key("Gemeente\u200b  STAD") == name_key("gemeente stad")
    True
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    seen = (c for c in folded if c.isspace() or unicodedata.category(c) not in INVISIBLE)
    return " ".join("".join(seen).split())


def _check_free(connection: Connection, organisation_id: str, day: date, *names: str) -> None:
    """Raise RegisterError if another organisation has one of these names or ids on the date or later.

    The message names no other organisation, because the reader may not be allowed to see it.
    """
    states = tables.register_organisation_state
    is_later = or_(states.c.valid_to.is_(None), states.c.valid_to > day.isoformat())
    query = select(states.c.organisation_id, states.c.name)
    rows = connection.execute(query.where(is_later, states.c.organisation_id != organisation_id)).all()
    taken = {name_key(text) for row in rows for text in (row.organisation_id, row.name)}
    for name in names:
        if name_key(name) in taken:
            raise RegisterError(
                f"the name {name!r} is already in use",
                fix="give a name that no other organisation has, for example with the name of its parent",
            )


def _check_parent(connection: Connection, organisation_id: str, parent_id: str, day: date) -> None:
    if not parent_id:
        return
    known = {line.id: line for line in list_organisations(connection, day)}
    if parent_id not in known:
        raise UnknownNameError("organisation", parent_id, tuple(sorted(known)[:20]))
    if organisation_id in known[parent_id].path:
        raise RegisterError(f"{parent_id} is below {organisation_id}", fix="give another parent")


def list_organisations(connection: Connection, as_of: date) -> list[OrganisationLine]:
    """Return the organisations on a date, each below its parent, by name."""
    states = tables.register_organisation_state
    rows = connection.execute(
        select(states).where(holds_on(states, as_of)).order_by(states.c.name, states.c.organisation_id)
    ).all()
    ids = {row.organisation_id for row in rows}
    below: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in ids else ""].append(row)
    lines: list[OrganisationLine] = []
    waiting: list[tuple[Any, tuple[str, ...]]] = [(row, ()) for row in reversed(below[""])]
    while waiting:
        row, above = waiting.pop()
        path = (*above, row.organisation_id)
        own = {"id": row.organisation_id, "depth": len(above), "path": path}
        lines.append(value_of(OrganisationLine, row, **own))
        waiting += [(child, path) for child in reversed(below[row.organisation_id])]
    return lines


def get_organisation(
    connection: Connection, name: str, as_of: date, *, within: Collection[str] | None = None
) -> OrganisationLine:
    """Return the organisation with this id, or this name in any case, of those `within` (None: all).

    Raises UnknownNameError for none, AmbiguousNameError for several.
    """
    lines = [line for line in list_organisations(connection, as_of) if within is None or line.id in within]
    for line in lines:
        if line.id == name:
            return line
    called = [line for line in lines if name_key(line.name) == name_key(name)]
    if len(called) == 1:
        return called[0]
    if called:
        raise AmbiguousNameError(name, [line.id for line in called])
    raise UnknownNameError("organisation", name, tuple(sorted(line.id for line in lines)[:20]))


def known_organisation(connection: Connection, name: str, day: date) -> OrganisationLine:
    """Return the organisation with this id or name on a date, or as it first was after it.

    Raises UnknownNameError for none, AmbiguousNameError for several.
    """
    try:
        return get_organisation(connection, name, day)
    except UnknownNameError:
        states = tables.register_organisation_state
        later = select(states).where(states.c.valid_from > day.isoformat()).order_by(states.c.valid_from)
        for row in connection.execute(later):
            if row.organisation_id == name or name_key(row.name) == name_key(name):
                return get_organisation(connection, row.organisation_id, date.fromisoformat(row.valid_from))
        raise


def begin_by(tx: Transaction, organisation_id: str, day: date) -> None:
    """Extend an organisation and those above it back to a date, if they begin later."""
    states = tables.register_organisation_state
    query = select(states).where(states.c.organisation_id == organisation_id)
    first = tx.connection.execute(query.order_by(states.c.valid_from, states.c.id.desc()).limit(1)).one()
    if first.valid_from > day.isoformat():
        tx.update(states, states.c.id == first.id, valid_from=day)
        if first.parent_id:
            begin_by(tx, first.parent_id, day)


def ids_below(connection: Connection, organisation_ids: Iterable[str], as_of: date) -> tuple[str, ...]:
    """Return the organisations with all those below them on a date, sorted."""
    roots = set(organisation_ids)
    lines = list_organisations(connection, as_of)
    return tuple(sorted({line.id for line in lines if roots & set(line.path)}))


def ids_above(connection: Connection, organisation: str, as_of: date) -> tuple[str, ...]:
    """Return the ids of all organisations above one as of a date; empty if it is not in the register."""
    parents = {line.id: line.parent_id for line in list_organisations(connection, as_of)}
    ids: list[str] = []
    parent = parents.get(organisation, "")
    while parent and parent not in ids:
        ids.append(parent)
        parent = parents.get(parent, "")
    return tuple(ids)


def ids_within(connection: Connection, organisation: str, as_of: date) -> tuple[str, ...] | None:
    """Return an organisation (an id or a name) with everything below it; None, for all, if it is empty."""
    if not organisation:
        return None
    return ids_below(connection, [get_organisation(connection, organisation, as_of).id], as_of)


def list_sites(
    connection: Connection, as_of: date, organisation_ids: Sequence[str] | None = None
) -> list[SiteLine]:
    """Return the sites on a date by organisation and name; of some organisations, or of all."""
    table = tables.register_site
    is_wanted = same_or_all(table.c.organisation_id, organisation_ids)
    query = select(table).where(holds_on(table, as_of), is_wanted)
    return values_of(SiteLine, connection, query.order_by(table.c.organisation_id, table.c.name))


def ensure_sites(
    tx: Transaction, organisation_id: str, names: Iterable[str], day: date, citations: Mapping[str, Citation]
) -> dict[str, str]:
    """Return the id of each site by name, ignoring case; a new one is stored from the date on."""
    table = tables.register_site
    rows = tx.connection.execute(select(table).where(table.c.organisation_id == organisation_id)).all()
    known = {_plain(row.name): row.id for row in rows}
    for row in rows:
        if row.valid_from > day.isoformat():  # known only from a later date until now
            tx.update(table, table.c.id == row.id, valid_from=day)
    free = _free_ids(tx.connection, organisation_id)
    own = {"organisation_id": organisation_id, "address": "", "valid_from": day.isoformat()}
    own |= {"actor": tx.actor, "at": tx.at_text}
    new, site_ids = [], {}
    for name in sorted(set(names) - {""}):
        if _plain(name) not in known:
            known[_plain(name)] = free(name)
            source = citation.to_json() if (citation := citations.get(name)) else None
            new.append({**own, "id": known[_plain(name)], "name": name[:300], "citation": source})
        site_ids[name] = known[_plain(name)]
    tx.insert_all(table, new)
    return site_ids


def _free_ids(connection: Connection, organisation_id: str) -> Callable[[str], str]:
    """Return what gives a site an id of its own, from its name."""
    column, stem = tables.register_site.c.id, f"{organisation_id[:60]}."
    taken = set(connection.execute(select(column).where(column.startswith(stem))).scalars())

    def give(name: str) -> str:
        site = f"{stem}{slug(name)[:50] or 'site'}"
        numbered = (site if number == 1 else f"{site}-{number}" for number in count(1))
        site_id = next(candidate for candidate in numbered if candidate not in taken)
        taken.add(site_id)
        return site_id

    return give


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
