"""`overzicht register import`: compare an inventory, show the changes, and write them once accepted."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.language import place_text, speak, spoken, translate, worded
from overzicht.cli.options import EXISTING_FILE, ColumnChoice, Request, ValueChoice, reason_option, standard
from overzicht.cli.store import load_whole
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import Text
from overzicht.register.terms import Outcome, Status
from overzicht.reports.account import record_sentences
from overzicht.store.database import Store
from overzicht.store.moving.transfer import is_register_file
from overzicht.store.register.devices import Page
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.store.register.organisations import known_organisation
from overzicht.subjects.inventories.commands import (
    fields_of_profile,
    offering_profiles,
    reading_options,
)
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices, ImportView
from overzicht.subjects.register.imports.undoing import undo_import

SHOWN = 20
confirm_option = click.option(
    "--confirm-retired",
    is_flag=True,
    help="Accept an import after which more than 20 % of the devices are no longer in use.",
)
SHOWN_OUTCOMES = tuple(outcome for outcome in Outcome if outcome is not Outcome.UNCHANGED)


@command("import")
@click.argument("files", nargs=-1, required=True, type=EXISTING_FILE)
@click.option("--organisation", default="", help="Id or name of the organisation that has the equipment.")
@click.option("--site", default="", help="Site of the rows without a site.")
@click.option(
    "--mapping", type=ColumnChoice(), multiple=True, help="Field of a column; see `overview --column`."
)
@reading_options
@click.option(
    "--whole/--part",
    "is_whole",
    default=None,
    help="Treat devices that the file omits as gone, or not. Default: whole for tables, part for scans.",
)
@click.option("--again", is_flag=True, help="Import a file again that was accepted before.")
@click.option("--accept", is_flag=True, help="Write the changes at once. Unclear rows are left out.")
@confirm_option
@standard("as-of", "by", "json", choices=ImportChoices)
def import_(
    request: Request,
    files: tuple[Path, ...],
    choices: ImportChoices,
    *,
    profile: str,
    accept: bool,
    confirm_retired: bool,
) -> int:
    """Compare inventories with the register and show what is added, changed and gone. --accept writes it.

    --as-of is the date of the inventory, which may be earlier than what the register states. A device that is
    gone is never deleted: it becomes `not seen`. Exit code 1 if rows are unclear or could not be read.

    A second whole list of the same date replaces the first one: what only the first one showed is withdrawn.
    Several files in one command are parts of one list.

    A file of `register export` holds a whole register: without --organisation it fills an empty store, as
    `register load` does.
    """
    if not choices.organisation:
        if len(files) == 1 and is_register_file(files[0]):
            load_whole(request, files[0])
            return EXIT_OK
        raise click.UsageError(  # inventories need an organisation
            translate(
                "Missing option '--organisation'. Name the organisation that has the equipment; "
                "`overzicht register organisations list` lists them"
            )
        )
    with request.store.reading() as connection:
        owner = known_organisation(connection, choices.organisation, request.act.day).id
    if profile:
        choices = replace(choices, mapping=(*fields_of_profile(profile, owner), *choices.mapping))
    views, lines = list[ImportView](), list[str]()
    for path in files:
        choices = replace(choices, beside=tuple(view.import_.id for view in views))
        with offering_profiles([path], owner):
            view = importing.preview_import(request.store, path, choices, request.act)
        if accept and view.import_.status is Status.PREVIEW:
            view = importing.accept_import(
                request.store, view.import_.id, request.act, confirm_retired=confirm_retired
            )
        views.append(view)
        lines += () if request.as_json else _view_lines(request.store, view)
    request.show(lambda: views, lambda: lines)
    return EXIT_INCOMPLETE if any(view.is_incomplete for view in views) else EXIT_OK


def _on_its_date(store: Store, number: int, request: Request) -> Request:
    """Return the request on the date of import `number`: its rows count from that date."""
    return replace(request, as_of=importing.show_import(store, number, page=Page(size=1)).import_.day)


@command()
@click.argument("number", type=int)
@confirm_option
@standard("by", "json")
def accept(request: Request, number: int, *, confirm_retired: bool) -> None:
    """Write import NUMBER into the register. Unclear rows without a choice are left out."""
    act = _on_its_date(request.store, number, request).act
    view = importing.accept_import(request.store, number, act, confirm_retired=confirm_retired)
    request.say(view, _headline(view.import_))


@command()
@click.argument("number", type=int)
@reason_option
@standard("by", "json")
def reject(request: Request, number: int, reason: str) -> None:
    """Reject import NUMBER. It remains in the history, and the file can be imported again."""
    view = importing.reject_import(
        request.store, number, _on_its_date(request.store, number, request).act, reason
    )
    request.say(view, _headline(view.import_))


@command()
@click.argument("number", type=int)
@reason_option
@standard("by", "json")
def undo(request: Request, number: int, reason: str) -> None:
    """Undo accepted import NUMBER: the register is as it was before it.

    The import remains in the history. It is refused if a later import, change, plan or decision uses what the
    import wrote; the message names it.
    """
    view = undo_import(request.store, number, request.act, reason)
    request.say(view, _headline(view.import_))


@command()
@click.argument("number", type=int)
@click.argument("row", type=int)
@click.argument("choice")
@standard("by", "json")
def choose(request: Request, number: int, row: int, choice: str) -> None:
    """Choose the device of an unclear ROW of import NUMBER, before the import is accepted.

    CHOICE is the id of a device, `new`, `skip`, or `replaces:` with the id of the device that it replaces.
    """
    importing.resolve_row(
        request.store, number, row, choice, _on_its_date(request.store, number, request).act
    )
    sentence = speak("import {number}, row {row}: {choice}", number=number, row=row, choice=choice)
    request.say({"import": number, "row": row, "choice": choice}, sentence)


@command()
@click.argument("number", type=int, required=False)
@click.option("--outcome", type=ValueChoice(Outcome), help="Only rows with this outcome.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page of 50 rows.")
@standard("json")
def imports(request: Request, number: int | None, outcome: Outcome | None, page: int) -> None:
    """List the imports, or show the rows of import NUMBER."""
    if number is None:
        stored = importing.list_imports(request.store)
        request.show(
            lambda: stored,
            lambda: map(_headline, stored),
            empty=translate("no imports yet; `overzicht register import FILE --organisation X` makes one"),
        )
        return
    view = importing.show_import(request.store, number, outcome=outcome, page=Page(page))
    left_out = list(map(spoken, record_sentences(view.account))) if outcome is None else ()
    request.show(lambda: view, lambda: [_headline(view.import_), *map(_line, view.rows), *left_out])


def _view_lines(store: Store, view: ImportView) -> Iterator[str]:
    if view.seen_before is not None:
        before = view.seen_before
        by, at = before.decided_by or before.actor, before.decided_at or before.at
        yield speak(
            "{file}: seen before, {status} by {actor} on {day} (import {number})",
            actor=by,
            file=before.filename,
            status=before.status,
            day=at[:10],
            number=before.id,
        )
        return
    number = view.import_.id
    yield _headline(view.import_)
    if view.import_.supersedes:
        yield speak(
            "It replaces import {number} of the same date. What only that list showed is withdrawn",
            number=view.import_.supersedes,
        )
    for outcome in filter(lambda kind: view.counts.get(kind.value), SHOWN_OUTCOMES):
        some = importing.show_import(store, number, outcome=outcome, page=Page(size=SHOWN))
        yield f"{worded(outcome)}: {some.total}"
        yield from map(_line, some.rows)
        if some.total > SHOWN:
            rest = f"`overzicht register imports {number} --outcome {outcome.value}`"
            yield "  " + speak("and {count} more: {command}", count=some.total - SHOWN, command=rest)
    yield from map(spoken, record_sentences(view.account))
    # what a person must decide: contradictions in the file, a torn end, a guessed reading
    options = view.import_.options
    for doubt in options.get("doubts", ()):
        yield f"{place_text(doubt['place'])}: {worded(Text.from_json(doubt['reason']))}"
    end = options.get("end")
    if end and end["is_whole"] is False:
        yield speak("The file is incomplete: {end}", end=worded(Text.from_json(end["evidence"])))
    if options.get("proposed"):
        yield speak("No known format explains this file. Check the columns, then add --accept-reading")
    if view.import_.unread_columns:
        yield speak("columns that were not read: {names}", names=", ".join(view.import_.unread_columns))
    if view.import_.status is Status.PREVIEW:
        if view.import_.retirement.is_large:
            ended = view.import_.retirement
            yield speak(
                "{count} of {all} devices in use would no longer be in use", count=ended.devices, all=ended.of
            )
        yield speak("nothing is written yet; `overzicht register accept {number}` writes it", number=number)


def _headline(stored: StoredImport) -> str:
    counts = ", ".join(f"{count} {worded(Outcome(name))}" for name, count in stored.counts.items() if count)
    status = worded(stored.status)
    if stored.decided_by:
        status = speak("{status} by {actor}", status=status, actor=stored.decided_by)
    head = speak("import {number}", number=stored.id)
    return f"{head}  {stored.organisation_id}  {stored.day}  {stored.filename}  {status}: {counts}"


def _line(row: RowView) -> str:
    name = row.device_id or (row.sighting.label if row.sighting else "") or row.place
    changes = "; ".join(
        f"{translate(change.field)}: {change.old or '-'} → {change.new or '-'}" for change in row.changes
    )
    key = f" [{translate(row.matched_by)}]" if row.matched_by else ""
    why = f" {spoken(row.why)}" if row.why else ""
    may_be = f" {speak('may be {names}', names=', '.join(row.candidates))}" if row.candidates else ""
    place = place_text(row.place) or translate("not in the file")
    return f"  {row.number}  {name} ({place}){key}{why}{may_be} {changes}".rstrip()
