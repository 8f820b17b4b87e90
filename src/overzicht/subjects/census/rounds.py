"""Rounds of the census: started, listed, and the national overview of each without protected numbers."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from overzicht.errors import UnknownNameError
from overzicht.evidence import Text, text
from overzicht.evidence.limited import Key, Line
from overzicht.identifiers.slug import slug
from overzicht.kit.ask import READER, Ask
from overzicht.kit.operation import Command, Paging, Param, Part, Route, operation
from overzicht.subjects.census import roll_records as stored_rolls
from overzicht.subjects.census import round_records as stored
from overzicht.subjects.census.answers import Level, Question, Scope
from overzicht.subjects.census.claims_workflow import maker_id
from overzicht.subjects.census.naming import region_name
from overzicht.subjects.census.overview import NationalOverview, national_overview
from overzicht.subjects.census.publishing import published_overview
from overzicht.subjects.census.rolls import READ, WRITTEN
from overzicht.subjects.census.round_records import CensusError, RoundSettings, StoredRound
from overzicht.subjects.census.rounds_workflow import RoundView, round_view, show_round, working_days

GROUP = "Start and list rounds."


def _short(view: RoundView) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.title,
        "reference_date": view.reference_date,
        "day": view.day,
        "bodies": len(view.requests),
        "states": view.states,
    }


def _line(view: RoundView) -> Text:
    return text(
        "{id}: {title}, {bodies} bodies on {day}",
        id=view.id,
        title=view.title,
        bodies=len(view.requests),
        day=view.reference_date,
    )


@operation(Command("census round new", lambda view, say: [say(_line(view))], data=_short, options=WRITTEN))
def new(  # noqa: PLR0913 - what a round asks of whom
    ask: Ask,
    title: str,
    *,
    reference: Annotated[date, Param("Date that the answers are about (required).")],
    roll: Annotated[str, Param("Name of the roll. Default: the roll loaded last.")] = "",
    kinds: Annotated[
        tuple[str, ...], Param("Kind of body to ask. Default: all kinds.", option="--kind")
    ] = (),
    regions: Annotated[
        tuple[str, ...], Param("Region of the bodies, as in the roll. Default: all.", option="--region")
    ] = (),
    scopes: Annotated[tuple[Scope, ...], Param("Scope to ask. Default: all.", option="--scope")] = (),
    basis: Annotated[str, Param("Legal basis of the request.")] = "",
    calendar: Annotated[str, Param("State whose working days count.", shows_default=True)] = "NL",
    level: Annotated[Level, Param("Highest level of publication.", shows_default=True)] = Level.MODELS,
    independent_claims: Annotated[
        tuple[str, ...],
        Param(
            "Group of statements that does not depend on the returns, for a check by two sources.",
            metavar="GROUP",
        ),
    ] = (),
    own_id: Annotated[str, Param("Id of the round. Default: from the title.", option="--id")] = "",
) -> RoundView:
    """Start a round. The bodies that exist on the reference date are frozen as its roll."""
    working_days(calendar)  # an unknown calendar is refused before anything is stored
    with ask.writing() as tx:
        own = stored_rolls.get_roll(tx.connection, roll)
        bodies = stored_rolls.bodies_on(tx.connection, own.id, reference, kinds)
        if regions:
            whole = stored_rolls.read_bodies(tx.connection, [own.id])
            known = {*regions, *(region_name(whole, region) for region in regions)}
            bodies = tuple(body for body in bodies if body.region in known)
        if not bodies:
            counts = stored_rolls.counts_on(tx.connection, own.id, reference)
            raise CensusError(
                f"the roll {own.name!r} has no body of these kinds and regions on {reference}",
                fix=f"kinds on that date: {', '.join(counts) or 'none'}",
            )
        settings = RoundSettings(
            kinds=kinds,
            regions=regions,
            scopes=scopes or RoundSettings().scopes,
            legal_basis=basis,
            calendar=calendar,
            level=level,
            independent_claims=independent_claims,
        )
        round_id = slug(own_id or title)
        stored.add_round(tx, StoredRound(round_id, title, own.id, reference, settings), bodies)
    return show_round(ask.store, round_id, ask.day)


@operation(
    Command(
        "census round list",
        lambda views, say: [say(_line(view)) for view in views],
        empty=text("no rounds; `overzicht census round new TITLE --reference DATE` starts one"),
        data=lambda views: list(map(_short, views)),
        options=READ,
    )
)
def list_(ask: Ask) -> list[RoundView]:
    """List the rounds and the states of their requests on a date."""
    with ask.store.reading() as connection:
        return [round_view(connection, own.id, ask.day) for own in stored.list_rounds(connection)]


@operation(Route("GET /census", READER, summary="Rounds of the census"), is_dated=False)
def rounds(ask: Ask, paging: Paging) -> Part[StoredRound]:
    """Return the rounds by reference date."""
    with ask.store.reading() as connection:
        return paging.part(stored.list_rounds(connection))


@operation(Route("GET /census/{round_id}", READER, summary="National overview of a round"))
def overview(
    ask: Ask,
    round_id: Key,
    maker: Annotated[Line, Field(description="a manufacturer or brand; empty: any equipment")] = "",
    kind: Annotated[Line, Field(description="a kind of device; empty: any kind")] = "",
    *,
    published: Annotated[
        bool, Field(description="the newest that `census publish` made by the date")
    ] = False,
) -> NationalOverview:
    """Return the coverage, bounds, estimate and tables of a round on the date."""
    question = Question(frozenset({maker_id(maker)} if maker else ()), kind)
    if not published:
        return national_overview(ask.store, round_id, ask.day, question)
    overview = published_overview(ask.store, round_id, ask.day, question)
    if overview is None:
        raise UnknownNameError(f"published overview of this question by {ask.day} in census round", round_id)
    return overview
