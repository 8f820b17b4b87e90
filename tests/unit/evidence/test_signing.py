"""Signatures: a changed statement, kind or key is refused, and no process replaces a key."""

import json
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from overzicht.evidence.signing import SignatureError, Signer, SigningKeyError, read_statement

CONTENT = {"entries": 3, "name": "Gemeente Voorbeeldstad", "empty": None}


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("key") / "key.pem"


def test_a_statement_is_read_as_it_was_signed_with_the_same_bytes_each_time(key: Path) -> None:
    data = Signer.open(key).sign("test", CONTENT).to_bytes()
    assert read_statement(data, "test", "x.json").content == CONTENT
    assert data == Signer.open(key).sign("test", dict(reversed(CONTENT.items()))).to_bytes()


def test_the_key_is_for_its_owner_only_and_stays(key: Path) -> None:
    first = Signer.open(key)
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert Signer.open(key).public_key == first.public_key


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_value_is_refused(key: Path, data: st.DataObject) -> None:
    statement = Signer.open(key).sign("test", CONTENT).model_dump()
    place = data.draw(st.sampled_from([*statement, *CONTENT]))
    holder = statement if place in statement else statement["content"]
    holder[place] = data.draw(
        st.text(max_size=90).filter(lambda text: text != holder[place]) | st.integers(10) | st.booleans()
    )
    with pytest.raises(SignatureError):
        read_statement(json.dumps(statement).encode(), "test", "x.json")


@pytest.mark.parametrize("data", [b"", b"{}", b"[", b'{"format": 1}', b"\xff\xfe", b"[" * 100_000])
def test_a_file_of_another_kind_is_refused(data: bytes) -> None:
    with pytest.raises(SignatureError, match="not a signed statement"):
        read_statement(data, "test", "x.json")


def test_a_statement_of_another_kind_is_refused(key: Path) -> None:
    data = Signer.open(key).sign("return", CONTENT).to_bytes()
    with pytest.raises(SignatureError, match="'return'"):
        read_statement(data, "test", "x.json")


def test_a_file_that_is_not_a_key_is_named(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("not a key", encoding="ascii")
    with pytest.raises(SigningKeyError, match="not a private key"):
        Signer.open(tmp_path / "key.pem")
