"""Dossiers: all of them, one with its time line, claims, replies and sources, and the forms to keep them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from overzicht.dossiers.model import EntryKind
from overzicht.evidence import Finding
from overzicht.reports.dossiers.model import VersionView
from overzicht.reports.dossiers.page import dossier_words, last_listings, pictures, render_dossier
from overzicht.store.accounts import Role
from overzicht.store.dossiers import DossierError
from overzicht.web import dossier_forms as forms
from overzicht.web.api import dossiers as api
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Editor, Reader
from overzicht.web.clock import today
from overzicht.web.dossier_forms import Document, Typed
from overzicht.web.forms import FormOf, add_forms
from overzicht.web.page import render, words_of
from overzicht.web.paging import Paged, Paging
from overzicht.web.register_day import act_of
from overzicht.web.rights import allowed
from overzicht.web.service import Here, Service
from overzicht.workflows.dossiers import fields as typed_fields
from overzicht.workflows.dossiers import keeping
from overzicht.workflows.dossiers.activity import active_in
from overzicht.workflows.dossiers.shelf import version_view
from overzicht.workflows.dossiers.showing import list_dossiers, outline, show_dossier, show_entry

router = APIRouter(prefix="/dossiers")
UNFIT = 422
MOST_DAYS = 6


@router.get("", response_class=HTMLResponse)
def dossiers(request: Request, here: Here, who: Reader, day: OnPage, paging: Paged) -> HTMLResponse:
    """Show the dossiers with what each holds by the day."""
    return _list(request, here, may_edit=who.may(Role.EDITOR), day=day.day, paging=paging)


def _list(  # noqa: PLR0913 - one parameter per part
    request: Request,
    here: Service,
    *,
    may_edit: bool,
    day: date,
    paging: Paging | None = None,
    error: str = "",
    values: dict[str, str] | None = None,
) -> HTMLResponse:
    lines = list_dossiers(here.store, day)
    page = paging.cut(lines) if paging else None
    return render(
        request,
        "dossiers.html",
        status=UNFIT if error else 200,
        page=page,
        paging=paging,
        lines=lines,
        may_edit=may_edit,
        error=error,
        values=values or {},
        **dossier_words(words_of(request)),
    )


@router.post("", response_class=HTMLResponse)
def begin(request: Request, here: Here, who: Editor, day: OnPage, form: Typed) -> Response:
    """Begin a dossier and lead to its page, or show what is wrong."""
    try:
        names = [line.strip() for line in form.get("names", "").splitlines() if line.strip()]
        title = {"en": form.get("title.en", ""), "nl": form.get("title.nl", "") or form.get("title.en", "")}
        head = typed_fields.head_of(
            {"id": form.get("id", ""), "about": form.get("about", ""), "title": title, "names": names}
        )
        keeping.new_dossier(here.store, head, act_of(who.name))
    except DossierError as error:
        return _list(request, here, may_edit=True, day=day.day, error=error.message, values=form)
    return RedirectResponse(f"/dossiers/{head.id}", 303)


@router.get("/active", response_class=HTMLResponse)
def active(
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    place: Annotated[Line, Query()] = "",
    party: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show who is active in a country, each subsidiary, contract and device with its source."""
    found: tuple[Finding, ...] = ()
    error = ""
    if place:
        try:
            parties = (party,) if party else ()
            found = active_in(here.store, place, day.day, parties=parties, allowed=allowed(who))
        except DossierError as refused:
            error = refused.message
    return render(
        request,
        "dossier_active.html",
        found=found,
        error=error,
        place=place,
        party=party,
        status=UNFIT if error else 200,
        lines=list_dossiers(here.store, day.day),
    )


@router.get("/{dossier_id}", response_class=HTMLResponse)
def dossier(
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    dossier_id: Key,
    on: Annotated[list[date] | None, Query(max_length=MOST_DAYS)] = None,
) -> HTMLResponse:
    """Show a dossier as it was on the day; `on` are days to show the listings for."""
    found = show_dossier(here.store, dossier_id, day.day, listing_days=on or (), allowed=allowed(who))
    words = words_of(request)
    drawn = tuple(row.id for row in last_listings(found)), tuple(e.citation.key for e in found.ownership)
    asked = ("dossier", dossier_id, day.day, words.lang, drawn)
    return render(
        request,
        "dossier.html",
        dossier=found,
        may_edit=who.may(Role.EDITOR),
        kinds=list(EntryKind),
        **dossier_words(words),
        **here.memory.recall(asked, lambda: pictures(found, words)),
    )


@router.get("/{dossier_id}/report")
def report(request: Request, here: Here, who: Reader, day: OnPage, dossier_id: Key) -> Response:
    """Give a dossier as one file that can be sent on and printed."""
    found = show_dossier(here.store, dossier_id, day.day, allowed=allowed(who))
    name = f"dossier-{found.line.id}-{day.day}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HTMLResponse(render_dossier(found, words_of(request).lang), headers=headers)


