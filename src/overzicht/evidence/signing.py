"""Signatures by Ed25519 (RFC 8032): a statement, the key that signed it, and whether it is what was signed.

A statement is JSON of one kind. The kind is signed with it, so no statement passes for one of another kind.
"""

import base64
import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from overzicht.errors import InputFileError, MissingExtraError
from overzicht.evidence.packaged import StrictModel

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "overzicht-signed"
BASE64 = r"^[A-Za-z0-9+/]{43,86}={0,2}$"
LARGEST_STATEMENT = 64 * 2**20
LARGEST_KEY = 2**14
KEY_BYTES = 32
EXTRA = "safety"


class SigningKeyError(InputFileError):
    """A file is not a private key of Ed25519 in PEM."""

    def __init__(self, path: Path, reason: str) -> None:
        fix = "make one with `openssl genpkey -algorithm ed25519`, or remove the file to get a new key"
        super().__init__(path.name, reason, fix=fix)


class SignatureError(InputFileError):
    """A signed statement cannot be read, or is not what its key signed."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason, fix="ask its maker for the original file")


class SignedStatement(StrictModel):
    """A statement with its signature; key and signature are base64."""

    format: str = Field(pattern=f"^{FORMAT}$")
    kind: str = Field(pattern=r"^[a-z-]{1,40}$")
    content: dict[str, Any]
    public_key: str = Field(pattern=BASE64)
    signature: str = Field(pattern=BASE64)

    @property
    def key_name(self) -> str:
        """The first 16 digits of the SHA-256 of the public key, by which people compare keys."""
        return hashlib.sha256(base64.b64decode(self.public_key)).hexdigest()[:16]

    def to_bytes(self) -> bytes:
        """Return the statement as a file."""
        return json.dumps(self.model_dump(), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


class Signer:
    """A private key that signs statements."""

    def __init__(self, key: "Ed25519PrivateKey") -> None:
        self._key = key
        self.public_key = base64.b64encode(key.public_key().public_bytes_raw()).decode("ascii")

    @classmethod
    def open(cls, path: Path) -> "Signer":
        """Return the key in a file; without the file, write a new key that only its owner can read.

        Raises SigningKeyError, MissingExtraError, OSError.
        """
        require_signing()
        from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

        if not path.exists():
            made = Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            # write a key if no other process has written one in the meantime
            partial = path.with_name(f"{path.name}.{os.getpid()}.part")
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            try:
                with os.fdopen(descriptor, "wb") as part:
                    part.write(made)
                    part.flush()
                    os.fsync(part.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(partial, path)  # unlike a rename, it never replaces the key of another process
            finally:
                partial.unlink(missing_ok=True)
        with path.open("rb") as file:
            content = file.read(LARGEST_KEY)
        try:
            key = serialization.load_pem_private_key(content, password=None)
        except (ValueError, TypeError) as error:
            raise SigningKeyError(path, "it is not a private key in PEM without a password") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise SigningKeyError(path, "it is a key of another kind than Ed25519")
        return cls(key)

    @classmethod
    def derive(cls, secret: str) -> "Signer":
        """Return the key that follows from a secret of at least 80 random bits; the key is stored nowhere."""
        require_signing()
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

        seed = hashlib.sha256(f"{FORMAT}\nkey\n{secret}".encode()).digest()
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def sign(self, kind: str, content: Mapping[str, Any]) -> SignedStatement:
        """Return a signed statement."""
        signature = base64.b64encode(self._key.sign(_signed_bytes(kind, content))).decode("ascii")
        return SignedStatement(
            format=FORMAT, kind=kind, content=dict(content), public_key=self.public_key, signature=signature
        )


def is_public_key(key: str) -> bool:
    """Return whether a text is a public key as `Signer.public_key` writes it."""
    try:
        raw = base64.b64decode(key, validate=True)
    except ValueError:
        return False
    return len(raw) == KEY_BYTES and base64.b64encode(raw).decode("ascii") == key


def can_sign() -> bool:
    """Return whether the library for signatures is installed."""
    return find_spec("cryptography") is not None


def require_signing() -> None:
    """Raise MissingExtraError if the library for signatures is not installed."""
    if not can_sign():
        raise MissingExtraError("a signature", EXTRA)


def read_statement(data: bytes, kind: str, name: str) -> SignedStatement:
    """Return the statement of a kind in a file, if its signature is right; else SignatureError.

    `name` is that of the file, for the message. The caller decides whether it trusts the key.
    """
    require_signing()
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        statement = SignedStatement.model_validate(json.loads(data[:LARGEST_STATEMENT]))
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(statement.public_key, validate=True))
        signature = base64.b64decode(statement.signature, validate=True)
    except (ValueError, ValidationError, RecursionError) as error:
        raise SignatureError(name, "it is not a signed statement") from error
    if statement.kind != kind:
        raise SignatureError(name, f"it is a signed statement of the kind {statement.kind!r}, not {kind!r}")
    try:
        key.verify(signature, _signed_bytes(kind, statement.content))
    except InvalidSignature:
        raise SignatureError(name, "its content is not what its key signed") from None
    return statement


def _signed_bytes(kind: str, content: Mapping[str, Any]) -> bytes:
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{FORMAT}\n{kind}\n{canonical}".encode("utf-8", "surrogatepass")
