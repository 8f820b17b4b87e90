"""Organisations and their sites: added, changed from a date on, and listed as of any date."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from overzicht.evidence.actor import Actor
from overzicht.evidence.limited import Line
from overzicht.identifiers.slug import slug
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Param
from overzicht.store.database import Store, reading
from overzicht.store.register import organisations as stored
from overzicht.store.register.organisations import OrganisationLine, SiteLine

Within = Annotated[
    Line,
    Param("Id of an organisation. Includes all organisations below it."),
    Field(description="an organisation's id, with all below it"),
]
list_organisations = reading(stored.list_organisations)


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation to add: without `id` one is made of the name; `parent` is an id or a name."""

    name: str
    id: str = ""
    parent: str = ""
    country: str = "NL"
    note: str = ""


def add_organisation(store: Store, new: NewOrganisation, actor: Actor) -> OrganisationLine:
    """Add an organisation from the actor's date on; RegisterError if its id is taken."""
    organisation_id = new.id or slug(new.name)
    with store.writing(actor.name, actor.at) as tx:
        parent = stored.get_organisation(tx.connection, new.parent, actor.day).id if new.parent else ""
        organisation = stored.Organisation(new.name.strip(), parent, new.country, new.note)
        stored.add_organisation(tx, organisation_id, organisation, actor.day)
        return stored.get_organisation(tx.connection, organisation_id, actor.day)


def change_organisation(
    store: Store, organisation_id: str, actor: Actor, **changes: str | None
) -> OrganisationLine:
    """Change `name`, `parent` (empty: none) or `note` from the actor's date on; None changes nothing."""
    changes = {field: value for field, value in changes.items() if value is not None}
    with store.writing(actor.name, actor.at) as tx:
        if (parent := changes.pop("parent", None)) is not None:
            above = parent and stored.get_organisation(tx.connection, parent, actor.day).id
            changes["parent_id"] = above
        stored.change_organisation(tx, organisation_id, actor.day, **changes)
        return stored.get_organisation(tx.connection, organisation_id, actor.day)


@reading
def list_sites(connection: Connection, as_of: date, organisation: str = "") -> list[SiteLine]:
    """Return the sites as of a date, of an organisation or of all."""
    return stored.list_sites(connection, as_of, stored.ids_within(connection, organisation, as_of))


def named_organisation(ask: Ask, name: str) -> str:
    """Return the id of an organisation to list, empty for no name; a command takes its newest name too."""
    return ask.own_organisation(name, date.max if ask.has_store else ask.day)
