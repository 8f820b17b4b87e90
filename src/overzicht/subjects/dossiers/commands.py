"""`overzicht dossier`: evidence about a party, steps taken, and the statements of the party itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import problem_line, speak, spoken, translate
from overzicht.cli.options import PATH, DayType, Request, ValueChoice, file_argument, reason_option, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import Answer, Text, text
from overzicht.subjects.dossiers import activity, fields, importing, keeping, showing
from overzicht.subjects.dossiers.lines import activity_lines, dossier_lines, list_lines
from overzicht.subjects.dossiers.model import EntryKind


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


@group()
def dossier() -> None:
    """Record evidence about a party: claims with their sources, steps taken, and the party's own statements.

    Nothing in a dossier is edited or deleted: a correction is stored next to the old text, and a withdrawn
    entry remains visible. A dossier is complete only with the party's statement, or a record of a request
    for it.

    Exit code 1: an entry was left out, or an answer is unknown. Exit code 10: the change was refused.
    """


@dossier.command("list")
@standard("as-of", "lang", "json")
def list_(request: Request) -> None:
    """List the dossiers of a date with their entries, and whether the party was heard."""
    dossiers = showing.list_dossiers(request.store, request.as_of)
    empty = translate("no dossiers yet; `overzicht dossier import --examples` loads those that ship")
    request.show(lambda: dossiers, lambda: list_lines(dossiers, request.words), empty=empty)


@dossier.command()
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

    view = showing.show_dossier(
        request.store, dossier_id, request.as_of, known_on=known_on, listing_days=days
    )
    request.deliver(
        {
            ".html": lambda: render_dossier(view, request.language),
            ".json": lambda: f"{request.json_text(view)}\n",
        },
        lambda: dossier_lines(view, request.words),
        summary=lambda: [translate("written: {file}").format(file=path) for path in request.out],
    )


@dataclass(frozen=True, slots=True)
class NewDossier:
    """Head of a dossier, as it is typed."""

    about: str
    title: str
    title_nl: str
    names: tuple[str, ...]


@dossier.command()
@dossier_argument
@click.option("--about", required=True, help="Id of a manufacturer, or an id of your own, for the party.")
@click.option("--title", required=True, help="Title, in English or for both languages.")
@click.option("--title-nl", default="", help="Title in Dutch. Default: the title.")
@click.option("--name", "names", multiple=True, help="Name of the party. May be given more than once.")
@standard("as-of", "by", "json", head=NewDossier)
def new(request: Request, dossier_id: str, head: NewDossier) -> None:
    """Start a dossier."""
    title = {"en": head.title, "nl": head.title_nl or head.title}
    values = {"id": dossier_id, "about": head.about, "title": title, "names": list(head.names)}
    keeping.new_dossier(request.store, fields.head_of(values), request.act)
    request.say({"dossier": dossier_id}, speak("dossier {id} started", id=dossier_id))


@dossier.command()
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
    act, store = request.act, request.store
    entry_id = given["entry_id"] or fields.free_id(store, dossier_id, kind)
    if document is not None:
        pairs["sha256"] = keeping.keep_source_file(store, document, act)
    entry_id = keeping.add_entry(store, dossier_id, fields.entry_of(kind, entry_id, pairs), act)
    _say(request, dossier_id, entry_id, text("{entry} added"))


@dossier.command()
@dossier_argument
@entry_argument
@fields_argument
@reason_option
@standard("as-of", "by", "json")
def correct(request: Request, dossier_id: str, entry_id: str, pairs: dict[str, str], reason: str) -> None:
    """Correct fields of an entry. The earlier text remains next to it.

    On a claim, by, day and source add a report.
    """
    changes = fields.typed_changes(request.store, dossier_id, entry_id, pairs)
    keeping.correct(request.store, dossier_id, entry_id, changes, request.act, reason)
    _say(request, dossier_id, entry_id, text("{entry} corrected"))


@dossier.command()
@dossier_argument
@entry_argument
@reason_option
@standard("as-of", "by", "json")
def withdraw(request: Request, dossier_id: str, entry_id: str, reason: str) -> None:
    """Withdraw an entry. It no longer counts but remains visible. Entries that cite it lose that source."""
    keeping.withdraw(request.store, dossier_id, entry_id, request.act, reason)
    _say(request, dossier_id, entry_id, text("{entry} withdrawn by {actor}"))


def _say(request: Request, dossier_id: str, entry_id: str, message: Text) -> None:
    state = message.template.removeprefix("{entry} ").format(actor=request.actor)
    data = {"dossier": dossier_id, "entry": entry_id, "state": state}
    request.say(data, spoken(message.filled(entry=f"{dossier_id}/{entry_id}", actor=request.actor)))


@dossier.command("import")
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


@dossier.command()
@click.argument("place")
@click.option(
    "--party",
    "parties",
    multiple=True,
    help="Id of a manufacturer or dossier, or a name. May be given more than once.",
)
@standard("as-of", "lang", "json")
def active(request: Request, place: str, parties: tuple[str, ...]) -> int:
    """List parties that are active in PLACE (two letters, or EU): subsidiary, contract or device, each cited.

    Without --party the command checks the parties of all dossiers. Exit code 1 if the answer about a party
    is unknown.
    """
    findings = activity.active_in(request.store, place, request.as_of, parties=parties)
    request.show(
        lambda: findings,
        lambda: activity_lines(findings, request.words),
        empty=translate("no dossier names a party. Name one with --party"),
    )
    is_open = any(finding.answer is Answer.NOT_CHECKED and not finding.object for finding in findings)
    return EXIT_INCOMPLETE if is_open else EXIT_OK
