"""`overzicht census show`, `publish`, `sum` and `sums`: what a round says, with the coverage first."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.options import NEW_FILE, DayType, Request, file_argument, standard
from overzicht.cli.output import write_whole
from overzicht.evidence import Text, text
from overzicht.evidence.text import plain_text
from overzicht.subjects.census import sums as sum_workflow
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.claims_workflow import maker_id, maker_name
from overzicht.subjects.census.overview import NationalOverview, national_overview
from overzicht.subjects.census.publishing import publish_overview
from overzicht.subjects.census.rounds_workflow import RoundView, response_curve, show_round
from overzicht.subjects.census.tables import OTHERS, OverviewRow

ROUND = click.argument("name", metavar="ROUND", default="")
MAKER = click.option(
    "--maker", "makers", multiple=True, help="Manufacturer or brand that the question names."
)
KIND = click.option("--kind", default="", help="Kind of device that the question names.")


def question_of(makers: tuple[str, ...], kind: str) -> Question:
    """Return the question of the options."""
    return Question(frozenset(map(maker_id, makers)), kind)


@command()
@ROUND
@MAKER
@KIND
@click.option("--bodies", is_flag=True, help="List each body with its state.")
@click.option("--curve", "days", type=DayType(), multiple=True, help="Date of the response curve.")
@standard("as-of", "lang", "json")
def show(
    request: Request, name: str, makers: tuple[str, ...], kind: str, *, bodies: bool, days: tuple[date, ...]
) -> None:
    """Show a round on a date: the coverage, the bounds, the estimate and the tables.

    With --bodies: the state of each request. With --curve: how many had answered on each date.
    """
    say = request.words.say
    if bodies:
        view = show_round(request.store, name, request.as_of)
        request.show(lambda: view, lambda: map(say, _body_lines(view)))
    elif days:
        points = response_curve(request.store, name, sorted(days))
        request.show(
            lambda: points,
            lambda: [
                say(text("{day}: {answered} of {roll} answered", day=p.day, answered=p.answered, roll=p.roll))
                for p in points
            ],
        )
    else:
        overview = national_overview(request.store, name, request.as_of, question_of(makers, kind))
        request.show(lambda: overview, lambda: map(say, overview_lines(overview)))


def _body_lines(view: RoundView) -> Iterator[Text]:
    for line in view.requests:
        row = text("{name} ({id}): {state}", name=line.name, id=line.body, state=line.state.words)
        yield text("{line}, through {other}", line=row, other=line.through) if line.through else row


def overview_lines(overview: NationalOverview) -> Iterator[Text]:
    """Yield the overview in lines: the sentences, then the tables."""
    yield from overview.sentences
    for title, rows, line in (
        (text("By kind of body (answered the question, have it):"), overview.kinds, _body_row),
        (text("By region (answered the question, have it):"), overview.regions, _body_row),
        (text("By manufacturer (bodies, devices):"), overview.makers, _device_row),
        (text("By kind of device (bodies, devices):"), overview.devices, _device_row),
    ):
        if rows:
            yield title
            yield from map(line, rows)


def row_name(row: OverviewRow) -> Text:
    """Return the name of a row: a maker by its card, or that it is several together."""
    if row.key == OTHERS:
        return text("others together ({count})", count=len(row.joined)) if row.joined else text("others")
    return plain_text(maker_name(row.key))


def _body_row(row: OverviewRow) -> Text:
    return text(
        "  {name}: {bodies} bodies, {answered} answered, {have} have it",
        name=row_name(row),
        bodies=row.bodies,
        answered=row.number,
        have=row.have,
    )


def _device_row(row: OverviewRow) -> Text:
    return text(
        "  {name}: {bodies} bodies, at least {devices}",
        name=row_name(row),
        bodies=row.bodies,
        devices=row.number,
    )


@command()
@ROUND
@MAKER
@KIND
@standard("as-of", "lang", "json", out=(".json",))
def publish(request: Request, name: str, makers: tuple[str, ...], kind: str) -> None:
    """Write the national overview of a round for others, at the level that each body chose.

    It has no place, no address and no free text, and no number that gives one body away. What others state
    about a body counts 10 working days after its letter, so that the body can reply first. An overview is
    refused if it tells, with one that was published before, what one or two bodies answered in between.
    """
    overview = publish_overview(request.store, name, request.as_of, question_of(makers, kind), request.act)
    request.deliver(
        {".json": lambda: f"{request.json_text(overview)}\n"},
        lambda: map(request.words.say, overview_lines(overview)),
    )


@command("sum")
@click.argument("name", metavar="ROUND")
@click.argument("file", type=NEW_FILE)
@MAKER
@KIND
@standard("as-of", "lang", "json")
def sum_(request: Request, name: str, file: Path, makers: tuple[str, ...], kind: str) -> None:
    """Write the signed sum of a round to FILE, with its coverage, for another coordinator."""
    overview = publish_overview(request.store, name, request.as_of, question_of(makers, kind), request.act)
    write_whole(file, sum_workflow.make_sum(request.store, overview))
    request.show(lambda: {"file": str(file)}, lambda: map(request.words.say, overview.sentences))


@command()
@file_argument(several=True)
@click.option(
    "--to", "target", type=NEW_FILE, help="File for the signed sum of all, for a coordinator above this one."
)
@click.option("--title", default="", help="Title of that sum. Default: the titles of the files.")
@standard("lang", "json")
def sums(request: Request, files: tuple[Path, ...], target: Path | None, title: str) -> None:
    """Add the signed sums of coordinators. Files that share a body are refused.

    With --to, the result is a signed sum itself: regions add to a state, and states to a union.
    """
    total = sum_workflow.add_sums(files)
    if target is not None:
        write_whole(target, sum_workflow.make_total(request.store, total, title))
    request.show(
        lambda: {
            "roll": total.tally.roll,
            "answered": total.answered,
            "have": total.tally.have,
            "most": total.tally.most,
            "estimate": total.estimate,
            "makers": dict(total.makers),
            "keys": {part.file: part.key for part in total.parts},
            "sentences": total.sentences,
        },
        lambda: map(request.words.say, total.sentences),
    )
