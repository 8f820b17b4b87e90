"""Working files: created, mapped again, listed and shown as of a date."""

from datetime import date

from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.identifiers.slug import slug
from overzicht.store.database import Store, reading
from overzicht.store.register.organisations import get_organisation
from overzicht.subjects.diligence import records as stored
from overzicht.subjects.diligence.file_entries import DiligenceError, EntryKind
from overzicht.subjects.diligence.file_mapped import map_of_register, map_of_run
from overzicht.subjects.diligence.folding import view_of
from overzicht.subjects.diligence.records import NewEntry
from overzicht.subjects.diligence.working_file import FileHead, FileView

LONGEST_NAME = 300
head_of = reading(stored.get_file)


def new_file(store: Store, organisation: str, actor: Actor, *, name: str = "", run: str = "") -> FileView:
    """Create a file with its first map; DiligenceError if its id exists.

    `organisation` is one of the register, by id or name; with `run`, an overview run, it is any name.
    """
    owner, title = "", organisation.strip()
    if not run:
        with store.reading() as connection:
            line = get_organisation(connection, organisation, actor.day)
        owner, title = line.id, line.name
    title = name.strip() or title
    file_id = slug(title)
    if not file_id or len(title) > LONGEST_NAME or not title.isprintable():
        raise DiligenceError(
            f"{title[:60]!r} is not a valid name for a file",
            fix=f"give a name with letters, of at most {LONGEST_NAME} characters",
        )
    entry = _map_entry(store, owner, title, run, actor)
    with store.writing(actor.name, actor.at) as tx:
        stored.add_file(tx, FileHead(file_id, owner, title, run, actor.day, tx.actor, tx.at_text))
        stored.add_entry(tx, file_id, entry)
        return read_view(tx.connection, file_id, actor.day)


def prefill(store: Store, file_id: str, actor: Actor, *, run: str = "") -> FileView:
    """Make a new map as of the actor's date; the entries of people remain.

    With `run` it is made from that run; else from the register, or from the run of the first map.
    """
    head = head_of(store, file_id)
    _check_begun(head, actor.day)
    entry = _map_entry(store, head.organisation, head.name, run or head.run, actor)
    with store.writing(actor.name, actor.at) as tx:
        stored.add_entry(tx, file_id, entry)
        return read_view(tx.connection, file_id, actor.day)


def _map_entry(store: Store, organisation: str, name: str, run: str, actor: Actor) -> NewEntry:
    made = map_of_run(store, run, name, actor.day) if run else map_of_register(store, organisation, actor)
    return NewEntry(EntryKind.MAP, actor.day, made.to_json())


def _check_begun(head: FileHead, day: date) -> None:
    if day < head.day:
        raise DiligenceError(f"file {head.id} began on {head.day}, after {day}", fix="give a later date")


@reading
def list_files(connection: Connection, as_of: date) -> tuple[FileView, ...]:
    """Return the files that were created until a date, by id."""
    heads = [head for head in stored.all_files(connection) if head.day <= as_of]
    entries = stored.entries_of(connection, [head.id for head in heads])
    return tuple(view_of(head, entries[head.id], as_of) for head in heads)


def read_view(connection: Connection, file_id: str, as_of: date) -> FileView:
    """Return a file as of a date; DiligenceError if it was created later."""
    head = stored.get_file(connection, file_id)
    _check_begun(head, as_of)
    return view_of(head, stored.entries_of(connection, [file_id])[file_id], as_of)


show_file = reading(read_view)
