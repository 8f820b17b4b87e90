"""`overzicht compare`: what changed in the register between two dates or imports."""

from functools import partial

import click

from overzicht.cli.commands import command
from overzicht.cli.documents import spaced_lines
from overzicht.cli.options import Request, ValueChoice, now, organisation_option, standard
from overzicht.evidence.actor import Actor
from overzicht.register.merging import Level
from overzicht.reports.comparison.content import comparison_document
from overzicht.reports.document_files import DOCUMENT_FILES
from overzicht.store.register.devices import DeviceFilter
from overzicht.subjects.register.differences import compare_points

FORMATS = (*DOCUMENT_FILES, ".json")


@command()
@click.argument("first")
@click.argument("second")
@organisation_option
@click.option("--level", type=ValueChoice(Level), help="Level of detail of a file for others. Default: all.")
@standard("lang", "by", "json", out=FORMATS)
def compare(request: Request, first: str, second: str, organisation: str, level: Level | None) -> None:
    """Show what changed in the register between FIRST and SECOND.

    Each is a date (YYYY-MM-DD) or the number of an accepted import. The result has devices that are new, gone
    or replaced, newly listed manufacturers, changes of lists, decisions, and the progress of plans.
    """
    actor = Actor(now().date(), request.actor, now())
    filters = DeviceFilter(actor.day, organisation=organisation)
    changes = compare_points(request.store, first, second, filters, actor)
    document = comparison_document(changes, request.language, level)
    formats = {ending: partial(write, document) for ending, write in DOCUMENT_FILES.items()}
    request.deliver(
        {**formats, ".json": lambda: request.json_text(changes)},
        lambda: spaced_lines(document, request.words.say),
    )
