"""`overzicht law load`: consolidated acts for the gates of licence cases."""

from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.options import Request, file_argument, standard
from overzicht.subjects.licensing.loaded_lines import loaded_lines
from overzicht.subjects.licensing.loaded_texts import load_act


@command()
@file_argument()
@click.option("--source", required=True, metavar="ADDRESS", help="Address from which you fetched the file.")
@standard("by", "lang", "json")
def load(request: Request, file: Path, source: str) -> None:
    """Store the annexes of a consolidated act for the gates of licence cases: FILE as for `law annexes`.

    The newest version until the date of a case decides which commodity codes its annexes name. That an annex
    does not name a code counts only after a person confirmed that the version is the one in force.
    """
    loaded = load_act(request.store, file, source, request.act)
    request.show(lambda: loaded, lambda: loaded_lines(loaded, request.words))
