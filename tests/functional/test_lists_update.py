"""Fetching lists from a publisher on loopback that serves, fails, lies and changes its mind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command
from invented_lists import ofac_consolidated_set, un_list
from list_server import (
    ListServer,
    cut_off,
    cut_off_in_pieces,
    endless,
    promise,
    redirect,
    serving,
    status,
    whole,
)

from overzicht.errors import EXIT_FETCH, EXIT_INPUT, EXIT_OK, FetchError
from overzicht.sources import fetch
from overzicht.sources.fetch import Fetched, Fetcher
from overzicht.sources.files import LocalFile
from overzicht.sources.lists.card import Address
from overzicht.sources.lists.registry import READERS, load_card, load_reader

UN = "/scsanctions.un.org/resources/xml/en/consolidated.xml"
OFAC = "/sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports"
EU = "/webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content"

pytestmark = pytest.mark.usefixtures("own_home", "_no_pause")


@pytest.fixture
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "FIRST_PAUSE_SECONDS", 0.0)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[ListServer]:
    """Return a server that stands in for all publishers."""
    with serving() as server:
        monkeypatch.setenv("OVERZICHT_MIRROR", server.address)
        yield server


@pytest.fixture
def held(publisher: ListServer) -> dict[str, Any]:
    """Return the state of the Security Council's list after a first good fetch."""
    publisher.put(UN, whole(un_list(), etag='"first"'))
    assert run_command("lists", "update", "un-sc").exit_code == EXIT_OK
    publisher.asked.clear()
    return state("un-sc")


def state(list_id: str) -> dict[str, Any]:
    result = run_command("lists", "status", "--json", "--as-of", "2026-03-01")
    assert result.exit_code == EXIT_OK, result.output
    (found,) = [each for each in json.loads(result.stdout) if each["list"] == list_id]
    loaded: dict[str, Any] = found | {"snapshots": [s for s in found["snapshots"] if not s["starter"]]}
    return loaded


def left_behind(home: Path) -> list[Path]:
    """Return what is in the folder of snapshots and is no snapshot."""
    return [path for path in (home / "snapshots").rglob("*") if path.is_file() and len(path.name) != 64]


def test_a_list_is_fetched_kept_and_in_use(publisher: ListServer, own_home: Path) -> None:
    publisher.put(UN, whole(un_list(), etag='"first"', modified="Fri, 27 Feb 2026 00:00:00 GMT"))
    result = run_command("lists", "update", "un-sc")
    assert result.exit_code == EXIT_OK, result.output
    (snapshot,) = state("un-sc")["snapshots"]
    assert (snapshot["records"], snapshot["day"], snapshot["official"]) == (910, "2026-02-27", True)
    raw = own_home / "snapshots" / snapshot["sha256"][:2] / snapshot["sha256"]
    assert raw.read_bytes() == un_list()
    assert left_behind(own_home) == []


def test_what_did_not_change_is_asked_conditionally_and_not_fetched_again(
    publisher: ListServer, held: dict[str, Any]
) -> None:
    result = run_command("lists", "update", "un-sc")
    assert (result.exit_code, result.stdout.strip()) == (EXIT_OK, "un-sc: nothing new")
    ((_, headers),) = publisher.asked
    assert headers["If-None-Match"] == '"first"'
    assert state("un-sc") == held


def test_the_same_bytes_under_another_tag_are_nothing_new(
    publisher: ListServer, held: dict[str, Any]
) -> None:
    publisher.put(UN, whole(un_list(), etag='"second"'))
    assert run_command("lists", "update", "un-sc").stdout.strip() == "un-sc: nothing new"
    assert state("un-sc") == held


def test_a_newer_version_stands_beside_the_older_one(publisher: ListServer, held: dict[str, Any]) -> None:
    publisher.put(UN, whole(un_list(day="2026-02-28", persons=651), etag='"second"'))
    assert run_command("lists", "update", "un-sc").exit_code == EXIT_OK
    days = [(s["day"], s["records"]) for s in state("un-sc")["snapshots"]]
    assert days == [("2026-02-27", 910), ("2026-02-28", 911)]
    shown = json.loads(run_command("lists", "diff", "un-sc", *(day for day, _ in days), "--json").stdout)
    assert [each["record_id"] for each in shown["items"]] == ["un-sc-10650"]
    assert (shown["listed"], shown["delisted"], shown["changed"]) == (1, 0, 0)


