"""`overzicht users`: accounts of the service, tokens of programs, second factors, and the audit trail."""

from datetime import timedelta
from typing import TextIO

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak, spoken, translate, worded
from overzicht.cli.options import DayType, Request, ValueChoice, now, standard
from overzicht.evidence import text
from overzicht.store import accounts
from overzicht.store.accounts import Account, Grant, Role, Token
from overzicht.store.audit import AuditEvent, AuditFilter, AuditKind, read_events
from overzicht.workflows import retention as workflow
from overzicht.workflows import rights, second_factor
from overzicht.workflows.accounts import add_user, change_password, issue_token
from overzicht.workflows.audit import event_line
from overzicht.workflows.retention import Retained
from overzicht.workflows.rights import AccountReview

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
    kind = rights.kind_of(account)
    shown = "" if kind == rights.PASSWORD else f" ({worded(rights.ACCOUNT_KINDS[kind])})"
    grants = "; ".join(map(_shown, account.grants)) or translate("nothing")
    return f"{account.name}{shown}: {grants}{_closed(account.closed_at)}"


def _closed(at: str | None) -> str:
    return f" [{speak('closed {time}', time=at)}]" if at else ""


@users.command()
@name_argument
@password_option
@standard("by", "json")
def password(request: Request, name: str, password_file: TextIO | None) -> None:
    """Change the password of NAME. Open sessions of NAME end."""
    change_password(request.store, name, _password(password_file), request.act)
    request.say({"name": name}, speak("{name}: the password is changed", name=name))


@users.command("grant")
@name_argument
@role_option
@organisation_option
@standard("by", "json", grant=Grant)
def grant_(request: Request, name: str, grant: Grant) -> None:
    """Give NAME a role, in place of its role for the same organisation. Open sessions of NAME end."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.give_grant(tx, name, grant)
    _say_grant(request, name, grant)


@users.command()
@name_argument
@organisation_option
@standard("by", "json")
def ungrant(request: Request, name: str, organisation: str) -> None:
    """Remove the role of NAME for an organisation, or for all of them. Open sessions of NAME end."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.take_grant(tx, name, organisation)
    data = {"name": name, "organisation": organisation}
    scope = organisation or translate("all organisations")
    request.say(data, speak("{name}: no role any more for {organisation}", name=name, organisation=scope))


@users.command()
@name_argument
@standard("by", "json")
def close(request: Request, name: str) -> None:
    """Close the account of NAME: its sessions end and its tokens stop working. It remains in the log."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.close_account(tx, name)
    request.say({"name": name}, speak("{name}: closed", name=name))


@users.command()
@name_argument
@standard("by", "json")
def unlock(request: Request, name: str) -> None:
    """Unlock NAME: failed log-ins until now no longer count."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.unlock_account(tx, name)
    request.say({"name": name}, speak("{name}: unlocked", name=name))


@users.command()
@standard("json")
def review(request: Request) -> None:
    """Show the rights of each account: start date, giver and last use."""
    reviews = rights.review(request.store)
    empty = translate("no accounts yet; `overzicht users add NAME --role admin` makes the first")
    request.show(lambda: reviews, lambda: map(_review_lines, reviews), empty=empty)


def _review_lines(review: AccountReview) -> str:
    factor = speak("factors: {count}", count=review.factors)
    if review.lacks_factor:
        factor = translate("second factor required but not set up")
    head = f"{review.name} ({worded(rights.ACCOUNT_KINDS[review.kind])}): {_used(review.used_at)}, {factor}"
    lines = [head + _closed(review.closed_at)]
    for right in review.rights:
        line = _shown(Grant(right.role, right.organisation))
        if right.granted_at:
            line = speak(
                "{right}, given by {actor} at {time}",
                right=line,
                actor=right.granted_by,
                time=right.granted_at,
            )
        lines.append(f"  {line}")
    for token in review.tokens:
        message = speak("token {token}, {used}", token=_token_line(token), used=_used(token.used_at))
        lines.append(f"  {message}")
    return "\n".join(lines)


def _used(at: str | None) -> str:
    return speak("last used {time}", time=at or translate("never"))


@users.command("require-factor")
@click.option(
    "--role",
    "roles",
    type=ValueChoice(Role),
    multiple=True,
    help="Role that requires a second factor. May be given more than once.",
)
@click.option("--all", "every", is_flag=True, help="Require a second factor for every role.")
@click.option("--none", "none", is_flag=True, help="Require no second factor.")
@standard("by", "json")
def require_factor(request: Request, roles: tuple[Role, ...], every: bool, none: bool) -> None:
    """Require a second factor for roles of accounts with a password, from their next log-in.

    Without an option, the command shows the roles that require one.
    """
    if sum((bool(roles), every, none)) > 1:
        raise click.UsageError(translate("use only one of --role, --all and --none"))
    if roles or every or none:
        second_factor.require_roles(request.store, tuple(Role) if every else roles, request.act)
    required = second_factor.required_roles(request.store)
    shown = ", ".join(map(worded, required)) or translate("no role")
    message = speak("a second factor is required for: {roles}", roles=shown)
    request.say({"roles": [role.value for role in required]}, message)


