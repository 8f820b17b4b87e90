"""Encrypted backups: only a recipient or the passphrase opens them, and a damaged one is refused."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from store_tools import NOON

from overzicht.store import decisions
from overzicht.store.database import Store
from overzicht.store.moving import encryption
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.encryption import (
    EncryptionError,
    Keys,
    back_up_encrypted,
    is_encrypted,
    restore_encrypted,
)

WORDS = "four plain words here"


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "home")
    with store.writing("anna", NOON) as tx:
        decisions.open_task(tx, "device-1", "a secret task")
    yield store
    store.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "other")
    yield store
    store.close()


@pytest.fixture
def identity(tmp_path: Path) -> tuple[Path, str]:
    """Return the file of a private key, and its public key."""
    key = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"# created: 2026\n{key}\n", encoding="ascii")
    return path, str(key.to_public())


def test_a_recipient_restores_the_whole_store(
    full: Store, other: Store, identity: tuple[Path, str], tmp_path: Path
) -> None:
    file, recipient = identity
    second = str(pyrage.x25519.Identity.generate().to_public())
    back_up_encrypted(full, tmp_path / "b.age", Keys((second, recipient)))
    content = (tmp_path / "b.age").read_bytes()
    assert is_encrypted(tmp_path / "b.age")
    assert b"task" not in content
    assert b"PK\x03\x04" not in content
    restore_encrypted(other, tmp_path / "b.age", Keys(identity=file))
    checked = check_store(other)
    assert (checked.faults, checked.log_head) == ((), check_store(full).log_head)
    assert [path.name for path in full.home.glob("backup-*")] == []


def test_the_passphrase_restores_it_and_another_does_not(full: Store, other: Store, tmp_path: Path) -> None:
    back_up_encrypted(full, tmp_path / "b.age", Keys(passphrase=WORDS))
    with pytest.raises(EncryptionError, match="cannot be decrypted"):
        restore_encrypted(other, tmp_path / "b.age", Keys(passphrase=WORDS[:-1]))
    restore_encrypted(other, tmp_path / "b.age", Keys(passphrase=WORDS))
    assert check_store(other).faults == ()


def test_a_damaged_or_foreign_file_is_refused(
    full: Store, other: Store, identity: tuple[Path, str], tmp_path: Path
) -> None:
    file, recipient = identity
    target = tmp_path / "b.age"
    back_up_encrypted(full, target, Keys((recipient,)))
    content = bytearray(target.read_bytes())
    content[-40] ^= 1
    target.write_bytes(content)
    with pytest.raises(EncryptionError, match="cannot be decrypted"):
        restore_encrypted(other, target, Keys(identity=file))
    back_up_encrypted(full, target, Keys((str(pyrage.x25519.Identity.generate().to_public()),)))
    with pytest.raises(EncryptionError, match="cannot be decrypted"):
        restore_encrypted(other, target, Keys(identity=file))


def test_wrong_keys_and_names_are_explained(full: Store, tmp_path: Path, identity: tuple[Path, str]) -> None:
    with pytest.raises(EncryptionError, match="not a recipient"):
        back_up_encrypted(full, tmp_path / "b.age", Keys(("age1x",)))
    with pytest.raises(EncryptionError, match="one file"):
        back_up_encrypted(full, tmp_path / "b.zip", Keys((identity[1],)))


def test_a_full_disk_leaves_the_earlier_file(
    full: Store, tmp_path: Path, identity: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "b.age"
    back_up_encrypted(full, target, Keys((identity[1],)))
    before = target.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(encryption, "export_store", fail)
    with pytest.raises(EncryptionError, match="No space left"):
        back_up_encrypted(full, target, Keys((identity[1],)))
    assert target.read_bytes() == before
    assert list(tmp_path.glob("*.part")) == []
