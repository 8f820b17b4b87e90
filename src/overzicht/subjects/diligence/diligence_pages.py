"""Due diligence: the working files, one file with its six steps, one risk to judge, and the annual report."""

from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import HTMLResponse, Response

from overzicht.evidence import text
from overzicht.kit.operation import ALL
from overzicht.reports.citations import NumberedCitations
from overzicht.subjects.diligence import diligence_operations as operations
from overzicht.subjects.diligence import file_files as files
from overzicht.subjects.diligence import file_reporting as reporting
from overzicht.subjects.diligence.diligence_operations import check_file
from overzicht.subjects.diligence.file_entries import (
    DiligenceError,
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    stated,
)
from overzicht.subjects.diligence.page import speakers
from overzicht.subjects.diligence.step_terms import (
    LEVELS,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RecordKind,
    Step,
)
from overzicht.subjects.diligence.working_file import FileView
from overzicht.subjects.register.organisations import list_organisations
from overzicht.views.serialiser import json_text
from overzicht.web.auth import PageReader, PageSomeEditor
from overzicht.web.clock import today
from overzicht.web.context import PageContext
from overzicht.web.fields import Key, Number
from overzicht.web.forms import see_other
from overzicht.web.problems import not_found
from overzicht.web.uploads import attachment

router = APIRouter(prefix="/diligence")
NOT_VALID = 400
MAX_FIELDS = 30
JUDGEMENT_FIELDS = tuple(NewJudgement.model_fields)
Fields = dict[str, str]


async def _form(request: Request) -> Fields:
    """Return the texts of a form by name."""
    form = await request.form(max_files=0, max_fields=MAX_FIELDS)
    return {name: value for name, value in form.items() if isinstance(value, str)}


Form = Annotated[Fields, Depends(_form)]


def _status(error: str) -> int:
    return NOT_VALID if error else 200


def _file_values(context: PageContext, view: FileView) -> dict[str, Any]:
    """Return the values of a file that several templates use."""
    cited = {c.key: c for risk in view.risks for c in risk.citations}
    cited |= {c.key: c for step in Step for finding in view.facts(step) for c in finding.citations}
    may_edit = context.may_change(view.organisation) and not context.has_chosen_day
    index = NumberedCitations(cited.values())
    return {"file": view, "index": index, "Step": Step, "may_edit": may_edit, **speakers(context.words)}


@router.get("", response_class=HTMLResponse)
def overview(context: PageReader) -> HTMLResponse:
    """Show the visible working files, with the number of open items in each on the date."""
    return _files_page(context)


def _files_page(context: PageContext, error: str = "") -> HTMLResponse:
    views = operations.overview(context, ALL).rows
    existing = {view.organisation for view in views}
    lines = [
        line
        for line in list_organisations(context.store, today())
        if line.id not in existing and context.may_change(line.id)
    ]
    status = _status(error)
    return context.render("diligence_files.html", status=status, files=views, may_begin=lines, error=error)


@router.post("", response_class=HTMLResponse)
def begin(context: PageSomeEditor, form: Form) -> Response:
    """Start the file of an organisation in the register, with its first map, and show it."""
    if not form.get("organisation", "").strip():
        return _files_page(context, context.words.say(text("Choose the organisation for the file.")))
    try:
        view = operations.begin(context.on(today()), form["organisation"], name=form.get("name", ""))
    except DiligenceError as error:
        return _files_page(context, str(error))
    return see_other(f"/diligence/{view.id}")


@router.get("/{file_id}", response_class=HTMLResponse)
def show(context: PageReader, file_id: Key) -> HTMLResponse:
    """Show a file on the date: the six steps, its risks, actions and records."""
    check_file(context, file_id)
    return _file_page(context, file_id)


def _file_page(context: PageContext, file_id: str, error: str = "") -> HTMLResponse:
    view = files.show_file(context.store, file_id, context.day)
    return context.render(
        "diligence.html",
        status=_status(error),
        error=error,
        kinds=context.words.choices(RecordKind),
        states=context.words.choices(ActionState),
        years=range(view.head.day.year, context.day.year + 1),
        **_file_values(context, view),
    )


@router.get("/{file_id}/risk", response_class=HTMLResponse)
def risk(context: PageReader, file_id: Key, risk_id: Annotated[Key, Query(alias="id")]) -> HTMLResponse:
    """Show a risk with its findings, and for editors the forms to judge it and to plan actions."""
    check_file(context, file_id)
    return _risk_page(context, file_id, risk_id)


