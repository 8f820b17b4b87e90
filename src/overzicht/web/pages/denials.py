"""Denials, only for officers; every access is recorded."""

from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.exportcontrol.denials.model import ReviewOutcome
from overzicht.web.api import denials as api
from overzicht.web.auth import PageOfficer
from overzicht.web.fields import Key
from overzicht.web.forms import FormOf, add_forms, see_other
from overzicht.web.licence_words import control_words
from overzicht.web.paging import Paged
from overzicht.web.uploads import read_small
from overzicht.workflows import typed_files
from overzicht.workflows.licensing import files, register

router = APIRouter(prefix="/denials")


@router.get("", response_class=HTMLResponse)
def denials(context: PageOfficer, paging: Paged, overdue: Annotated[bool, Query()] = False) -> HTMLResponse:
    """Show the denials as of the date, or those with an overdue review."""
    standings, problems = register.standings(context.store, context.actor(context.day))
    own = [standing for standing in standings if standing.stored.origin.value == "own"]
    return context.render(
        "denials.html",
        page=paging.cut([standing for standing in standings if standing.is_overdue or not overdue]),
        paging=paging,
        problems=problems,
        late=sum(standing.is_overdue for standing in standings),
        overdue=overdue,
        states=sorted({standing.stored.denial.issuing_state for standing in own}),
        **control_words(context.words),
    )


@router.post("")
def add(context: PageOfficer, file: Annotated[UploadFile, File()]) -> RedirectResponse:
    """Save the own denial in a file, and show its page."""
    name, raw = read_small(file, typed_files.MAX_BYTES)
    denial = files.denial_of(raw, name)
    register.add_denial(context.store, denial, context.actor(context.day))
    return see_other(f"/denials/{denial.id}")


@router.get("/{denial_id}", response_class=HTMLResponse)
def show(context: PageOfficer, denial_id: Key, paging: Paged) -> HTMLResponse:
    """Show a denial with its reviews, and who was shown it and why."""
    standing = register.show_denial(context.store, denial_id, context.actor(context.day))
    words = control_words(context.words)
    return context.render(
        "denial.html",
        found=standing,
        denial=standing.stored.denial,
        readings=paging.cut(register.readings_of(context.store, denial_id)),
        paging=paging,
        outcomes=[(outcome.value, words["review_word"](outcome)) for outcome in ReviewOutcome],
        **words,
    )


add_forms(
    router,
    FormOf("/import", api.import_, "/denials"),
    FormOf("/{denial_id}/reviews", api.review, "/denials/{denial_id}"),
)
