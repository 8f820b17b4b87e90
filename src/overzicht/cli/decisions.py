"""`overzicht judge`, `withdraw` and `log`: decisions of people, and the log of all changes."""

import click
from sqlalchemy import select

from overzicht.cli.commands import command, group
from overzicht.cli.language import speak
from overzicht.cli.options import Request, ValueChoice, reason_option, standard
from overzicht.store import schema
from overzicht.store.decisions import Verdict
from overzicht.store.log import verify_log
from overzicht.workflows import judging


@command()
@click.argument("finding_id")
@click.argument("verdict", type=ValueChoice(Verdict))
@reason_option
@standard("by", "json")
def judge(request: Request, finding_id: str, verdict: Verdict, reason: str) -> None:
    """Record a decision on a finding. Earlier decisions remain in the history.

    FINDING_ID is in the report's JSON and in `overzicht explain`; for two parties that may be one, it is in
    `overzicht parties same`.
    """
    number = judging.judge(request.store, finding_id, verdict, reason, request.act)
    data = {"id": number, "finding": finding_id, "verdict": verdict.value, "by": request.actor}
    request.say(
        data,
        speak(
            "judgement {number}: {verdict} by {actor}", number=number, verdict=verdict, actor=request.actor
        ),
    )


@command()
@click.argument("number", type=int)
@standard("by", "json")
def withdraw(request: Request, number: int) -> None:
    """Withdraw judgement NUMBER, as `overzicht explain` shows it. Nothing is deleted."""
    judging.withdraw(request.store, number, request.act)
    request.say(
        {"id": number, "by": request.actor},
        speak("judgement {number} withdrawn by {actor}", number=number, actor=request.actor),
    )


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
