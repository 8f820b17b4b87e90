"""Dossiers: the list, one dossier with timeline, claims, replies and sources, and the forms to change it."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, Response

from overzicht.evidence import Finding
from overzicht.store.accounts import Role
from overzicht.store.register.subjects import DOSSIER
from overzicht.subjects.dossiers import forms, operations
from overzicht.subjects.dossiers.entries_as_of import version_view
from overzicht.subjects.dossiers.forms import Document, Typed
from overzicht.subjects.dossiers.model import EntryKind
from overzicht.subjects.dossiers.page import dossier_words, last_listings, pictures, render_dossier
from overzicht.subjects.dossiers.records import DossierError
from overzicht.subjects.dossiers.showing import list_dossiers, outline, show_entry
from overzicht.subjects.dossiers.views import VersionView
from overzicht.subjects.register.task_pages import TaskPages
from overzicht.web.auth import PageEditor, PageReader
from overzicht.web.clock import today
from overzicht.web.context import PageContext
from overzicht.web.fields import Key, Line
from overzicht.web.forms import see_other
from overzicht.web.operations import add_forms_of
from overzicht.web.paging import Paged, Paging
from overzicht.web.uploads import attachment

router = APIRouter()
OF_TASKS = TaskPages(DOSSIER, "/dossiers")
NOT_VALID = 400


def _status(error: str) -> int:
    return NOT_VALID if error else 200


@router.get("/dossiers", response_class=HTMLResponse)
def dossiers(context: PageReader, paging: Paged) -> HTMLResponse:
    """Show the dossiers with their contents on the date."""
    return _list_page(context, paging)


def _list_page(
    context: PageContext, paging: Paging | None, error: str = "", values: dict[str, str] | None = None
) -> HTMLResponse:
    lines = list_dossiers(context.store, context.day)
    return context.render(
        "dossiers.html",
        status=_status(error),
        page=paging.cut(lines) if paging else None,
        paging=paging,
        lines=lines,
        may_edit=context.may(Role.EDITOR),
        error=error,
        values=values or {},
        **dossier_words(context.words),
    )


@router.post("/dossiers", response_class=HTMLResponse)
def begin(context: PageEditor, form: Typed) -> Response:
    """Start a dossier and show its page, or show what is wrong."""
    names = [line.strip() for line in form.get("names", "").splitlines() if line.strip()]
    try:
        line = operations.begin(
            context,
            form.get("id", ""),
            about=form.get("about", ""),
            title=form.get("title.en", ""),
            title_nl=form.get("title.nl", ""),
            names=tuple(names),
        )
    except DossierError as error:
        return _list_page(context, None, error.message, form)
    return see_other(f"/dossiers/{line.id}")


@router.get("/dossiers/active", response_class=HTMLResponse)
def active(
    context: PageReader, place: Annotated[Line, Query()] = "", party: Annotated[Line, Query()] = ""
) -> HTMLResponse:
    """Show who is active in a country, each subsidiary, contract and device with its source."""
    findings: Sequence[Finding] = ()
    message = ""
    if place:
        try:
            parties = (party,) if party else ()
            findings = operations.activity(context, place, party=parties)
        except DossierError as error:
            message = error.message
    return context.render(
        "dossier_active.html",
        found=findings,
        error=message,
        place=place,
        party=party,
        status=_status(message),
    )


@router.get("/dossiers/{dossier_id}", response_class=HTMLResponse)
def show(
    context: PageReader,
    dossier_id: Key,
    on: Annotated[list[date] | None, Query(max_length=operations.MAX_DAYS)] = None,
) -> HTMLResponse:
    """Show a dossier as of the date; `on` are more dates to show the listings for."""
    dossier = operations.show(context, dossier_id, on=tuple(on or ()))
    words = context.words
    drawn = tuple(row.id for row in last_listings(dossier)), tuple(e.citation.key for e in dossier.ownership)
    key = ("dossier", dossier_id, context.day, words.lang, drawn)
    return context.render(
        "dossier.html",
        dossier=dossier,
        may_edit=context.may(Role.EDITOR),
        kinds=list(EntryKind),
        **dossier_words(words),
        **context.cache.get(key, lambda: pictures(dossier, words)),
    )


@router.get("/dossiers/{dossier_id}/report")
def report(context: PageReader, dossier_id: Key) -> Response:
    """Return a dossier as one file to send or print."""
    dossier = operations.show(context, dossier_id)
    name = f"dossier-{dossier.line.id}-{context.day}.html"
    headers = attachment(name)
    return HTMLResponse(render_dossier(dossier, context.words.lang), headers=headers)


@router.get("/dossiers/{dossier_id}/add/{kind}", response_class=HTMLResponse)
def add_form(context: PageEditor, dossier_id: Key, kind: EntryKind) -> HTMLResponse:
    """Show the form for a new entry of a kind."""
    return _add_page(context, dossier_id, kind, {})


def _add_page(
    context: PageContext, dossier_id: str, kind: EntryKind, values: dict[str, str], error: str = ""
) -> HTMLResponse:
    line, entries = outline(context.store, dossier_id, today())
    return context.render(
        "dossier_add.html",
        status=_status(error),
        line=line,
        kind=kind,
        fields=forms.FORMS[kind],
        values=values,
        error=error,
        choices=_choices(entries),
        **dossier_words(context.words),
    )


def _choices(entries: tuple[VersionView, ...]) -> dict[str, list[VersionView]]:
    """Return the sources and claims that an entry may refer to: those that are not withdrawn."""
    return {
        kind.value: [entry for entry in entries if entry.kind is kind and not entry.is_withdrawn]
        for kind in (EntryKind.SOURCE, EntryKind.CLAIM)
    }


@router.post("/dossiers/{dossier_id}/add/{kind}", response_class=HTMLResponse)
def add(context: PageEditor, dossier_id: Key, kind: EntryKind, form: Typed, document: Document) -> Response:
    """Save a new entry and show the dossier, or show what is wrong."""
    try:
        values = forms.entry_fields(kind, form)
        if document is not None and kind is EntryKind.SOURCE:
            values["sha256"] = operations.document(context, forms.read_document(document)).sha256
        operations.add(context, dossier_id, kind, values, id=form.get("id", "").strip())
    except DossierError as error:
        return _add_page(context, dossier_id, kind, form, error.message)
    return see_other(f"/dossiers/{dossier_id}")


@router.get("/dossiers/{dossier_id}/entries/{entry_id}", response_class=HTMLResponse)
def entry(context: PageReader, dossier_id: Key, entry_id: Key) -> HTMLResponse:
    """Show every version of an entry, and for editors the forms to correct or withdraw it."""
    return _entry_page(context, dossier_id, entry_id)


def _entry_page(
    context: PageContext,
    dossier_id: str,
    entry_id: str,
    error: str = "",
    values: dict[str, str] | None = None,
) -> HTMLResponse:
    versions = show_entry(context.store, dossier_id, entry_id)
    last = versions[-1]
    line, entries = outline(context.store, dossier_id, today())
    return context.render(
        "dossier_entry.html",
        status=_status(error),
        line=line,
        last=last,
        versions=[version_view(version) for version in versions[::-1]],
        may_edit=context.may(Role.EDITOR),
        error=error,
        fields=forms.fields_to_correct(last.kind),
        choices=_choices(entries),
        more=forms.report_fields() if last.kind is EntryKind.CLAIM else (),
        values=values or forms.values_of(last.entry, last.kind),
        **dossier_words(context.words),
    )


@router.post("/dossiers/{dossier_id}/entries/{entry_id}/correct", response_class=HTMLResponse)
def correct(context: PageEditor, dossier_id: Key, entry_id: Key, form: Typed) -> Response:
    """Save a corrected version, or show what is wrong. The old version remains visible."""
    last = show_entry(context.store, dossier_id, entry_id)[-1]
    try:
        values = forms.changed_fields(last.entry, last.kind, form)
        operations.correct(context, dossier_id, entry_id, values, reason=form.get("reason", ""))
    except DossierError as error:
        return _entry_page(context, dossier_id, entry_id, error.message, form)
    return see_other(f"/dossiers/{dossier_id}/entries/{entry_id}")


@router.post("/dossiers/{dossier_id}/entries/{entry_id}/withdraw", response_class=HTMLResponse)
def withdraw(
    context: PageEditor, dossier_id: Key, entry_id: Key, reason: Annotated[Line, Form()] = ""
) -> Response:
    """Withdraw an entry, or show what is wrong."""
    try:
        operations.withdraw(context, dossier_id, entry_id, reason=reason)
    except DossierError as error:
        return _entry_page(context, dossier_id, entry_id, error.message)
    return see_other(f"/dossiers/{dossier_id}/entries/{entry_id}")


add_forms_of(router, "subjects.dossiers.operations")
