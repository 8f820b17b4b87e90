"""`overzicht log`: the log of all changes."""

import click
from sqlalchemy import select

from overzicht.cli.commands import group
from overzicht.cli.language import speak
from overzicht.cli.options import Request, standard
from overzicht.store import schema
from overzicht.store.log import verify_log


@group()
def log() -> None:
    """Read the append-only log. A hash chains each entry to the one before it."""


@log.command()
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="Number of entries.")
@standard("json")
def show(request: Request, last: int) -> None:
    """Print the newest entries, newest last."""
    table = schema.log
    columns = [table.c[name] for name in ("seq", "at", "actor", "action", "subject")]
    rows = request.connection.execute(select(*columns).order_by(table.c.seq.desc()).limit(last)).all()[::-1]
    request.show(
        lambda: [dict(row._mapping) for row in rows],  # noqa: SLF001 - SQLAlchemy's public name
        lambda: ("  ".join(map(str, row)) for row in rows),
    )


@log.command()
@standard("json")
def verify(request: Request) -> None:
    """Check the chain of hashes from the first entry to the last."""
    count = verify_log(request.connection).entries
    request.say({"entries": count}, speak("the log is whole: {count} entries", count=count))
