"""`overzicht register verify|export|load|backup|restore`: check the store, move it, keep copies of it."""

from dataclasses import asdict
from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.options import Request, now, standard
from overzicht.errors import EXIT_OK, EXIT_STORE
from overzicht.store.moving.backup import backup_store, restore_store
from overzicht.store.moving.checking import StoreCheck, check_store, write_index
from overzicht.store.moving.transfer import TransferResult, export_store, load_store

SHORTEST_ANCHOR = 12
FILE = click.Path(path_type=Path, dir_okay=False)


class AnchorType(click.ParamType[str]):
    """Hash of a log entry, or enough of its start."""

    name = "HASH"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the hash in lower case, or end with a usage error."""
        anchor = value.strip().lower()
        if not SHORTEST_ANCHOR <= len(anchor) <= 64 or set(anchor) - set("0123456789abcdef"):
            self.fail(
                f"{value!r} is not the hash of a log entry. Use {SHORTEST_ANCHOR} to 64 of 0-9, a-f",
                param,
                ctx,
            )
        return anchor


@command()
@click.option("--anchor", type=AnchorType(), help="Hash of a log entry that must be present.")
@click.option("--reindex", is_flag=True, help="Rebuild the lookup tables before checking.")
@standard("by", "json")
def verify(request: Request, anchor: str | None, *, reindex: bool) -> int:
    """Check that the chain of the log is intact, and that raw files, records and lookup tables agree.

    The command ends with exit code 13 if a check fails, and names the first row or file of each part. The
    newest hash that it prints covers the whole log. Note it elsewhere: --anchor then shows whether the log
    was cut short or rewritten.
    """
    if reindex:
        with request.store.writing(request.actor, now()) as tx:
            write_index(tx)
    checked = check_store(request.store, anchor=anchor or "")
    request.show(lambda: _checked_json(checked), lambda: _checked_lines(checked))
    return EXIT_STORE if checked.faults else EXIT_OK


def _checked_lines(checked: StoreCheck) -> list[str]:
    return [
        f"log: {checked.log_entries:,} entries, newest {checked.log_head}",
        f"raw files: {checked.files:,}; records: {checked.records:,}",
        *(f"BROKEN {fault}" for fault in checked.faults),
        "restore the store from a backup" if checked.faults else "everything holds",
    ]


def _checked_json(checked: StoreCheck) -> dict[str, object]:
    return {
        "holds": not checked.faults,
        "log_entries": checked.log_entries,
        "log_head": checked.log_head,
        "files": checked.files,
        "records": checked.records,
        "faults": [
            {"part": fault.part, "where": fault.where, "what": fault.what} for fault in checked.faults
        ],
    }


@command()
@click.argument("file", type=FILE)
@standard("json")
def export(request: Request, file: Path) -> None:
    """Write the whole store to FILE, a zip that either database can load. Others can go on working.

    The file holds denials, accounts and everything else: protect it as you protect the store.
    """
    moved = export_store(request.store, file)
    _say_moved(request, file, moved)


@command()
@click.argument("file", type=FILE)
@standard("json")
def load(request: Request, file: Path) -> None:
    """Fill an empty store from FILE, which `register export` wrote: all of it, or nothing."""
    load_whole(request, file)


def load_whole(request: Request, file: Path) -> None:
    """Fill the empty store of the settings from an export, and print the counts."""
    moved = load_store(request.bare_store, file)
    _say_moved(request, file, moved, "loaded ")


@command()
@click.argument("target", type=click.Path(path_type=Path))
@standard("json")
def backup(request: Request, target: Path) -> None:
    """Copy the whole store into the folder TARGET while it is in use. TARGET.zip writes an export.

    In the folder of an earlier backup, only new files are copied. The earlier backup remains valid until the
    new one is complete.
    """
    if target.suffix == ".zip":
        _say_moved(request, target, export_store(request.store, target))
        return
    done = backup_store(request.store, target, now())
    request.say(
        {"file": str(target), **asdict(done)},
        f"{target.name}: {done.files:,} raw files ({done.new_files:,} new), log {done.log_head[:16]}",
    )


@command()
@click.argument("source", type=click.Path(path_type=Path, exists=True))
@standard("json")
def restore(request: Request, source: Path) -> None:
    """Fill an empty store from the backup SOURCE, a folder or an export, and check its log."""
    fill = restore_store if source.is_dir() else load_store
    moved = fill(request.bare_store, source)
    _say_moved(request, source, moved, "restored ")


def _say_moved(request: Request, file: Path, moved: TransferResult, verb: str = "") -> None:
    counts = f"{moved.rows:,} rows, {moved.files:,} raw files, log {moved.log_head[:16]}"
    request.say({"file": str(file), **asdict(moved)}, f"{verb}{file.name}: {counts}")
