"""`overzicht users`: accounts of the service, and tokens of programs. Accounts are made only here."""

from datetime import timedelta
from typing import TextIO

import click

from overzicht.cli.commands import group
from overzicht.cli.language import translate
from overzicht.cli.options import Request, ValueChoice, now, standard
from overzicht.store import accounts
from overzicht.store.accounts import Account, Grant, Role, Token
from overzicht.workflows.accounts import add_user, change_password, issue_token

role_option = click.option(
    "--role",
    type=ValueChoice(Role),
    required=True,
    help="Role: a reader reads, an editor also changes, an officer also decides, an admin does everything.",
)
organisation_option = click.option(
    "--organisation", default="", help="Id of the organisation that the role is for. Default: all."
)
password_option = click.option(
    "--password-file",
    type=click.File(encoding="utf-8"),
    help="File whose first line is the password; `-` is standard input. Default: a prompt.",
)
name_argument = click.argument("name")


@group()
def users() -> None:
    """Manage accounts of the service and tokens of programs, for `overzicht serve`."""


@users.command()
@name_argument
@role_option
@organisation_option
@password_option
@standard("by", "json", grant=Grant)
def add(request: Request, name: str, grant: Grant, password_file: TextIO | None) -> None:
    """Make an account for NAME, with a password."""
    add_user(request.store, name, _password(password_file), grant, request.act)
    _say_grant(request, name, grant)


@users.command(name="list")
@standard("json")
def list_(request: Request) -> None:
    """List the accounts with their roles."""
    stored = accounts.list_accounts(request.connection)
    empty = translate("no accounts yet; `overzicht users add NAME --role admin` makes the first")
    request.show(lambda: stored, lambda: map(_account_line, stored), empty=empty)


def _account_line(account: Account) -> str:
    kind = "" if account.password_hash else " (tokens only)"
    state = f" [closed {account.closed_at}]" if account.closed_at else ""
    return f"{account.name}{kind}: {'; '.join(map(_shown, account.grants)) or 'nothing'}{state}"


@users.command()
@name_argument
@password_option
@standard("by", "json")
def password(request: Request, name: str, password_file: TextIO | None) -> None:
    """Change the password of NAME. Open sessions of NAME end."""
    change_password(request.store, name, _password(password_file), request.act)
    request.say({"name": name}, f"{name}: the password is changed")


@users.command("grant")
@name_argument
@role_option
@organisation_option
@standard("by", "json", grant=Grant)
def grant_(request: Request, name: str, grant: Grant) -> None:
    """Give NAME a role, in place of its role for the same organisation."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.give_grant(tx, name, grant)
    _say_grant(request, name, grant)


@users.command()
@name_argument
@organisation_option
@standard("by", "json")
def ungrant(request: Request, name: str, organisation: str) -> None:
    """Remove the role of NAME for an organisation, or for all of them."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.take_grant(tx, name, organisation)
    data = {"name": name, "organisation": organisation}
    request.say(data, f"{name}: no role any more for {organisation or 'all organisations'}")


@users.command()
@name_argument
@standard("by", "json")
def close(request: Request, name: str) -> None:
    """Close the account of NAME: its sessions end and its tokens stop working. It remains in the log."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.close_account(tx, name)
    request.say({"name": name}, f"{name}: closed")


@users.command("token")
@name_argument
@role_option
@organisation_option
@click.option("--days", type=click.IntRange(1, 3660), help="Days until the token expires. Default: never.")
@standard("by", "json", grant=Grant)
def token_(request: Request, name: str, grant: Grant, days: int | None) -> None:
    """Make a token for NAME and print it once. The store keeps only its hash.

    A token has at most the rights of its account. A NAME without an account becomes an account for programs,
    which cannot log in.
    """
    actor = request.act
    until = actor.at + timedelta(days=days) if days else None
    number, secret = issue_token(request.store, name, grant, actor, expires_at=until)
    click.echo(f"token {number} of {name}; it is shown only now:", err=True)
    request.say({"id": number, "account": name, "token": secret}, secret)


@users.command()
@standard("json")
def tokens(request: Request) -> None:
    """List the tokens, without their secrets."""
    stored = accounts.list_tokens(request.connection)
    request.show(lambda: stored, lambda: map(_token_line, stored), empty=translate("no tokens yet"))


def _token_line(token: Token) -> str:
    until = f", until {token.expires_at}" if token.expires_at else ""
    state = f" [revoked {token.revoked_at}]" if token.revoked_at else ""
    return f"{token.id}  {token.account}: {_shown(token.grant)}{until}{state}"


@users.command()
@click.argument("number", type=int)
@standard("by", "json")
def revoke(request: Request, number: int) -> None:
    """Revoke token NUMBER, as `users tokens` shows it."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.revoke_token(tx, number)
    request.say({"id": number}, f"token {number} no longer works")


def _password(file: TextIO | None) -> str:
    if file is not None:
        return file.readline().rstrip("\r\n")
    return str(click.prompt(translate("Password"), hide_input=True, confirmation_prompt=True, err=True))


def _shown(grant: Grant) -> str:
    return f"{grant.role.value} of {grant.organisation or 'all organisations'}"


def _say_grant(request: Request, name: str, grant: Grant) -> None:
    data = {"name": name, "role": grant.role.value, "organisation": grant.organisation}
    request.say(data, f"{name}: {_shown(grant)}")
