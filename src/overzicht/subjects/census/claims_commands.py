"""`overzicht census statements` and `survey`: what others state about bodies; never a return."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import translate
from overzicht.cli.options import Request, file_argument, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import Text, text
from overzicht.evidence.phrases import joined
from overzicht.subjects.census import claims_workflow as workflow
from overzicht.subjects.census.letters import claim_sentence
from overzicht.subjects.census.replies import show_claims
from overzicht.subjects.census.survey_files import RowState
from overzicht.subjects.census.survey_rows import SurveyRow
from overzicht.subjects.census.surveys import SurveyView


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
def import_survey(request: Request, file: Path) -> int:
    """Import the questions of surveys from a table, and show what follows from their numbers.

    FILE is CSV, XLSX or ODS, with a row for each question. Numbers are read as people write them: about 150,
    145-155, 40 %, 36 of 40, all, none, ?. Each row is read for itself. Exit code 1 if a cell could not be
    read.
    """
    done = workflow.import_survey(request.store, file, request.act)
    views = iter(done.views)
    rows = [(entry, None if entry.state is RowState.UNREAD else next(views)) for entry in done.file.entries]
    data = [
        {
            **_shown(view, entry.row),
            "place": entry.place,
            "state": entry.state,
            "problems": entry.problems,
        }
        for entry, view in rows
    ]
    account = [*map(request.words.say, _account(done, file.name))]

    def lines() -> Iterator[Any]:
        yield from (line for _, view in rows if view for line in _sentences(view))

    request.show(lambda: data, lambda: map(request.words.say, lines()))
    for line in account:
        click.echo(line, err=True)
    is_whole = all(entry.state is RowState.WHOLE for entry in done.file.entries)
    return EXIT_OK if is_whole else EXIT_INCOMPLETE


def _account(done: workflow.SurveysAdded, name: str) -> Iterator[Text]:
    """Yield the account of a file: its rows, and each cell that could not be read."""
    states = Counter(entry.state for entry in done.file.entries)
    yield text(
        "{file}: {read} rows read: {whole} loaded, {part} in part, {unread} unread, {notes} not questions",
        file=name,
        read=len(done.file.entries) + done.file.notes,
        whole=states[RowState.WHOLE],
        part=states[RowState.PART],
        unread=states[RowState.UNREAD],
        notes=done.file.notes,
    )
    if done.file.unused:
        yield text("columns that were not read: {names}", names=", ".join(done.file.unused))
    for entry in done.file.entries:
        for problem in entry.problems:
            yield text(
                "{place}: {reason}; {fix}", place=problem.place, reason=problem.reason, fix=problem.fix
            )


@survey.command("show")
@standard("lang", "json")
def show_survey(request: Request) -> None:
    """Show the stored surveys with response, bounds, estimates, and remarks on published percentages."""
    _show(request, workflow.show_surveys(request.store))


def _show(request: Request, views: tuple[SurveyView, ...]) -> None:
    def lines() -> Iterator[Text]:
        yield from (line for view in views for line in _sentences(view))

    data = [_shown(view, view.row) for view in views]
    request.show(lambda: data, lambda: map(request.words.say, lines()), empty=translate("no surveys"))


def _sentences(view: SurveyView) -> Iterator[Text]:
    yield view.coverage
    yield from view.sentences


def _shown(view: SurveyView | None, row: SurveyRow) -> dict[str, Any]:
    return {
        "survey": row.survey,
        "number": row.number,
        "question": row.question,
        "coverage": view.coverage if view else None,
        "readings": view.readings if view else (),
        "remarks": view.remarks if view else (),
    }
