"""Backups in one file, encrypted with age (https://age-encryption.org/v1) for keys or a passphrase."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from overzicht.errors import InputFileError, MissingExtraError
from overzicht.store.database import Store
from overzicht.store.moving.transfer import TransferResult, export_store, load_store
from overzicht.store.snapshots import written_whole

ENDING = ".age"
EXTRA = "safety"
HEADER = b"age-encryption.org/v1\n"
LARGEST_IDENTITY = 2**16
LARGEST_PASSPHRASE_FILE = 4 * 2**30  # the library encrypts with a passphrase in memory only


class EncryptionError(InputFileError):
    """A recipient, an identity, a passphrase or an encrypted file cannot be used."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Recipients (to encrypt) or a file of identities (to decrypt), or a passphrase."""

    recipients: Sequence[str] = ()
    identity: Path | None = None
    passphrase: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        """Return whether anything is given."""
        return bool(self.recipients or self.identity or self.passphrase)


def is_encrypted(path: Path) -> bool:
    """Return whether a file begins as one of age does."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError:
        return False


def back_up_encrypted(store: Store, target: Path, keys: Keys) -> TransferResult:
    """Write one consistent state of a store to an encrypted file; a complete one replaces an earlier one.

    The plain copy exists for a moment in the home of the store. Raises EncryptionError, MissingExtraError.
    """
    age = _age()
    if target.suffix != ENDING:
        raise EncryptionError(
            target.name,
            "an encrypted backup is one file",
            fix=f"use the extension {ENDING}, such as b{ENDING}",
        )
    recipients = []
    for text in keys.recipients:
        kind = age.ssh if text.startswith("ssh-") else age.x25519
        try:
            recipients.append(kind.Recipient.from_str(text.strip()))
        except age.RecipientError as error:
            fix = "give a public key, such as age1… or ssh-ed25519 …"
            raise EncryptionError(text[:20], f"it is not a recipient ({error})", fix=fix) from error
    try:
        with _plain_file(store) as plain, written_whole(target) as file:
            moved = export_store(store, plain)
            if keys.passphrase:
                file.write(age.passphrase.encrypt(plain.read_bytes(), keys.passphrase))
            else:
                with plain.open("rb") as source:
                    age.encrypt_io(source, file, recipients)
    except (OSError, age.EncryptError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        fix = "an earlier file of this name remains valid. Free disk space, then make the backup again"
        raise EncryptionError(target.name, f"cannot be written: {reason}", fix=fix) from error
    return moved


def restore_encrypted(store: Store, source: Path, keys: Keys) -> TransferResult:
    """Fill an empty store from an encrypted file; raises EncryptionError and the errors of `load_store`."""
    age = _age()
    with _plain_file(store) as plain:
        try:
            with source.open("rb") as encrypted, plain.open("wb") as file:
                if keys.passphrase:
                    file.write(
                        age.passphrase.decrypt(encrypted.read(LARGEST_PASSPHRASE_FILE), keys.passphrase)
                    )
                else:
                    age.decrypt_io(encrypted, file, _identities(age, keys.identity))
        except (OSError, age.DecryptError) as error:
            fix = "give the --identity of a recipient, or the passphrase. If it is right, use another copy"
            raise EncryptionError(source.name, f"cannot be decrypted ({error})", fix=fix) from error
        return load_store(store, plain)


@contextmanager
def _plain_file(store: Store) -> Iterator[Path]:
    with TemporaryDirectory(dir=store.home, prefix="backup-") as folder:
        yield Path(folder) / "store.zip"


def _age() -> Any:
    if find_spec("pyrage") is None:
        raise MissingExtraError("an encrypted backup", EXTRA)
    import pyrage  # noqa: PLC0415 - an extra

    return pyrage


def _identities(age: Any, path: Path | None) -> list[Any]:
    if path is None:
        raise EncryptionError("--identity", "no key is given", fix="give the identity file of a recipient")
    with path.open("rb") as file:
        content = file.read(LARGEST_IDENTITY)
    try:
        if b"-----BEGIN" in content:
            return [age.ssh.Identity.from_buffer(content)]
        lines = [line.strip() for line in content.decode("ascii").splitlines()]
        keys = [age.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except (age.IdentityError, ValueError) as error:
        raise EncryptionError(path.name, f"it is not an identity file of age ({error})") from error
    if not keys:
        raise EncryptionError(path.name, "it has no key")
    return keys
