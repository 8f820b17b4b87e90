"""`overzicht register verify|export|load|backup|restore`: prove the store, move it, keep copies of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from overzicht.cli.options import by_option, json_option, json_text, now, opened_store
from overzicht.errors import EXIT_OK, EXIT_STORE
from overzicht.settings import read_settings
from overzicht.store.database import Store
from overzicht.store.moving.backup import backup_store, restore_store
from overzicht.store.moving.checking import Checked, check_store, write_index
from overzicht.store.moving.transfer import Moved, export_store, load_store

SHORTEST_ANCHOR = 12
FILE = click.Path(path_type=Path, dir_okay=False)


@contextmanager
def _bare_store() -> Iterator[Store]:
    """Yield the store of the settings without starter facts: what is loaded brings its own."""
    settings = read_settings()
    store = Store.open(settings.home, settings.database_url)
    try:
        yield store
    finally:
        store.close()


class AnchorType(click.ParamType[str]):
    """The hash of a log entry, or enough of its start."""

    name = "HASH"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the hash in lower case, or end with a usage error."""
        text = value.strip().lower()
        if not SHORTEST_ANCHOR <= len(text) <= 64 or set(text) - set("0123456789abcdef"):
            self.fail(
                f"{value!r} is no hash of a log entry ({SHORTEST_ANCHOR} to 64 of 0-9, a-f)", param, ctx
            )
        return text


@click.command()
@click.option("--anchor", type=AnchorType(), help="A hash that you wrote down: it must be there.")
@click.option("--reindex", is_flag=True, help="Write what look-ups use anew from the records, first.")
@json_option
@by_option
def verify(anchor: str | None, reindex: bool, as_json: bool, actor: str) -> int:
    """Prove that the log's chain holds, and that raw files, records and look-ups agree with each other.

    Ends with exit code 13 where something does not hold, and names the first row or file of each part. The
    newest hash that it prints stands for all of the log: write it down elsewhere, and --anchor finds out
    later whether the log was cut short or written anew.
    """
    with opened_store() as (store, _):
        if reindex:
            with store.writing(actor, now()) as tx:
                write_index(tx)
        checked = check_store(store, anchor=anchor or "")
    click.echo(_checked_json(checked) if as_json else _checked_text(checked))
    return EXIT_STORE if checked.faults else EXIT_OK


def _checked_text(checked: Checked) -> str:
    lines = [
        f"log: {checked.log_entries:,} entries, newest {checked.log_head}",
        f"raw files: {checked.files:,}; records: {checked.records:,}",
    ]
    lines += [f"BROKEN {fault}" for fault in checked.faults]
    lines.append("restore the store from a backup" if checked.faults else "everything holds")
    return "\n".join(lines)


def _checked_json(checked: Checked) -> str:
    faults = [{"part": each.part, "where": each.where, "what": each.what} for each in checked.faults]
    return json_text(
        {
            "holds": not faults, "log_entries": checked.log_entries, "log_head": checked.log_head,
            "files": checked.files, "records": checked.records, "faults": faults,
        }
    )  # fmt: skip


@click.command()
@click.argument("file", type=FILE)
def export(file: Path) -> None:
    """Write the whole store to FILE, a zip that either database can load; others may go on working.

    Keep it as you keep the store: it holds denials, accounts and everything else.
    """
    with opened_store() as (store, _):
        moved = export_store(store, file)
    click.echo(f"{file.name}: {_moved_text(moved)}")


@click.command()
@click.argument("file", type=FILE)
def load(file: Path) -> None:
    """Fill an empty store from FILE, which `register export` wrote: all of it, or nothing."""
    load_whole(file)


def load_whole(file: Path) -> None:
    """Fill the empty store of the settings from an export, and say what came in."""
    with _bare_store() as store:
        moved = load_store(store, file)
    click.echo(f"loaded {file.name}: {_moved_text(moved)}")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Copy the whole store into the folder TARGET while it is in use; TARGET.zip writes an export.

    Into the folder of an earlier backup only what is new is copied, and the earlier one holds until the new
    one is whole.
    """
    with opened_store() as (store, _):
        if target.suffix == ".zip":
            moved = export_store(store, target)
            click.echo(f"{target.name}: {_moved_text(moved)}")
            return
        done = backup_store(store, target, now())
    click.echo(f"{target.name}: {done.files:,} raw files ({done.new_files:,} new), log {done.log_head[:16]}")


@click.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
def restore(source: Path) -> None:
    """Fill an empty store from the backup SOURCE, a folder or an export, and prove its log."""
    with _bare_store() as store:
        moved = restore_store(store, source) if source.is_dir() else load_store(store, source)
    click.echo(f"restored {source.name}: {_moved_text(moved)}")


def _moved_text(moved: Moved) -> str:
    return f"{moved.rows:,} rows, {moved.files:,} raw files, log {moved.log_head[:16]}"
