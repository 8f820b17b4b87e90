"""Receipts: the signed end of the log. The newest one is in a file of the home, outside the database.

A person who can write only the database cannot write that file, and nobody can make it again without the key.
So it shows a log that was cut off or rewritten with fitting hashes. A receipt that is stored elsewhere
also shows this to people who do not trust the owner of the home.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from sqlalchemy import Connection, select

from overzicht.errors import InputFileError, OverzichtError
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.signing import SignatureError, SignedStatement, Signer, can_sign, read_statement
from overzicht.isolation import Limits, in_child
from overzicht.store import schema
from overzicht.store.log import LogEnd, log_end
from overzicht.store.private import open_private
from overzicht.store.proof.state import stored_state

KIND = "log-receipt"
KEY_FILE = "signing-key.pem"
NEWEST_FILE = "log-receipt.json"
LARGEST_RECEIPT = 2**16
SHA256 = r"^[0-9a-f]{64}$"


class ReceiptContent(StrictModel):
    """What a receipt states: number, hash and time of the newest log entry, and the state of the rows."""

    entries: int = Field(ge=0)
    log_head: str = Field(pattern=SHA256)
    state: str = Field(pattern=SHA256)
    at: str = Field(max_length=40)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt whose signature is right."""

    content: ReceiptContent
    statement: SignedStatement


class Receipts:
    """Makes and reads the receipts of one home; `key` is the file of the private key."""

    def __init__(self, home: Path, key: Path | None = None) -> None:
        self.key = key or home / KEY_FILE
        self.newest = home / NEWEST_FILE

    def make(self, connection: Connection) -> Receipt:
        """Return a receipt for the end of the log; raises MissingExtraError, SigningKeyError.

        The first one that a key signs is the newest of the home too.
        """
        is_first = not self.key.is_file()
        receipt = self._sign(log_end(connection), stored_state(connection))
        if is_first:
            with self._locked():
                self._replace(receipt)
        return receipt

    def is_missing(self, end: LogEnd) -> bool:
        """Return whether the home should have a receipt, because the key was used, and has none.

        A process that was killed after its first entry may have left a key without a receipt.
        """
        has_receipt = self.newest.is_file() and self.newest.stat().st_size > 0
        return can_sign() and self.key.is_file() and end.seq > 1 and not has_receipt

    def keep(self, end: LogEnd, state: str) -> None:
        """Write the receipt of a committed entry, unless the file has a later one.

        Without the library, or if the file cannot be written, the earlier receipt remains. It covers fewer
        entries, and is not wrong.
        """
        if not can_sign():
            return
        with contextlib.suppress(OSError, OverzichtError), self._locked():
            stored = self._stored_entries()
            if stored is None or stored < end.seq:
                self._replace(self._sign(end, state))

    def renew(self, connection: Connection) -> None:
        """Write the receipt of a store that was filled from another one, whatever the file has."""
        if can_sign():
            with self._locked():
                self._replace(self._sign(log_end(connection), stored_state(connection)))

    def stored(self) -> Receipt | None:
        """Return the newest receipt of the home, None if there is none; SignatureError if it is not right.

        It must be signed by the key of the home, if that exists.
        """
        if not can_sign() or not self.newest.is_file() or not self.newest.stat().st_size:
            return None
        receipt = read_receipt(self.newest)
        if self.key.is_file() and _signer(self.key).public_key != receipt.statement.public_key:
            raise SignatureError(self.newest.name, f"it is not signed by the key in {self.key.name}")
        return receipt

    def _sign(self, end: LogEnd, state: str) -> Receipt:
        content = ReceiptContent(entries=end.seq, log_head=end.hash, state=state, at=end.at)
        return Receipt(content, _signer(self.key).sign(KIND, content.model_dump()))

    def _stored_entries(self) -> int | None:
        try:
            content: dict[str, Any] = json.loads(self.newest.read_bytes())["content"]
            return int(content["entries"])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _replace(self, receipt: Receipt) -> None:
        partial = self.newest.with_name(f"{self.newest.name}.part")
        with open_private(partial) as file:
            file.write(receipt.statement.to_bytes())
        partial.replace(self.newest)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process or thread at a time write the file."""
        lock = os.open(self.newest.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


@in_child(Limits())
def read_receipt(path: Path) -> Receipt:
    """Return the receipt in a file; raises SignatureError, and InputFileError for an unreadable file."""
    try:
        with path.open("rb") as file:
            statement = read_statement(file.read(LARGEST_RECEIPT), KIND, path.name)
    except OSError as error:
        raise InputFileError(str(path), f"cannot be read: {error.strerror}") from error
    try:
        return Receipt(ReceiptContent.model_validate(statement.content), statement)
    except ValidationError as error:
        raise SignatureError(path.name, "it is not a receipt of a log") from error


def receipt_fault(connection: Connection, receipt: Receipt) -> str:
    """Return what contradicts a receipt, empty if its entry is in the log as it was signed."""
    stated = receipt.content
    if not stated.entries:
        return ""
    query = select(schema.log.c.hash).where(schema.log.c.seq == stated.entries)
    stored = connection.execute(query).scalar()
    if stored is None:
        return f"entry {stated.entries} of {stated.at} was signed and is missing: the log was cut off"
    if stored != stated.log_head:
        return f"entry {stated.entries} is not the entry of {stated.at} that was signed"
    return ""


@lru_cache(maxsize=8)
def _signer(path: Path) -> Signer:
    return Signer.open(path)
