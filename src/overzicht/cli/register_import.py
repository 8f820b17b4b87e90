"""`overzicht register import`: an inventory is compared and shown, and written when a person accepts it."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.options import as_of_option, by_option, json_option, json_text, now, opened_store
from overzicht.cli.overview import ColumnChoice
from overzicht.cli.register_store import load_whole
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.register.model import Outcome, Status
from overzicht.store.database import Store
from overzicht.store.moving.transfer import is_register_file
from overzicht.store.register.devices import Page
from overzicht.store.register.imports import RowView, StoredImport
from overzicht.workflows.licensing.act import Act
from overzicht.workflows.register import importing
from overzicht.workflows.register.importing import ImportChoices, ImportView

SHOWN = 20
SHOWN_OUTCOMES = (Outcome.ADDED, Outcome.CHANGED, Outcome.GONE, Outcome.UNCLEAR, Outcome.UNREADABLE)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--organisation", default="", help="Whose equipment it is: an id or a name in the register.")
@click.option("--site", default="", help="The one site it is about; rows that name none get it.")
@click.option(
    "--mapping", type=ColumnChoice(), multiple=True, help="What a column is; see `overview --column`."
)
@click.option("--sheet", default="", help="The one sheet of a workbook to read.")
@click.option("--kind", default="", help="What the file is, where that is not recognised.")
@click.option(
    "--whole/--part", "is_whole", default=None,
    help="Whether what it leaves out is gone; by default so for tables, not for scans.",
)  # fmt: skip
@click.option("--again", is_flag=True, help="Take a file that was accepted before once more.")
@click.option("--accept", is_flag=True, help="Write it at once; rows that are unclear stay out.")
@as_of_option
@by_option
@json_option
def import_(  # noqa: PLR0913 - one parameter per option
    files: tuple[Path, ...],
    organisation: str,
    *,
    site: str,
    mapping: tuple[tuple[str, str], ...],
    sheet: str,
    kind: str,
    is_whole: bool | None,
    again: bool,
    accept: bool,
    as_of: date,
    actor: str,
    as_json: bool,
) -> int:
    """Compare inventories with the register and show what is added, changed and gone; --accept writes it.

    --as-of is the day on which the inventory was so. What is gone is never deleted: it becomes `not seen`.
    Exit code 1 when rows are unclear or could not be read.

    A file of `register export` is no inventory but a whole register: it fills an empty store, without
    --organisation, as `register load` does.

    Example: overzicht register import cameras.xlsx --organisation gemeente-voorbeeldstad
    """
    if _is_whole_register(files, organisation):
        load_whole(files[0])
        return EXIT_OK
    choices = ImportChoices(organisation, site, mapping, sheet, kind, is_whole, again)
    views = []
    with opened_store() as (store, _):
        for path in files:
            act = Act(as_of, actor, now())
            view = importing.preview_import(store, path, choices, act)
            if accept and view.import_.status is Status.PREVIEW:
                view = importing.accept_import(store, view.import_.id, act)
            views.append(view)
            if not as_json:
                _show_with_rows(store, view)
    if as_json:
        click.echo(json_text([_import_json(view) for view in views]))
    is_left = any(view.counts.get(each, 0) for view in views for each in ("unclear", "unreadable"))
    return EXIT_INCOMPLETE if is_left else EXIT_OK


def _is_whole_register(files: tuple[Path, ...], organisation: str) -> bool:
    """Return whether the one file is an exported register; inventories need an organisation."""
    if not organisation and len(files) == 1 and is_register_file(files[0]):
        return True
    if not organisation:
        raise click.UsageError("Missing option '--organisation'.")
    return False


@click.command()
@click.argument("number", type=int)
@by_option
def accept(number: int, actor: str) -> None:
    """Write import NUMBER into the register; unclear rows that nobody chose for stay out of it."""
    with opened_store() as (store, _):
        found = importing.show_import(store, number, page=Page(size=1)).import_
        view = importing.accept_import(store, number, Act(found.day, actor, now()))
    click.echo(_headline(view.import_))


@click.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why.")
@by_option
def reject(number: int, reason: str, actor: str) -> None:
    """Reject the preview of import NUMBER; it stays to be read, and the file can be offered again."""
    with opened_store() as (store, _):
        found = importing.show_import(store, number, page=Page(size=1)).import_
        view = importing.reject_import(store, number, Act(found.day, actor, now()), reason)
    click.echo(_headline(view.import_))


@click.command()
@click.argument("number", type=int)
@click.argument("row", type=int)
@click.argument("choice")
@by_option
def choose(number: int, row: int, choice: str, actor: str) -> None:
    """Say what an unclear ROW of import NUMBER is, before it is accepted.

    CHOICE is the id of the device that it is, `new`, `skip`, or `replaces:` and the id of the device whose
    place it took.
    """
    with opened_store() as (store, _):
        found = importing.show_import(store, number, page=Page(size=1)).import_
        importing.resolve_row(store, number, row, choice, Act(found.day, actor, now()))
    click.echo(f"import {number}, row {row}: {choice}")


@click.command()
@click.argument("number", type=int, required=False)
@click.option(
    "--outcome", type=click.Choice([each.value for each in Outcome]), help="Only rows of this outcome."
)
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Which 50 rows.")
@json_option
def imports(number: int | None, outcome: str | None, page: int, as_json: bool) -> None:
    """List the imports, or show the rows of import NUMBER."""
    with opened_store() as (store, _):
        if number is None:
            kept = importing.list_imports(store)
            views = []
        else:
            kept = ()
            wanted = Outcome(outcome) if outcome else None
            views = [importing.show_import(store, number, outcome=wanted, page=Page(page))]
    if as_json:
        told = [_stored_json(each) for each in kept] if number is None else _import_json(views[0])
        click.echo(json_text(told))
        return
    if number is None and not kept:
        click.echo("no imports yet; `overzicht register import FILE --organisation X` makes one")
    for each in kept:
        click.echo(_headline(each))
    for view in views:
        click.echo(_headline(view.import_))
        for row in view.rows:
            click.echo(_line(row))


def _show_with_rows(store: Store, view: ImportView) -> None:
    if view.seen_before is not None:
        before = view.seen_before
        by, at = before.decided_by or before.actor, before.decided_at or before.at
        click.echo(
            f"{before.filename}: seen before, {before.status} by {by} on {at[:10]} (import {before.id})"
        )
        return
    click.echo(_headline(view.import_))
    for outcome in SHOWN_OUTCOMES:
        if not view.counts.get(outcome.value):
            continue
        some = importing.show_import(store, view.import_.id, outcome=outcome, page=Page(size=SHOWN))
        click.echo(f"{outcome.value}: {some.total}")
        for row in some.rows:
            click.echo(_line(row))
        if some.total > SHOWN:
            click.echo(f"  and {some.total - SHOWN} more: `overzicht register imports {view.import_.id} "
                       f"--outcome {outcome.value}`")  # fmt: skip
    if view.import_.status is Status.PREVIEW:
        click.echo(f"nothing is written yet; `overzicht register accept {view.import_.id}` writes it")


def _headline(each: StoredImport) -> str:
    counts = ", ".join(f"{count} {name}" for name, count in each.counts.items() if count)
    by = f" by {each.decided_by}" if each.decided_by else ""
    return (
        f"import {each.id}  {each.organisation_id}  {each.day}  {each.filename}  {each.status}{by}: {counts}"
    )


def _line(row: RowView) -> str:
    name = row.device_id or (row.sighting.label if row.sighting else "") or row.place
    changes = "; ".join(f"{each.field}: {each.old or '-'} → {each.new or '-'}" for each in row.changes)
    key = f" [{row.matched_by}]" if row.matched_by else ""
    why = f" {row.why}" if row.why else ""
    may_be = f" may be {', '.join(row.candidates)}" if row.candidates else ""
    return f"  {row.number}  {name} ({row.place or 'not in the file'}){key}{why}{may_be} {changes}".rstrip()


def _stored_json(each: StoredImport) -> dict[str, Any]:
    return asdict(each) | {"day": each.day.isoformat(), "status": each.status.value}


def _import_json(view: ImportView) -> dict[str, Any]:
    rows = [
        {
            "row": row.number, "outcome": row.outcome.value, "device": row.device_id, "place": row.place,
            "matched_by": row.matched_by, "changes": [asdict(each) for each in row.changes],
            "candidates": list(row.candidates), "choice": row.choice, "why": str(row.why) if row.why else "",
        }
        for row in view.rows
    ]  # fmt: skip
    before = view.seen_before
    return _stored_json(view.import_) | {"rows": rows, "total": view.total,
                                         "seen_before": before.id if before else None}  # fmt: skip
