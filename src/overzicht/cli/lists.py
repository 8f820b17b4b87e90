"""`overzicht lists`: official lists in, their state, and how they changed."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click

from overzicht.cli.options import DayType, Request, file_argument, gathered, now, opened_store, standard
from overzicht.cli.output import json_text
from overzicht.errors import EXIT_FETCH, EXIT_INCOMPLETE, EXIT_INPUT, EXIT_OK, InputFileError, OverzichtError
from overzicht.settings import read_settings
from overzicht.sources.fetch import Fetcher
from overzicht.views.lists import ListView, compared
from overzicht.workflows.ingest import Choices, Ingested, add_list_file, companions_of
from overzicht.workflows.lists import ListDiff, ListState, Update, diff_list, list_states, update_lists

SHOWN = 20


@click.group()
def lists() -> None:
    """Manage official lists: add files, fetch updates, show their dates and changes."""


@lists.command()
@file_argument(several=True)
@click.option("--list", "list_id", help="Id of the list. Default: detected from the content.")
@click.option("--partial", is_flag=True, help="Load the good records of a damaged file, marked incomplete.")
@click.option("--force", is_flag=True, help="Accept a file whose record count is outside the expected range.")
@click.option("--published", type=DayType(), help="Date of publication, for a file that does not state it.")
@click.option(
    "--not-official",
    "is_official",
    flag_value=False,
    default=True,
    help="Mark the file as not the publisher's own.",
)
@standard("by", "json")
@gathered("choices", Choices)
def add(request: Request, files: tuple[Path, ...], choices: Choices) -> int:
    """Load list files. Each is recognised, read strictly, and stored whole or not at all.

    A folder loads every file in it. A folder without a file is refused.

    Example: overzicht lists add 20210302-FULL-1_1.xml.gz
    """
    code = EXIT_OK
    loaded: list[tuple[str, Ingested]] = []
    with opened_store() as store:
        for path in [*filter(_is_empty, files), *_expanded(files)]:
            try:
                if path.is_dir():
                    raise InputFileError(
                        str(path), "there is no file in this folder", fix="name a folder with list files"
                    )
                loaded.append((path.name, add_list_file(store, path, choices, actor=request.actor, at=now())))
            except OverzichtError as error:
                click.echo(f"overzicht: {error}", err=True)
                code = max(code, error.exit_code)
    if any(ingested.problems for _, ingested in loaded):
        code = max(code, EXIT_INCOMPLETE)
    request.show(
        lambda: [_ingested_json(name, ingested) for name, ingested in loaded],
        lambda: [_ingested_line(name, ingested) for name, ingested in loaded],
    )
    return code


def _ingested_json(name: str, ingested: Ingested) -> dict[str, Any]:
    snapshot = ingested.snapshot
    return {
        "file": name,
        "list": snapshot.source,
        "part": snapshot.part,
        "sha256": snapshot.sha256,
        "published": snapshot.published,
        "records": ingested.records,
        "known": ingested.was_known,
        "problems": list(map(str, ingested.problems)),
    }


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
@standard("by", "json")
def update(request: Request, list_ids: tuple[str, ...]) -> int:
    """Fetch lists (all, or those named) from the addresses on their cards.

    An address that needs a token takes it from the environment; the message names the variable. If one list
    fails, its version in use remains and the others continue.

    Example: overzicht lists update un-sc
    """
    code = EXIT_OK
    results = []
    with opened_store() as store:
        fetcher = Fetcher(read_settings().values)
        for result in update_lists(
            store, list_ids, fetcher, actor=request.actor, now=now, progress=_progress
        ):
            results.append(result)
            if result.fault is not None or not request.as_json:
                click.echo(_update_line(result), err=result.fault is not None)
            if result.fault is not None:
                code = max(code, result.fault.exit_code)
    if request.as_json:
        click.echo(
            json_text([{"list": each.list_id, "part": each.part, **_outcome(each)} for each in results])
        )
    return EXIT_INPUT if code not in (EXIT_OK, EXIT_FETCH) else code


def _outcome(result: Update) -> dict[str, Any]:
    ingested = None if result.is_unchanged else result.ingested
    return {
        "fault": str(result.fault) if result.fault else None,
        "by_hand": result.by_hand,
        "loaded": _ingested_json(ingested.snapshot.filename, ingested) if ingested else None,
    }


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
@standard("as-of", "json")
def status(request: Request) -> None:
    """Show each list: loaded version, date, and whether it covers the requested date."""
    with opened_store() as store:
        states = list_states(store, request.as_of)
    request.show(
        lambda: [ListView.of(state) for state in states],
        lambda: (line for state in states for line in _state_lines(state)),
    )


def _state_lines(state: ListState) -> Iterator[str]:
    yield f"{state.card.id}: {state.card.title} ({state.card.publisher})"
    yield f"    {'can tell' if state.coverage.covers_date else 'not checked'}: {state.coverage.note}"
    for stored in state.snapshots:
        snapshot = stored.snapshot
        marks = ["starter facts"] if stored.is_starter else _marks(snapshot.official, snapshot.complete)
        part = snapshot.part or "(whole list)"
        shown = "".join(f"  [{mark}]" for mark in marks)
        yield f"    {stored.version.day}  {stored.record_count:>9,} records  {snapshot.id}  {part}{shown}"
    if all(stored.is_starter for stored in state.snapshots):
        yield f"    to load: {'; '.join(each.url for each in state.card.addresses) or state.card.by_hand}"


@lists.command()
@click.argument("list_id")
@click.argument("before")
@click.argument("after")
@standard("json")
def diff(request: Request, list_id: str, before: str, after: str) -> None:
    """Show what was listed, delisted and changed between two versions of a list.

    BEFORE and AFTER are dates (YYYY-MM-DD), or starts of hashes as `lists status` shows them.

    Example: overzicht lists diff us-csl 2021-01-01 2022-01-01
    """
    with opened_store() as store:
        comparison = diff_list(store, list_id, before, after)
    request.show(lambda: compared(comparison), lambda: _diff_lines(list_id, comparison))


def _diff_lines(list_id: str, comparison: ListDiff) -> Iterator[str]:
    days = f"{comparison.before.version.day} → {comparison.after.version.day}"
    listed, delisted, changed = comparison.listed, comparison.delisted, comparison.changed
    yield f"{list_id}: {days}: {len(listed)} listed, {len(delisted)} delisted, {len(changed)} changed"
    if not comparison.is_complete:
        yield "one version is incomplete: a record that it lacks was not necessarily removed"
    for sign, records in (("+", listed), ("-", delisted)):
        yield from (f"{sign} {record.caption} ({record.id})" for record in records)
    for change in changed:
        yield f"~ {change.caption} ({change.record_id})"
        for sign, values in (("-", change.removed), ("+", change.added)):
            yield from (f"    {sign} {prop}: {value}" for prop, value in values)
