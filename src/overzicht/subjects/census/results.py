"""What a round says, with the coverage first: shown, published for others, and as a signed sum."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import click

from overzicht.cli.commands import command
from overzicht.cli.options import NEW_FILE, Request, file_argument, standard
from overzicht.cli.output import write_whole
from overzicht.evidence import Text, text
from overzicht.evidence.text import plain_text
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command, Param, operation
from overzicht.subjects.census import sums as sum_workflow
from overzicht.subjects.census.answers import Question
from overzicht.subjects.census.claims_workflow import maker_id, maker_name
from overzicht.subjects.census.overview import NationalOverview, national_overview
from overzicht.subjects.census.publishing import publish_overview
from overzicht.subjects.census.rolls import READ
from overzicht.subjects.census.rounds_workflow import CurvePoint, RoundView, response_curve, show_round
from overzicht.subjects.census.sent_requests import Round
from overzicht.subjects.census.sums import make_sum
from overzicht.subjects.census.tables import OTHERS, OverviewRow

Makers = Annotated[tuple[str, ...], Param("Manufacturer or brand that the question names.", option="--maker")]
Kind = Annotated[str, Param("Kind of device that the question names.")]


def _question(makers: tuple[str, ...], kind: str) -> Question:
    return Question(frozenset(map(maker_id, makers)), kind)


def _lines(result: Any) -> Iterator[Text]:
    if isinstance(result, NationalOverview):
        yield from overview_lines(result)
    elif isinstance(result, RoundView):
        yield from _body_lines(result)
    else:
        for point in result:
            yield text(
                "{day}: {answered} of {roll} answered",
                day=point.day,
                answered=point.answered,
                roll=point.roll,
            )


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


@operation(Command("census show", lambda result, say: map(say, _lines(result)), options=READ))
def show(
    ask: Ask,
    name: Round = "",
    *,
    makers: Makers = (),
    kind: Kind = "",
    bodies: Annotated[bool, Param("List each body with its state.")] = False,
    days: Annotated[tuple[date, ...], Param("Date of the response curve.", option="--curve")] = (),
) -> NationalOverview | RoundView | tuple[CurvePoint, ...]:
    """Show a round on a date: the coverage, the bounds, the estimate and the tables.

    With --bodies: the state of each request. With --curve: how many had answered on each date.
    """
    if bodies:
        return show_round(ask.store, name, ask.day)
    if days:
        return response_curve(ask.store, name, sorted(days))
    return national_overview(ask.store, name, ask.day, _question(makers, kind))


@operation(
    Command(
        "census publish", lambda overview, say: map(say, overview_lines(overview)), options=READ, files={}
    )
)
def publish(ask: Ask, name: Round = "", *, makers: Makers = (), kind: Kind = "") -> NationalOverview:
    """Write the national overview of a round for others, at the level that each body chose.

    It has no place, no address and no free text, and no number that gives one body away. What others state
    about a body counts 10 working days after its letter, so that the body can reply first. An overview is
    refused if it tells, with one that was published before, what one or two bodies answered in between.
    """
    return publish_overview(ask.store, name, ask.day, _question(makers, kind), ask.actor(ask.day))


@operation(
    Command(
        "census sum",
        lambda written, say: map(say, written[1].sentences),
        data=lambda written: {"file": str(written[0])},
        options=READ,
    )
)
def sum_(
    ask: Ask,
    name: Round,
    file: Annotated[Path, Param(path="new file")],
    *,
    makers: Makers = (),
    kind: Kind = "",
) -> tuple[Path, NationalOverview]:
    """Write the signed sum of a round to FILE, with its coverage, for another coordinator."""
    overview = publish(ask, name, makers=makers, kind=kind)
    write_whole(file, make_sum(ask.store, overview))
    return file, overview


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
