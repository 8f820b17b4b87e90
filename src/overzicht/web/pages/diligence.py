"""Due diligence: the working files, one with its six steps, one risk to judge, and the yearly report."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from overzicht.diligence import words as terms
from overzicht.diligence.recorded import (
    DiligenceError,
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    stated,
)
from overzicht.diligence.words import RecordKind, Step
from overzicht.diligence.working_file import FileView
from overzicht.evidence import Text, text
from overzicht.reports.citations import NumberedCitations
from overzicht.reports.diligence.page import speakers
from overzicht.reports.i18n import Words
from overzicht.views.serialiser import json_text
from overzicht.web.api.models.shared import Key, Number
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader, SomeEditor
from overzicht.web.clock import today
from overzicht.web.page import render, words_of
from overzicht.web.problems import not_found
from overzicht.web.register_day import act_of
from overzicht.web.rights import check_changes, may_change, own_organisation, sees
from overzicht.web.service import Here, Service
from overzicht.web.working_files import check_file
from overzicht.workflows.diligence import acts, files, reporting
from overzicht.workflows.register.organisations import list_organisations

router = APIRouter(prefix="/diligence")
UNFIT = 422
MOST_FIELDS = 30
LEVELS = ("scale", "scope", "irremediability", "likelihood")
JUDGED_BY = (*LEVELS, "involvement", "leverage", "reason", "likelihood_reason", "leverage_reason")
NO_ORGANISATION = text("Choose the organisation that the file is about.")
Form = dict[str, str]
Made = Callable[[], FileView]


async def _typed(request: Request) -> Form:
    """Return the texts of a form by name."""
    form = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


Typed = Annotated[Form, Depends(_typed)]


def context_of(view: FileView, words: Words) -> dict[str, Any]:
    """Return what the templates need of a file in a language."""
    cited = {c.key: c for risk in view.risks for c in risk.citations}
    cited |= {c.key: c for step in Step for finding in view.facts(step) for c in finding.citations}
    return {"file": view, "index": NumberedCitations(cited.values()), "Step": Step, **speakers(words)}


@router.get("", response_class=HTMLResponse)
def overview(request: Request, here: Here, who: Reader, day: OnPage) -> HTMLResponse:
    """Show the working files that may be seen, with what waits in each on the day."""
    return _list(request, here, who=who, day=day.day)


def _list(request: Request, here: Service, *, who: Reader, day: date, error: str = "") -> HTMLResponse:
    found = [view for view in files.list_files(here.store, day) if sees(here, who, view.organisation)]
    begun = {view.organisation for view in found}
    lines = [
        line
        for line in list_organisations(here.store, today())
        if line.id not in begun and may_change(here, who, line.id)
    ]
    status = UNFIT if error else 200
    return render(request, "diligence_files.html", status=status, files=found, may_begin=lines, error=error)


@router.post("", response_class=HTMLResponse)
def begin(request: Request, here: Here, who: SomeEditor, form: Typed) -> Response:
    """Begin the file of an organisation of the register, with its first map, and lead to it."""
    if not form.get("organisation", "").strip():
        return _list(request, here, who=who, day=today(), error=words_of(request).say(NO_ORGANISATION))
    owner = own_organisation(here, who, form.get("organisation", ""), today())
    check_changes(here, who, owner)
    try:
        view = files.new_file(here.store, owner, act_of(who.name), name=form.get("name", ""))
    except DiligenceError as error:
        return _list(request, here, who=who, day=today(), error=str(error))
    return RedirectResponse(f"/diligence/{view.id}", 303)


@router.get("/{file_id}", response_class=HTMLResponse)
def one(request: Request, here: Here, who: Reader, day: OnPage, file_id: Key) -> HTMLResponse:
    """Show a file as it stands on the day: the six steps, its risks, actions and records."""
    check_file(here, who, file_id)
    return _page(request, here, who, day.day, file_id)


def _page(
    request: Request, here: Service, who: Reader, day: date, file_id: str, error: str = ""
) -> HTMLResponse:
    view = files.show_file(here.store, file_id, day)
    words = words_of(request)
    return render(
        request,
        "diligence.html",
        status=UNFIT if error else 200,
        error=error,
        may_edit=may_change(here, who, view.organisation) and day == today(),
        kinds=_options(terms.RECORD_KINDS, words),
        states=_options(terms.ACTION_STATES, words),
        years=range(view.head.day.year, day.year + 1),
        **context_of(view, words),
    )


def _options(table: Any, words: Words) -> list[tuple[str, str]]:
    said: dict[Any, Text] = dict(table)
    return [(str(key.value if hasattr(key, "value") else key), words.say(word)) for key, word in said.items()]


@router.get("/{file_id}/risk", response_class=HTMLResponse)
def risk(
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    file_id: Key,
    risk_id: Annotated[Key, Query(alias="id")],
) -> HTMLResponse:
    """Show a risk whole, with what the data show, and for who may the forms to judge it and to plan."""
    check_file(here, who, file_id)
    return _risk(request, here, who, day.day, (file_id, risk_id))


def _risk(  # noqa: PLR0913, PLR0917 - one parameter per part
    request: Request,
    here: Service,
    who: Reader,
    day: date,
    place: tuple[str, str],
    error: str = "",
    values: Form | None = None,
) -> HTMLResponse:
    view, words = files.show_file(here.store, place[0], day), words_of(request)
    shown = view.risk(place[1])
    if shown is None:
        raise not_found("risk", place[1])
    return render(
        request,
        "diligence_risk.html",
        status=UNFIT if error else 200,
        error=error,
        risk=shown,
        values=values or {},
        may_edit=may_change(here, who, view.organisation) and day == today(),
        levels=_options(terms.LEVELS, words),
        involvements=_options(terms.INVOLVEMENTS, words),
        leverages=_options(terms.LEVERAGES, words),
        action_kinds=_options(terms.ACTION_KINDS, words),
        planned=[action for action in view.actions if action.risk == shown.id],
        **context_of(view, words),
    )


@router.post("/{file_id}/judge", response_class=HTMLResponse)
def judge(request: Request, here: Here, who: SomeEditor, file_id: Key, form: Typed) -> Response:
    """Keep a judgement of a risk, and lead back to it; what is missing is named and nothing is lost."""
    check_file(here, who, file_id, changes=True)
    risk_id = form.get("risk", "")
    try:
        said = stated(NewJudgement, **_chosen(form, JUDGED_BY))
        acts.judge(here.store, file_id, risk_id, said, act_of(who.name))
    except DiligenceError as error:
        return _risk(request, here, who, today(), (file_id, risk_id), str(error), form)
    return RedirectResponse(f"/diligence/{file_id}/risk?{urlencode({'id': risk_id})}", 303)


@router.post("/{file_id}/plan", response_class=HTMLResponse)
def plan(request: Request, here: Here, who: SomeEditor, file_id: Key, form: Typed) -> Response:
    """Keep an action against a risk, and lead back to it."""
    check_file(here, who, file_id, changes=True)
    risk_id = form.get("risk", "")
    try:
        action = stated(NewAction, risk=risk_id, **_chosen(form, ("kind", "what", "owner", "due")))
        acts.plan(here.store, file_id, action, act_of(who.name))
    except DiligenceError as error:
        return _risk(request, here, who, today(), (file_id, risk_id), str(error), form)
    return RedirectResponse(f"/diligence/{file_id}/risk?{urlencode({'id': risk_id})}", 303)


def _chosen(form: Form, names: tuple[str, ...]) -> Form:
    """Return the fields of these names that were filled in."""
    return {name: form[name] for name in names if form.get(name, "").strip()}


@router.post("/{file_id}/map", response_class=HTMLResponse)
def make_map(request: Request, here: Here, who: SomeEditor, file_id: Key) -> Response:
    """Make the map anew for today."""
    check_file(here, who, file_id, changes=True)
    return _done(request, here, who, file_id, lambda: files.prefill(here.store, file_id, act_of(who.name)))


@router.post("/{file_id}/record", response_class=HTMLResponse)
def record(request: Request, here: Here, who: SomeEditor, file_id: Key, form: Typed) -> Response:
    """Keep a record of a kind with its source."""
    check_file(here, who, file_id, changes=True)
    kind = form.get("kind", "")
    if kind not in set(RecordKind):
        raise not_found("kind of record", kind)

    def write() -> FileView:
        content = stated(NewRecord, **_chosen(form, ("what", "source", "address")))
        return acts.record(here.store, file_id, RecordKind(kind), content, act_of(who.name))

    return _done(request, here, who, file_id, write)


@router.post("/{file_id}/entries/{number}/track", response_class=HTMLResponse)
def track(
    request: Request, here: Here, who: SomeEditor, file_id: Key, number: Number, form: Typed
) -> Response:
    """Write down where an action stands."""
    check_file(here, who, file_id, changes=True)

    def write() -> FileView:
        progress = stated(NewProgress, **_chosen(form, ("state", "note")))
        return acts.track(here.store, file_id, number, progress, act_of(who.name))

    return _done(request, here, who, file_id, write)


@router.post("/{file_id}/entries/{number}/withdraw", response_class=HTMLResponse)
def withdraw(
    request: Request, here: Here, who: SomeEditor, file_id: Key, number: Number, form: Typed
) -> Response:
    """Withdraw an entry with a reason; it stays to be read."""
    check_file(here, who, file_id, changes=True)
    reason = form.get("reason", "")
    return _done(
        request,
        here,
        who,
        file_id,
        lambda: acts.withdraw(here.store, file_id, number, reason, act_of(who.name)),
    )


def _done(request: Request, here: Service, who: Reader, file_id: str, make: Made) -> Response:
    """Return to the file after an act, or show it with the reason why the act was refused."""
    try:
        make()
    except DiligenceError as error:
        return _page(request, here, who, today(), file_id, str(error))
    return RedirectResponse(f"/diligence/{file_id}", 303)


@router.get("/{file_id}/report")
def report(  # noqa: PLR0913, PLR0917 - one parameter per value of the query
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    file_id: Key,
    year: Annotated[int | None, Query(ge=1940, le=2099)] = None,
    as_json: Annotated[bool, Query(alias="json")] = False,
) -> Response:
    """Give the yearly report as one file to keep: a page in the language of the reader, or JSON."""
    check_file(here, who, file_id)
    found = reporting.make_report(here.store, file_id, year or day.day.year, day.day)
    lang = words_of(request).lang
    name = f"due-diligence-{file_id}-{found.year}" + (".json" if as_json else f".{lang.value}.html")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if as_json:
        content = json_text(found, words_of(request).say)
        return Response(content, media_type="application/json", headers=headers)
    return HTMLResponse(reporting.report_html(found, lang), headers=headers)
