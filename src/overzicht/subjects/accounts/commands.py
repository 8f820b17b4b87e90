"""`overzicht users`: the commands of accounts with a password, files or days; others are declared."""

from datetime import timedelta
from typing import TextIO

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak, spoken, translate, worded
from overzicht.cli.operations import group_of
from overzicht.cli.options import DayType, Request, ValueChoice, standard
from overzicht.evidence import text
from overzicht.store.accounts import Grant, Role
from overzicht.store.audit import AuditEvent, AuditFilter, AuditKind, read_events
from overzicht.subjects.accounts import accounts as operations
from overzicht.subjects.accounts.account_lines import role_lines
from overzicht.subjects.accounts.accounts import RoleOfAccount
from overzicht.workflows import retention as workflow
from overzicht.workflows.accounts import issue_token
from overzicht.workflows.audit import event_line

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


@command()
@name_argument
@role_option
@organisation_option
@password_option
@standard("by", "json", grant=Grant)
def add(request: Request, name: str, grant: Grant, password_file: TextIO | None) -> None:
    """Make an account for NAME, with a password."""
    operations.add(
        request.ask,
        name,
        password=_password(password_file),
        role=grant.role,
        organisation=grant.organisation,
    )
    made = RoleOfAccount(name, grant.role, grant.organisation)
    request.show(lambda: made, lambda: role_lines(made))


@command()
@name_argument
@password_option
@standard("by", "json")
def password(request: Request, name: str, password_file: TextIO | None) -> None:
    """Change the password of NAME. Open sessions of NAME end."""
    operations.set_password(request.ask, name, password=_password(password_file))
    request.say({"name": name}, speak("{name}: the password is changed", name=name))


@command("require-factor")
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
        operations.require_factor(request.ask, roles=tuple(Role) if every else roles)
    required = operations.policy(request.ask).second_factor
    shown = ", ".join(map(worded, required)) or translate("no role")
    message = speak("a second factor is required for: {roles}", roles=shown)
    request.say({"roles": [role.value for role in required]}, message)


@command()
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


@command()
@click.option("--audit", type=int, metavar="DAYS", help="Days for events of the audit trail.")
@click.option("--jobs", type=int, metavar="DAYS", help="Days for finished jobs.")
@click.option("--tokens", type=int, metavar="DAYS", help="Days for revoked and expired tokens.")
@click.option("--accounts", type=int, metavar="DAYS", help="Days for the rights of closed accounts.")
@standard("by", "json")
def retention(request: Request, **days: int | None) -> None:
    """Set how many days data about users is stored. Without an option, show the periods."""
    if any(number is not None for number in days.values()):
        operations.set_retention(request.ask, **days)
    stored = operations.policy(request.ask).retention
    request.show(
        lambda: stored,
        lambda: [speak("{kind}: {count} days", kind=kind, count=number) for kind, number in stored.items()],
    )


@command()
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


@command("token")
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


def _password(file: TextIO | None) -> str:
    if file is not None:
        return file.readline().rstrip("\r\n")
    return str(click.prompt(translate("Password"), hide_input=True, confirmation_prompt=True, err=True))


users = group_of(
    "subjects.accounts.accounts",
    "users",
    *(add, "list", password, "grant", "ungrant", "close", "unlock", "review", require_factor),
    *("reset-factors", audit, retention, destroy, token_, "tokens", "revoke"),
)
