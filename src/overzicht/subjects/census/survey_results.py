"""Surveys of others, imported and shown; the import says on standard error what could not be read."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.cli.operations import group_of
from overzicht.cli.options import Request, file_argument, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import Text, text
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command, operation
from overzicht.subjects.census.claim_records import read_survey_rows
from overzicht.subjects.census.claims_workflow import SurveysAdded, import_survey
from overzicht.subjects.census.survey_files import RowState
from overzicht.subjects.census.survey_rows import SurveyRow
from overzicht.subjects.census.surveys import SurveyView, read_rows

GROUP = "Import surveys of others as rounds: response, bounds and estimate."


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


@operation(
    Command(
        "census survey show",
        lambda views, say: (say(line) for view in views for line in _sentences(view)),
        empty=text("no surveys"),
        data=lambda views: [_shown(view, view.row) for view in views],
        options=("lang", "json"),
    )
)
def show(ask: Ask) -> tuple[SurveyView, ...]:
    """Show the stored surveys with response, bounds, estimates, and remarks on published percentages."""
    with ask.store.reading() as connection:
        return read_rows(read_survey_rows(connection))


@command("import")
@file_argument()
@standard("as-of", "by", "lang", "json")
def import_(request: Request, file: Path) -> int:
    """Import the questions of surveys from a table, and show what follows from their numbers.

    FILE is CSV, XLSX or ODS, with a row for each question. Numbers are read as people write them: about 150,
    145-155, 40 %, 36 of 40, all, none, ?. Each row is read for itself. Exit code 1 if a cell could not be
    read.
    """
    done = import_survey(request.store, file, request.act)
    views = iter(done.views)
    rows = [(entry, None if entry.state is RowState.UNREAD else next(views)) for entry in done.file.entries]
    data = [
        {**_shown(view, entry.row), "place": entry.place, "state": entry.state, "problems": entry.problems}
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


def _account(done: SurveysAdded, name: str) -> Iterator[Text]:
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


survey = group_of("subjects.census.survey_results", "survey", import_, "show")
