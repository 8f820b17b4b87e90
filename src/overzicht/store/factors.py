"""Second factors of accounts: apps for codes (TOTP), security keys (WebAuthn), and recovery codes."""

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import Connection, select

from overzicht.evidence import text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store.database import Transaction
from overzicht.store.rows import values_of
from overzicht.store.tables.accounts import account_factor


class FactorKind(WordedEnum):
    """Kind of second factor."""

    APP = "app", text("app for codes")
    KEY = "security key", text("security key")
    RECOVERY = "recovery code", text("recovery code")


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor.

    `secret` is the encrypted secret of an app, the public key of a security key (base64), or the hash of a
    recovery code. `credential` is the id of a security key, or the session that may confirm an app. `counter`
    is the last time step that an app was used for, or the count of signatures of a key. `confirmed_at` is
    empty until the first right answer, and the factor does not count until then.
    """

    id: int
    account: str
    kind: FactorKind
    label: str
    secret: Annotated[str, HIDDEN]
    credential: Annotated[str, HIDDEN]
    counter: Annotated[int, HIDDEN]
    created_at: str
    confirmed_at: str = ""
    used_at: str = ""


def factors_of(connection: Connection, account: str) -> list[Factor]:
    """Return the factors of an account in the order in which they were added, unconfirmed ones included."""
    table = account_factor
    query = select(table).where(table.c.account == account).order_by(table.c.id)
    return values_of(Factor, connection, query)


def add_app(tx: Transaction, account: str, secret: str, label: str, session: str) -> None:
    """Store an app that is not confirmed yet, for the session that sees its secret."""
    tx.insert(
        account_factor,
        account=account,
        kind=FactorKind.APP,
        label=label,
        secret=secret,
        credential=session,
        counter=0,
        created_at=tx.at_text,
    )


def add_security_key(tx: Transaction, account: str, label: str, credential: str, key: str, count: int) -> int:
    """Store a security key, which has proven itself by its registration; return its number."""
    number = tx.insert(
        account_factor,
        account=account,
        kind=FactorKind.KEY,
        label=label,
        secret=key,
        credential=credential,
        counter=count,
        **dict.fromkeys(("created_at", "confirmed_at"), tx.at_text),
    )
    tx.log("add second factor", account, factor=number, kind=FactorKind.KEY.value)
    return number


def confirm_factor(tx: Transaction, factor: Factor) -> None:
    """Mark an app as confirmed: it counts from now."""
    tx.update(account_factor, account_factor.c.id == factor.id, confirmed_at=tx.at_text, credential="")
    tx.log("add second factor", factor.account, factor=factor.id, kind=factor.kind.value)


def use_factor(tx: Transaction, factor: Factor, counter: int) -> bool:
    """Record a use, and return whether it is valid: no other use had this counter or a later one."""
    column = account_factor.c
    is_newer = column.counter < counter if counter else column.counter == 0
    return (
        tx.update(account_factor, column.id == factor.id, is_newer, counter=counter, used_at=tx.at_text) == 1
    )


def use_recovery_code(tx: Transaction, account: str, code_hash: str) -> bool:
    """Record the only use of a recovery code, and return whether it is valid and unused."""
    column = account_factor.c
    is_code = (column.account == account, column.kind == FactorKind.RECOVERY, column.secret == code_hash)
    is_valid = tx.update(account_factor, *is_code, column.used_at.is_(None), used_at=tx.at_text) == 1
    if is_valid:
        tx.log("use recovery code", account)
    return is_valid


def replace_recovery_codes(tx: Transaction, account: str, hashes: list[str]) -> None:
    """Store new recovery codes by their hashes; earlier ones no longer work."""
    column = account_factor.c
    tx.delete(account_factor, column.account == account, column.kind == FactorKind.RECOVERY)
    times = dict.fromkeys(("created_at", "confirmed_at"), tx.at_text)
    own = {"account": account, "kind": FactorKind.RECOVERY.value, "label": "", "credential": "", "counter": 0}
    tx.insert_all(account_factor, [{**own, **times, "secret": code_hash} for code_hash in hashes])
    tx.log("new recovery codes", account, count=len(hashes))


def remove_factor(tx: Transaction, account: str, number: int) -> bool:
    """Remove a factor; return whether the account had it."""
    column = account_factor.c
    is_removed = tx.delete(account_factor, column.account == account, column.id == number) == 1
    if is_removed:
        tx.log("remove second factor", account, factor=number)
    return is_removed


def remove_unconfirmed(tx: Transaction, account: str) -> None:
    """Remove the factors of an account that were never confirmed."""
    column = account_factor.c
    tx.delete(account_factor, column.account == account, column.confirmed_at.is_(None))


def remove_factors(tx: Transaction, account: str) -> int:
    """Remove all factors and recovery codes of an account; return their number."""
    count = tx.delete(account_factor, account_factor.c.account == account)
    tx.log("reset second factors", account, count=count)
    return count
