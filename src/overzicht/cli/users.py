"""`overzicht users`: who may use the service, and the tokens of programs. Accounts are made here alone."""

from datetime import timedelta
from typing import TextIO

import click

from overzicht.cli.options import by_option, json_option, json_text, now, opened_store
from overzicht.store import accounts
from overzicht.store.accounts import Grant, Role
from overzicht.workflows.accounts import add_user, change_password, issue_token

role_option = click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="What it may do: a reader reads, an editor also changes, an officer also decides, an admin all.",
)
organisation_option = click.option(
    "--organisation", default="", help="For this organisation only, by its id; all of them when left out."
)
password_option = click.option(
    "--password-file",
    type=click.File(encoding="utf-8"),
    help="Read the password from the first line of this file, `-` for standard input; asked for otherwise.",
)


@click.group()
def users() -> None:
    """Keep the accounts of the service and the tokens of programs; `overzicht serve` asks for them."""


@users.command()
@click.argument("name")
@role_option
@organisation_option
@password_option
@by_option
def add(name: str, role: str, organisation: str, password_file: TextIO | None, actor: str) -> None:
    """Make an account for NAME, with a password that is asked for.

    Example: overzicht users add anna --role admin
    """
    password = _password(password_file)
    with opened_store() as (store, _):
        add_user(store, name, password, Grant(Role(role), organisation), actor=actor, at=now())
    click.echo(f"{name}: {_shown(Grant(Role(role), organisation))}")


@users.command(name="list")
@json_option
def list_(as_json: bool) -> None:
    """List the accounts with what each may do."""
    with opened_store() as (store, _), store.reading() as connection:
        kept = accounts.list_accounts(connection)
    if as_json:
        click.echo(json_text(kept))
        return
    if not kept:
        click.echo("no accounts yet; `overzicht users add NAME --role admin` makes the first")
    for account in kept:
        kind = "" if account.password_hash else " (tokens only)"
        state = f" [closed {account.closed_at}]" if account.closed_at else ""
        grants = "; ".join(map(_shown, account.grants)) or "nothing"
        click.echo(f"{account.name}{kind}: {grants}{state}")


@users.command()
@click.argument("name")
@password_option
@by_option
def password(name: str, password_file: TextIO | None, actor: str) -> None:
    """Give NAME another password; its open sessions end."""
    given = _password(password_file)
    with opened_store() as (store, _):
        change_password(store, name, given, actor=actor, at=now())
    click.echo(f"{name}: the password is changed")


@users.command()
@click.argument("name")
@role_option
@organisation_option
@by_option
def grant(name: str, role: str, organisation: str, actor: str) -> None:
    """Give NAME a role, in the place of the one it has for the same organisation."""
    given = Grant(Role(role), organisation)
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        accounts.give_grant(tx, name, given)
    click.echo(f"{name}: {_shown(given)}")


@users.command()
@click.argument("name")
@organisation_option
@by_option
def ungrant(name: str, organisation: str, actor: str) -> None:
    """Take back what NAME may do for an organisation, or for all of them."""
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        accounts.take_grant(tx, name, organisation)
    click.echo(f"{name}: no role any more for {organisation or 'all organisations'}")


@users.command()
@click.argument("name")
@by_option
def close(name: str, actor: str) -> None:
    """Close the account of NAME: its sessions end and its tokens open nothing. It stays in the log."""
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        accounts.close_account(tx, name)
    click.echo(f"{name}: closed")


@users.command()
@click.argument("name")
@role_option
@organisation_option
@click.option("--days", type=click.IntRange(1, 3660), help="It opens nothing after so many days.")
@by_option
def token(name: str, role: str, organisation: str, days: int | None, actor: str) -> None:
    """Make a token for NAME and print it, this once; the store keeps only its hash.

    A token can do no more than the account it belongs to. A NAME without an account becomes one for a
    program, with which nobody can log in. Example: overzicht users token dashboard --role reader
    """
    at = now()
    with opened_store() as (store, _):
        number, secret = issue_token(
            store, name, Grant(Role(role), organisation), actor=actor, at=at,
            expires_at=at + timedelta(days=days) if days else None,
        )  # fmt: skip
    click.echo(f"token {number} of {name}; it is shown only now:", err=True)
    click.echo(secret)


@users.command()
@json_option
def tokens(as_json: bool) -> None:
    """List the tokens, without their secrets."""
    with opened_store() as (store, _), store.reading() as connection:
        kept = accounts.list_tokens(connection)
    if as_json:
        click.echo(json_text(kept))
        return
    if not kept:
        click.echo("no tokens yet")
    for each in kept:
        until = f", until {each.expires_at}" if each.expires_at else ""
        state = f" [revoked {each.revoked_at}]" if each.revoked_at else ""
        click.echo(f"{each.id}  {each.account}: {_shown(each.grant)}{until}{state}")


@users.command()
@click.argument("number", type=int)
@by_option
def revoke(number: int, actor: str) -> None:
    """Revoke token NUMBER, as `users tokens` shows it."""
    with opened_store() as (store, _), store.writing(actor, now()) as tx:
        accounts.revoke_token(tx, number)
    click.echo(f"token {number} opens nothing any more")


def _password(file: TextIO | None) -> str:
    if file is not None:
        return file.readline().rstrip("\r\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _shown(given: Grant) -> str:
    return f"{given.role.value} of {given.organisation or 'all organisations'}"