@pytest.mark.parametrize("fault", [cut_off, cut_off_in_pieces])
def test_a_broken_connection_is_tried_again(publisher: ListServer, own_home: Path, fault: Any) -> None:
    publisher.put(UN, fault(un_list()), status(500), whole(un_list()))
    assert run_command("lists", "update", "un-sc").exit_code == EXIT_OK
    assert publisher.times(UN) == 3
    assert [s["records"] for s in state("un-sc")["snapshots"]] == [910]
    assert left_behind(own_home) == []


FAULTS = {
    "hangs up": (cut_off(un_list(day="2026-02-28")), fetch.ATTEMPTS, "broke off"),
    "hangs up between pieces": (cut_off_in_pieces(un_list(day="2026-02-28")), fetch.ATTEMPTS, "broke off"),
    "is out of order": (status(503), fetch.ATTEMPTS, "503"),
    "says nothing": (whole(b""), fetch.ATTEMPTS, "empty"),
    "has moved away": (status(404), 1, "404"),
    "forbids": (status(403), 1, "403"),
    "promises too much": (promise(50_000_001), 1, "larger than"),
    "does not end": (endless, 1, "larger than"),
    "sends elsewhere": (redirect("http://127.0.0.1:9/list.xml"), 1, "'127.0.0.1:9', which is not followed"),
    "sends to another publisher": (redirect("https://example.org/list.xml"), 1, "not followed"),
    "sends to a file": (redirect("file:///etc/hostname"), 1, "not followed"),
    "sends in a circle": (redirect(UN), 1 + fetch.MAX_REDIRECTS, "more than 5 times"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_the_version_in_use(
    publisher: ListServer, held: dict[str, Any], own_home: Path, name: str
) -> None:
    answer, times, reason = FAULTS[name]
    publisher.put(UN, answer)
    result = run_command("lists", "update", "un-sc")
    assert result.exit_code == EXIT_FETCH
    assert "https://scsanctions.un.org" in result.stderr
    assert reason in result.stderr
    assert publisher.times(UN) == times
    assert state("un-sc") == held
    assert left_behind(own_home) == []


def test_a_publisher_that_is_not_there_is_told(held: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERZICHT_MIRROR", "http://127.0.0.1:9")
    result = run_command("lists", "update", "un-sc")
    assert result.exit_code == EXIT_FETCH
    assert "refused or broke off" in result.stderr
    assert state("un-sc") == held


def test_nothing_changed_is_no_answer_for_who_has_nothing(publisher: ListServer) -> None:
    publisher.put(UN, status(304))
    result = run_command("lists", "update", "un-sc")
    assert result.exit_code == EXIT_FETCH
    assert "304" in result.stderr


def test_a_redirect_within_the_mirror_is_followed(publisher: ListServer) -> None:
    publisher.put(UN, redirect("/elsewhere.xml"))
    publisher.put("/elsewhere.xml", whole(un_list()))
    assert run_command("lists", "update", "un-sc").exit_code == EXIT_OK
    assert [s["records"] for s in state("un-sc")["snapshots"]] == [910]


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/list", "ftp://127.0.0.1:9/list"])
def test_without_a_mirror_a_redirect_to_an_open_connection_is_not_followed(
    publisher: ListServer, tmp_path: Path, target: str
) -> None:
    publisher.put("/list", redirect(target))
    address = Address.model_construct(
        url=f"{publisher.address}/list", layout="", part="", filename="l", companions=(), token_setting="",
        max_bytes=10,
    )  # fmt: skip
    with pytest.raises(FetchError, match="not followed"):
        Fetcher({}).fetch(address, tmp_path / "l")
    assert list(tmp_path.iterdir()) == []


def test_pauses_double_between_attempts(
    publisher: ListServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "FIRST_PAUSE_SECONDS", 0.5)
    paused: list[float] = []
    publisher.put(UN, status(500), status(429), status(502), whole(b"good"))
    (address,) = load_card("un-sc").addresses
    fetched = Fetcher({"mirror": publisher.address}, pause=paused.append).fetch(address, tmp_path / "un.xml")
    assert isinstance(fetched, Fetched)
    assert fetched.path.read_bytes() == b"good"
    assert paused == [0.5, 1.0, 2.0]


def test_progress_says_how_much_came_of_how_much(publisher: ListServer, tmp_path: Path) -> None:
    body = b"x" * (fetch.CHUNK + 1)
    publisher.put(UN, whole(body))
    told: list[tuple[int, int | None]] = []
    (address,) = load_card("un-sc").addresses
    Fetcher({"mirror": publisher.address}).fetch(
        address, tmp_path / "un.xml", progress=lambda received, total: told.append((received, total))
    )
    assert told[-1] == (len(body), len(body))
    assert sorted(told) == told


def test_a_damaged_file_is_refused_and_the_version_in_use_stays(
    publisher: ListServer, held: dict[str, Any], own_home: Path
) -> None:
    publisher.put(UN, whole(un_list(day="2026-02-28")[:-2000]))
    result = run_command("lists", "update", "un-sc")
    assert result.exit_code == EXIT_INPUT
    assert "un-sc-consolidated.xml" in result.stderr
    assert state("un-sc") == held
    assert left_behind(own_home) == []


def test_half_a_list_that_is_well_formed_is_refused(publisher: ListServer, held: dict[str, Any]) -> None:
    publisher.put(UN, whole(un_list(day="2026-02-28", persons=300)))
    result = run_command("lists", "update", "un-sc")
    assert result.exit_code == EXIT_INPUT
    assert "it has 560 records; expected: 850 to 1,400" in result.stderr
    assert state("un-sc") == held


def test_a_web_page_in_place_of_the_list_is_refused(publisher: ListServer, held: dict[str, Any]) -> None:
    publisher.put(UN, whole(b"<!DOCTYPE html><html><title>Maintenance</title></html>"))
    result = run_command("lists", "update", "un-sc")
    assert result.exit_code == EXIT_INPUT
    assert "not in the official layout of un-sc" in result.stderr
    assert state("un-sc") == held


def test_a_missing_token_names_the_setting_and_asks_nobody(publisher: ListServer) -> None:
    result = run_command("lists", "update", "eu-fsf")
    assert result.exit_code == EXIT_FETCH
    assert "OVERZICHT_EU_FSF_TOKEN" in result.stderr
    assert publisher.asked == []


@pytest.mark.parametrize(
    "answer", [status(404), status(500), whole(b"<html/>"), redirect("http://127.0.0.1:9/")]
)
def test_a_token_is_sent_and_never_shown(
    publisher: ListServer, monkeypatch: pytest.MonkeyPatch, own_home: Path, answer: Any
) -> None:
    monkeypatch.setenv("OVERZICHT_EU_FSF_TOKEN", "s3cret-word")
    publisher.put(EU, answer)
    result = run_command("lists", "update", "eu-fsf")
    assert publisher.asked[0][0] == f"{EU}?token=s3cret-word"
    assert result.exit_code in {EXIT_FETCH, EXIT_INPUT}
    assert "s3cret-word" not in result.output + result.stderr
    assert b"s3cret-word" not in (own_home / "overzicht.sqlite").read_bytes()


@pytest.mark.shared
def test_the_eu_list_comes_with_its_token_and_the_token_is_not_kept(
    publisher: ListServer, monkeypatch: pytest.MonkeyPatch, own_home: Path, shared_data: Path
) -> None:
    monkeypatch.setenv("OVERZICHT_EU_FSF_TOKEN", "s3cret-word")
    publisher.put(EU, whole((shared_data / "lists/eu-fsf/20210302-FULL-1_1(xsd).xml.gz").read_bytes()))
    result = run_command("lists", "update", "eu-fsf")
    assert result.exit_code == EXIT_OK, result.stderr
    (snapshot,) = state("eu-fsf")["snapshots"]
    assert (snapshot["records"], snapshot["day"]) == (2269, "2021-03-02")
    kept = b"".join(path.read_bytes() for path in own_home.glob("overzicht.sqlite*"))
    assert b"s3cret-word" not in kept
    assert b"s3cret-word" not in (result.stdout + result.stderr).encode()


def put_ofac(publisher: ListServer, files: dict[str, bytes]) -> None:
    for name, body in files.items():
        publisher.put(f"{OFAC}/{name}", whole(body, etag=f'"{name}"'))


def test_the_four_files_of_ofac_are_fetched_and_known_together(publisher: ListServer, own_home: Path) -> None:
    put_ofac(publisher, ofac_consolidated_set())
    result = run_command("lists", "update", "us-ofac")
    assert result.exit_code == EXIT_FETCH, "the other files of the publisher are not there"
    assert "us-ofac (sdn): could not fetch" in result.stderr
    (snapshot,) = state("us-ofac")["snapshots"]
    assert (snapshot["records"], snapshot["part"], snapshot["complete"]) == (450, "consolidated", True)
    raw = own_home / "snapshots" / snapshot["sha256"][:2] / snapshot["sha256"]
    named = [line.split("  ") for line in raw.read_text(encoding="utf-8").splitlines()]
    assert [name for _, name in named] == [
        "CONS_PRIM.CSV",
        "CONS_ALT.CSV",
        "CONS_ADD.CSV",
        "CONS_COMMENTS.CSV",
    ]
    assert all((own_home / "snapshots" / digest[:2] / digest).is_file() for digest, _ in named)
    asked = json.loads(
        run_command(
            "screen", "one", "Other Name 3", "--kind", "Company", "--list", "us-ofac", "--json"
        ).stdout
    )
    assert [each["record_id"] for each in asked["listings"]] == ["us-ofac-3"], "the names are in CONS_ALT.CSV"


@pytest.mark.parametrize("missing", ["CONS_ALT.CSV", "CONS_ADD.CSV", "CONS_COMMENTS.CSV"])
def test_without_one_of_the_four_nothing_is_taken(
    publisher: ListServer, own_home: Path, missing: str
) -> None:
    put_ofac(publisher, ofac_consolidated_set())
    publisher.put(f"{OFAC}/{missing}", cut_off(b"1,2,3\r\n" * 9))
    result = run_command("lists", "update", "us-ofac")
    assert f"exports/{missing}: the connection was refused or broke off" in result.stderr
    assert state("us-ofac")["snapshots"] == []
    assert left_behind(own_home) == []


def test_every_companion_on_a_card_has_the_name_by_which_its_reader_looks_for_it(tmp_path: Path) -> None:
    cards = [load_card(list_id) for list_id in READERS]
    addresses = [(card.id, address) for card in cards for address in card.addresses if address.companions]
    assert {card for card, _ in addresses} == {"us-ofac"}
    for number, (card_id, address) in enumerate(addresses):
        folder = tmp_path / str(number)
        folder.mkdir()
        names = [url.rsplit("/", 1)[-1] for url in address.companions]
        for name in (address.filename, *names):
            (folder / name).write_text("x")
        found = load_reader(card_id).companions(LocalFile(folder / address.filename))
        assert sorted(file.filename for file in found) == sorted(names)


@pytest.mark.slow
@pytest.mark.shared
def test_the_official_sets_of_ofac_come_whole(publisher: ListServer, shared_data: Path) -> None:
    folder = shared_data / "lists/us-ofac"
    put_ofac(publisher, {path.name.upper(): path.read_bytes() for path in (folder / "202107-sdn").iterdir()})
    put_ofac(
        publisher,
        {path.name.upper(): path.read_bytes() for path in (folder / "202512-consolidated").iterdir()},
    )
    run_command("lists", "update", "us-ofac")
    assert [(s["part"], s["records"]) for s in state("us-ofac")["snapshots"]] == [
        ("consolidated", 442),
        ("sdn", 8976),
    ]


def test_a_list_of_paper_says_how_to_get_it_by_hand(publisher: ListServer) -> None:
    result = run_command("lists", "update", "us-1260h", "us-bis-entity-list")
    assert result.exit_code == EXIT_OK
    lines = result.stdout.splitlines()
    assert lines[0].startswith("us-1260h: by hand.")
    assert lines[1].startswith("us-bis-entity-list: by hand.")
    assert publisher.asked == []


def test_one_list_that_fails_does_not_stop_the_next(publisher: ListServer) -> None:
    publisher.put(UN, whole(un_list()))
    result = run_command("lists", "update", "us-csl", "un-sc")
    assert result.exit_code == EXIT_FETCH
    assert "us-csl: could not fetch" in result.stderr
    assert [s["records"] for s in state("un-sc")["snapshots"]] == [910]


def test_an_unknown_list_names_those_that_are_known() -> None:
    result = run_command("lists", "update", "un-scc")
    assert result.exit_code == 11
    assert "un-sc," in result.stderr
