"""Names asked over HTTP: what a list answers, and which records of other lists are the same party."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import web_tools
from store_tools import put, snapshot_of
from web_tools import Served

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Record, Statement

USCC = "91330000998877665K"
DAY = {"as-of": "2026-11-01"}


def party(record_id: str, name: str, number: str) -> Record:
    list_id = record_id.rpartition("-")[0]
    listing = Listing(f"L-{record_id}", list_id, "Asset freeze", period=Period(LegalDate(date(2015, 5, 1))))
    said = (Statement("name", name), Statement("uscCode", number))
    return Record(record_id, "Company", said, f"entry {record_id}", (listing,))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = web_tools.serve(tmp_path)
    for list_id, name, digest in (
        ("un-sc", "Tarrowmere Optics Co., Ltd.", "a"),
        ("uk", "TARROWMERE OPTICS COMPANY LIMITED", "b"),
    ):
        put(made.store, snapshot_of(list_id, date(2020, 1, 1), digest), [party(f"{list_id}-1", name, USCC)])
    yield made
    made.store.close()


def test_a_found_listing_names_the_same_party_on_other_lists(served: Served) -> None:
    asked = {"queries": [{"id": "q", "names": ["Tarrowmere Optics"]}], "lists": ["un-sc"]}
    answer = served.client("reader").post("/api/v1/match", json=asked, params=DAY).json()
    assert (answer["results"][0]["id"], answer["results"][0]["possible"]) == (
        answer["results"][0]["query"],
        [],
    )
    (found,) = answer["results"][0]["listings"]
    assert (found["list_id"], found["answer"]) == ("un-sc", "found")
    (same,) = found["same_as"]
    assert (same["list_id"], same["record_id"]) == ("uk", "uk-1")
    assert same["numbers"] == [{"kind": "uscCode", "value": USCC}]
    assert same["judgement"] is None
