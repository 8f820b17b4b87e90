"""Accounts, their permissions, sessions and tokens; only the hash of a secret is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import computed_field
from sqlalchemy import Connection, Row, or_, select, true

from overzicht.errors import UnknownNameError
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.text import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store.database import Transaction
from overzicht.store.rows import count_of, find_value, value_of, values_of
from overzicht.store.tables import accounts as tables


class Role(WordedEnum):
    """Permission level; each includes the lower ones."""

    READER = "reader", text("reader")
    EDITOR = "editor", text("editor")
    OFFICER = "officer", text("licensing officer")
    ADMIN = "admin", text("administrator")

    @property
    def rank(self) -> int:
        """0 for a reader up to 3 for an admin."""
        return list(Role).index(self)


class Stage(StrEnum):
    """What a session lacks before it gives rights: nothing, the second factor, or a first factor to add."""

    OPEN = "open"
    FACTOR = "factor"
    ENROL = "enrol"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role for one organisation; the empty organisation stands for all of them and shared data."""

    role: Role
    organisation: str = ""
    granted_by: Annotated[str, HIDDEN] = field(default="", compare=False)
    granted_at: Annotated[str, HIDDEN] = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Principal:
    """A user or program and its rights; `is_local` is the reader at the machine itself, without a name."""

    name: str
    grants: tuple[Grant, ...]
    is_local: bool = False
    session: str = ""  # the hash of the session's token, for logging out
    token: int = field(default=0, compare=False)  # the number of the token; 0 for a session

    def may(self, role: Role, organisation: str = "", above: Iterable[str] = ()) -> bool:
        """Return whether the role is granted for an organisation, or for one that it is part of (`above`).

        The empty organisation stands for shared data (lists, makers, the log): any grant allows reading it,
        only a grant for all organisations allows changing it.
        """
        places = {"", organisation, *above}
        if not organisation and role is Role.READER:
            return bool(self.grants)
        return any(g.role.rank >= role.rank and g.organisation in places for g in self.grants)

    @property
    def organisations(self) -> frozenset[str] | None:
        """The organisations that this principal may read, with everything below them; None means all."""
        if any(not grant.organisation for grant in self.grants):
            return None
        return frozenset(grant.organisation for grant in self.grants)

    @property
    def sees_jobs_of(self) -> str | None:
        """The name of the user whose jobs this principal may see; None means all users."""
        return None if self.organisations is None else self.name

    @property
    def highest(self) -> Role | None:
        """The highest role for any organisation; None without a grant."""
        return max((grant.role for grant in self.grants), key=lambda role: role.rank, default=None)


LOCAL_READER = Principal("", (Grant(Role.READER),), is_local=True)


@dataclass(frozen=True, slots=True)
class Account:
    """An account; `password_hash` is empty for a program, which has tokens only, and with single sign-on.

    `sso_subject` is the issuer and subject of an OpenID provider; `used_at` is the time of the last log-in.
    Failed log-ins before `unlocked_at` no longer count.
    """

    name: str
    password_hash: Annotated[str, HIDDEN]
    grants: tuple[Grant, ...]
    created_at: str
    closed_at: str = ""
    used_at: str = ""
    unlocked_at: Annotated[str, HIDDEN] = ""
    sso_subject: Annotated[str, HIDDEN] = ""

    @computed_field
    @property
    def logs_in(self) -> bool:
        """Whether a person can log in: with a password or through single sign-on."""
        return bool(self.password_hash or self.sso_subject)


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a browser; times are ISO texts in UTC. `challenge` is for a security key, once."""

    token_hash: str
    account: str
    opened_at: str
    seen_at: str
    expires_at: str
    stage: Stage
    challenge: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A program's token without its secret: its maximum permission and expiry."""

    id: int
    account: str
    grant: Grant
    created_at: str
    expires_at: str = ""
    revoked_at: str = ""
    used_at: str = ""

    def is_valid_at(self, at: datetime) -> bool:
        """Return whether it is neither revoked nor expired."""
        return not self.revoked_at and not (self.expires_at and at >= datetime.fromisoformat(self.expires_at))


def add_account(tx: Transaction, name: str, password_hash: str, sso_subject: str | None = None) -> None:
    """Store an account; the caller has checked that the name is free."""
    tx.insert(
        tables.account,
        name=name,
        password_hash=password_hash,
        sso_subject=sso_subject,
        created_by=tx.actor,
        created_at=tx.at_text,
    )
    tx.log("add account", name)


