"""`overzicht diligence`: due diligence by the OECD's six steps, a working file per organisation."""

from typing import TYPE_CHECKING, Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak, translate
from overzicht.cli.options import DayType, Request, ValueChoice, reason_option, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, UnknownNameError
from overzicht.subjects.diligence import file_acts as acts
from overzicht.subjects.diligence import file_files as files
from overzicht.subjects.diligence.recorded import (
    NewAction,
    NewJudgement,
    NewProgress,
    NewRecord,
    stated,
)
from overzicht.subjects.diligence.words import (
    HIGHEST,
    LOWEST,
    ActionKind,
    ActionState,
    Involvement,
    Leverage,
    RecordKind,
)

if TYPE_CHECKING:
    from overzicht.subjects.diligence.working_file import FileView

LEVEL = click.IntRange(LOWEST, HIGHEST)
file_id_argument = click.argument("file_id", metavar="FILE")
risk_argument = click.argument("risk_id", metavar="RISK")
number_argument = click.argument("number", type=int)


@group()
def diligence() -> None:
    """Do due diligence by the OECD's six steps, in a working file per organisation.

    The map consists of findings, each with its source. People judge how severe and how likely a risk is. A
    withdrawn entry remains visible.

    Exit code 1 (show, report): something waits for a judgement, or is overdue. Exit code 10: the entry was
    refused, and nothing was stored.
    """


@diligence.command()
@click.argument("organisation")
@click.option("--name", default="", help="Name of the file. Default: the name of the organisation.")
@click.option("--run", default="", help="Id of an overview run to map. Default: the register.")
@standard("as-of", "by", "json")
def new(request: Request, organisation: str, name: str, run: str) -> None:
    """Start a working file of ORGANISATION, an id or name of the register, with its first map.

    With --run any name is accepted: the map is made from an overview of inventories (see `overzicht runs`).
    """
    _say(request, files.new_file(request.store, organisation, request.act, name=name, run=run))


@diligence.command()
@file_id_argument
@click.option("--run", default="", help="Id of an overview run to map. Default: the register.")
@standard("as-of", "by", "json")
def prefill(request: Request, file_id: str, run: str) -> None:
    """Make the map of FILE again for a date, from the register and the lists. Judgements and actions remain.

    A risk that is no longer found remains in the file, marked. A judgement older than a change is marked too.
    """
    _say(request, files.prefill(request.store, file_id, request.act, run=run))


@diligence.command("list")
@standard("as-of", "lang", "json")
def list_(request: Request) -> None:
    """List the working files of a date with their open points."""
    from overzicht.subjects.diligence.diligence_views import FileLine  # noqa: PLC0415
    from overzicht.subjects.diligence.lines import list_lines  # noqa: PLC0415 - reports load slowly

    views = files.list_files(request.store, request.as_of)
    request.show(
        lambda: [FileLine.of(view) for view in views],
        lambda: list_lines(views, request.words),
        empty=translate("no working files; `overzicht diligence new ORGANISATION` starts one"),
    )


@diligence.command()
@file_id_argument
@click.option("--risk", "risk_id", default="", help="Only this risk, with judgements, findings and sources.")
@click.option("--all", "show_all", is_flag=True, help="Include places without findings.")
@standard("as-of", "lang", "json")
def show(request: Request, file_id: str, risk_id: str, *, show_all: bool) -> int:
    """Show FILE on a date: the six steps, the risks, the actions and the records.

    Exit code 1: something waits for a judgement, or is overdue.
    """
    from overzicht.subjects.diligence.lines import file_lines, risk_lines  # noqa: PLC0415 - loads slowly

    view = files.show_file(request.store, file_id, request.as_of)
    if risk_id:
        risk = view.risk(risk_id)
        if risk is None:
            raise UnknownNameError("risk", risk_id, tuple(item.id for item in view.risks)[:20])
        request.show(lambda: risk, lambda: risk_lines(risk, request.words))
    else:
        request.show(lambda: view, lambda: file_lines(view, request.words, show_all=show_all))
    return EXIT_INCOMPLETE if view.unjudged or view.overdue else EXIT_OK


@diligence.command()
@file_id_argument
@risk_argument
@click.option("--scale", type=LEVEL, required=True, help="Gravity, from 1 (small) to 4 (very great).")
@click.option("--scope", type=LEVEL, required=True, help="Number of people affected, from 1 to 4.")
@click.option("--irremediability", type=LEVEL, required=True, help="Difficulty of repair, from 1 to 4.")
@click.option("--likelihood", type=LEVEL, required=True, help="Likelihood, from 1 to 4.")
@click.option(
    "--involvement", type=ValueChoice(Involvement), required=True, help="Involvement of the organisation."
)
@click.option(
    "--leverage", type=ValueChoice(Leverage), required=True, help="Influence on those who cause the risk."
)
@click.option("--reason", required=True, help="Reason for the severity.")
@click.option("--likelihood-reason", required=True, help="Reason for the likelihood.")
@click.option("--leverage-reason", default="", help="Reason for the leverage.")
@standard("as-of", "by", "json")
def judge(request: Request, file_id: str, risk_id: str, **levels: Any) -> None:
    """Judge RISK of FILE: severity in its three parts and likelihood, each with its reason.

    Severity is the greatest of the three parts. A new judgement replaces an earlier one, which remains
    visible. The product suggests no number: a person chooses it.
    """
    judgement = stated(NewJudgement, **levels)
    _say(request, acts.judge(request.store, file_id, risk_id, judgement, request.act))