@router.get("/{dossier_id}/add/{kind}", response_class=HTMLResponse)
def add_form(request: Request, here: Here, _who: Editor, dossier_id: Key, kind: EntryKind) -> HTMLResponse:
    """Show the form for a new entry of a kind."""
    return _form(request, here, dossier_id, kind, {})


def _form(
    request: Request, here: Service, dossier_id: str, kind: EntryKind, values: dict[str, str], error: str = ""
) -> HTMLResponse:
    line, entries = outline(here.store, dossier_id, today())
    return render(
        request,
        "dossier_add.html",
        status=UNFIT if error else 200,
        line=line,
        kind=kind,
        fields=forms.FORMS[kind],
        values=values,
        error=error,
        choices=_choices(entries),
        **dossier_words(words_of(request)),
    )


def _choices(entries: tuple[VersionView, ...]) -> dict[str, list[VersionView]]:
    """Return the sources and claims that an entry may name: those that were not withdrawn."""
    return {
        kind.value: [each for each in entries if each.kind is kind and not each.is_withdrawn]
        for kind in (EntryKind.SOURCE, EntryKind.CLAIM)
    }


@router.post("/{dossier_id}/add/{kind}", response_class=HTMLResponse)
def add(  # noqa: PLR0913 - one parameter per part
    request: Request,
    here: Here,
    who: Editor,
    dossier_id: Key,
    kind: EntryKind,
    *,
    form: Typed,
    document: Document,
) -> Response:
    """Keep a new entry and lead back to the dossier, or show what is wrong."""
    try:
        given = forms.entry_fields(kind, form)
        if document is not None and kind is EntryKind.SOURCE:
            name, content = forms.read_document(document)
            given["sha256"] = keeping.keep_source_bytes(here.store, name, content, act_of(who.name))
        entry_id = form.get("id", "").strip() or typed_fields.free_id(here.store, dossier_id, kind)
        entry = typed_fields.entry_of(kind, entry_id, given)
        keeping.add_entry(here.store, dossier_id, entry, act_of(who.name))
    except DossierError as error:
        return _form(request, here, dossier_id, kind, form, error.message)
    return RedirectResponse(f"/dossiers/{dossier_id}", 303)


@router.get("/{dossier_id}/entries/{entry_id}", response_class=HTMLResponse)
def entry(request: Request, here: Here, who: Reader, dossier_id: Key, entry_id: Key) -> HTMLResponse:
    """Show every version of an entry, and for who may the forms to correct or withdraw it."""
    return _entry(request, here, dossier_id, entry_id, may_edit=who.may(Role.EDITOR))


def _entry(  # noqa: PLR0913 - one parameter per part
    request: Request,
    here: Service,
    dossier_id: str,
    entry_id: str,
    *,
    may_edit: bool,
    error: str = "",
    values: dict[str, str] | None = None,
) -> HTMLResponse:
    versions = show_entry(here.store, dossier_id, entry_id)
    last = versions[-1]
    line, entries = outline(here.store, dossier_id, today())
    return render(
        request,
        "dossier_entry.html",
        status=UNFIT if error else 200,
        line=line,
        last=last,
        versions=[version_view(each) for each in versions][::-1],
        may_edit=may_edit,
        error=error,
        fields=forms.fields_to_correct(last.kind),
        choices=_choices(entries),
        more=forms.report_fields() if last.kind is EntryKind.CLAIM else (),
        values=values or forms.values_of(last.entry, last.kind),
        **dossier_words(words_of(request)),
    )


@router.post("/{dossier_id}/entries/{entry_id}/correct", response_class=HTMLResponse)
def correct(
    request: Request, here: Here, who: Editor, dossier_id: Key, entry_id: Key, form: Typed
) -> Response:
    """Keep a corrected version beside the old one, or show what is wrong."""
    last = show_entry(here.store, dossier_id, entry_id)[-1]
    try:
        given = forms.changed_fields(last.entry, last.kind, form)
        changes = typed_fields.changes_of(last.entry, last.kind, given)
        keeping.correct(here.store, dossier_id, entry_id, changes, act_of(who.name), form.get("reason", ""))
    except DossierError as error:
        return _entry(request, here, dossier_id, entry_id, may_edit=True, error=error.message, values=form)
    return RedirectResponse(f"/dossiers/{dossier_id}/entries/{entry_id}", 303)


@router.post("/{dossier_id}/entries/{entry_id}/withdraw", response_class=HTMLResponse)
def withdraw(
    request: Request,
    here: Here,
    who: Editor,
    dossier_id: Key,
    entry_id: Key,
    reason: Annotated[Line, Form()] = "",
) -> Response:
    """Withdraw an entry, or show what is wrong."""
    try:
        keeping.withdraw(here.store, dossier_id, entry_id, act_of(who.name), reason)
    except DossierError as error:
        return _entry(request, here, dossier_id, entry_id, may_edit=True, error=error.message)
    return RedirectResponse(f"/dossiers/{dossier_id}/entries/{entry_id}", 303)


add_forms(router, FormOf("/examples", api.examples, "/dossiers"))
