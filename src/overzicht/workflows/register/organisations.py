"""Organisations and their sites: added, changed from a day on, and listed as of any day."""

from dataclasses import dataclass
from datetime import date

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.register import organisations as kept
from overzicht.store.register.organisations import OrganisationLine, SiteLine


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation to keep: without `id` one is made of the name; `parent` is an id or a name."""

    name: str
    id: str = ""
    parent: str = ""
    country: str = "NL"
    note: str = ""


def add_organisation(store: Store, new: NewOrganisation, actor: Actor) -> OrganisationLine:
    """Keep an organisation from the day of the act on; RegisterError where its id is taken."""
    organisation_id = new.id or kept.slug(new.name)
    with store.writing(actor.name, actor.at) as tx:
        parent = kept.get_organisation(tx.connection, new.parent, actor.day).id if new.parent else ""
        said = kept.Organisation(new.name.strip(), parent, new.country, new.note)
        kept.add_organisation(tx, organisation_id, said, actor.day)
        return kept.get_organisation(tx.connection, organisation_id, actor.day)


def change_organisation(
    store: Store,
    organisation_id: str,
    actor: Actor,
    *,
    name: str | None = None,
    parent: str | None = None,
    note: str | None = None,
) -> OrganisationLine:
    """Give an organisation another name, parent (empty: none) or note from a day on; the old state stays."""
    with store.writing(actor.name, actor.at) as tx:
        above = kept.get_organisation(tx.connection, parent, actor.day).id if parent else parent
        given = {"name": name, "parent_id": above, "note": note}
        changes = {field: value for field, value in given.items() if value is not None}
        kept.change_organisation(tx, organisation_id, actor.day, **changes)
        return kept.get_organisation(tx.connection, organisation_id, actor.day)


def list_organisations(store: Store, as_of: date) -> tuple[OrganisationLine, ...]:
    """Return the organisations of a day, each below its parent."""
    with store.reading() as connection:
        return tuple(kept.list_organisations(connection, as_of))


def list_sites(store: Store, as_of: date, organisation: str = "") -> tuple[SiteLine, ...]:
    """Return the sites of a day, of an organisation with all below it or of all."""
    with store.reading() as connection:
        ids = None
        if organisation:
            found = kept.get_organisation(connection, organisation, as_of)
            ids = kept.ids_below(connection, [found.id], as_of)
        return tuple(kept.list_sites(connection, as_of, ids))
