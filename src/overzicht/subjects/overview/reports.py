"""The overview report as files, JSON and a summary for the terminal."""

from functools import partial

import click

from overzicht.cli.options import Request, ValueChoice
from overzicht.cli.output import STDOUT, ending_of
from overzicht.register.merging import Level
from overzicht.reports.interface import FORMATS as DESCRIPTIONS
from overzicht.reports.interface import Format, check_level, render
from overzicht.reports.overview_report import OverviewReport
from overzicht.reports.terminal import render_terminal

FORMATS = tuple(described.ending for described in DESCRIPTIONS.values())

level_option = click.option(
    "--level",
    type=ValueChoice(Level),
    help="Level of detail of an export for others: counts, models too, or every device without its "
    "addresses. Default: counts for .geojson, and everything for other formats.",
)


def check_levels(request: Request, level: Level | None) -> None:
    """Raise ExportLevelError if a file of --out cannot be written at a level."""
    by_ending = {described.ending: form for form, described in DESCRIPTIONS.items()}
    forms = [by_ending[ending_of(path, FORMATS)] for path in request.out if path != STDOUT]
    for form in forms or [Format.HTML]:
        check_level(form, level)


def deliver_overview(request: Request, report: OverviewReport, level: Level | None = None) -> None:
    """Write the report to the files of --out, and print its summary or, if requested, its JSON."""

    def summary() -> list[str]:
        return [render_terminal(report, request.language, list(map(str, request.out))).rstrip("\n")]

    formats = {
        described.ending: partial(render, report, form, request.language, level if described.levels else None)
        for form, described in DESCRIPTIONS.items()
    }
    request.deliver(formats, summary, summary=summary)
