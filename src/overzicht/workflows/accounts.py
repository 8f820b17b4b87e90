"""Who comes in: accounts and passwords, sessions of browsers, tokens of programs.

A password is hashed with argon2id by a library; cookies and tokens are long and random, so a plain hash of
them is enough. Whoever asks with a wrong name and whoever asks with a wrong password get the same answer in
a like time.
"""

import hashlib
import secrets
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from overzicht.errors import EXIT_INPUT, MissingExtraError, OverzichtError, UnknownNameError
from overzicht.store import accounts
from overzicht.store.accounts import Account, Grant, Role, Session
from overzicht.store.database import Store

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSWORD = 15  # characters; NIST SP 800-63B-4, where nothing stands beside the password
LONGEST_PASSWORD = 1_000
LONGEST_NAME = 100
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
TOUCH_AFTER = timedelta(minutes=5)  # not every request writes
TOKEN_PREFIX = "overzicht_"  # noqa: S105 - no secret: so that a scanner for leaked secrets can know it
AT_ONCE = threading.Semaphore(2)  # a hash takes 64 MiB: many logins at once must not fill the memory


class UnsuitablePasswordError(OverzichtError):
    """A password is too short, too long, or the account's own name."""

    exit_code = EXIT_INPUT
    slug = "unsuitable-password"


class UnsuitableNameError(OverzichtError):
    """An account cannot have this name: it is taken, or shows nothing on a line of the log."""

    exit_code = EXIT_INPUT
    slug = "unsuitable-name"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks, and what they may do; `is_local` is the reader at the machine itself, who gave no name."""

    name: str
    grants: tuple[Grant, ...]
    is_local: bool = False
    session: str = ""  # the hash of the session's token, for logging out

    def may(self, role: Role, organisation: str = "", above: Iterable[str] = ()) -> bool:
        """Return whether a role is held for an organisation, or for one that it is part of (`above`).

        The empty organisation means what all share (lists, makers, the log): reading it takes any grant,
        changing it takes one for all organisations.
        """
        places = {"", organisation, *above}
        if not organisation and role is Role.READER:
            return bool(self.grants)
        return any(g.role.rank >= role.rank and g.organisation in places for g in self.grants)

    @property
    def organisations(self) -> frozenset[str] | None:
        """The organisations that this one may read, with all that is part of them; None means every one."""
        if any(not grant.organisation for grant in self.grants):
            return None
        return frozenset(grant.organisation for grant in self.grants)

    @property
    def sees_jobs_of(self) -> str | None:
        """Whose long work this one may see: everybody's (None), or only one's own."""
        return None if self.organisations is None else self.name

    @property
    def highest(self) -> Role | None:
        """The highest role held anywhere; None without any."""
        return max((grant.role for grant in self.grants), key=lambda role: role.rank, default=None)


LOCAL_READER = Principal("", (Grant(Role.READER),), is_local=True)


def add_user(store: Store, name: str, password: str, grant: Grant, *, actor: str, at: datetime) -> None:
    """Keep a new account; raises UnsuitableNameError or UnsuitablePasswordError."""
    check_name(name)
    check_password(name, password)
    hashed = _hash(password)
    with store.writing(actor, at) as tx:
        if accounts.find_account(tx.connection, name) is not None:
            raise UnsuitableNameError(
                f"there is an account {name!r} already", fix="`users list` shows all; closed names stay taken"
            )
    with store.writing(name, at):
        pass  # the account is an actor too
    with store.writing(actor, at) as tx:
        accounts.add_account(tx, name, hashed)
        accounts.give_grant(tx, name, grant)


def check_name(name: str) -> None:
    """Raise UnsuitableNameError for a name that is empty, long, or does not print on one line."""
    if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UnsuitableNameError(
            f"{name!r} is no name for an account",
            fix=f"one line of at most {LONGEST_NAME} characters, no space at the ends",
        )


def check_password(name: str, password: str) -> None:
    """Raise UnsuitablePasswordError for a password that is too easily guessed."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnsuitablePasswordError(
            f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters",
            fix="four or five words that have nothing to do with each other are easy to remember",
        )
    if name.casefold() in password.casefold() or len(set(password)) < SHORTEST_PASSWORD // 3:
        raise UnsuitablePasswordError("this password is too easily guessed", fix="take other words")


def change_password(store: Store, name: str, password: str, *, actor: str, at: datetime) -> None:
    """Give an account another password and end its sessions; UnknownNameError for no open account."""
    check_password(name, password)
    hashed = _hash(password)
    with store.writing(actor, at) as tx:
        accounts.set_password(tx, name, hashed)


