"""`overzicht control correlation`: the correlation table that the gates of licence cases use."""

from datetime import date
from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.options import DayType, Request, file_argument, standard
from overzicht.subjects.licensing.loaded_lines import loaded_lines
from overzicht.subjects.licensing.loaded_texts import load_correlation


@command()
@file_argument()
@click.option("--published", type=DayType(), required=True, help="Date of the table (YYYY-MM-DD).")
@click.option("--source", required=True, metavar="ADDRESS", help="Address from which you fetched the file.")
@standard("by", "lang", "json")
def correlation(request: Request, file: Path, published: date, source: str) -> None:
    """Store a correlation table of commodity codes and provisions for the gates of licence cases.

    FILE is a CSV file with the columns `CN code` and `control code`.
    """
    loaded = load_correlation(request.store, file, published, source, request.act)
    request.show(lambda: loaded, lambda: loaded_lines(loaded, request.words))
