"""Accounts of the service: their roles, passwords and second factors, tokens, and the rules for all of them.

The store itself gives every right. A caller of the service confirms a change that outlives the session, and
leaves an administrator.
"""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, Field

from overzicht.evidence.limited import Key, Line, Number
from overzicht.evidence.text import Text, text
from overzicht.kit.ask import ADMIN, Ask
from overzicht.kit.operation import BACK, Body, Command, Form, Param, Route, operation
from overzicht.store import accounts as stored
from overzicht.store.accounts import Account, Grant, Role, Token
from overzicht.workflows import retention, rights, second_factor
from overzicht.workflows.accounts import LONGEST_NAME, LONGEST_PASSWORD, add_user, change_password
from overzicht.workflows.retention import LONGEST_DAYS, SHORTEST_DAYS, Retained
from overzicht.workflows.rights import AccountReview

GROUP = "Manage accounts of the service and tokens of programs, for `overzicht serve`."
NO_ACCOUNTS = text("no accounts yet; `overzicht users add NAME --role admin` makes the first")
Name = Annotated[Key, Field(max_length=LONGEST_NAME)]
NewPassword = Annotated[str, Field(max_length=LONGEST_PASSWORD)]
OwnPassword = Annotated[str, Field(max_length=LONGEST_PASSWORD), Param(is_offered=False)]  # of the caller
RoleOf = Annotated[
    Role,
    Param("Role: a reader reads, an editor also changes, an officer also decides, an admin does everything."),
]
Organisation = Annotated[Line, Param("Id of the organisation that the role is for. Default: all.")]
Roles = Annotated[tuple[Role, ...], Field(max_length=len(Role))]
Days = Annotated[int | None, Field(ge=SHORTEST_DAYS, le=LONGEST_DAYS)]


class AccountName(BaseModel):
    """The name of an account."""

    name: Name


class ServicePolicy(BaseModel):
    """The roles that require a second factor, and the retention periods in days."""

    second_factor: tuple[Role, ...]
    retention: dict[Retained, int]


class Destroyed(BaseModel):
    """The number of destroyed records per kind of data."""

    destroyed: dict[Retained, int]


@dataclass(frozen=True, slots=True)
class RoleOfAccount:
    """The role of an account for an organisation; empty: all."""

    name: str
    role: Role
    organisation: str


@dataclass(frozen=True, slots=True)
class RemovedRole:
    """The organisation for which an account has no role any more; empty: all."""

    name: str
    organisation: str


@dataclass(frozen=True, slots=True)
class RemovedFactors:
    """The number of second factors and recovery codes that an account lost."""

    name: str
    removed: int


def _changed(name: str, sentence: Text) -> Command:
    """Return a command that changes an account and prints its name and what happened to it."""
    return Command(name, lambda account, say: [say(sentence.filled(name=account.name))])


@operation(
    Route(
        "POST /accounts",
        ADMIN,
        Body("AccountRequest", "A new account of a person, with its first role; no organisation means all."),
        "Add an account",
        has_names=True,
        is_new=True,
    ),
    Form("/accounts"),
)
def add(
    ask: Ask,
    name: Name,
    *,
    password: NewPassword,
    role: Role = Role.READER,
    organisation: Line = "",
    current_password: OwnPassword = "",
) -> AccountName:
    """Add an account for a person."""
    ask.confirm(current_password, secret=password)
    add_user(ask.store, name, password, Grant(role, _organisation_id(ask, organisation)), ask.actor())
    return AccountName.model_construct(name=name)


@operation(
    Command("users list", "subjects.accounts.account_lines.account_lines", empty=NO_ACCOUNTS), is_dated=False
)
def accounts(ask: Ask) -> list[Account]:
    """List the accounts with their roles."""
    with ask.store.reading() as connection:
        return stored.list_accounts(connection)


@operation(
    Command("users review", "subjects.accounts.account_lines.review_lines", empty=NO_ACCOUNTS),
    Route("GET /accounts", ADMIN, summary="The rights review"),
    is_dated=False,
)
def review(ask: Ask) -> list[AccountReview]:
    """Show the rights of each account: start date, giver and last use."""
    return rights.review(ask.store)


@operation(
    Route(
        "POST /accounts/password",
        ADMIN,
        Body("PasswordRequest", "A new password for an account, whose sessions end."),
        "Set a password",
        has_names=True,
        is_silent=True,
    ),
    Form(BACK),
)
def set_password(
    ask: Ask, name: Name, *, password: NewPassword, current_password: OwnPassword = ""
) -> AccountName:
    """Set the password of an account, whose sessions end."""
    ask.confirm(current_password, secret=password)
    change_password(ask.store, name, password, ask.actor())
    return AccountName.model_construct(name=name)


@operation(
    Command("users grant", "subjects.accounts.account_lines.role_lines"),
    Route(
        "POST /accounts/roles",
        ADMIN,
        Body("RoleRequest", "A role for an account; the empty organisation stands for all."),
        "Give a role",
        has_names=True,
        is_silent=True,
    ),
    Form(BACK),
)
def give_role(
    ask: Ask, name: Name, *, role: RoleOf, organisation: Organisation = "", current_password: OwnPassword = ""
) -> RoleOfAccount:
    """Give NAME a role, in place of its role for the same organisation. Open sessions of NAME end."""
    ask.confirm(current_password)
    grant = Grant(role, _organisation_id(ask, organisation))
    with ask.writing() as tx:
        if grant.role is not Role.ADMIN and not grant.organisation and not ask.has_store:
            rights.check_administrator_left(tx.connection, name)
        stored.give_grant(tx, name, grant)
    return RoleOfAccount(name, role, grant.organisation)


