"""The rights review: who may do what, from which date, by whom, and when it was last used."""

from dataclasses import dataclass

from sqlalchemy import Connection

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.store import accounts
from overzicht.store.accounts import Account, Role, Token
from overzicht.store.database import Store
from overzicht.store.factors import FactorKind, factors_of
from overzicht.workflows.second_factor import required_roles

PASSWORD, SINGLE_SIGN_ON, PROGRAM = "password", "single sign-on", "program"
ACCOUNT_KINDS = {
    PASSWORD: text("password"),
    SINGLE_SIGN_ON: text("single sign-on"),
    PROGRAM: text("tokens only"),
}


class LastAdministratorError(OverzichtError):
    """A change would leave no open account with the role admin for all organisations."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is the last administrator who can log in",
            fix="give another account the role admin first",
        )


@dataclass(frozen=True, slots=True)
class RightGiven:
    """A role with its organisation (empty: all), who gave it, and when (both empty if not recorded)."""

    role: Role
    organisation: str
    granted_by: str
    granted_at: str


@dataclass(frozen=True, slots=True)
class AccountReview:
    """An account with its rights; times are ISO texts in UTC, empty for never.

    `kind` is `password`, `single sign-on` or `program`. `lacks_factor` is true if a role requires a second
    factor and the account has none.
    """

    name: str
    kind: str
    rights: tuple[RightGiven, ...]
    created_at: str
    used_at: str
    closed_at: str
    factors: int
    lacks_factor: bool
    tokens: tuple[Token, ...]


def review(store: Store) -> list[AccountReview]:
    """Return all accounts by name, closed ones last, each with its rights and tokens."""
    required = required_roles(store)
    with store.reading() as connection:
        stored = accounts.list_accounts(connection)
        tokens = accounts.list_tokens(connection)
        factors = {account.name: factors_of(connection, account.name) for account in stored}
    reviews = []
    for account in stored:
        own = [token for token in tokens if token.account == account.name]
        count = sum(bool(f.confirmed_at) and f.kind is not FactorKind.RECOVERY for f in factors[account.name])
        needs = bool(account.password_hash) and any(grant.role in required for grant in account.grants)
        reviews.append(
            AccountReview(
                name=account.name,
                kind=kind_of(account),
                rights=tuple(
                    RightGiven(grant.role, grant.organisation, grant.granted_by, grant.granted_at)
                    for grant in account.grants
                ),
                created_at=account.created_at,
                used_at=max([account.used_at, *(token.used_at for token in own)]),
                closed_at=account.closed_at,
                factors=count,
                lacks_factor=needs and count == 0,
                tokens=tuple(own),
            )
        )
    return sorted(reviews, key=lambda line: (bool(line.closed_at), line.name))


def kind_of(account: Account) -> str:
    """Return the kind of an account, a key of `ACCOUNT_KINDS`."""
    if account.sso_subject:
        return SINGLE_SIGN_ON
    return PASSWORD if account.password_hash else PROGRAM


def check_administrator_left(connection: Connection, name: str) -> None:
    """Raise LastAdministratorError if this account is the only one that can administer the service.

    Call it in the transaction of the change: two administrators could remove each other at once.
    """
    stored = accounts.list_accounts(connection)
    administrators: set[str] = set()
    for account in stored:
        is_admin = any(grant.role is Role.ADMIN and not grant.organisation for grant in account.grants)
        if is_admin and account.logs_in and not account.closed_at:
            administrators.add(account.name)
    if administrators == {name}:
        raise LastAdministratorError(name)
