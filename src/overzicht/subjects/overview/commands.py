"""`overzicht overview`: inventories in, one cited report out."""

from dataclasses import replace
from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.isolation import with_standard_input
from overzicht.cli.options import ColumnChoice, Request, now, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.register.merging import Level
from overzicht.reports.account import account_sentences
from overzicht.subjects.inventories.commands import (
    fields_of_profile,
    offer_profile,
    offering_profiles,
    reading_options,
)
from overzicht.subjects.overview.build import OverviewChoices, keep_run, make_overview
from overzicht.subjects.overview.reports import (
    FORMATS,
    check_levels,
    deliver_overview,
    level_option,
)


@command()
@click.argument(
    "inventories",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
)
@click.option(
    "--column",
    "mapping",
    type=ColumnChoice(),
    multiple=True,
    help="Field of a column whose header was not recognised, or recognised wrongly.",
)
@reading_options
@click.option(
    "--recog",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="OVERZICHT_RECOG",
    help="Folder of recog fingerprint files (XML), used in addition to the facts that ship with the product.",
)
@level_option
@standard("as-of", "lang", "by", "json", out=FORMATS, choices=OverviewChoices)
def overview(
    request: Request,
    inventories: tuple[Path, ...],
    choices: OverviewChoices,
    level: Level | None,
    *,
    profile: str,
) -> int:
    """Report which devices there are, who made each, who owns the manufacturer, and which lists name them.

    INVENTORIES are spreadsheets (CSV, XLSX, ODS), nmap scans (XML or text), device answers (ONVIF, ISAPI,
    DHIP), maps (GeoJSON) and tenders. `-` reads one of them from standard input. The command prints a
    summary; --out writes the whole report, or an export for another program.
    """
    check_levels(request, level)
    if profile:
        choices = replace(choices, mapping=(*fields_of_profile(profile), *choices.mapping))
    with with_standard_input(inventories) as paths, offering_profiles(paths):
        report = make_overview(request.store, paths, choices, as_of=request.as_of)
        keep_run(request.store, report, actor=request.actor, at=now())
        deliver_overview(request, report, level)
    for inventory in () if choices.mapping else report.inputs:
        offer_profile(list(inventory.mapping or ()))
    for inventory in report.inputs:
        for sentence in account_sentences(inventory):
            click.echo(f"{inventory.filename}: {request.words.say(sentence)}", err=True)
    return EXIT_INCOMPLETE if any(inventory.is_incomplete for inventory in report.inputs) else EXIT_OK
