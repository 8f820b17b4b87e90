"""`overzicht parties same`: joined by numbers, suggested by names, judged by people, shown in answers."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command
from store_tools import put, snapshot_of

from overzicht.dates import LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.store.database import Store

USCC, OTHER_USCC, IMO = "91330000998877665K", "91110000112233445L", "IMO9074729"


def party(
    record_id: str, name: str, *more: tuple[str, str], schema: str = "Company", since: int = 2015
) -> Record:
    list_id = record_id.rpartition("-")[0]
    listing = Listing(f"L-{record_id}", list_id, "Asset freeze", period=Period(LegalDate(date(since, 5, 1))))
    said = (Statement("name", name), *(Statement(*each) for each in more))
    return Record(record_id, schema, said, f"entry {record_id}", (listing,))


UN = [
    party("un-sc-1", "Tarrowmere Optics Co., Ltd.", ("uscCode", USCC)),
    party("un-sc-2", "Ulvenstade Shipping Company"),
    party("un-sc-3", "Wyndarra", ("imoNumber", IMO), schema="Vessel"),
    party("un-sc-4", "Brandomir Tedoz Vex", ("birthDate", "1961-04-02"), schema="Person"),
    party("un-sc-5", "Gortham Hildemar Mining", ("uscCode", OTHER_USCC)),
    party("un-sc-6", "Jorvik Kestrel", schema="Vessel"),
    party("un-sc-7", "Eldren Fanzul Works", since=2024),
]
UK = [
    party("uk-1", "TARROWMERE OPTICS COMPANY LIMITED", ("uscCode", USCC.lower())),
    party("uk-2", "Ulvenstad Shipping Co"),
    party("uk-3", "WYNDARA STAR", ("imoNumber", IMO.removeprefix("IMO")), schema="Vessel"),
    party("uk-4", "VEX, Brandomir Tedoz", ("birthDate", "1983-11-30"), schema="Person"),
    party("uk-5", "Gortham Hildemar Mining", ("uscCode", USCC[:-1] + "Q"), ("uscCode", USCC)),
    party("uk-6", "Jorvik Kestrel Company"),
    party("uk-7", "Eldren Fanzul Works", since=2024),
]


@pytest.fixture
def home(own_home: Path) -> Path:
    """Return a home with two invented lists in it."""
    own_home.mkdir()
    store = Store.open(own_home)
    put(store, snapshot_of("un-sc", date(2020, 1, 1), "a"), UN[:6])
    put(store, snapshot_of("un-sc", date(2025, 1, 1), "b"), UN)
    put(store, snapshot_of("uk", date(2020, 1, 1), "c"), UK)
    store.close()
    return own_home


def same(*more: str, as_of: str = "2026-11-01") -> dict[str, Any]:
    found = run_command(
        "parties", "same", "--list", "un-sc", "--list", "uk", "--json", "--as-of", as_of, *more
    )
    assert found.exit_code == 0, found.output
    told: dict[str, Any] = json.loads(found.stdout)
    return told


def pairs(found: Iterable[dict[str, Any]]) -> set[tuple[str, ...]]:
    return {tuple(sorted(member["record_id"] for member in each["members"])) for each in found}


@pytest.mark.usefixtures("home")
def test_numbers_join_whatever_the_names_and_their_writing() -> None:
    joined = same()["joined"]
    assert pairs(joined) == {("uk-1", "uk-5", "un-sc-1"), ("uk-3", "un-sc-3")}
    assert [each["numbers"] for each in joined] == [
        [{"kind": "imoNumber", "value": IMO}],
        [{"kind": "uscCode", "value": USCC}],
    ]


@pytest.mark.usefixtures("home")
def test_names_only_suggest_and_never_against_number_kind_or_birth_date() -> None:
    told = same()
    assert pairs(told["suggested"]) == {("uk-2", "un-sc-2"), ("uk-7", "un-sc-7")}
    assert all(each["reasons"] and each["score"] >= 0.8 for each in told["suggested"])
    assert all(each["judgements"] == [] for each in told["suggested"])


@pytest.mark.usefixtures("home")
def test_both_sides_are_asked_and_the_id_is_of_the_pair() -> None:
    straight = same()["suggested"]
    turned = run_command(
        "parties", "same", "--list", "uk", "--list", "un-sc", "--json", "--as-of", "2026-11-01"
    )
    assert json.loads(turned.stdout)["suggested"] == straight


@pytest.mark.usefixtures("home")
def test_a_day_sees_no_party_that_was_listed_later() -> None:
    assert pairs(same(as_of="2021-01-01")["suggested"]) == {("uk-2", "un-sc-2")}


@pytest.mark.usefixtures("home")
def test_one_list_alone_has_nothing_to_be_the_same_as() -> None:
    found = run_command("parties", "same", "--list", "un-sc", "--json", "--as-of", "2026-11-01")
    assert json.loads(found.stdout) == {"as_of": "2026-11-01", "joined": [], "suggested": []}


@pytest.mark.usefixtures("home")
def test_an_unknown_list_is_refused() -> None:
    assert run_command("parties", "same", "--list", "no-such-list").exit_code == 11


def listed(name: str) -> list[dict[str, Any]]:
    found = run_command("screen", "one", name, "--list", "un-sc", "--json", "--as-of", "2026-11-01")
    told: list[dict[str, Any]] = json.loads(found.stdout)["listings"]
    return told


@pytest.mark.usefixtures("home")
def test_a_number_shows_in_the_answers_of_screen() -> None:
    (found,) = listed("Tarrowmere Optics")
    assert [(each["list_id"], each["record_id"], each["judgement"]) for each in found["same_as"]] == [
        ("uk", "uk-1", None),
        ("uk", "uk-5", None),
    ]
    assert found["record_id"] == "un-sc-1"
    said = run_command(
        "screen", "one", "Tarrowmere Optics", "--list", "un-sc", "--as-of", "2026-11-01"
    ).output
    assert f"the same party as TARROWMERE OPTICS COMPANY LIMITED (uk-1) on uk; by uscCode {USCC}" in said


@pytest.mark.usefixtures("home")
def test_a_suggestion_joins_nothing_until_a_person_confirms_it_and_again_when_withdrawn() -> None:
    (merge,) = [each["id"] for each in same()["suggested"] if each["members"][0]["record_id"] == "uk-2"]
    assert listed("Ulvenstade Shipping Company")[0]["same_as"] == []

    assert run_command("judge", merge, "reject", "--reason", "not sure", "--by", "anna").exit_code == 0
    assert listed("Ulvenstade Shipping Company")[0]["same_as"] == []
    assert run_command("judge", merge, "confirm", "--reason", "one address", "--by", "bram").exit_code == 0
    ((joined,),) = (each["same_as"] for each in listed("Ulvenstade Shipping Company"))
    assert (joined["list_id"], joined["record_id"], joined["numbers"]) == ("uk", "uk-2", [])
    assert (joined["judgement"]["actor"], joined["judgement"]["reason"]) == ("bram", "one address")
    said = run_command(
        "screen", "one", "Ulvenstade Shipping Company", "--list", "un-sc", "--as-of", "2026-11-01"
    )
    assert "Ulvenstad Shipping Co (uk-2) on uk; judgement 2: confirm by bram on " in said.output
    (told,) = [each for each in same()["suggested"] if each["id"] == merge]
    assert [each["verdict"] for each in told["judgements"]] == ["reject", "confirm"]

    assert run_command("withdraw", "2", "--by", "anna").exit_code == 0
    assert listed("Ulvenstade Shipping Company")[0]["same_as"] == []
    assert (
        "one address (withdrawn)"
        in run_command("parties", "same", "--as-of", "2026-11-01", "--most", "0").output
    )
    assert run_command("log", "verify").exit_code == 0


@pytest.mark.usefixtures("home")
def test_what_was_never_suggested_cannot_be_judged() -> None:
    assert run_command("judge", "same-0123456789ab", "confirm", "--reason", "x").exit_code == 11


@pytest.mark.usefixtures("home")
def test_more_than_is_printed_is_told() -> None:
    said = run_command(
        "parties", "same", "--list", "un-sc", "--list", "uk", "--most", "1", "--as-of", "2026-11-01"
    ).output
    assert "suggested by their names, for a person to judge: 2" in said
    assert "and 1 more; --most 0 shows all" in said


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.usefixtures("own_home")
def test_two_real_lists_meet_in_numbers_and_in_names(shared_data: Path) -> None:
    lists = shared_data / "lists"
    for path in (lists / "un-sc/202602-consolidated.xml", lists / "uk-ofsi/20200427-ConList.csv"):
        run = run_command("lists", "add", path, "--force")
        assert run.exit_code in {0, 1}, run.output + run.stderr
    found = run_command("parties", "same", "--json", "--list", "un-sc", "--list", "uk")
    told = json.loads(found.stdout)
    assert len(told["suggested"]) > 200  # the United Kingdom lists whom the Security Council lists
    for each in told["suggested"]:
        assert {member["list_id"] for member in each["members"]} == {"un-sc", "uk"}
        assert each["reasons"]
    assert len({each["id"] for each in told["suggested"]}) == len(told["suggested"])