def log_in(store: Store, name: str, password: str, *, at: datetime) -> str | None:
    """Return the token of a new session, or None when name and password do not fit an open account."""
    with store.reading() as connection:
        account = accounts.find_account(connection, name)
    is_open = account is not None and not account.closed_at and bool(account.password_hash)
    known = account.password_hash if account is not None and is_open else _nobody()
    if not _verify(known, password[:LONGEST_PASSWORD]) or account is None or not is_open:
        return None
    token = secrets.token_urlsafe(32)
    renewed = _hash(password) if _hasher().check_needs_rehash(account.password_hash) else ""
    with store.writing(name, at) as tx:
        accounts.drop_expired_sessions(tx)
        if renewed:
            accounts.keep_rehashed(tx, name, renewed)
        accounts.add_session(tx, digest(token), name, at + SESSION_LASTS)
    return token


def principal_of_session(store: Store, token: str, *, at: datetime) -> Principal | None:
    """Return who a session's cookie stands for, or None when it is over or was never opened."""
    with store.reading() as connection:
        session = accounts.find_session(connection, digest(token))
        account = accounts.find_account(connection, session.account) if session else None
    if session is None or account is None or account.closed_at or _is_over(session, at):
        return None
    if at - datetime.fromisoformat(session.seen_at) > TOUCH_AFTER:
        with store.writing(account.name, at) as tx:
            accounts.touch_session(tx, session.token_hash)
    return Principal(account.name, account.grants, session=session.token_hash)


def _is_over(session: Session, at: datetime) -> bool:
    idle = at - datetime.fromisoformat(session.seen_at) > SESSION_IDLE
    return idle or at >= datetime.fromisoformat(session.expires_at)


def log_out(store: Store, principal: Principal, *, at: datetime) -> None:
    """End the session that a principal came in with."""
    with store.writing(principal.name, at) as tx:
        accounts.end_session(tx, principal.session)
        tx.log("log out", principal.name)


def issue_token(
    store: Store, name: str, grant: Grant, *, expires_at: datetime | None, actor: str, at: datetime
) -> tuple[int, str]:
    """Return the number and the secret of a new token, which is shown this once.

    A name without an account becomes one for a program: nobody can log in with it. A token never opens more
    than its account does.
    """
    check_name(name)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with store.writing(name, at):
        pass  # the program is an actor too
    with store.writing(actor, at) as tx:
        account = accounts.find_account(tx.connection, name)
        if account is None:
            accounts.add_account(tx, name, "")
            accounts.give_grant(tx, name, grant)
        elif account.closed_at:
            raise UnknownNameError("open account", name)
        number = accounts.add_token(tx, digest(secret), name, grant, expires_at)
    return number, secret


def principal_of_token(store: Store, secret: str, *, at: datetime) -> Principal | None:
    """Return who a token stands for, or None when it is unknown, revoked or expired."""
    with store.reading() as connection:
        token = accounts.find_token(connection, digest(secret))
        account = accounts.find_account(connection, token.account) if token else None
    if token is None or account is None or account.closed_at or token.revoked_at:
        return None
    if token.expires_at and at >= datetime.fromisoformat(token.expires_at):
        return None
    return Principal(account.name, both(account, token.grant))


def both(account: Account, wanted: Grant) -> tuple[Grant, ...]:
    """Return what both an account and a token's own grant allow: the lower role, the narrower place."""
    found = []
    for held in account.grants:
        role = min(held.role, wanted.role, key=lambda each: each.rank)
        if not held.organisation or held.organisation == wanted.organisation:
            found.append(Grant(role, wanted.organisation))
        elif not wanted.organisation:
            found.append(Grant(role, held.organisation))
    return tuple(found)


def digest(secret: str) -> str:
    """Return the hash by which a random secret is known to the store."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _hasher() -> "PasswordHasher":
    try:
        from argon2 import PasswordHasher  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("keeping passwords", "web") from error
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return a hash of what nobody knows, so that a wrong name takes as long as a wrong password."""
    return _hash(secrets.token_urlsafe(32))


def _hash(password: str) -> str:
    with AT_ONCE:
        return _hasher().hash(password.encode("utf-8", "surrogatepass"))


def _verify(known: str, password: str) -> bool:
    hasher = _hasher()
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - an extra

    try:
        with AT_ONCE:
            return hasher.verify(known, password.encode("utf-8", "surrogatepass"))
    except (InvalidHashError, VerificationError):
        return False
