"""The interface keeps what the last release promised; a change that breaks a program fails here."""

import copy
import gzip
import json
from pathlib import Path
from typing import Any

import api_compatibility
import pytest

from overzicht.composition import Interface
from overzicht.web import contacts, openapi

STORED = Path(__file__).resolve().parents[2] / "fixtures" / "openapi-0.2.0.json.gz"


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    """Return the description of the last release; `python tools/store_openapi.py` writes it at a release."""
    description: dict[str, Any] = json.loads(gzip.decompress(STORED.read_bytes()))
    return description


def test_nothing_of_the_last_release_is_missing(stored: dict[str, Any]) -> None:
    assert api_compatibility.breaks(stored, openapi.describe(Interface.OWN, contacts.LOCAL)) == []


def test_each_kind_of_break_is_noticed(stored: dict[str, Any]) -> None:
    def without(change: Any) -> list[str]:
        new = copy.deepcopy(stored)
        change(new)
        return api_compatibility.breaks(stored, new)

    assert without(lambda new: None) == []
    assert without(lambda new: new["paths"].pop("/devices")) == ["get /devices: removed"]
    devices = "/devices/{device_id}"
    assert without(lambda new: new["paths"][devices]["get"]["parameters"].pop(0))
    assert without(lambda new: new["components"]["schemas"]["Job"]["properties"].pop("id")) == [
        "Job.id: removed"
    ]
    assert without(lambda new: new["components"]["schemas"]["Job"]["properties"]["id"].update(type="integer"))
    assert without(lambda new: new["components"]["schemas"]["LifecycleState"]["enum"].pop())
    extra = {"name": "more", "in": "query", "required": True, "schema": {"type": "string"}}
    assert without(lambda new: new["paths"][devices]["get"]["parameters"].append(extra)) == [
        f"get {devices}: the parameter more is required now"
    ]
    assert without(lambda new: new["components"]["schemas"].pop("Job"))
    assert without(lambda new: new["paths"]["/log"]["get"]["responses"].pop("200"))
