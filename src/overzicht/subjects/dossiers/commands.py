"""`overzicht dossier`: evidence about a party, steps taken, and the statements of the party itself."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.cli.language import problem_line, speak, spoken, translate
from overzicht.cli.operations import group_of
from overzicht.cli.options import PATH, DayType, Request, ValueChoice, file_argument, reason_option, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.kit.operation import Upload
from overzicht.subjects.dossiers import importing, operations
from overzicht.subjects.dossiers.dossier_lines import dossier_lines
from overzicht.subjects.dossiers.model import EntryKind
from overzicht.workflows.typed_files import read_limited


def _pairs(context: click.Context, param: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    """Return NAME=VALUE arguments by name, or end with a usage error."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        wrong = translate("{value} is not NAME=VALUE. Use, for example, day=2025-04-01")
        if not sign or not name.strip():
            raise click.BadParameter(wrong.format(value=repr(pair)), context, param)
        if name in values:
            raise click.BadParameter(translate("{name} is given twice").format(name=name), context, param)
        values[name] = value
    return values


dossier_argument = click.argument("dossier_id")
entry_argument = click.argument("entry_id")
fields_argument = click.argument("pairs", nargs=-1, metavar="[NAME=VALUE]...", callback=_pairs)


@command()
@dossier_argument
@click.option("--known-on", type=DayType(), help="Only entries recorded by this date (YYYY-MM-DD).")
@click.option(
    "--on",
    "days",
    type=DayType(),
    multiple=True,
    help="Date to show listings for. May be given more than once.",
)
@standard("as-of", "lang", "json", out=(".html", ".json"))
def show(request: Request, dossier_id: str, known_on: date | None, days: tuple[date, ...]) -> None:
    """Show a dossier on a date: time line, claims with status, replies, owners, listings, sources."""
    from overzicht.subjects.dossiers.page import render_dossier  # noqa: PLC0415 - templates load slowly

    view = operations.show(request.ask, dossier_id, known_on=known_on, on=days)
    request.deliver(
        {
            ".html": lambda: render_dossier(view, request.language),
            ".json": lambda: f"{request.json_text(view)}\n",
        },
        lambda: dossier_lines(view, request.words),
        summary=lambda: [translate("written: {file}").format(file=path) for path in request.out],
    )


@command()
@dossier_argument
@click.argument("kind", type=ValueChoice(EntryKind))
@fields_argument
@click.option("--id", "entry_id", default="", help="Id. Default: the kind and a number.")
@click.option("--document", type=PATH, help="File to store with a source.")
@standard("as-of", "by", "json")
def add(request: Request, dossier_id: str, kind: EntryKind, pairs: dict[str, str], **given: Any) -> None:
    """Add a source, claim, response, step, question to the party (`asked`), reply or presence.

    Separate several values with semicolons. `what.nl=…` gives one language. The message about a wrong field
    names the known ones. A claim takes by, day and source for its first report.
    """
    document: Path | None = given["document"]
    if document is not None and kind is not EntryKind.SOURCE:
        raise click.UsageError(translate("--document goes with a source"))
    if document is not None:
        content = read_limited(document, operations.MAX_SOURCE_BYTES)
        pairs["sha256"] = operations.document(request.ask, Upload(document.name, content)).sha256
    _say(request, operations.add(request.ask, dossier_id, kind, pairs, id=given["entry_id"]))


@command()
@dossier_argument
@entry_argument
@fields_argument
@reason_option
@standard("as-of", "by", "json")
def correct(request: Request, dossier_id: str, entry_id: str, pairs: dict[str, str], reason: str) -> None:
    """Correct fields of an entry. The earlier text remains next to it.

    On a claim, by, day and source add a report.
    """
    _say(request, operations.correct(request.ask, dossier_id, entry_id, pairs, reason=reason))


def _say(request: Request, saved: operations.SavedEntry) -> None:
    request.say(saved.reported, spoken(saved.sentence))


@command("import")
@file_argument(several=True, required=False)
@click.option("--examples", is_flag=True, help="Import the dossiers that ship with the product.")
@standard("as-of", "by", "json")
def import_(request: Request, files: tuple[Path, ...], *, examples: bool) -> int:
    """Import dossiers from FILES (YAML or JSON). Good entries are stored; the command lists the wrong ones.

    A file that was imported before changes nothing; a difference becomes a correction. Exit code 1 if an
    entry was refused.
    """
    if not files and not examples:
        raise click.UsageError(translate("nothing to import. Name a file, or give --examples"))
    act, store = request.act, request.store
    results = [
        *(importing.ensure_examples(store, act) if examples else ()),
        *(importing.import_file(store, path, act) for path in files),
    ]
    request.show(lambda: results, lambda: (line for result in results for line in _result_lines(result)))
    return EXIT_INCOMPLETE if any(result.problems for result in results) else EXIT_OK


def _result_lines(result: importing.Imported) -> Iterator[str]:
    yield speak(
        "{dossier}: {added} added, {changed} corrected, {known} known already",
        added=result.added,
        dossier=result.dossier_id,
        changed=result.changed,
        known=result.known,
    )
    yield from (f"  ! {problem_line(problem)}" for problem in result.problems)


dossier = group_of(
    "subjects.dossiers.operations",
    "dossier",
    "list",
    show,
    "new",
    add,
    correct,
    "withdraw",
    import_,
    "active",
)
