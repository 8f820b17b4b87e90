"""The exchange file: read back whole, or refused whole with the record and the reason."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from licensing_tools import denial

from overzicht.errors import InputFileError
from overzicht.subjects.licensing.denial_exchange import (
    BrokenHashError,
    hash_of,
    read_file,
    write_file,
)

DAY = date(2026, 4, 1)


def written(*ids: str) -> str:
    return write_file([denial(id=name) for name in ids or ("NL-D-1",)], "NL", DAY)


def test_a_file_is_read_back_to_the_same_denials() -> None:
    found = read_file(written("NL-D-2", "NL-D-1").encode(), "x.json")
    assert found.denials == (denial(id="NL-D-1"), denial(id="NL-D-2"))
    assert (found.from_state, found.made_on) == ("NL", DAY)


def test_equal_content_gives_equal_bytes() -> None:
    assert written("NL-D-1", "NL-D-2") == written("NL-D-2", "NL-D-1")


def _resealed(data: dict[str, Any]) -> dict[str, Any]:
    body = {key: value for key, value in data.items() if key != "hash"}
    return {**body, "hash": hash_of(body)}


def _name(data: dict[str, Any]) -> dict[str, Any]:
    data["denials"][0]["parties"][0]["name"] = "Somebody Else"
    return data


def _reseal_file_only(data: dict[str, Any]) -> dict[str, Any]:
    return _resealed(_name(data))


def _foreign(data: dict[str, Any]) -> dict[str, Any]:
    content = {k: v for k, v in data["denials"][0].items() if k != "hash"} | {"issuing_state": "DE"}
    data["denials"] = [{**content, "hash": hash_of(content)}]
    return _resealed(data)


def _no_end_user(data: dict[str, Any]) -> dict[str, Any]:
    content = {k: v for k, v in data["denials"][0].items() if k != "hash"}
    content["parties"] = [{"role": "agent", "name": "Agent"}]
    data["denials"] = [{**content, "hash": hash_of(content)}]
    return _resealed(data)


def _twice(data: dict[str, Any]) -> dict[str, Any]:
    data["denials"] *= 2
    return _resealed(data)


def _next_version(data: dict[str, Any]) -> dict[str, Any]:
    return _resealed({**data, "version": 2})


def _without_hash(data: dict[str, Any]) -> dict[str, Any]:
    del data["denials"][0]["hash"]
    return _resealed(data)


@pytest.mark.parametrize(
    ("change", "error", "reason"),
    [
        (_name, BrokenHashError, "the whole file: the hash does not fit"),
        (_reseal_file_only, BrokenHashError, r"denial 1 \(NL-D-1\): the hash does not fit"),
        (_foreign, InputFileError, "a denial of DE, but the file is from NL"),
        (_no_end_user, InputFileError, "names neither"),
        (_twice, InputFileError, "occurs twice"),
        (_next_version, InputFileError, "version 2"),
        (_without_hash, InputFileError, "has no hash"),
    ],
)
def test_a_file_that_is_not_right_is_refused(
    change: Callable[[dict[str, Any]], dict[str, Any]], error: type[InputFileError], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        read_file(json.dumps(change(json.loads(written()))).encode(), "x.json")


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b"[" * 100_000])
def test_a_file_of_something_else_is_refused(raw: bytes) -> None:
    with pytest.raises(InputFileError):
        read_file(raw, "x.json")


def test_a_state_cannot_export_anothers_denial() -> None:
    with pytest.raises(InputFileError, match="a denial of NL, but the file is from DE"):
        write_file([denial()], "DE", DAY)
