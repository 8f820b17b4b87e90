"""`overzicht lists`: import official lists, show their versions, and how they changed."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import group
from overzicht.cli.language import (
    error_text,
    grouped,
    problem_line,
    reworded,
    speak,
    spoken,
    translate,
    worded,
)
from overzicht.cli.options import EXISTING_FILE, DayType, Request, file_argument, lang_option, now, standard
from overzicht.errors import (
    EXIT_FETCH,
    EXIT_INCOMPLETE,
    EXIT_INPUT,
    EXIT_OK,
    InputFileError,
    OverzichtError,
    UnknownNameError,
)
from overzicht.evidence import text
from overzicht.settings import read_settings
from overzicht.sources.fetch import Fetcher
from overzicht.sources.interface import RecordProblem
from overzicht.sources.lists.interface import Account
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.lists.citation_lines import marks
from overzicht.subjects.lists.loading import Choices, ImportedList, add_list_file, companions_of
from overzicht.subjects.lists.updating import (
    ListDiff,
    ListState,
    Update,
    diff_list,
    list_states,
    update_lists,
)
from overzicht.subjects.lists.views import ListView, account_view, compared, party_view
from overzicht.workflows.ownlists import Declared, declared_in, ready_mappings

SHOWN = 20


class MappingType(click.ParamType[Declared]):
    """A file with the mapping of an own list, or the name of a ready mapping."""

    name = "MAPPING"

    def convert(
        self, value: str | Declared, param: click.Parameter | None, ctx: click.Context | None
    ) -> Declared:
        """Return the text of the mapping; an error of the product if there is no such file or name."""
        del param, ctx
        return declared_in(value) if isinstance(value, str) else value


@group()
def lists() -> None:
    """Manage official lists: add files, fetch updates, show their dates and changes."""


@lists.command()
@file_argument(several=True)
@click.option("--list", "list_id", help="Id of the list. Default: detected from the content.")
@click.option(
    "--mapping",
    type=MappingType(),
    help="Mapping of an own list: a file, or the name of a ready one. Next time --list is enough.",
)
@click.option(
    "--records",
    type=click.IntRange(min=0),
    help="Number of records that the file has, as you know it. It confirms that the file is complete.",
)
@click.option("--partial", is_flag=True, help="Load the good records of a damaged file, marked incomplete.")
@click.option("--force", is_flag=True, help="Accept a file whose record count is outside the expected range.")
@click.option("--published", type=DayType(), help="Date of publication, for a file that does not state it.")
@click.option(
    "--not-official",
    "is_official",
    flag_value=False,
    default=True,
    help="Mark the file as not from the publisher.",
)
@standard("by", "json", choices=Choices)
def add(request: Request, files: tuple[Path, ...], choices: Choices) -> int:
    """Load list files. Each is recognised, read strictly, and stored completely or not at all.

    A folder loads every file in it. A folder without a file is refused. With --mapping it is an own list.
    """
    code = EXIT_OK
    loaded: list[tuple[str, ImportedList]] = []
    # the files to add: empty folders first, and of other folders the files that none comes with
    chosen: list[Path] = []
    empty: list[Path] = []
    for given in files:
        inside = sorted(filter(Path.is_file, given.iterdir())) if given.is_dir() else [given]
        along = companions_of(inside) if given.is_dir() else set()
        chosen += [file for file in inside if file not in along]
        empty += [] if inside else [given]
    for path in empty + chosen:
        try:
            if path.is_dir():
                raise InputFileError(
                    str(path), "there is no file in this folder", fix="name a folder with list files"
                )
            ingested = add_list_file(request.store, path, choices, actor=request.actor, at=now())
            loaded.append((path.name, ingested))
            is_unread = ingested.problems or (ingested.account is not None and ingested.account.unread)
            code = max(code, EXIT_INCOMPLETE if is_unread else EXIT_OK)
        except OverzichtError as error:
            click.echo(f"overzicht: {error_text(error)}", err=True)
            code = max(code, error.exit_code)
    request.show(
        lambda: [_ingested_json(name, ingested) for name, ingested in loaded],
        lambda: (line for name, ingested in loaded for line in _ingested_lines(name, ingested)),
    )
    if any(not ingested.was_known for _, ingested in loaded):
        code = max(code, _follow(request))
    return code


def _follow(request: Request) -> int:
    """Check what the new versions mean for the parties in use, and print the alerts on standard error.

    Returns the exit code: 1 if a stored licence case cannot be read.
    """
    from overzicht.subjects.lists.change_lines import versions_lines  # noqa: PLC0415 - only needed after a change
    from overzicht.subjects.lists.followers import follow  # noqa: PLC0415 - the same

    problems: list[StoredRecordError] = []
    _, versions = follow(request.store, request.act, problems)
    for line in versions_lines(version for version in versions if version.alerts):
        click.echo(line, err=True)
    return request.report(problems)


def _ingested_json(name: str, ingested: ImportedList) -> dict[str, Any]:
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
        "doubt": ingested.doubt,
        "account": account_view(ingested.account, ingested.problems) if ingested.account else None,
    }


def _ingested_lines(name: str, ingested: ImportedList) -> Iterator[str]:
    snapshot = ingested.snapshot
    title = _title(snapshot.source, snapshot.part)
    if ingested.was_known:
        yield speak(
            "{file}: {list}, already loaded ({snapshot})", file=name, list=title, snapshot=snapshot.id
        )
        return
    shown = "".join(f"; {mark}" for mark in marks(official=snapshot.official, complete=snapshot.complete))
    state = text("state of {day}", day=snapshot.published) if snapshot.published else text("undated")
    line = speak(
        "{file}: {list}, {count} records, {state}, snapshot {snapshot}",
        file=name,
        list=title,
        count=grouped(ingested.records),
        state=state,
        snapshot=snapshot.id,
    )
    yield line + shown
    if ingested.account is not None:
        yield from (f"  · {line}" for line in _account_lines(ingested.account, ingested.problems))
    if ingested.doubt:
        yield "  ! " + speak(
            "it does not prove that a party is absent: {reason}", reason=reworded(ingested.doubt)
        )
    yield from (f"  ! {problem_line(problem)}" for problem in ingested.problems[:SHOWN])
    if len(ingested.problems) > SHOWN:
        yield "  ! " + speak("and {count} more", count=len(ingested.problems) - SHOWN)
    yield from (f"  · {reworded(remark)}" for remark in snapshot.remarks[:SHOWN])


def _account_lines(account: Account, problems: Sequence[RecordProblem]) -> Iterator[str]:
    """Yield the sum of the records of a file of an own list, and what was left out or not read."""
    left_out = sum(left.count for left in account.left_out.values())
    yield speak(
        "{read} records read: {parties} parties, {merged} merged, {left_out} left out, {unread} unread",
        read=grouped(account.read),
        parties=grouped(account.parties),
        merged=grouped(account.merged),
        left_out=grouped(left_out),
        unread=grouped(len(problems)),
    )
    yield speak("its end: {end}", end=reworded(account.end) or translate("the format does not show it"))
    for reason, left in account.left_out.items():
        examples = "; ".join(left.examples)
        yield speak(
            "left out: {reason} ({count}: {examples})", reason=reason, count=left.count, examples=examples
        )
    for key, left in account.unread.items():
        examples = "; ".join(left.examples)
        yield speak(
            "values not read, key {key} ({count}): {examples}", key=key, count=left.count, examples=examples
        )


@lists.command()
@click.argument("file", type=EXISTING_FILE)
@click.option(
    "--mapping",
    type=MappingType(),
    required=True,
    help="Mapping of the list: a file, or the name of a ready one.",
)
@click.option(
    "--first", type=click.IntRange(min=0), help="The largest number of parties to print. Default: all."
)
@lang_option()
def preview(file: Path, mapping: Declared, first: int | None) -> int:
    """Show what a mapping makes of a file, before anything is stored.

    The result is one line of JSON per party. The sum of the records, and all that was not read, follow on
    standard error.
    """
    from overzicht.workflows.ownlists import previewed  # noqa: PLC0415 - readers of own lists, only here

    lines, report = previewed(file, mapping)
    for number, line in enumerate(lines):
        if first is None or number < first:
            click.echo(party_view(line).model_dump_json())
    account = report.account or Account()
    for line_text in _account_lines(account, report.problems):
        click.echo(line_text, err=True)
    for problem in report.problems[:SHOWN]:
        click.echo(f"! {problem_line(problem)}", err=True)
    for remark in report.remarks:
        click.echo(reworded(remark), err=True)
    for field, count in report.ignored.most_common(SHOWN):
        click.echo(speak("not taken: {field} ({count})", field=field, count=count), err=True)
    return EXIT_INCOMPLETE if report.problems or account.unread else EXIT_OK


@lists.command()
@click.argument("name", required=False)
@standard("json")
def mappings(request: Request, name: str | None) -> None:
    """Show the ready mappings, or print one: to use it, or to start an own mapping from it."""
    ready = ready_mappings()
    chosen = [ready_mapping for ready_mapping in ready if name in (None, ready_mapping.name)]
    if not chosen:
        raise UnknownNameError(
            "ready mapping", name or "", tuple(ready_mapping.name for ready_mapping in ready)
        )
    request.show(
        lambda: [asdict(ready_mapping) for ready_mapping in chosen],
        lambda: (
            (f"{ready_mapping.name}: {ready_mapping.title}" for ready_mapping in chosen)
            if name is None
            else (chosen[0].text.rstrip(),)
        ),
    )


def _title(list_id: str, part: str) -> str:
    return f"{list_id} ({part})" if part else list_id


@lists.command()
@click.argument("list_ids", nargs=-1)
@standard("by", "json")
def update(request: Request, list_ids: tuple[str, ...]) -> int:
    """Fetch lists (all, or those named) from the addresses on their cards.

    An address that needs a token takes it from the environment; the message names the variable. If one list
    fails, its version in use remains and the others continue.
    """
    code = EXIT_OK
    results = []
    fetcher = Fetcher(read_settings().values)
    for result in update_lists(
        request.store, list_ids, fetcher, actor=request.actor, now=now, progress=_progress
    ):
        results.append(result)
        if result.fault is not None or not request.as_json:
            update_lines: list[str] = []
            title = _title(result.list_id, result.part)
            if result.fault is not None:
                update_lines.append(f"{title}: {error_text(result.fault)}")
            elif result.by_hand:
                update_lines.append(
                    speak("{list}: by hand. {reason}", list=title, reason=translate(result.by_hand))
                )
            elif result.ingested is None or result.is_unchanged:
                update_lines.append(speak("{list}: nothing new", list=title))
            else:
                update_lines.extend(_ingested_lines(result.ingested.snapshot.filename, result.ingested))
            click.echo("\n".join(update_lines), err=result.fault is not None)
        code = max(code, result.fault.exit_code if result.fault else EXIT_OK)
    request.show(lambda: list(map(_outcome, results)), lambda: ())
    code = code if code in (EXIT_OK, EXIT_FETCH) else EXIT_INPUT
    if any(result.ingested is not None and not result.is_unchanged for result in results):
        code = max(code, _follow(request))
    return code


def _outcome(result: Update) -> dict[str, Any]:
    ingested = None if result.is_unchanged else result.ingested
    return {
        "list": result.list_id,
        "part": result.part,
        "fault": str(result.fault) if result.fault else None,
        "by_hand": result.by_hand,
        "loaded": _ingested_json(ingested.snapshot.filename, ingested) if ingested else None,
    }


def _progress(title: str) -> Callable[[int, int | None], None]:
    """Return a callback that shows how much of a file was fetched, on a terminal only."""

    def show(received: int, total: int | None) -> None:
        if sys.stderr.isatty():
            size = f"{received / 1e6:.1f}"
            if total:
                size = speak("{received} of {total}", received=size, total=f"{total / 1e6:.1f}")
            click.echo(f"\r{title}: {size} MB", nl=received == total, err=True)

    return show


@lists.command()
@standard("as-of", "json")
def status(request: Request) -> None:
    """Show each list: loaded version, date, and whether it covers the requested date."""
    states = list_states(request.store, request.as_of)
    request.show(
        lambda: list(map(ListView.of, states)),
        lambda: (line for state in states for line in _state_lines(state)),
    )


def _state_lines(state: ListState) -> Iterator[str]:
    yield f"{state.card.id}: {spoken(state.card.heading)} ({state.card.publisher})"
    covers = translate("covers this date") if state.coverage.covers_date else translate("not checked")
    yield f"    {covers}: {spoken(state.coverage.note)}"
    if len(state.snapshots) > SHOWN:
        yield "    " + speak("{count} other versions and parts", count=len(state.snapshots) - SHOWN)
    for stored in state.snapshots[-SHOWN:]:
        snapshot = stored.snapshot
        faults = marks(official=snapshot.official, complete=snapshot.complete)
        part = snapshot.part or translate("(whole list)")
        shown = "".join(
            f"  [{mark}]" for mark in ([translate("starter facts")] if stored.is_starter else faults)
        )
        records = speak("{count} records", count=f"{grouped(stored.record_count):>9}")
        yield f"    {worded(stored.version.shown_day)!s:10}  {records}  {snapshot.id}  {part}{shown}"
    if all(stored.is_starter for stored in state.snapshots):
        source = "; ".join(file.url for file in state.card.addresses) or translate(state.card.by_hand)
        yield "    " + speak("to load: {source}", source=source)


@lists.command()
@click.argument("list_id")
@click.argument("before")
@click.argument("after")
@standard("json")
def diff(request: Request, list_id: str, before: str, after: str) -> None:
    """Show what was listed, delisted and changed between two versions of a list.

    BEFORE and AFTER are dates (YYYY-MM-DD), or starts of hashes as `lists status` shows them.
    """
    comparison = diff_list(request.store, list_id, before, after)
    request.show(lambda: compared(comparison), lambda: _diff_lines(list_id, comparison))


def _diff_lines(list_id: str, comparison: ListDiff) -> Iterator[str]:
    before, after = comparison.before.version, comparison.after.version
    days = f"{worded(before.shown_day)} → {worded(after.shown_day)}"
    listed, delisted, changed = comparison.listed, comparison.delisted, comparison.changed
    yield speak(
        "{list}: {days}: {listed} listed, {delisted} delisted, {changed} changed",
        list=list_id,
        days=days,
        listed=len(listed),
        delisted=len(delisted),
        changed=len(changed),
    )
    if not comparison.is_complete:
        yield translate("one version is incomplete: a record that it lacks was not necessarily removed")
    for sign, records in (("+", listed), ("-", delisted)):
        yield from (f"{sign} {record.caption} ({record.id})" for record in records)
    for change in changed:
        yield f"~ {change.caption} ({change.record_id})"
        for sign, values in (("-", change.removed), ("+", change.added)):
            yield from (f"    {sign} {prop}: {value}" for prop, value in values)