def find_sso_account(connection: Connection, sso_subject: str) -> Account | None:
    """Return the account of a subject of an OpenID provider; None if there is none."""
    query = select(tables.account.c.name).where(tables.account.c.sso_subject == sso_subject)
    name = connection.scalar(query)
    return None if name is None else find_account(connection, name)


def find_account(connection: Connection, name: str) -> Account | None:
    """Return an account with its grants, closed ones too; None if there is none."""
    row = connection.execute(select(tables.account).where(tables.account.c.name == name)).first()
    return None if row is None else value_of(Account, row, grants=grants_of(connection, name))


def list_accounts(connection: Connection) -> list[Account]:
    """Return all accounts by name, closed ones included."""
    rows = connection.execute(select(tables.account).order_by(tables.account.c.name)).all()
    return [value_of(Account, row, grants=grants_of(connection, row.name)) for row in rows]


def count_accounts(connection: Connection) -> int:
    """Return how many accounts are not closed."""
    return count_of(connection, tables.account, tables.account.c.closed_at.is_(None))


def set_password(tx: Transaction, name: str, password_hash: str) -> None:
    """Set another password for an account, and end its sessions."""
    _change(tx, name, password_hash=password_hash)
    end_sessions(tx, name)
    tx.log("set password", name)


def keep_rehashed(tx: Transaction, name: str, password_hash: str) -> None:
    """Store the same password in a newer hash format."""
    _change(tx, name, password_hash=password_hash)


def close_account(tx: Transaction, name: str) -> None:
    """Close an account: its sessions and tokens stop working; it remains in the records."""
    _change(tx, name, closed_at=tx.at_text)
    end_sessions(tx, name)
    tx.log("close account", name)


def give_grant(tx: Transaction, name: str, grant: Grant) -> None:
    """Give an account a role for an organisation, replacing its earlier one.

    Raises UnknownNameError if there is no open account of that name.
    """
    account = find_account(tx.connection, name)
    if account is None or account.closed_at:
        raise UnknownNameError("open account", name)
    table = tables.account_grant
    tx.delete(table, table.c.account == name, table.c.organisation == grant.organisation)
    given = {"granted_by": tx.actor, "granted_at": tx.at_text}
    tx.insert(table, account=name, role=grant.role, organisation=grant.organisation, **given)
    end_sessions(tx, name)  # a session has the rights with which it began
    tx.log("grant role", name, role=grant.role.value, organisation=grant.organisation)


def take_grant(tx: Transaction, name: str, organisation: str) -> None:
    """Remove the role of an account for an organisation; UnknownNameError if it has none."""
    table = tables.account_grant
    if tx.delete(table, table.c.account == name, table.c.organisation == organisation) != 1:
        raise UnknownNameError("grant of this account for", organisation or "all organisations")
    end_sessions(tx, name)
    tx.log("take role", name, organisation=organisation)


def grants_of(connection: Connection, name: str) -> tuple[Grant, ...]:
    """Return the grants of an account by organisation."""
    table = tables.account_grant
    query = select(table).where(table.c.account == name).order_by(table.c.organisation)
    return tuple(values_of(Grant, connection, query))


def add_session(
    tx: Transaction, token_hash: str, account: str, expires_at: datetime, stage: Stage = Stage.OPEN
) -> None:
    """Store a session that begins now; a log-in is complete if nothing is missing."""
    end = expires_at.isoformat(timespec="seconds")
    tx.insert(
        tables.login_session,
        token_hash=token_hash,
        account=account,
        expires_at=end,
        stage=stage,
        **dict.fromkeys(("opened_at", "seen_at"), tx.at_text),
    )
    if stage is Stage.OPEN:
        tx.update(tables.account, tables.account.c.name == account, used_at=tx.at_text)
        tx.log("log in", account)
    else:
        tx.log("ask for second factor", account)


def sessions_of(connection: Connection, account: str) -> list[Session]:
    """Return the sessions of an account, newest first, expired ones included."""
    table = tables.login_session
    query = select(table).where(table.c.account == account).order_by(table.c.opened_at.desc())
    return values_of(Session, connection, query)


def set_challenge(tx: Transaction, token_hash: str, challenge: str | None) -> None:
    """Store the challenge that a security key must sign, or remove it after its use."""
    table = tables.login_session
    tx.update(table, table.c.token_hash == token_hash, challenge=challenge)


