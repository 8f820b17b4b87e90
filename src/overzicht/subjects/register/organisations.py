"""Organisations: added, changed from a date on, and listed as of any date."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from overzicht.evidence.actor import Actor
from overzicht.evidence.limited import Key, Line
from overzicht.evidence.text import text
from overzicht.identifiers.slug import slug
from overzicht.kit.ask import READER, SOME_EDITOR, Ask
from overzicht.kit.operation import (
    Body,
    Command,
    Form,
    Paging,
    Param,
    Part,
    Route,
    Say,
    each_line,
    operation,
)
from overzicht.store.database import Store, reading
from overzicht.store.register import organisations as stored
from overzicht.store.register.organisations import OrganisationLine

Within = Annotated[
    Line,
    Param("Id of an organisation. Includes all organisations below it."),
    Field(description="an organisation's id, with all below it"),
]
Name = Annotated[Key, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
NewName = Annotated[Name | None, Param("New name.")]
OrganisationId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$"), Param("Id. Default: made from the name.")
]
Parent = Annotated[
    Line,
    Param("The organisation above it."),
    Field(description="id of its parent; empty: requires a grant for all"),
]
NewParent = Annotated[Line | None, Param("New organisation above it. Empty: none.")]
Country = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    Param("Country, as two letters.", is_country=True, shows_default=True),
]
Note = Annotated[Line, Param("Note.")]
NewNote = Annotated[Line | None, Param("New note.")]
Since = Annotated[
    date | None,
    Param(is_offered=False),
    Field(description="first date of the organisation; default: today"),
]
GROUP = "Manage the organisations that have equipment, as a tree."
CHANGE = ("as-of", "by", "json")  # the options of a change as of a date
list_organisations = reading(stored.list_organisations)


def named_organisation(ask: Ask, name: str) -> str:
    """Return the id of an organisation to list, empty for no name; a command takes its newest name too."""
    return ask.own_organisation(name, date.max if ask.has_store else ask.day)


def _lines(line: OrganisationLine, _say: Say) -> list[str]:
    return [f"{line.id}  {line.name}"]


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


@operation(
    Command("register organisations add", _lines, options=CHANGE),
    Route(
        "POST /organisations",
        SOME_EDITOR,
        Body("OrganisationRequest", "A new organisation; without an id one is made from the name."),
        "Add an organisation",
        has_names=True,
        is_new=True,
    ),
    Form("/organisations/{done.id}"),
)
def add(  # noqa: PLR0913 - the fields of an organisation
    ask: Ask,
    name: Name,
    *,
    id: OrganisationId = "",  # noqa: A002 - the name of the option and the field
    parent: Parent = "",
    country: Country = "NL",
    note: Note = "",
    since: Since = None,
) -> OrganisationLine:
    """Add an organisation. The register knows it from the date of --as-of."""
    actor = ask.actor(since or ask.day)
    above = ask.own_organisation(parent, actor.day)
    ask.check_changes(above)
    line = add_organisation(ask.store, NewOrganisation(name, id, above, country, note), actor)
    return line.seen_by(ask.allowed_ids(actor.day))


@operation(
    Command("register organisations change", _lines, options=CHANGE),
    Route(
        "PATCH /organisations/{organisation_id}",
        SOME_EDITOR,
        Body(
            "OrganisationChange",
            "The changes of an organisation; omitted fields do not change. An empty parent means none.",
        ),
        "Change an organisation",
    ),
)
def change(
    ask: Ask,
    organisation_id: Key,
    *,
    name: NewName = None,
    parent: NewParent = None,
    note: NewNote = None,
) -> OrganisationLine:
    """Change the name or place of an organisation from a date. Earlier dates keep the old values."""
    if not ask.has_store:  # the id alone names an organisation on the command line
        organisation_id = ask.own_organisation(organisation_id, ask.day)
        ask.check_changes(organisation_id)
        if parent is not None:
            ask.check_changes(ask.own_organisation(parent, ask.day))
    values = {"name": name, "note": note}
    changes = {field: value for field, value in values.items() if value is not None}
    with ask.writing() as tx:
        if parent is not None:
            above = parent and stored.get_organisation(tx.connection, parent, ask.day).id
            changes["parent_id"] = above
        stored.change_organisation(tx, organisation_id, ask.day, **changes)
        line = stored.get_organisation(tx.connection, organisation_id, ask.day)
    return line.seen_by(ask.allowed_ids(ask.day))


@operation(
    Command(
        "register organisations list",
        each_line(lambda line, _say: f"{'  ' * line.depth}{line.name}  ({line.id})"),
        empty=text("no organisations yet; `overzicht register organisations add NAME` makes one"),
    ),
    Route("GET /organisations", READER, summary="Organisations as a tree"),
)
def organisations(ask: Ask, paging: Paging) -> Part[OrganisationLine]:
    """List the organisations of a date, each below its parent."""
    ids = ask.allowed_ids(ask.day)
    lines = list_organisations(ask.store, ask.day)
    return paging.part([line.seen_by(ids) for line in lines if ids is None or line.id in ids])


@operation(Route("GET /organisations/{organisation_id}", READER, summary="One organisation"))
def show(ask: Ask, organisation_id: Key) -> OrganisationLine:
    """Show an organisation on the date."""
    owner = ask.own_organisation(organisation_id, ask.day)
    with ask.store.reading() as connection:
        line = stored.get_organisation(connection, owner, ask.day)
    return line.seen_by(ask.allowed_ids(ask.day))
