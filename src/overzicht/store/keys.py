"""The secret key of the service: in a file outside the database that only its user can read.

Whoever has only a copy of the database cannot read the secrets of apps for codes, or sign a cookie.
"""

import base64
import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from overzicht.errors import EXIT_SETUP, MissingExtraError, OverzichtError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

KEY_BYTES = 32


KEY_FILE = Path("keys", "service.key")  # in the folder of the store


class UnusableKeyError(OverzichtError):
    """The file with the secret key of the service cannot be used."""

    exit_code = EXIT_SETUP


class ServiceKey:
    """The secret key of a store; a separate key is derived for each purpose."""

    def __init__(self, home: Path) -> None:
        path = home / KEY_FILE
        try:
            if not path.exists():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(secrets.token_bytes(KEY_BYTES))
                    file.flush()
                    os.fsync(file.fileno())
                with suppress(FileExistsError):  # another process was first
                    os.link(draft, path)
                draft.unlink()
            if path.stat().st_mode & 0o077:
                raise UnusableKeyError(
                    f"{path}: other users of this machine can read the secret key", fix=f"chmod 600 {path}"
                )
            secret = path.read_bytes()
        except OSError as error:
            raise UnusableKeyError(
                f"{path}: {error.strerror or error}", fix="check the folder of the store"
            ) from error
        if len(secret) != KEY_BYTES:
            raise UnusableKeyError(
                f"{path}: the key has {len(secret)} bytes, not {KEY_BYTES}", fix="restore it from a backup"
            )
        self._secret = secret

    def derived(self, purpose: str) -> bytes:
        """Return the key of 32 bytes for a purpose."""
        return hmac.digest(self._secret, purpose.encode(), hashlib.sha256)

    def sign(self, purpose: str, text: str) -> str:
        """Return a text with its signature."""
        return f"{text}.{self._signature(purpose, text)}"

    def verified(self, purpose: str, signed: str) -> str | None:
        """Return the text that `sign` signed for this purpose; None if the signature does not match."""
        text, _, signature = signed.rpartition(".")
        expected = self._signature(purpose, text)
        is_same = hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))
        return text if is_same else None

    def _signature(self, purpose: str, text: str) -> str:
        digest = hmac.digest(self.derived(purpose), text.encode("utf-8", "replace"), hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def encrypt(self, purpose: str, text: str) -> str:
        """Return a text encrypted with authentication (Fernet: AES-128-CBC and HMAC-SHA256)."""
        return _fernet(self.derived(purpose)).encrypt(text.encode()).decode()

    def decrypt(self, purpose: str, secret: str) -> str:
        """Return the text that `encrypt` encrypted; UnusableKeyError if it was another key."""
        from cryptography.fernet import InvalidToken  # noqa: PLC0415 - an extra

        try:
            return str(_fernet(self.derived(purpose)).decrypt(secret.encode()).decode())
        except InvalidToken as error:
            raise UnusableKeyError(
                "a stored secret was encrypted with another key",
                fix="restore the file keys/service.key of this store, or remove the factor with "
                "`overzicht users reset-factors NAME`",
            ) from error


def _fernet(key: bytes) -> "Fernet":
    try:
        from cryptography.fernet import Fernet  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("second factors", "web") from error
    return Fernet(base64.urlsafe_b64encode(key))
