"""Access: accounts and passwords, sessions of browsers, tokens of programs.

A password is hashed with argon2id by a library; cookies and tokens are long and random, so a plain hash of
them is enough. A wrong name and a wrong password get the same answer in a similar time.
"""

import hashlib
import secrets
import threading
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from overzicht.errors import MissingExtraError, OverzichtError, UnknownNameError
from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.store import accounts
from overzicht.store.accounts import Account, Grant, Principal, Session, Stage
from overzicht.store.database import Store, Transaction
from overzicht.workflows.second_factor import missing_step

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSWORD = 15  # characters; NIST SP 800-63B-4, for a password without a second factor
LONGEST_PASSWORD = 1_000
LONGEST_NAME = 100
SSO_ACTOR = "single sign-on"  # the author of accounts and roles that a provider gives
RESERVED_NAMES = (SYSTEM_ACTOR, SSO_ACTOR)
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
LOGIN_LASTS = timedelta(minutes=10)  # between the password and the second factor
TOUCH_AFTER = timedelta(minutes=5)  # not every request writes
TOKEN_PREFIX = "overzicht_"  # noqa: S105 - not a secret: scanners for leaked secrets recognise it
AT_ONCE = threading.Semaphore(2)  # a hash takes 64 MiB: many simultaneous logins must not fill the memory


class UnsuitablePasswordError(OverzichtError):
    """A password is too short, too long, or the account's own name."""


class UnsuitableNameError(OverzichtError):
    """An account cannot have this name: it is taken, or is not one printable line of the log."""


def add_user(store: Store, name: str, password: str, grant: Grant, actor: Actor) -> None:
    """Add an account; raises UnsuitableNameError or UnsuitablePasswordError."""
    check_name(name)
    check_password(name, password)
    hashed = _hash(password)
    with store.writing(name, actor.at):
        pass  # the account is an actor too
    with store.writing(actor.name, actor.at) as tx:
        if accounts.find_account(tx.connection, name) is not None:
            raise UnsuitableNameError(
                f"account {name!r} already exists",
                fix="choose another name. `users list` shows all accounts; a closed account keeps its name",
            )
        accounts.add_account(tx, name, hashed)
        accounts.give_grant(tx, name, grant)


def check_name(name: str) -> None:
    """Raise UnsuitableNameError for a name that is empty, long, of the product, or not one printable line."""
    if name.casefold() in RESERVED_NAMES:
        raise UnsuitableNameError(
            f"the log uses the name {name!r} for what the product does by itself", fix="choose another name"
        )
    if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise UnsuitableNameError(
            f"{name!r} is not a valid account name",
            fix=f"use one line of at most {LONGEST_NAME} characters, without a space at the ends",
        )


