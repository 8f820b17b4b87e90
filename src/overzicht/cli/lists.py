"""`overzicht lists`: official lists in, their state, and how they changed."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from overzicht.cli.options import DayType, as_of_option, by_option, json_option, json_text, now, opened_store
from overzicht.errors import EXIT_FETCH, EXIT_INCOMPLETE, EXIT_INPUT, EXIT_OK, InputFileError, OverzichtError
from overzicht.sources.fetch import Fetcher
from overzicht.views.lists import ListView, compared
from overzicht.workflows.ingest import Choices, Ingested, add_list_file, companions_of
from overzicht.workflows.lists import Update, diff_list, list_states, update_lists

SHOWN = 20


@click.group()
def lists() -> None:
    """Official lists: add files, fetch updates, see how old they are and what changed."""


@lists.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--list", "list_id", help="Which list it is, where that should not be recognised.")
@click.option("--partial", is_flag=True, help="Load the good records of a damaged file; marked incomplete.")
@click.option("--force", is_flag=True, help="Take a file with too few or too many records.")
@click.option("--published", type=DayType(), help="The day of the state, where the file does not say it.")
@click.option("--not-official", is_flag=True, help="Mark the file as not the publisher's own.")
@by_option
def add(  # noqa: PLR0913, PLR0917 - one parameter per option
    files: tuple[Path, ...],
    list_id: str | None,
    partial: bool,
    force: bool,
    published: date | None,
    not_official: bool,
    actor: str,
) -> int:
    """Load list files; each is recognised, read strictly, and kept whole or not at all.

    A folder loads every file in it; one without a file is refused.
    Example: overzicht lists add 20210302-FULL-1_1.xml.gz
    """
    choices = Choices(
        list_id=list_id, partial=partial, force=force, published=published, is_official=not not_official
    )
    code = EXIT_OK
    with opened_store() as (store, _):
        for folder in filter(_is_empty, files):
            error = InputFileError(
                str(folder), "there is no file in this folder", fix="name a folder with list files"
            )
            click.echo(f"overzicht: {error}", err=True)
            code = error.exit_code
        for path in _expanded(files):
            try:
                ingested = add_list_file(store, path, choices, actor=actor, at=now())
            except OverzichtError as error:
                click.echo(f"overzicht: {error}", err=True)
                code = max(code, error.exit_code)
                continue
            click.echo(_ingested_line(path.name, ingested))
            if ingested.problems:
                code = max(code, EXIT_INCOMPLETE)
    return code


def _is_empty(path: Path) -> bool:
    """Return whether a folder has no file of its own; those in folders below it are not looked for."""
    return path.is_dir() and not any(each.is_file() for each in path.iterdir())


def _expanded(files: tuple[Path, ...]) -> list[Path]:
    """Return the files to add: those of folders too, without what is read along with another file."""
    found: list[Path] = []
    for path in files:
        inside = sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]
        along = companions_of(inside) if path.is_dir() else set()
        found.extend(each for each in inside if each not in along)
    return found


def _ingested_line(name: str, ingested: Ingested) -> str:
    snapshot = ingested.snapshot
    title = f"{snapshot.source}{f' ({snapshot.part})' if snapshot.part else ''}"
    if ingested.was_known:
        return f"{name}: {title}, already loaded ({snapshot.id})"
    marks = "".join(f"; {mark}" for mark in _marks(snapshot.official, snapshot.complete))
    day = snapshot.published or "an unknown day"
    lines = [f"{name}: {title}, {ingested.records:,} records, state of {day}, snapshot {snapshot.id}{marks}"]
    lines += [f"  ! {problem}" for problem in ingested.problems[:SHOWN]]
    if len(ingested.problems) > SHOWN:
        lines.append(f"  ! and {len(ingested.problems) - SHOWN} more")
    lines += [f"  · {remark}" for remark in snapshot.remarks[:SHOWN]]
    return "\n".join(lines)


def _marks(official: bool, complete: bool) -> list[str]:
    return [
        *([] if official else ["NOT OFFICIAL"]),
        *([] if complete else ["INCOMPLETE"]),
    ]


@lists.command()
@click.argument("list_ids", nargs=-1)
@by_option
def update(list_ids: tuple[str, ...], actor: str) -> int:
    """Fetch lists (all, or those named) from the addresses on their cards.

    An address that needs a token takes it from the environment (the message names the variable). A fault of
    one list leaves its version in use and does not stop the others.
    """
    code = EXIT_OK
    with opened_store() as (store, settings):
        fetcher = Fetcher(settings.values)
        for result in update_lists(store, list_ids, fetcher, actor=actor, now=now, progress=_progress):
            click.echo(_update_line(result), err=result.fault is not None)
            if result.fault is not None:
                code = max(code, result.fault.exit_code)
    return EXIT_INPUT if code not in (EXIT_OK, EXIT_FETCH) else code


def _progress(title: str) -> Callable[[int, int | None], None]:
    """Return a callback that shows how much of a file has come, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda _received, _total: None

    def show(received: int, total: int | None) -> None:
        share = f" of {total / 1e6:.1f}" if total else ""
        click.echo(f"\r{title}: {received / 1e6:.1f}{share} MB", nl=False, err=True)
        if received == total:
            click.echo("", err=True)

    return show


