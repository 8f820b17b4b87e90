"""Undo of an accepted import as one step."""

from sqlalchemy import or_, select

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.decisions import judgements_starting, standing
from overzicht.store.register import imports
from overzicht.store.register.device_states import OF_MAKERS, STATE, lasts
from overzicht.store.register.undoing import UndoError, check_undo
from overzicht.store.register.undoing import undo_import as undo_stored
from overzicht.subjects.register.imports.importing import ImportView, show_import
from overzicht.subjects.register.imports.past import undo_correction


def undo_import(store: Store, number: int, actor: Actor, reason: str = "") -> ImportView:
    """Take back an accepted import: the register is as it was before, and the file can be imported again.

    The import and its rows remain available. Raises UndoError if the import is not accepted, or if a later
    import, change, plan or decision uses what it wrote.
    """
    with store.writing(actor.name, actor.at) as tx:
        stored = imports.get_import(tx.connection, number)
        check_undo(tx.connection, stored)
        # raise UndoError if a person decided on the maker of a device by what only this import shows
        connection = tx.connection
        for finding, judgements in judgements_starting(connection, OF_MAKERS).items():
            device, _, key = finding.removeprefix(OF_MAKERS).rpartition("-")
            shown = (STATE.c.device_id == device, STATE.c.trace_key.startswith(key))
            restored = STATE.c.import_id == (stored.supersedes or 0)
            query = select(STATE.c.import_id).where(or_(lasts(), restored), *shown)
            sources = set(connection.execute(query).scalars())
            judgement = standing(judgements)
            if judgement is not None and sources == {stored.id}:
                raise UndoError(
                    stored.id,
                    f"{judgement.actor} decided on {device}, which it shows",
                    f"withdraw the decision first (`overzicht withdraw {judgement.id}`)",
                )
        if "newest" in stored.options:
            undo_correction(tx, stored, reason)
        else:
            undo_stored(tx, stored, reason)
    return show_import(store, number)
