"""The control list: searched, one provision in its context, what changed, and new versions."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from overzicht.exportcontrol.controllist.diff import marked_difference
from overzicht.exportcontrol.controllist.path import regime_of
from overzicht.exportcontrol.controllist.references import unfold
from overzicht.exportcontrol.controllist.search import LONGEST_QUESTION
from overzicht.store.accounts import Role
from overzicht.web.api import control as api
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.control_texts import compare_texts, open_text, search_text
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.licence_words import control_words
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged
from overzicht.web.service import Here
from overzicht.workflows.control.versions import NoControlListError, held_versions

router = APIRouter(prefix="/control")
MOST_HITS = 20


@router.get("", response_class=HTMLResponse)
def control(
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    q: Annotated[Line, Query(max_length=LONGEST_QUESTION)] = "",
) -> HTMLResponse:
    """Show what is installed, and what fits a description in plain words."""
    with here.store.reading() as connection:
        held = held_versions(connection)
    try:
        opened = open_text(here, "", day.day)
    except NoControlListError:
        opened = None
    hits = search_text(here, opened, q, MOST_HITS) if opened and q.strip() else []
    return render(
        request, "control.html", held=held[::-1], opened=opened, hits=hits, q=q, may_edit=who.may(Role.EDITOR)
    )


@router.get("/provisions/{path}", response_class=HTMLResponse)
def provision(
    request: Request,
    here: Here,
    _who: Reader,
    day: OnPage,
    path: Key,
    version: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show a provision with what stands above and below it, its notes, terms and references."""
    opened = open_text(here, version, day.day)
    unfolded = unfold(opened.list, path)
    return render(
        request,
        "provision.html",
        opened=opened,
        unfolded=unfolded,
        regime=regime_of(unfolded.provision.path),
        citation=opened.cite(unfolded.provision.path),
    )


@router.get("/diff", response_class=HTMLResponse)
def diff(
    request: Request,
    here: Here,
    _who: Reader,
    paging: Paged,
    before: Annotated[Key, Query()],
    after: Annotated[Key, Query()],
    within: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show what changed between two versions, provision by provision."""
    found = compare_texts(here, open_text(here, before, None), open_text(here, after, None))
    page = paging.cut(found.chosen(within))
    marked = [(change, list(marked_difference(change.old_text, change.new_text))) for change in page.items]
    return render(
        request,
        "control_diff.html",
        found=found,
        marked=marked,
        page=page,
        paging=paging,
        within=within,
        before=before,
        after=after,
        **control_words(words_of(request)),
    )


add_forms(router, FormOf("/versions", api.install, "/jobs/{done.id}"))
