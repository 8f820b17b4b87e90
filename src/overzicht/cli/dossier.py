"""`overzicht dossier`: evidence about a party, steps taken, and the statements of the party itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from overzicht.cli.options import (
    DayType,
    Request,
    ValueChoice,
    file_argument,
    gathered,
    opened_store,
    reason_option,
    standard,
)
from overzicht.dossiers.model import EntryKind
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK

if TYPE_CHECKING:
    from overzicht.workflows.dossiers.importing import Imported


def _pairs(context: click.Context, param: click.Parameter, fields: tuple[str, ...]) -> dict[str, str]:
    """Return NAME=VALUE arguments by name, or end with a usage error."""
    given: dict[str, str] = {}
    for pair in fields:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise click.BadParameter(f"{pair!r} is not NAME=VALUE", context, param)
        if name in given:
            raise click.BadParameter(f"{name} is given twice", context, param)
        given[name] = value
    return given


dossier_argument = click.argument("dossier_id")
entry_argument = click.argument("entry_id")
fields_argument = click.argument("fields", nargs=-1, metavar="[NAME=VALUE]...", callback=_pairs)


@click.group()
def dossier() -> None:
    """Keep dossiers: claims about a party with their sources, steps taken, and the party's own statements.

    Nothing in a dossier is edited or deleted: a correction is stored beside the old text, and a withdrawn
    entry remains visible. A dossier is complete only with the party's statement, or a record of a request
    for it.

    Exit code 1: an entry was left out, or an answer is unknown. Exit code 10: the change was refused.
    """


@dossier.command("list")
@standard("as-of", "lang", "json")
def list_(request: Request) -> None:
    """List the dossiers of a date with their entries, and whether the party was heard."""
    from overzicht.reports.dossiers.lines import list_lines  # noqa: PLC0415 - reports are heavy
    from overzicht.workflows.dossiers.showing import list_dossiers  # noqa: PLC0415

    with opened_store() as store:
        dossiers = list_dossiers(store, request.as_of)
    request.show(
        lambda: dossiers,
        lambda: list_lines(dossiers, request.words),
        empty="no dossiers yet; `overzicht dossier import --examples` loads those that ship",
    )


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
    """Show a dossier on a date: time line, claims with status, replies, owners, listings, sources.

    Example: overzicht dossier show hikvision --as-of 2021-04-13 --out hikvision.html --lang nl
    """
    from overzicht.reports.dossiers.lines import dossier_lines  # noqa: PLC0415
    from overzicht.reports.dossiers.page import render_dossier  # noqa: PLC0415
    from overzicht.workflows.dossiers.showing import show_dossier  # noqa: PLC0415

    with opened_store() as store:
        view = show_dossier(store, dossier_id, request.as_of, known_on=known_on, listing_days=days)
    request.deliver(
        {
            ".html": lambda: render_dossier(view, request.language),
            ".json": lambda: f"{request.json_text(view)}\n",
        },
        lambda: dossier_lines(view, request.words),
        summary=lambda: [f"written: {path}" for path in request.out],
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
@click.option("--about", required=True, help="Id of a maker, or an id of your own, for the party.")
@click.option("--title", required=True, help="Title, in English or for both languages.")
@click.option("--title-nl", default="", help="Title in Dutch. Default: the title.")
@click.option("--name", "names", multiple=True, help="Name of the party. May be given more than once.")
@standard("as-of", "by", "json")
@gathered("head", NewDossier)
def new(request: Request, dossier_id: str, head: NewDossier) -> None:
    """Start a dossier.

    Example: overzicht dossier new acme --about acme --title "Acme: cameras" --name "Acme Ltd"
    """
    from overzicht.workflows.dossiers.fields import head_of  # noqa: PLC0415
    from overzicht.workflows.dossiers.keeping import new_dossier  # noqa: PLC0415

    title = {"en": head.title, "nl": head.title_nl or head.title}
    fields = {"id": dossier_id, "about": head.about, "title": title, "names": list(head.names)}
    with opened_store() as store:
        new_dossier(store, head_of(fields), request.act)
    request.say({"dossier": dossier_id}, f"dossier {dossier_id} started")


@dossier.command()
@dossier_argument
@click.argument("kind", type=ValueChoice(EntryKind))
@fields_argument
@click.option("--id", "entry_id", default="", help="Id. Default: the kind and a number.")
@click.option("--document", type=click.Path(path_type=Path), help="File to store with a source.")
@standard("as-of", "by", "json")
def add(request: Request, dossier_id: str, kind: EntryKind, fields: dict[str, str], **given: Any) -> None:
    """Add a source, claim, response, step, question to the party (`asked`), reply or presence.

    Separate several values with semicolons. `what.nl=…` gives one language. The message about a wrong field
    names the known ones. A claim takes by, day and source for its first report.

    Example: overzicht dossier add acme step kind=talk day=2025-04-01 forum="Town hall" parties="us; Acme"
    what="spoke about the cameras"
    """
    from overzicht.workflows.dossiers.fields import entry_of, free_id  # noqa: PLC0415
    from overzicht.workflows.dossiers.keeping import add_entry, keep_source_file  # noqa: PLC0415

    document: Path | None = given["document"]
    if document is not None and kind is not EntryKind.SOURCE:
        raise click.UsageError("--document goes with a source")
    act = request.act
    with opened_store() as store:
        entry_id = given["entry_id"] or free_id(store, dossier_id, kind)
        if document is not None:
            fields["sha256"] = keep_source_file(store, document, act)
        entry_id = add_entry(store, dossier_id, entry_of(kind, entry_id, fields), act)
    _say(request, dossier_id, entry_id, "added")


@dossier.command()
@dossier_argument
@entry_argument
@fields_argument
@reason_option
@standard("as-of", "by", "json")
def correct(request: Request, dossier_id: str, entry_id: str, fields: dict[str, str], reason: str) -> None:
    """Correct fields of an entry. The earlier text remains beside it.

    On a claim, by, day and source add a report.

    Example: overzicht dossier correct acme step-1 day=2025-04-02 --reason "the minutes state the 2nd"
    """
    from overzicht.workflows.dossiers.fields import typed_changes  # noqa: PLC0415
    from overzicht.workflows.dossiers.keeping import correct as keep  # noqa: PLC0415

    with opened_store() as store:
        keep(
            store,
            dossier_id,
            entry_id,
            typed_changes(store, dossier_id, entry_id, fields),
            request.act,
            reason,
        )
    _say(request, dossier_id, entry_id, "corrected")


@dossier.command()
@dossier_argument
@entry_argument
@reason_option
@standard("as-of", "by", "json")
def withdraw(request: Request, dossier_id: str, entry_id: str, reason: str) -> None:
    """Withdraw an entry. It no longer counts but remains visible. Entries that cite it lose that source."""
    from overzicht.workflows.dossiers.keeping import withdraw as keep  # noqa: PLC0415

    with opened_store() as store:
        keep(store, dossier_id, entry_id, request.act, reason)
    _say(request, dossier_id, entry_id, f"withdrawn by {request.actor}")


def _say(request: Request, dossier_id: str, entry_id: str, state: str) -> None:
    request.say(
        {"dossier": dossier_id, "entry": entry_id, "state": state}, f"{dossier_id}/{entry_id} {state}"
    )


@dossier.command("import")
@file_argument(several=True, required=False)
@click.option("--examples", is_flag=True, help="Import the dossiers that ship with the product.")
@standard("as-of", "by", "json")
def import_(request: Request, files: tuple[Path, ...], *, examples: bool) -> int:
    """Import dossiers from FILES (YAML or JSON). Good entries are stored; the command lists the wrong ones.

    A file that was imported before changes nothing; a difference becomes a correction. Exit code 1 if an
    entry was refused.

    Example: overzicht dossier import --examples
    """
    from overzicht.workflows.dossiers.importing import ensure_examples, import_file  # noqa: PLC0415

    if not files and not examples:
        raise click.UsageError("nothing to import. Name a file, or give --examples")
    act = request.act
    with opened_store() as store:
        imported = [*(ensure_examples(store, act) if examples else ())]
        imported += [import_file(store, path, act) for path in files]
    request.show(lambda: imported, lambda: (line for each in imported for line in _imported(each)))
    return EXIT_INCOMPLETE if any(each.problems for each in imported) else EXIT_OK


def _imported(result: "Imported") -> Iterator[str]:
    counts = f"{result.added} added, {result.changed} corrected, {result.known} known already"
    yield f"{result.dossier_id}: {counts}"
    yield from (f"  ! {problem.place}: {problem.reason}" for problem in result.problems)


@dossier.command()
@click.argument("place")
@click.option(
    "--party",
    "parties",
    multiple=True,
    help="Id of a maker or dossier, or a name. May be given more than once.",
)
@standard("as-of", "lang", "json")
def active(request: Request, place: str, parties: tuple[str, ...]) -> int:
    """List who is active in PLACE (two letters, or EU): subsidiary, contract or device, each cited.

    Without --party the command checks the parties of all dossiers. Exit code 1 if the answer about a party
    is unknown.

    Example: overzicht dossier active EU --as-of 2021-04-13
    """
    from overzicht.evidence import Answer  # noqa: PLC0415
    from overzicht.reports.dossiers.lines import activity_lines  # noqa: PLC0415
    from overzicht.workflows.dossiers.activity import active_in  # noqa: PLC0415

    with opened_store() as store:
        findings = active_in(store, place, request.as_of, parties=parties)
    request.show(
        lambda: findings,
        lambda: activity_lines(findings, request.words),
        empty="no dossier names a party. Name one with --party",
    )
    is_open = any(each.answer is Answer.NOT_CHECKED and not each.object for each in findings)
    return EXIT_INCOMPLETE if is_open else EXIT_OK
