"""Sites: the places of equipment, with the ids that other commands take."""

from datetime import date

from sqlalchemy import Connection

from overzicht.kit.ask import READER, Ask
from overzicht.kit.operation import Command, Paging, Part, Route, each_line, operation
from overzicht.store.database import reading
from overzicht.store.register import organisations as stored
from overzicht.store.register.organisations import SiteLine
from overzicht.subjects.register.organisations import Within, named_organisation


@reading
def list_sites(connection: Connection, as_of: date, organisation: str = "") -> list[SiteLine]:
    """Return the sites as of a date, of an organisation or of all."""
    return stored.list_sites(connection, as_of, stored.ids_within(connection, organisation, as_of))


@operation(
    Command("register sites", each_line(lambda line, _say: f"{line.id}  {line.name}")),
    Route("GET /sites", READER, summary="Sites", has_names=True),
)
def sites(ask: Ask, paging: Paging, *, organisation: Within = "") -> Part[SiteLine]:
    """List the sites of a date with the ids that other commands take."""
    ids = ask.allowed_ids(ask.day)
    lines = list_sites(ask.store, ask.day, named_organisation(ask, organisation))
    return paging.part([line for line in lines if ids is None or line.organisation_id in ids])