def _update_line(result: Update) -> str:
    title = f"{result.list_id}{f' ({result.part})' if result.part else ''}"
    if result.fault is not None:
        return f"{title}: {result.fault}"
    if result.by_hand:
        return f"{title}: by hand. {result.by_hand}"
    if result.ingested is None or result.is_unchanged:
        return f"{title}: nothing new"
    return _ingested_line(result.ingested.snapshot.filename, result.ingested)


@lists.command()
@as_of_option
@json_option
def status(as_of: date, as_json: bool) -> None:
    """Show every list: what is loaded, of which day, and whether it can tell for the day."""
    with opened_store() as (store, _):
        states = list_states(store, as_of)
    if as_json:
        click.echo(json_text([ListView.of(state) for state in states]))
        return
    for state in states:
        click.echo(f"{state.card.id}: {state.card.title} ({state.card.publisher})")
        click.echo(f"    {'can tell' if state.coverage.can_tell else 'not checked'}: {state.coverage.note}")
        for stored in state.snapshots:
            snapshot = stored.snapshot
            marks = (
                [*_marks(snapshot.official, snapshot.complete)]
                if not stored.is_starter
                else ["starter facts"]
            )
            click.echo(
                f"    {stored.version.day}  {stored.record_count:>9,} records  {snapshot.id}  "
                f"{snapshot.part or '(whole list)'}{''.join(f'  [{mark}]' for mark in marks)}"
            )
        if not any(not stored.is_starter for stored in state.snapshots):
            where = "; ".join(address.url for address in state.card.addresses) or state.card.by_hand
            click.echo(f"    to load: {where}")


@lists.command()
@click.argument("list_id")
@click.argument("before")
@click.argument("after")
@json_option
def diff(list_id: str, before: str, after: str, as_json: bool) -> None:
    """Show what was listed, delisted and changed between two versions of a list.

    BEFORE and AFTER are days (YYYY-MM-DD) or starts of hashes as `lists status` shows them.
    """
    with opened_store() as (store, _):
        found = diff_list(store, list_id, before, after)
    if as_json:
        click.echo(json_text(compared(found)))
        return
    click.echo(
        f"{list_id}: {found.before.version.day} → {found.after.version.day}: {len(found.listed)} listed, "
        f"{len(found.delisted)} delisted, {len(found.changed)} changed"
    )
    if not found.is_complete:
        click.echo("one of the versions is incomplete: what is absent from it was not necessarily removed")
    for record in found.listed:
        click.echo(f"+ {record.caption} ({record.id})")
    for record in found.delisted:
        click.echo(f"- {record.caption} ({record.id})")
    for change in found.changed:
        click.echo(f"~ {change.caption} ({change.record_id})")
        for prop, value in change.removed:
            click.echo(f"    - {prop}: {value}")
        for prop, value in change.added:
            click.echo(f"    + {prop}: {value}")
