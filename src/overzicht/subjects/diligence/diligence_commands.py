"""`overzicht diligence`: due diligence by the OECD's six steps, a working file per organisation."""

from typing import TYPE_CHECKING

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak
from overzicht.cli.operations import group_of
from overzicht.cli.options import Request, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, UnknownNameError
from overzicht.subjects.diligence import diligence_operations as operations

if TYPE_CHECKING:
    from overzicht.subjects.diligence.working_file import FileView

file_id_argument = click.argument("file_id", metavar="FILE")


@command()
@file_id_argument
@click.option("--risk", "risk_id", default="", help="Only this risk, with judgements, findings and sources.")
@click.option("--all", "show_all", is_flag=True, help="Include places without findings.")
@standard("as-of", "lang", "json")
def show(request: Request, file_id: str, risk_id: str, *, show_all: bool) -> int:
    """Show FILE on a date: the six steps, the risks, the actions and the records.

    Exit code 1: something waits for a judgement, or is overdue.
    """
    from overzicht.subjects.diligence.file_lines import file_lines, risk_lines  # noqa: PLC0415 - loads slowly

    view = operations.show(request.ask, file_id)
    if risk_id:
        risk = view.risk(risk_id)
        if risk is None:
            raise UnknownNameError("risk", risk_id, tuple(item.id for item in view.risks)[:20])
        request.show(lambda: risk, lambda: risk_lines(risk, request.words))
    else:
        request.show(lambda: view, lambda: file_lines(view, request.words, show_all=show_all))
    return EXIT_INCOMPLETE if view.unjudged or view.overdue else EXIT_OK


@command()
@file_id_argument
@click.option("--year", type=click.IntRange(1940, 2099), help="Calendar year. Default: the year of --as-of.")
@standard("as-of", "lang", "json", out=(".html", ".json"))
def report(request: Request, file_id: str, year: int | None) -> int:
    """Write the yearly report of FILE as a page or as JSON. Without --out the page is printed.

    The report of a year that has not ended by --as-of covers the days up to that date, and states this. Exit
    code 1: something waits for a judgement, or is overdue.
    """
    from overzicht.subjects.diligence import file_reporting as reporting  # noqa: PLC0415 - templates load slowly

    yearly = operations.report(request.ask, file_id, year=year)
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


def last_lines(view: "FileView") -> list[str]:
    """Return what was written last."""
    last = max(view.entries, key=lambda entry: entry.number, default=None)
    if last is None or (view.mapped is not None and view.mapped.number > last.number):
        places = sum(risk.is_found for risk in view.risks)
        made = speak(
            "{file}: {places} places on the map, {waiting} wait for a judgement",
            file=view.id,
            places=places,
            waiting=len(view.unjudged),
        )
        return [made]
    withdrawn = [row.withdrawn.number for row in view.entries if row.withdrawn]
    if max(withdrawn, default=0) > last.number:
        return [speak("{file}: entry {number}, a withdrawal", file=view.id, number=max(withdrawn))]
    from overzicht.subjects.diligence.page import ENTRY_KINDS  # noqa: PLC0415 - reports load late

    kind = ENTRY_KINDS[last.kind]
    return [speak("{file}: entry {number}, {kind}", file=view.id, number=last.number, kind=kind)]


diligence = group_of(
    "subjects.diligence.diligence_operations",
    "diligence",
    "new",
    "prefill",
    "list",
    show,
    "judge",
    "withdraw",
    "record",
    "plan",
    "track",
    report,
)
