"""Screening: one name with every list's answer and its reasons, and files of parties with saved hits."""

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.entities import PartyQuery
from overzicht.evidence import text
from overzicht.store.accounts import Role
from overzicht.subjects.screening import routes as api
from overzicht.subjects.screening.lookup import PartyListings, party_lookup
from overzicht.subjects.screening.party_files import Hit, saved_screenings, show_screening
from overzicht.web.auth import PageOverallReader, PageReader
from overzicht.web.fields import Key, Line, PartOfDate
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.page import list_titles
from overzicht.web.paging import Paged

router = APIRouter(prefix="/screen")
KINDS = {
    "LegalEntity": text("any party"),
    "Person": text("person"),
    "Company": text("company"),
    "Organization": text("organisation"),
    "Vessel": text("ship"),
}
HIT_STATES: Mapping[str, Callable[[Hit], bool]] = {
    "open": lambda hit: hit.judgement is None,
    "confirmed": lambda hit: hit.judgement is not None and not hit.is_cleared,
    "cleared": lambda hit: hit.is_cleared,
}


@router.get("", response_class=HTMLResponse)
def screen(
    context: PageReader,
    name: Annotated[Line, Query()] = "",
    kind: Annotated[Line, Query()] = "LegalEntity",
    born: PartOfDate = "",
) -> HTMLResponse:
    """Screen one name, and show each list's own answer."""
    schema = kind if kind in KINDS else "LegalEntity"
    answers: PartyListings | None = None
    if name.strip():
        query = PartyQuery(id="query", names=(name.strip(),), schema=schema, birth_date=born)
        with party_lookup(context.store) as lookup:
            (answers,) = lookup.ask([query], as_of=context.day)
    return context.render(
        "screen.html",
        name=name,
        kind=schema,
        born=born,
        found=answers,
        kinds=[(key, context.words.say(label)) for key, label in KINDS.items()],
        list_titles=list_titles(context.words),
        may_batch=context.may(Role.EDITOR),
    )


@router.get("/files", response_class=HTMLResponse)
def files(context: PageOverallReader) -> HTMLResponse:
    """Show the saved screenings and the form for a new file."""
    return context.render(
        "screenings.html", runs=saved_screenings(context.store), may_edit=context.may(Role.EDITOR)
    )


@router.get("/files/{run_id}", response_class=HTMLResponse)
def hits(
    context: PageOverallReader, paging: Paged, run_id: Key, state: Annotated[Line, Query()] = ""
) -> HTMLResponse:
    """Show the hits of a saved screening by party, as of the date: all, or those of one state."""
    run, all_hits = show_screening(context.store, run_id, context.day)
    by_state = {name: [hit for hit in all_hits if fits(hit)] for name, fits in HIT_STATES.items()}
    groups = groupby(by_state.get(state, all_hits), key=lambda hit: hit.finding.subject)
    page = paging.cut([list(group) for _, group in groups])
    return context.render(
        "screening_hits.html",
        run=run,
        page=page,
        paging=paging,
        state=state,
        counts={name: len(hits) for name, hits in by_state.items()},
        total=len(all_hits),
        parties=len({hit.finding.subject for hit in all_hits}),
        may_edit=context.may(Role.EDITOR),
    )


add_forms(
    router,
    FormOf("/files", api.screen_file, "/jobs/{done.id}"),
    FormOf("/files/{run_id}/judgements", api.judge_hits, None),
    FormOf("/files/{run_id}/again", api.screen_again, "/jobs/{done.id}"),
)
