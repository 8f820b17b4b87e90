"""The control list: search, one provision in its context, changes, and new versions."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse, Response

from overzicht.store.accounts import Role
from overzicht.subjects.control_list.classification.page_words import control_words
from overzicht.subjects.control_list.diff import marked_difference
from overzicht.subjects.control_list.installed_texts import diff as compare
from overzicht.subjects.control_list.installed_texts import open_text, search_text, show
from overzicht.subjects.control_list.path import regime_of
from overzicht.subjects.control_list.search import LONGEST_QUESTION
from overzicht.subjects.control_list.versions import NoControlListError, held_versions
from overzicht.web.auth import PageReader
from overzicht.web.fields import Key, Line
from overzicht.web.operations import add_forms_of
from overzicht.web.paging import Paged

router = APIRouter()
add_forms_of(router, "subjects.control_list.jobs")
MAX_HITS = 20


@router.get("/control", response_class=HTMLResponse)
def control(context: PageReader, q: Annotated[Line, Query(max_length=LONGEST_QUESTION)] = "") -> HTMLResponse:
    """Show the installed versions, and the provisions that match a description in plain words."""
    with context.store.reading() as connection:
        versions = held_versions(connection)
    try:
        opened = open_text(context, "", context.day)
    except NoControlListError:
        opened = None
    hits = search_text(context, opened, q, MAX_HITS) if opened and q.strip() else []
    may_edit = context.may(Role.EDITOR)
    return context.render(
        "control.html", held=versions[::-1], opened=opened, hits=hits, q=q, may_edit=may_edit
    )


@router.get("/control/provisions/{path}", response_class=HTMLResponse)
def provision(context: PageReader, path: Key, version: Annotated[Line, Query()] = "") -> Response:
    """Show a provision with the provisions above and below it, its notes, terms and references.

    Without a list that covers the date, the page of the control list says how to install one.
    """
    try:
        opened, unfolded = show(context, path, version=version)
    except NoControlListError:
        if version:
            raise
        return context.see_other("/control")
    path = unfolded.provision.path
    return context.render(
        "provision.html", opened=opened, unfolded=unfolded, regime=regime_of(path), citation=opened.cite(path)
    )


@router.get("/control/diff", response_class=HTMLResponse)
def diff(
    context: PageReader,
    paging: Paged,
    before: Annotated[Key, Query()],
    after: Annotated[Key, Query()],
    within: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the changes between two versions, provision by provision."""
    comparison, chosen = compare(context, before, after, within=within)
    page = paging.cut(chosen)
    marked = [(change, list(marked_difference(change.old_text, change.new_text))) for change in page.items]
    return context.render(
        "control_diff.html",
        found=comparison,
        marked=marked,
        page=page,
        paging=paging,
        within=within,
        before=before,
        after=after,
        **control_words(context.words),
    )