def unlock_account(tx: Transaction, name: str) -> None:
    """Let failed log-ins before now no longer count; UnknownNameError if no such account is open."""
    _change(tx, name, unlocked_at=tx.at.isoformat())
    tx.log("unlock account", name)


def touch_token(tx: Transaction, number: int, used_at: str) -> None:
    """Record when a token was used."""
    tx.update(tables.access_token, tables.access_token.c.id == number, used_at=used_at)


def find_session(connection: Connection, token_hash: str) -> Session | None:
    """Return a session by the hash of its token, expired or not; None if there is none."""
    table = tables.login_session
    return find_value(Session, connection, select(table).where(table.c.token_hash == token_hash))


def touch_session(tx: Transaction, token_hash: str) -> None:
    """Record that a session is in use."""
    table = tables.login_session
    tx.update(table, table.c.token_hash == token_hash, seen_at=tx.at_text)


def end_session(tx: Transaction, token_hash: str) -> None:
    """End a session; no effect if it has ended."""
    tx.delete(tables.login_session, tables.login_session.c.token_hash == token_hash)


def end_sessions(tx: Transaction, account: str, *, but: str = "") -> None:
    """End all sessions of an account, except the one with the hash `but`."""
    table = tables.login_session
    tx.delete(table, table.c.account == account, table.c.token_hash != but)


def drop_expired_sessions(tx: Transaction) -> None:
    """Remove expired sessions."""
    tx.delete(tables.login_session, tables.login_session.c.expires_at <= tx.at_text)


def add_token(
    tx: Transaction, token_hash: str, account: str, grant: Grant, expires_at: datetime | None
) -> int:
    """Store a token by its hash and return its number."""
    may = {"role": grant.role.value, "organisation": grant.organisation}
    end = expires_at.isoformat(timespec="seconds") if expires_at else None
    number = tx.insert(
        tables.access_token,
        token_hash=token_hash,
        account=account,
        expires_at=end,
        **{"created_by": tx.actor, "created_at": tx.at_text, **may},
    )
    tx.log("issue token", account, token=number, **may)
    return number


def find_token(connection: Connection, token_hash: str) -> Token | None:
    """Return a token by its hash, revoked or not; None if there is none."""
    table = tables.access_token
    row = connection.execute(select(table).where(table.c.token_hash == token_hash)).first()
    return None if row is None else _token(row)


def list_tokens(connection: Connection, account: str = "") -> list[Token]:
    """Return the tokens of an account, or all, by number, revoked ones included."""
    table = tables.access_token
    query = select(table).where(table.c.account == account if account else true()).order_by(table.c.id)
    return [_token(row) for row in connection.execute(query)]


def revoke_token(tx: Transaction, number: int, account: str = "") -> None:
    """Revoke a token, of an account if one is named; UnknownNameError if there is no such valid token."""
    table = tables.access_token
    own = table.c.account == account if account else true()
    stands = (table.c.id == number, table.c.revoked_at.is_(None), own)
    tx.update_one(table, *stands, revoked_at=tx.at_text, missing=("standing token", str(number)))
    tx.log("revoke token", str(number))


def _change(tx: Transaction, name: str, **columns: Any) -> None:
    table = tables.account
    is_open = (table.c.name == name, table.c.closed_at.is_(None))
    tx.update_one(table, *is_open, missing=("open account", name), **columns)


def _token(row: Row[Any]) -> Token:
    return value_of(Token, row, grant=value_of(Grant, row))


def destroy_tokens_before(tx: Transaction, time: str) -> int:
    """Delete the tokens that were revoked or expired before a time; return their number."""
    column = tables.access_token.c
    return tx.delete(tables.access_token, or_(column.revoked_at < time, column.expires_at < time))


def destroy_closed_before(tx: Transaction, time: str) -> int:
    """Delete what accounts had that were closed before a time; return the number of these accounts.

    The name of an account remains, because the log names it.
    """
    column = tables.account.c
    has_secret = or_(column.password_hash != "", column.sso_subject.is_not(None))
    closed = select(column.name).where(column.closed_at < time)
    rights = [
        tx.delete(table, table.c.account.in_(closed))
        for table in (tables.account_grant, tables.account_factor)
    ]
    count = tx.update(tables.account, column.closed_at < time, has_secret, password_hash="", sso_subject=None)
    return max(count, int(any(rights)))
