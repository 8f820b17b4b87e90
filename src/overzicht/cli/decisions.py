"""`overzicht judge`, `withdraw` and `log`: people's decisions, and the record of all changes."""

import click
from sqlalchemy import select

from overzicht.cli.options import by_option, now, opened_store
from overzicht.store import decisions, schema
from overzicht.store.log import verify_log
from overzicht.workflows import judging


@click.command()
@click.argument("finding_id")
@click.argument("verdict", type=click.Choice([verdict.value for verdict in decisions.Verdict]))
@click.option("--reason", required=True, help="Why; a decision without a reason is none.")
@by_option
def judge(finding_id: str, verdict: str, reason: str, actor: str) -> None:
    """Keep a decision on a finding; earlier ones stay, and it can be withdrawn but never overwritten.

    FINDING_ID stands in the report's JSON and in `overzicht explain`; that of two parties that may be one, in
    `overzicht parties same`.
    """
    with opened_store() as (store, _):
        number = judging.judge(store, finding_id, decisions.Verdict(verdict), reason, actor=actor, at=now())
    click.echo(f"judgement {number}: {verdict} by {actor}")


@click.command()
@click.argument("number", type=int)
@by_option
def withdraw(number: int, actor: str) -> None:
    """Withdraw judgement NUMBER, as `overzicht explain` shows it; nothing is deleted."""
    with opened_store() as (store, _):
        judging.withdraw(store, number, actor=actor, at=now())
    click.echo(f"judgement {number} withdrawn by {actor}")


@click.group()
def log() -> None:
    """Read the append-only log, each entry chained to the one before it."""


@log.command()
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="How many entries.")
def show(last: int) -> None:
    """Print the newest entries, newest last."""
    table = schema.log
    with opened_store() as (store, _), store.reading() as connection:
        rows = connection.execute(select(table).order_by(table.c.seq.desc()).limit(last)).all()
    for row in reversed(rows):
        click.echo(f"{row.seq}  {row.at}  {row.actor}  {row.action}  {row.subject}")


@log.command()
def verify() -> None:
    """Check the chain of hashes from the first entry to the last."""
    with opened_store() as (store, _), store.reading() as connection:
        count = verify_log(connection)
    click.echo(f"the log is whole: {count} entries")
