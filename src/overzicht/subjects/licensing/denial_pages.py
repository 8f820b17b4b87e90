"""Denials, only for officers; every access is recorded."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.kit.operation import ALL
from overzicht.subjects.licensing import denials_operations as operations
from overzicht.subjects.licensing.denial_model import ReviewOutcome
from overzicht.subjects.licensing.page_words import licence_words
from overzicht.web.auth import PageOfficer
from overzicht.web.fields import Key
from overzicht.web.operations import add_forms_of
from overzicht.web.paging import Paged

router = APIRouter()


@router.get("/denials", response_class=HTMLResponse)
def denials(context: PageOfficer, paging: Paged, overdue: Annotated[bool, Query()] = False) -> HTMLResponse:
    """Show the denials as of the date, or those with an overdue review."""
    register = operations.denials(context, ALL)
    standings = register.rows
    own = [standing for standing in standings if standing.stored.origin.value == "own"]
    return context.render(
        "denials.html",
        page=paging.cut([standing for standing in standings if standing.is_overdue or not overdue]),
        paging=paging,
        problems=register.problems,
        late=sum(standing.is_overdue for standing in standings),
        overdue=overdue,
        states=sorted({standing.stored.denial.issuing_state for standing in own}),
        **licence_words(context.words),
    )


@router.get("/denials/{denial_id}", response_class=HTMLResponse)
def show(context: PageOfficer, denial_id: Key, paging: Paged) -> HTMLResponse:
    """Show a denial with its reviews, and who was shown it and why."""
    denial = operations.read(context, denial_id)
    words = licence_words(context.words)
    return context.render(
        "denial.html",
        found=denial,
        denial=denial.stored.denial,
        readings=paging.cut(denial.readings),
        paging=paging,
        outcomes=[(outcome.value, words["review_word"](outcome)) for outcome in ReviewOutcome],
        **words,
    )


add_forms_of(router, "subjects.licensing.denials_operations")
