"""`overzicht census statements` and `survey`: what others state about bodies; never a return."""

from collections.abc import Iterator
from pathlib import Path

import click

from overzicht.census.surveys import SurveyView
from overzicht.cli.commands import group
from overzicht.cli.language import translate
from overzicht.cli.options import Request, file_argument, standard
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.workflows.census import claims as workflow
from overzicht.workflows.census.letters import claim_sentence
from overzicht.workflows.census.replies import show_claims


@group()
def statements() -> None:
    """Import and compare statements of others about bodies. They are never returns."""


@statements.command("import")
@file_argument()
@standard("as-of", "by", "lang", "json")
def import_(request: Request, file: Path) -> None:
    """Import the statements of a CSV file. Names are matched with the loaded rolls on their date.

    If a municipality and a province have the same name, the column `kind` (the kind of the body) decides.
    Without it, the candidates are shown: add the column and import the file again.
    """
    added = workflow.import_claims(request.store, file, request.act)
    line = text(
        "{rows} rows read, {added} new; {matched} have a body of a roll",
        rows=added.rows,
        added=added.added,
        matched=added.matched,
    )
    unclear = {own.name: own for own in added.unclear}
    names = [
        _unclear(unclear[name]) if name in unclear else text("no body: {name}", name=name)
        for name in added.unmatched
    ]
    request.show(lambda: added, lambda: map(request.words.say, (line, *names)))


def _unclear(name: workflow.UnclearName) -> Text:
    """Return the question which body a name means, with the kinds as the column `kind` takes them."""
    bodies = joined(text("{name} ({kind})", name=own, kind=kind) for own, kind in name.candidates)
    return text(
        "no body: {name}. It may be {bodies}: state its kind in the column kind",
        name=name.name,
        bodies=bodies,
    )


@statements.command()
@click.option("--body", default="", help="Id of a body. Default: all bodies.")
@standard("as-of", "lang", "json")
def show(request: Request, body: str) -> None:
    """Show the statements until a date, the pairs of numbers, and the checks of published sums.

    Each statement has the reply of its body in the newest round that asks it. Do not publish a statement
    before the end of the time to reply.
    """
    view = show_claims(request.store, request.as_of, body)

    def lines() -> Iterator[Text]:
        for claim, reply in zip(view.claims, view.replies, strict=True):
            yield text("{name}: {claim}", name=claim.name, claim=claim_sentence(claim))
            yield text("  reply: {reply}", reply=reply.sentence)
        yield from (pair.sentence for pair in view.pairs)
        yield from (check.sentence for check in view.sums)

    data = {
        "claims": view.claims,
        "replies": view.replies,
        "pairs": [
            {"left": p.left.number, "right": p.right.number, "agreement": p.agreement} for p in view.pairs
        ],
        "sums": [
            {"group": s.group, "total": s.total, "agrees": s.agrees, "sentence": s.sentence}
            for s in view.sums
        ],
    }
    request.show(lambda: data, lambda: map(request.words.say, lines()), empty=translate("no statements"))


@group()
def survey() -> None:
    """Import surveys of others as rounds: response, bounds and estimate."""


@survey.command("import")
@file_argument()
@standard("as-of", "by", "lang", "json")
def import_survey(request: Request, file: Path) -> None:
    """Import the questions of surveys from a CSV file, and show what follows from their numbers."""
    _show(request, workflow.import_survey(request.store, file, request.act))


@survey.command("show")
@standard("lang", "json")
def show_survey(request: Request) -> None:
    """Show the stored surveys with response, bounds, estimates, and remarks on published percentages."""
    _show(request, workflow.show_surveys(request.store))


def _show(request: Request, views: tuple[SurveyView, ...]) -> None:
    data = [
        {
            "survey": view.row.survey,
            "number": view.row.number,
            "question": view.row.question,
            "coverage": view.coverage,
            "readings": view.readings,
            "remarks": view.remarks,
        }
        for view in views
    ]

    def lines() -> Iterator[Text]:
        for view in views:
            yield view.coverage
            yield from view.sentences

    request.show(lambda: data, lambda: map(request.words.say, lines()), empty=translate("no surveys"))
