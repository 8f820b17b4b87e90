"""`overzicht census roll`: the bodies that exist on a date."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import group
from overzicht.cli.options import COUNTRY, PATH, Request, file_argument, standard
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.subjects.census import rolls_workflow as workflow
from overzicht.subjects.census.rolls_workflow import RollFiles, RollLoaded


@group()
def roll() -> None:
    """Load and show the roll: the bodies that exist on a date."""


@roll.command()
@file_argument()
@click.option("--country", type=COUNTRY, default=None, help="Country of bodies without one, for example NL.")
@click.option("--name", default="", help="Name of the roll. Default: the name of the file.")
@click.option("--changes", type=PATH, help="CSV file of mergers, splits and renames.")
@click.option("--totals", type=PATH, help="CSV file of control totals: kind, day, number, until, source.")
@click.option("--second", type=PATH, help="CSV file of a second list, to compare names and codes.")
@click.option(
    "--without-totals", "reason", default="", help="Reason to accept a roll without control totals."
)
@standard("as-of", "by", "lang", "json")
def load(request: Request, file: Path, **given: Any) -> None:
    """Load a roll from a CSV file of bodies, with their codes, kind, region, size, start and end.

    A roll that contradicts a control total or its changes is refused, and the bodies are named. An end is the
    first day without the body. Totals of the Netherlands ship with the product. For another country, give
    --totals: numbers of bodies of a kind on a date, from another source than the roll.
    """
    given["country"] = given["country"] or ""
    loaded = workflow.load_roll(request.store, RollFiles(file, **given), request.act)
    request.show(lambda: loaded, lambda: map(request.words.say, _loaded_lines(loaded)))


def _loaded_lines(loaded: RollLoaded) -> Iterator[Text]:
    yield text(
        "{name}: {bodies} bodies loaded, {count} of them exist on the date.",
        name=loaded.name,
        bodies=loaded.bodies,
        count=loaded.on_day,
    )
    yield from loaded.checks
    if loaded.unchecked:
        kinds = (text("{kind} {count}", kind=kind, count=count) for kind, count in loaded.unchecked.items())
        yield text("No control total, so not checked: {kinds}", kinds=joined(kinds))
    for note in loaded.notes:
        yield text("note: {note}", note=note)
    second = loaded.reconciliation
    if second is not None:
        yield text(
            "Second list: {shared} shared codes, {renamed} other names, {collisions} collisions, "
            "{second} codes only in the second list, {first} only in the first.",
            shared=second.shared,
            renamed=len(second.renamed),
            collisions=len(second.collisions),
            second=len(second.only_second),
            first=len(second.only_first),
        )
        for code, name, other in second.renamed:
            words = (
                text("collision {code}: {name} / {other}")
                if code in second.collisions
                else text("other name {code}: {name} / {other}")
            )
            yield words.filled(code=code, name=name, other=other)


@roll.command()
@click.argument("name", default="")
@standard("as-of", "lang", "json")
def show(request: Request, name: str) -> None:
    """Show the number of bodies by kind on a date. Without NAME: of the roll loaded last."""
    view = workflow.show_roll(request.store, name, request.as_of)
    head = text("{name} on {day}: {bodies} bodies", name=view.name, day=view.day, bodies=view.bodies)
    request.show(
        lambda: view,
        lambda: [request.words.say(head), *(f"  {kind}: {count}" for kind, count in view.kinds.items())],
    )