def check_password(name: str, password: str) -> None:
    """Raise UnsuitablePasswordError for a password that is too easily guessed."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnsuitablePasswordError(
            f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters",
            fix="use four or five unrelated words, which are easy to remember",
        )
    if name.casefold() in password.casefold() or len(set(password)) < SHORTEST_PASSWORD // 3:
        raise UnsuitablePasswordError("this password is too easy to guess", fix="use other words")


def change_password(store: Store, name: str, password: str, actor: Actor) -> None:
    """Change the password of an account and end its sessions; UnknownNameError if no such account is open."""
    check_password(name, password)
    hashed = _hash(password)
    with store.writing(actor.name, actor.at) as tx:
        accounts.set_password(tx, name, hashed)


def has_password(store: Store, name: str, password: str) -> bool:
    """Return whether this is the password of an open account. Each name takes a similar time."""
    return _checked_hash(store, name, password) is not None


def _checked_hash(store: Store, name: str, password: str) -> str | None:
    """Return the stored hash that a password matches; None if it is not that of an open account."""
    with store.reading() as connection:
        account = accounts.find_account(connection, name)
    stored_hash = account.password_hash if account is not None and not account.closed_at else ""
    is_valid = _verify(stored_hash or _unknown_hash(), password[:LONGEST_PASSWORD])
    return stored_hash if is_valid and stored_hash else None


def log_in(store: Store, name: str, password: str, *, at: datetime) -> str | None:
    """Return the token of a new session; None if name and password do not match an open account.

    The session gives no rights until a second factor is given, if the account has or requires one
    (`pending_session`). A password that was changed during the check gives no session.
    """
    checked = _checked_hash(store, name, password)
    if checked is None:
        return None
    renewed = _hash(password) if _hasher().check_needs_rehash(checked) else ""
    with store.writing(name, at) as tx:
        account = accounts.find_account(tx.connection, name)
        if account is None or account.closed_at or account.password_hash != checked:
            return None
        if renewed:
            accounts.keep_rehashed(tx, name, renewed)
        return _add_session(tx, name, missing_step(tx.connection, account))


def open_session(store: Store, name: str, *, at: datetime, after: str = "") -> str:
    """Return the token of a new session of an account; the session with the hash `after` ends."""
    with store.writing(name, at) as tx:
        accounts.end_session(tx, after)
        return _add_session(tx, name, Stage.OPEN)


def _add_session(tx: Transaction, name: str, stage: Stage) -> str:
    token = secrets.token_urlsafe(32)
    lasts = SESSION_LASTS if stage is Stage.OPEN else LOGIN_LASTS
    accounts.drop_expired_sessions(tx)
    accounts.add_session(tx, digest(token), name, tx.at + lasts, stage)
    return token


def pending_session(store: Store, token: str, *, at: datetime) -> Session | None:
    """Return the session that waits for a second factor; None if it is open, expired or does not exist."""
    with store.reading() as connection:
        session = accounts.find_session(connection, digest(token))
        account = accounts.find_account(connection, session.account) if session else None
    if session is None or account is None or account.closed_at or session.stage is Stage.OPEN:
        return None
    return session if at < datetime.fromisoformat(session.expires_at) else None


def take_challenge(store: Store, name: str, token_hash: str, *, at: datetime) -> str:
    """Return the challenge of a session and remove it, so that it is used once; empty if there is none."""
    with store.writing(name, at) as tx:
        session = accounts.find_session(tx.connection, token_hash)
        accounts.set_challenge(tx, token_hash, None)
    return session.challenge if session is not None else ""


def principal_of_session(store: Store, token: str, *, at: datetime) -> Principal | None:
    """Return the principal of a session's cookie; None if the session is not open or does not exist."""
    with store.reading() as connection:
        session = accounts.find_session(connection, digest(token))
        account = accounts.find_account(connection, session.account) if session else None
    if session is None or account is None or account.closed_at or session.stage is not Stage.OPEN:
        return None
    idle = at - datetime.fromisoformat(session.seen_at)
    if idle > SESSION_IDLE or at >= datetime.fromisoformat(session.expires_at):
        return None
    if idle > TOUCH_AFTER:
        with store.writing(account.name, at) as tx:
            accounts.touch_session(tx, session.token_hash)
    return Principal(account.name, account.grants, session=session.token_hash)


def log_out(store: Store, principal: Principal, *, at: datetime) -> None:
    """End the session of a principal."""
    with store.writing(principal.name, at) as tx:
        accounts.end_session(tx, principal.session)
        tx.log("log out", principal.name)


def issue_token(
    store: Store, name: str, grant: Grant, actor: Actor, *, expires_at: datetime | None
) -> tuple[int, str]:
    """Return the number and the secret of a new token; the secret is not stored.

    A name without an account becomes an account for a program, without a password. A token never gives more
    rights than its account.
    """
    check_name(name)
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with store.writing(name, actor.at):
        pass  # the program is an actor too
    with store.writing(actor.name, actor.at) as tx:
        account = accounts.find_account(tx.connection, name)
        if account is None:
            accounts.add_account(tx, name, "")
            accounts.give_grant(tx, name, grant)
        elif account.closed_at:
            raise UnknownNameError("open account", name)
        number = accounts.add_token(tx, digest(secret), name, grant, expires_at)
    return number, secret


def principal_of_token(store: Store, secret: str, *, at: datetime) -> Principal | None:
    """Return the principal of a token; None if it is unknown, revoked or expired."""
    with store.reading() as connection:
        token = accounts.find_token(connection, digest(secret))
        account = accounts.find_account(connection, token.account) if token else None
    if token is None or account is None or account.closed_at or not token.is_valid_at(at):
        return None
    return Principal(account.name, both(account, token.grant), token=token.id)


def both(account: Account, limit: Grant) -> tuple[Grant, ...]:
    """Return the rights that both an account and a token's grant give: the lower role, the narrower place."""
    return tuple(
        Grant(
            min(grant.role, limit.role, key=lambda role: role.rank), limit.organisation or grant.organisation
        )
        for grant in account.grants
        if not (grant.organisation and limit.organisation) or grant.organisation == limit.organisation
    )


def digest(secret: str) -> str:
    """Return the hash of a random secret, as the store has it."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _hasher() -> "PasswordHasher":
    try:
        from argon2 import PasswordHasher  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("storing passwords", "web") from error
    return PasswordHasher()


@cache
def _unknown_hash() -> str:
    """Return the hash of an unknown secret, so that a wrong name takes as long as a wrong password."""
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
