"""Uses of general authorisations: exports that a new version of the control list re-opens."""

from contextlib import suppress
from datetime import date
from typing import Annotated

from pydantic import Field

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence.limited import Key, Line
from overzicht.evidence.text import text
from overzicht.kit.ask import EDITOR, READER, Ask
from overzicht.kit.operation import (
    Body,
    CheckedPart,
    Command,
    Paging,
    Param,
    Route,
    Say,
    each_line,
    operation,
)
from overzicht.law.territory import union_territory
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.control_list.path import parse_path
from overzicht.subjects.control_list.versions import NoControlListError, open_version
from overzicht.subjects.licensing.authorisation_use_records import (
    AuthorisationUse,
    add_use,
    end_use,
    list_uses,
)
from overzicht.subjects.licensing.authorisations import general_authorisations

TAG = "control list"
GROUP = "Manage exports under a general authorisation. A changed provision re-opens them with a task."
Destination = Annotated[
    str,
    Field(pattern=r"^[A-Z]{2}$", description="two letters, such as CH"),
    Param("Country, as two letters.", is_country=True),
]
Consignee = Annotated[Line, Param("Consignee.")]


class DestinationNotCoveredError(OverzichtError):
    """A general authorisation does not cover the destination that is named."""

    def __init__(
        self, authorisation: str, destination: str, known: tuple[str, ...], removed: date | None = None
    ) -> None:
        since = f": it was removed on {removed}" if removed else ""
        super().__init__(
            f"{authorisation} does not cover {destination}{since}",
            fix=f"use it for {', '.join(known)}, or apply for a licence: overzicht licence new",
        )


def _line(use: AuthorisationUse, say: Say) -> str:
    line = text(
        "{id}: {authorisation} for {path} to {destination}, since {day}",
        id=use.id,
        authorisation=use.authorisation,
        path=use.path,
        destination=use.destination,
        day=use.since,
    )
    if use.ended:
        line = text("{use} until {day}", use=line, day=use.ended)
    return f"{say(line)} {use.consignee}".rstrip()


@operation(
    Command(
        "control use add",
        lambda use, say: [_line(use, say)],
        day=Param("Date of the first export.", option="--since"),
    ),
    Route(
        "POST /control/uses",
        EDITOR,
        Body(
            "UseRequest",
            "A use of an authorisation, such as EU001 for 6A003.b.4.b, from the date of the request.",
        ),
        "Record a use",
        has_names=True,
        is_new=True,
    ),
    is_dated=True,
)
def use(
    ask: Ask, authorisation: Key, path: Key, *, destination: Destination, consignee: Consignee = ""
) -> AuthorisationUse:
    """Record a use. `overzicht licence assess` judges whether the authorisation fits."""
    provision, since = parse_path(path), ask.day
    known = general_authorisations().authorisations
    name = authorisation.upper()
    if name not in known:
        raise UnknownNameError("general authorisation", authorisation, tuple(known))
    covered = known[name]
    removed = covered.removed.get(destination)
    place = union_territory().with_code(destination)
    is_territory = place is not None and place.id in covered.territories
    if covered.destinations and not is_territory and not covered.covers(destination, since):
        gone = removed if removed is not None and since >= removed else None
        raise DestinationNotCoveredError(name, destination, covered.destinations, gone)
    with suppress(NoControlListError):  # without a text the provision cannot be checked
        open_version(ask.store, as_of=since).list.open(provision)
    with ask.writing() as tx:
        return add_use(tx, AuthorisationUse(0, name, provision, destination, consignee, since))


@operation(
    Command(
        "control use end",
        lambda use, say: [say(text("{name}: ended on {day}", name=use.id, day=use.ended))],
        data=lambda use: {"id": use.id, "ended": use.ended},
        day=Param("Last date of the use.", option="--on"),
    ),
    Route("POST /control/uses/{name}/end", EDITOR, summary="End a use"),
    is_dated=True,
)
def end(ask: Ask, name: Key) -> AuthorisationUse:
    """End a use, for example USE-3. It remains in the history, and no update re-opens it."""
    with ask.writing() as tx:
        return end_use(tx, name, ask.day)


@operation(
    Command("control use list", each_line(_line)),
    Route("GET /control/uses", READER, summary="Uses of general authorisations"),
    is_dated=False,
)
def uses(ask: Ask, paging: Paging) -> CheckedPart[AuthorisationUse]:
    """List all uses, also ended ones. Exit code 1: a stored use cannot be read."""
    problems: list[StoredRecordError] = []
    with ask.store.reading() as connection:
        return CheckedPart.of(paging.part(list_uses(connection, problems)), problems)
