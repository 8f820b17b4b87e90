"""Screening a name: the answer of every list on the date, with score, reasons and sources."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.entities import PartyQuery
from overzicht.evidence import text
from overzicht.store.accounts import Role
from overzicht.web.auth import PageReader
from overzicht.web.fields import Line
from overzicht.web.pages.lists import list_titles
from overzicht.workflows.ask import PartyListings, party_lookup

router = APIRouter(prefix="/screen")
KINDS = {
    "LegalEntity": text("any party"),
    "Person": text("person"),
    "Company": text("company"),
    "Organization": text("organisation"),
    "Vessel": text("ship"),
}
BORN = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"


@router.get("", response_class=HTMLResponse)
def screen(
    context: PageReader,
    name: Annotated[Line, Query()] = "",
    kind: Annotated[Line, Query()] = "LegalEntity",
    born: Annotated[str, Query(pattern=BORN)] = "",
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
