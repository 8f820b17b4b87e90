"""Working files: begun, mapped anew, listed and shown on a day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from overzicht.diligence.folding import view_of
from overzicht.diligence.recorded import DiligenceError, EntryKind, RiskMap
from overzicht.diligence.working_file import FileHead, FileView
from overzicht.evidence.actor import Actor
from overzicht.store import diligence as kept
from overzicht.store.database import Store
from overzicht.store.diligence import NewEntry, NewFile
from overzicht.store.register.organisations import get_organisation, slug
from overzicht.workflows.diligence.mapped import map_of_register, map_of_run

LONGEST_NAME = 300


def new_file(store: Store, organisation: str, actor: Actor, *, name: str = "", run: str = "") -> FileView:
    """Begin a file with its first map; DiligenceError where a file of that name is kept.

    `organisation` is one of the register, by id or name; with `run`, an overview run, it is any name.
    """
    new = _named(store, organisation, actor, name=name.strip(), run=run)
    found = _mapped(store, new.organisation, new.name, run, actor)
    with store.writing(actor.name, actor.at) as tx:
        kept.add_file(tx, new, actor.day)
        kept.add_entry(tx, new.id, _map_entry(found, actor))
        return read_view(tx.connection, new.id, actor.day)


def _named(store: Store, organisation: str, actor: Actor, *, name: str, run: str) -> NewFile:
    owner, called = "", organisation.strip()
    if not run:
        with store.reading() as connection:
            line = get_organisation(connection, organisation, actor.day)
        owner, called = line.id, line.name
    called = name or called
    file_id = slug(called)
    if not file_id or len(called) > LONGEST_NAME or not called.isprintable():
        raise DiligenceError(
            f"{called[:60]!r} gives no id", fix=f"give a name with letters, of {LONGEST_NAME} at most"
        )
    return NewFile(file_id, called, organisation=owner, run=run)


def prefill(store: Store, file_id: str, actor: Actor, *, run: str = "") -> FileView:
    """Make the map anew for the day of the act; what people judged and planned stays.

    With `run` it is made of that run; else of the register, or of the run that the file began with.
    """
    head = head_of(store, file_id)
    if actor.day < head.day:
        raise DiligenceError(f"file {file_id} began on {head.day}, after {actor.day}", fix="give a later day")
    found = _mapped(store, head.organisation, head.name, run or head.run, actor)
    with store.writing(actor.name, actor.at) as tx:
        kept.add_entry(tx, file_id, _map_entry(found, actor))
        return read_view(tx.connection, file_id, actor.day)


def _mapped(store: Store, organisation: str, name: str, run: str, actor: Actor) -> RiskMap:
    return map_of_run(store, run, name, actor.day) if run else map_of_register(store, organisation, actor)


def _map_entry(found: RiskMap, actor: Actor) -> NewEntry:
    return NewEntry(EntryKind.MAP, actor.day, found.to_json())


def list_files(store: Store, as_of: date) -> tuple[FileView, ...]:
    """Return the files that were begun by a day, by id."""
    with store.reading() as connection:
        heads = [head for head in kept.all_files(connection) if head.day <= as_of]
        return tuple(_views(connection, heads, as_of))


def show_file(store: Store, file_id: str, as_of: date) -> FileView:
    """Return a file as it stands on a day; DiligenceError where it was begun later."""
    with store.reading() as connection:
        return read_view(connection, file_id, as_of)


def head_of(store: Store, file_id: str) -> FileHead:
    """Return what a file is about, whatever the day."""
    with store.reading() as connection:
        return kept.get_file(connection, file_id)


def read_view(connection: Connection, file_id: str, as_of: date) -> FileView:
    """Return a file as it stands on a day, as a connection sees it."""
    head = kept.get_file(connection, file_id)
    if as_of < head.day:
        raise DiligenceError(f"file {file_id} began on {head.day}, after {as_of}", fix="ask for a later day")
    (view,) = _views(connection, [head], as_of)
    return view


def _views(connection: Connection, heads: list[FileHead], as_of: date) -> Iterable[FileView]:
    written = kept.entries_of(connection, [head.id for head in heads])
    return [view_of(head, written[head.id], as_of) for head in heads]