@operation(
    Command("users ungrant", "subjects.accounts.account_lines.removed_role_lines"),
    Route(
        "POST /accounts/roles/remove",
        ADMIN,
        Body("RoleRemoval", "The organisation for which an account loses its role; empty: all of them."),
        "Remove a role",
        has_names=True,
        is_silent=True,
    ),
    Form(BACK),
)
def remove_role(ask: Ask, name: Name, *, organisation: Organisation = "") -> RemovedRole:
    """Remove the role of NAME for an organisation, or for all of them. Open sessions of NAME end."""
    with ask.writing() as tx:
        if not organisation and not ask.has_store:
            rights.check_administrator_left(tx.connection, name)
        stored.take_grant(tx, name, organisation)
    return RemovedRole(name, organisation)


@operation(
    _changed("users close", text("{name}: closed")),
    Route(
        "POST /accounts/close",
        ADMIN,
        Body("AccountName", "", AccountName),
        "Close an account",
        has_names=True,
        is_silent=True,
    ),
    Form(BACK),
)
def close(ask: Ask, name: Name) -> AccountName:
    """Close the account of NAME: its sessions end and its tokens stop working. It remains in the log."""
    with ask.writing() as tx:
        if not ask.has_store:
            rights.check_administrator_left(tx.connection, name)
        stored.close_account(tx, name)
    return AccountName.model_construct(name=name)


@operation(
    _changed("users unlock", text("{name}: unlocked")),
    Route(
        "POST /accounts/unlock",
        ADMIN,
        Body("AccountName", "", AccountName),
        "Unlock an account",
        has_names=True,
        is_silent=True,
    ),
    Form(BACK),
)
def unlock(ask: Ask, name: Name) -> AccountName:
    """Unlock NAME: failed log-ins until now no longer count."""
    with ask.writing() as tx:
        stored.unlock_account(tx, name)
    return AccountName.model_construct(name=name)


@operation(
    Command("users reset-factors", "subjects.accounts.account_lines.removed_factors_lines"),
    Route(
        "POST /accounts/factors/reset",
        ADMIN,
        Body("Confirmed", "A change that asks a person with a session for their own password again."),
        "Remove all second factors of an account",
        has_names=True,
        is_silent=True,
    ),
    Form(BACK),
)
def reset_factors(ask: Ask, name: Name, *, current_password: OwnPassword = "") -> RemovedFactors:
    """Remove all second factors of NAME, who lost them. Open sessions of NAME end."""
    ask.confirm(current_password)
    return RemovedFactors(name, second_factor.reset_factors(ask.store, name, ask.actor()))


@operation(
    Command("users tokens", "subjects.accounts.account_lines.token_lines", empty=text("no tokens yet")),
    is_dated=False,
)
def tokens(ask: Ask) -> list[Token]:
    """List the tokens, without their secrets."""
    with ask.store.reading() as connection:
        return stored.list_tokens(connection)


@operation(
    Command(
        "users revoke",
        lambda number, say: [say(text("token {number} no longer works", number=number))],
        data=lambda number: {"id": number},
    ),
    Route("POST /accounts/tokens/{number}/revoke", ADMIN, summary="Revoke a token", is_silent=True),
    Form(BACK),
)
def revoke_token(ask: Ask, number: Number) -> int:
    """Revoke token NUMBER, as `users tokens` shows it."""
    with ask.writing() as tx:
        stored.revoke_token(tx, number)
    return number


@operation(
    Route("GET /accounts/policy", ADMIN, summary="Second factors and retention periods"), is_dated=False
)
def policy(ask: Ask) -> ServicePolicy:
    """Return which roles require a second factor, and how long data is stored."""
    required = second_factor.required_roles(ask.store)
    return ServicePolicy(second_factor=required, retention=retention.periods(ask.store))


@operation(
    Route(
        "POST /accounts/policy/second-factor",
        ADMIN,
        Body("FactorPolicy", "The roles that require a second factor; empty: none."),
        "Require second factors",
        is_silent=True,
    ),
    Form("/accounts"),
)
def require_factor(ask: Ask, *, roles: Roles = (), current_password: OwnPassword = "") -> None:
    """Require a second factor for exactly these roles, from the next log-in."""
    ask.confirm(current_password)
    second_factor.require_roles(ask.store, roles, ask.actor())


@operation(
    Route(
        "POST /accounts/policy/retention",
        ADMIN,
        Body("RetentionRequest", "Retention periods in days; an omitted one does not change."),
        "Set retention periods",
        is_silent=True,
    ),
    Form("/accounts"),
)
def set_retention(
    ask: Ask, *, audit: Days = None, jobs: Days = None, tokens: Days = None, accounts: Days = None
) -> None:
    """Set how many days data is stored."""
    days = {
        Retained.AUDIT: audit,
        Retained.JOBS: jobs,
        Retained.TOKENS: tokens,
        Retained.ACCOUNTS: accounts,
    }
    chosen = {kind: number for kind, number in days.items() if number is not None}
    retention.set_periods(ask.store, chosen, ask.actor())


@operation(Route("POST /accounts/policy/destroy", ADMIN, summary="Destroy expired data"), Form("/accounts"))
def destroy(ask: Ask) -> Destroyed:
    """Destroy what is past its retention period, and log it."""
    return Destroyed(destroyed=retention.destroy_expired(ask.store, ask.actor()))


def _organisation_id(ask: Ask, name: str) -> str:
    """Return the id of an organisation that exists today; who has the store itself gives the id."""
    return name if ask.has_store else ask.own_organisation(name, ask.today)
