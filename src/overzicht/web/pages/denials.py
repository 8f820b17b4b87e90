"""Denials, for officers alone; every look at them is written down."""

from typing import Annotated

from fastapi import APIRouter, File, Query, Request, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.exportcontrol.denials.model import ReviewOutcome
from overzicht.web.api import denials as api
from overzicht.web.api.models.shared import Key
from overzicht.web.asof import OnPage
from overzicht.web.auth import Officer
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.licence_acts import act_of
from overzicht.web.licence_words import control_words
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged
from overzicht.web.service import Here
from overzicht.web.uploads import read_small
from overzicht.workflows import typed_files
from overzicht.workflows.licensing import files, register

router = APIRouter(prefix="/denials")


@router.get("", response_class=HTMLResponse)
def denials(
    request: Request,
    here: Here,
    who: Officer,
    day: OnPage,
    paging: Paged,
    overdue: Annotated[bool, Query()] = False,
) -> HTMLResponse:
    """Show the denials as of the day, or those of which a review is overdue."""
    found = register.standings(here.store, act_of(who, day.day))
    late = sum(each.is_overdue for each in found)
    states = sorted({each.stored.denial.issuing_state for each in found if each.stored.origin.value == "own"})
    page = paging.cut([each for each in found if each.is_overdue or not overdue])
    return render(
        request,
        "denials.html",
        page=page,
        paging=paging,
        late=late,
        overdue=overdue,
        states=states,
        **control_words(words_of(request)),
    )


@router.post("")
def add(here: Here, who: Officer, day: OnPage, file: Annotated[UploadFile, File()]) -> RedirectResponse:
    """Keep the own denial of a file, and lead to its page."""
    name, raw = read_small(file, typed_files.MAX_BYTES)
    denial = files.denial_of(raw, name)
    register.add_denial(here.store, denial, act_of(who, day.day))
    return RedirectResponse(f"/denials/{denial.id}", 303)


@router.get("/{denial_id}", response_class=HTMLResponse)
def denial(
    request: Request, here: Here, who: Officer, day: OnPage, denial_id: Key, paging: Paged
) -> HTMLResponse:
    """Show a denial with its reviews, and who was shown it and why."""
    found = register.show_denial(here.store, denial_id, act_of(who, day.day))
    readings = paging.cut(register.readings_of(here.store, denial_id))
    words = words_of(request)
    told = control_words(words)
    return render(
        request,
        "denial.html",
        found=found,
        denial=found.stored.denial,
        readings=readings,
        paging=paging,
        outcomes=[(each.value, told["review_word"](each)) for each in ReviewOutcome],
        **told,
    )


add_forms(
    router,
    FormOf("/import", api.import_, "/denials"),
    FormOf("/{denial_id}/reviews", api.review, "/denials/{denial_id}"),
)
