"""Both ways on one case: two listed makers come out differently, as their rows say; ownership by date."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command
from licensing_tools import changed, raw, write
from store_tools import put, snapshot_of

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.store.database import Store

LIST = "us-bis-entity-list"
MIXED = (
    "Case-by-case review for ECCNs 1A004.c and 1D003; "
    "and presumption of denial for all other items subject to the EAR"
)
DAY = "2026-07-23"


def _row(record_id: str, name: str, policy: str) -> Record:
    notes = "License requirement: For all items subject to the EAR. (See § 744.11 of the EAR)"
    listing = Listing(record_id, LIST, "Entity List", Period(LegalDate(date(2019, 10, 9))), reason=policy)
    return Record(
        record_id, "LegalEntity", (Statement("name", name), Statement("notes", notes)), "row", (listing,)
    )


def _load_rows(home: Path) -> None:
    rows = [
        _row("e-1", "Mixed Vision Co., Ltd.", MIXED),
        _row("e-2", "Plain Vision", "Presumption of denial"),
    ]
    store = Store.open(home)
    put(store, snapshot_of(LIST, date(2026, 7, 23)), rows)
    store.close()


def _compared(folder: Path, buyer: dict[str, Any], eccn: str, day: str = DAY, **facts: Any) -> dict[str, Any]:
    data = raw("camera")
    data["parties"][2] = {"role": "end_user", "address": "Street 3", **buyer}
    data["end_use"] = {"description": "access control"}
    data["items"][0]["eccn"] = eccn
    data["facts"].update(facts)
    run_command("licence", "new", write(folder, "x.yaml", data), "--replace", "--as-of", day)
    compared: dict[str, Any] = json.loads(
        run_command("control", "compare", data["id"], "--json", "--as-of", day).stdout
    )
    return compared


def policy_of(item: dict[str, Any]) -> str | None:
    return item["clause"]["policy"] if item["clause"] else None


@pytest.mark.parametrize(
    ("buyer", "eccn", "policy"),
    [
        ("Mixed Vision Co., Ltd.", "1A004.c", "case by case"),
        ("Mixed Vision Co., Ltd.", "6A003.b.4.b", "presumption of denial"),
        ("Mixed Vision Co., Ltd.", "", None),
        ("Plain Vision", "1A004.c", "presumption of denial"),
        ("Plain Vision", "", "presumption of denial"),
    ],
)
def test_the_policy_depends_on_the_row_and_the_item(
    own_home: Path, tmp_path: Path, buyer: str, eccn: str, policy: str | None
) -> None:
    _load_rows(own_home)
    found = _compared(tmp_path, {"name": buyer}, eccn)
    (item,) = found["policies"]
    assert (policy_of(item), item["licence"]) == (policy, "yes")
    assert found["eu"]["way"] == "apply for an authorisation"


def test_items_outside_the_american_rules_need_no_american_licence(own_home: Path, tmp_path: Path) -> None:
    _load_rows(own_home)
    outside: dict[str, Any] = {"subject_to_ear": {"answer": "no", "source": "own analysis"}}
    assert _compared(tmp_path, {"name": "Plain Vision"}, "", **outside)["policies"][0]["licence"] == "no"
    unknown: dict[str, Any] = {"subject_to_ear": {"answer": "unknown"}}
    assert _compared(tmp_path, {"name": "Plain Vision"}, "", **unknown)["policies"][0]["licence"] == "unknown"


@pytest.mark.parametrize(
    ("day", "rule", "outcome"),
    [
        ("2025-09-28", "there was no 50 % Affiliates Rule yet", "not in force"),
        ("2025-09-29", "the 50 % Affiliates Rule is in force", "owned"),
        ("2025-11-09", "the 50 % Affiliates Rule is in force", "owned"),
        ("2025-11-10", "the 50 % Affiliates Rule is suspended", "not in force"),
        ("2026-11-09", "the 50 % Affiliates Rule is suspended", "not in force"),
        ("2026-11-10", "the status of the 50 % Affiliates Rule is unknown on this day", "status unknown"),
    ],
)
def test_the_ownership_rule_by_date(
    own_home: Path, tmp_path: Path, day: str, rule: str, outcome: str
) -> None:
    _load_rows(own_home)
    buyer = {"name": "Fresh Shop", "owners": [{"name": "Plain Vision", "share": "50"}]}
    found = _compared(tmp_path, buyer, "", day=day)
    assert found["affiliates_status"] == rule
    assert [one["outcome"] for one in found["affiliates"]] == [outcome]


def test_without_the_list_the_american_side_is_not_checked(own_home: Path, tmp_path: Path) -> None:
    assert own_home.name
    found = _compared(tmp_path, {"name": "Nobody Special"}, "")
    assert found["us_says"] == "not checked: no loaded version of the Entity List covers this date"


@pytest.mark.shared
def test_the_two_real_makers_come_out_differently_as_the_law_text_says(
    own_home: Path, tmp_path: Path, shared_data: Path
) -> None:
    assert own_home.name
    law = shared_data / "exportcontrol" / "us-ear-part-744-2026-07-23.xml"
    run_command("lists", "add", LIST, law, "--published", "2026-07-23")
    mixed = {"name": "Hangzhou Hikvision Digital Technology Co., Ltd."}
    results = {
        (name, eccn): policy_of(_compared(tmp_path, buyer, eccn)["policies"][0])
        for name, buyer in (("mixed", mixed), ("plain", {"name": "Dahua Technology"}))
        for eccn in ("1A004.c", "6A003.b.4.b")
    }
    assert results == {
        ("mixed", "1A004.c"): "case by case",
        ("mixed", "6A003.b.4.b"): "presumption of denial",
        ("plain", "1A004.c"): "presumption of denial",
        ("plain", "6A003.b.4.b"): "presumption of denial",
    }


def test_the_text_form_says_why_they_differ(own_home: Path, tmp_path: Path) -> None:
    _load_rows(own_home)
    path = write(tmp_path, "y.yaml", changed(raw("camera"), id="Y-1"))
    run_command("licence", "new", path, "--as-of", DAY)
    told = run_command("control", "compare", "Y-1", "--as-of", DAY).stdout
    assert "why they differ:" in told
    assert "European Union: an authorisation is needed" in told