@diligence.command()
@file_id_argument
@number_argument
@reason_option
@standard("as-of", "by", "json")
def withdraw(request: Request, file_id: str, number: int, reason: str) -> None:
    """Withdraw entry NUMBER of FILE: a judgement, record, action or progress. It remains visible."""
    _say(request, acts.withdraw(request.store, file_id, number, reason, request.act))


@diligence.command()
@file_id_argument
@click.argument("kind", type=ValueChoice(RecordKind))
@click.argument("what")
@click.option("--source", default="", help="Source: a decision, a letter, a page.")
@click.option("--address", default="", help="Address of the source: https://…")
@click.option("--party", default="", help="Name of the party that it concerns, for example a buyer.")
@standard("as-of", "by", "json")
def record(request: Request, file_id: str, kind: RecordKind, what: str, **given: str) -> None:
    """Record WHAT was done or seen, with its source: policy, indicator, communication, remediation or risk.

    A `risk` adds a risk to the map that the data do not show. A `red flag` or `downstream use` with --party
    asks a question in the licence cases of this exporter about that party.
    """
    view = acts.record(request.store, file_id, kind, stated(NewRecord, what=what, **given), request.act)
    _say(request, view)


@diligence.command()
@file_id_argument
@risk_argument
@click.argument("what")
@click.option("--kind", type=ValueChoice(ActionKind), required=True, help="Purpose of the action.")
@click.option("--owner", required=True, help="Person who does it.")
@click.option("--due", type=DayType(), required=True, help="Due date (YYYY-MM-DD).")
@standard("as-of", "by", "json")
def plan(request: Request, file_id: str, risk_id: str, **given: Any) -> None:
    """Plan an action against RISK of FILE: WHAT, owner and due date."""
    action = stated(NewAction, risk=risk_id, **given)
    _say(request, acts.plan(request.store, file_id, action, request.act))


@diligence.command()
@file_id_argument
@number_argument
@click.argument("state", type=ValueChoice(ActionState))
@click.option("--note", default="", help="Note.")
@standard("as-of", "by", "json")
def track(request: Request, file_id: str, number: int, *, state: ActionState, note: str) -> None:
    """Record the state of action NUMBER of FILE."""
    progress = stated(NewProgress, state=state, note=note)
    _say(request, acts.track(request.store, file_id, number, progress, request.act))


@diligence.command()
@file_id_argument
@click.option("--year", type=click.IntRange(1940, 2099), help="Calendar year. Default: the year of --as-of.")
@standard("as-of", "lang", "json", out=(".html", ".json"))
def report(request: Request, file_id: str, year: int | None) -> int:
    """Write the yearly report of FILE as a page or as JSON. Without --out the page is printed.

    The report of a year that has not ended by --as-of covers the days up to that date, and states this. Exit
    code 1: something waits for a judgement, or is overdue.
    """
    from overzicht.subjects.diligence import file_reporting as reporting  # noqa: PLC0415 - templates load slowly

    yearly = reporting.make_report(request.store, file_id, year or request.as_of.year, request.as_of)
    waiting, overdue = len(yearly.view.unjudged), len(yearly.view.overdue)
    status = speak(
        "{year} up to {day}; {waiting} wait for a judgement, {overdue} are overdue",
        year=yearly.year,
        day=yearly.day,
        waiting=waiting,
        overdue=overdue,
    )
    request.deliver(
        {
            ".html": lambda: reporting.report_html(yearly, request.lang),
            ".json": lambda: f"{request.json_text(yearly)}\n",
        },
        summary=lambda: [f"{', '.join(map(str, request.out))}: {status}"],
    )
    return EXIT_INCOMPLETE if waiting or overdue else EXIT_OK


def _say(request: Request, view: "FileView") -> None:
    """Print what was written last, or the whole file as JSON."""
    request.show(lambda: view, lambda: [_last_line(view)])


def _last_line(view: "FileView") -> str:
    last = max(view.entries, key=lambda entry: entry.number, default=None)
    if last is None or (view.mapped is not None and view.mapped.number > last.number):
        places = sum(risk.is_found for risk in view.risks)
        return speak(
            "{file}: {places} places on the map, {waiting} wait for a judgement",
            file=view.id,
            places=places,
            waiting=len(view.unjudged),
        )
    withdrawn = [row.withdrawn.number for row in view.entries if row.withdrawn]
    if max(withdrawn, default=0) > last.number:
        return speak("{file}: entry {number}, a withdrawal", file=view.id, number=max(withdrawn))
    from overzicht.subjects.diligence.page import ENTRY_KINDS  # noqa: PLC0415 - reports load late

    kind = ENTRY_KINDS[last.kind]
    return speak("{file}: entry {number}, {kind}", file=view.id, number=last.number, kind=kind)