@users.command("reset-factors")
@name_argument
@standard("by", "json")
def reset_factors(request: Request, name: str) -> None:
    """Remove all second factors of NAME, who lost them. Open sessions of NAME end."""
    count = second_factor.reset_factors(request.store, name, request.act)
    message = speak("{name}: {count} factors and recovery codes removed", name=name, count=count)
    request.say({"name": name, "removed": count}, message)


@users.command()
@click.option("--since", type=DayType(), help="First date of the events (YYYY-MM-DD).")
@click.option("--until", type=DayType(), help="Last date of the events (YYYY-MM-DD).")
@click.option("--kind", type=ValueChoice(AuditKind), help="Kind of event. Default: all.")
@click.option("--account", default="", help="Name of the account. Default: all.")
@standard("json", out=(".jsonl",), filters=AuditFilter)
def audit(request: Request, filters: AuditFilter) -> None:
    """Show the audit trail: log-ins, refusals and readings of confidential records, oldest first.

    --out writes lines of JSON, for a system that watches over logs (SIEM).
    """
    events = list(read_events(request.connection, filters))
    request.deliver(
        {".jsonl": lambda: "".join(map(event_line, events)), ".json": lambda: request.json_text(events)},
        lambda: map(_event_line, events),
        empty=translate("no events"),
        mode=0o600,
    )


def _event_line(event: AuditEvent) -> str:
    parts = (event.at, worded(event.kind), event.account or "-", event.address or "-", event.subject)
    return "  ".join(map(str, parts))


@users.command()
@click.option("--audit", type=int, metavar="DAYS", help="Days for events of the audit trail.")
@click.option("--jobs", type=int, metavar="DAYS", help="Days for finished jobs.")
@click.option("--tokens", type=int, metavar="DAYS", help="Days for revoked and expired tokens.")
@click.option("--accounts", type=int, metavar="DAYS", help="Days for the rights of closed accounts.")
@standard("by", "json")
def retention(request: Request, **days: int | None) -> None:
    """Set how many days data about users is stored. Without an option, show the periods."""
    chosen = {Retained(name): number for name, number in days.items() if number is not None}
    periods = workflow.set_periods(request.store, chosen, request.act) if chosen else None
    stored = periods or workflow.periods(request.store)
    request.show(
        lambda: stored,
        lambda: [speak("{kind}: {count} days", kind=kind, count=number) for kind, number in stored.items()],
    )


@users.command()
@click.option("--dry-run", is_flag=True, help="Only count what would be destroyed.")
@standard("by", "json")
def destroy(request: Request, dry_run: bool) -> None:
    """Destroy what is past its retention period. The log records the numbers."""
    counts = workflow.destroy_expired(request.store, request.act, only_count=dry_run)
    message = text("{kind}: {count} would be destroyed") if dry_run else text("{kind}: {count} destroyed")
    request.show(
        lambda: counts,
        lambda: [spoken(message.filled(kind=worded(kind), count=count)) for kind, count in counts.items()],
    )


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
    click.echo(speak("token {number} of {name}; it is shown only now:", number=number, name=name), err=True)
    request.say({"id": number, "account": name, "token": secret}, secret)


@users.command()
@standard("json")
def tokens(request: Request) -> None:
    """List the tokens, without their secrets."""
    stored = accounts.list_tokens(request.connection)
    request.show(lambda: stored, lambda: map(_token_line, stored), empty=translate("no tokens yet"))


def _token_line(token: Token) -> str:
    grant = _shown(token.grant)
    if token.expires_at:
        grant = speak("{right}, until {time}", right=grant, time=token.expires_at)
    state = f" [{speak('revoked {time}', time=token.revoked_at)}]" if token.revoked_at else ""
    return f"{token.id}  {token.account}: {grant}{state}"


@users.command()
@click.argument("number", type=int)
@standard("by", "json")
def revoke(request: Request, number: int) -> None:
    """Revoke token NUMBER, as `users tokens` shows it."""
    with request.store.writing(request.actor, now()) as tx:
        accounts.revoke_token(tx, number)
    request.say({"id": number}, speak("token {number} no longer works", number=number))


def _password(file: TextIO | None) -> str:
    if file is not None:
        return file.readline().rstrip("\r\n")
    return str(click.prompt(translate("Password"), hide_input=True, confirmation_prompt=True, err=True))


def _shown(grant: Grant) -> str:
    scope = grant.organisation or translate("all organisations")
    return speak("{role} of {organisation}", role=grant.role, organisation=scope)


def _say_grant(request: Request, name: str, grant: Grant) -> None:
    data = {"name": name, "role": grant.role.value, "organisation": grant.organisation}
    request.say(data, f"{name}: {_shown(grant)}")