def _risk_page(
    context: PageContext, file_id: str, risk_id: str, error: str = "", values: Fields | None = None
) -> HTMLResponse:
    view = files.show_file(context.store, file_id, context.day)
    shown = view.risk(risk_id)
    if shown is None:
        raise not_found("risk", risk_id)
    return context.render(
        "diligence_risk.html",
        status=_status(error),
        error=error,
        risk=shown,
        values=values or {},
        levels=[(str(level), context.words.say(label)) for level, label in LEVELS.items()],
        involvements=context.words.choices(Involvement),
        leverages=context.words.choices(Leverage),
        action_kinds=context.words.choices(ActionKind),
        planned=[action for action in view.actions if action.risk == shown.id],
        **_file_values(context, view),
    )


@router.post("/{file_id}/judge", response_class=HTMLResponse)
def judge(context: PageSomeEditor, file_id: Key, form: Form) -> Response:
    """Save a judgement of a risk, and show the risk. An error keeps the values of the form."""

    def save(risk_id: str) -> None:
        judgement = stated(NewJudgement, **_filled(form, *JUDGEMENT_FIELDS))
        operations.judge(context.on(today()), file_id, risk_id, **dict(judgement))

    return _save_risk(context, file_id, form, save)


@router.post("/{file_id}/plan", response_class=HTMLResponse)
def plan(context: PageSomeEditor, file_id: Key, form: Form) -> Response:
    """Save an action against a risk, and show the risk."""

    def save(risk_id: str) -> None:
        action = stated(NewAction, risk=risk_id, **_filled(form, "kind", "what", "owner", "due"))
        operations.plan(context.on(today()), file_id, **dict(action))

    return _save_risk(context, file_id, form, save)


def _save_risk(context: PageContext, file_id: str, form: Fields, save: Callable[[str], None]) -> Response:
    check_file(context, file_id, changes=True)
    risk_id = form.get("risk", "")
    try:
        save(risk_id)
    except DiligenceError as error:
        return _risk_page(context, file_id, risk_id, str(error), form)
    return see_other(f"/diligence/{file_id}/risk?{urlencode({'id': risk_id})}")


def _filled(form: Fields, *names: str) -> Fields:
    """Return the fields of these names that are not empty."""
    return {name: form[name] for name in names if form.get(name, "").strip()}


@router.post("/{file_id}/map", response_class=HTMLResponse)
def make_map(context: PageSomeEditor, file_id: Key) -> Response:
    """Renew the map for today."""
    return _save_file(context, file_id, lambda: operations.make_map(context.on(today()), file_id))


@router.post("/{file_id}/record", response_class=HTMLResponse)
def record(context: PageSomeEditor, file_id: Key, form: Form) -> Response:
    """Save a record with its source."""

    def save() -> FileView:
        kind = form.get("kind", "")
        if kind not in set(RecordKind):
            raise not_found("kind of record", kind)
        content = stated(NewRecord, **_filled(form, "what", "source", "address", "party"))
        return operations.record(context.on(today()), file_id, RecordKind(kind), **dict(content))

    return _save_file(context, file_id, save)


@router.post("/{file_id}/entries/{number}/track", response_class=HTMLResponse)
def track(context: PageSomeEditor, file_id: Key, number: Number, form: Form) -> Response:
    """Record the progress of an action."""

    def save() -> FileView:
        progress = stated(NewProgress, **_filled(form, "state", "note"))
        return operations.track(context.on(today()), file_id, number, **dict(progress))

    return _save_file(context, file_id, save)


@router.post("/{file_id}/entries/{number}/withdraw", response_class=HTMLResponse)
def withdraw(context: PageSomeEditor, file_id: Key, number: Number, form: Form) -> Response:
    """Withdraw an entry with a reason. It remains visible."""
    reason = form.get("reason", "")
    return _save_file(
        context, file_id, lambda: operations.withdraw(context.on(today()), file_id, number, reason=reason)
    )


def _save_file(context: PageContext, file_id: str, save: Callable[[], FileView]) -> Response:
    """Save a change and show the file, or show it with the reason why the change was refused."""
    check_file(context, file_id, changes=True)
    try:
        save()
    except DiligenceError as error:
        return _file_page(context, file_id, str(error))
    return see_other(f"/diligence/{file_id}")


@router.get("/{file_id}/report")
def report(
    context: PageReader,
    file_id: Key,
    year: Annotated[int | None, Query(ge=1940, le=2099)] = None,
    *,
    as_json: Annotated[bool, Query(alias="json")] = False,
) -> Response:
    """Return the annual report as one file: a page in the language of the reader, or JSON."""
    made = operations.report(context, file_id, year=year)
    lang = context.words.lang
    name = f"due-diligence-{file_id}-{made.year}" + (".json" if as_json else f".{lang.value}.html")
    headers = attachment(name)
    if as_json:
        return Response(json_text(made, context.words.say), media_type="application/json", headers=headers)
    return HTMLResponse(reporting.report_html(made, lang), headers=headers)
