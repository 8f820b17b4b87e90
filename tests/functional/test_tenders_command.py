"""`overzicht tenders` as a user runs it, and what becomes of a notice in the register and the dossiers."""

import json
from pathlib import Path

import pytest
from functional_tools import run_command as run

FIXTURES = Path(__file__).parents[1] / "fixtures" / "tenders"
TED, CHAMBER, OCDS = FIXTURES / "ted_nl.xml", FIXTURES / "ted_it_chamber.xml", FIXTURES / "ocds_release.json"
DAY = ("--as-of", "2026-11-25")
pytestmark = pytest.mark.usefixtures("own_home")


def test_buyer_supplier_maker_and_place_are_listed() -> None:
    done = run("tenders", TED, CHAMBER, *DAY)
    assert done.exit_code == 0
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert "buyer: Gemeente Voorbeeldstad (NL)" in lines
    assert "contract on 2022-12-20, lot 1: Blauwvaren Beveiliging B.V." in lines
    assert "names Dahua IPC-HFW2431S-S: Dahua (high), camera" in lines
    assert "notice 2023/S 001-000001, lot 1, SHORT_DESCR" in lines
    assert "Camera di Commercio" not in done.stdout
    assert lines[-1] == "2 notices read: 1 buy surveillance, 1 name a maker or model"
    assert "buys no surveillance: nothing was looked for" in run("tenders", CHAMBER, "--all", *DAY).stdout


def test_what_cannot_be_read_is_told_and_the_rest_is_listed(tmp_path: Path) -> None:
    cut = tmp_path / "cut.xml"
    cut.write_bytes(TED.read_bytes()[:900])
    done = run("tenders", cut, OCDS, TED, *DAY)
    assert done.exit_code == 1
    assert "not read: cut.xml, line" in done.stderr
    assert "not read: ocds_release.json, release 4" in done.stderr
    assert "3 notices read: 2 buy surveillance, 2 name a maker or model; 2 could not be read" in done.stdout


def test_the_same_for_programs() -> None:
    done = run("tenders", TED, "--json", *DAY)
    ((notice,),) = [each["notices"] for each in json.loads(done.stdout)]
    assert [(each["maker"], each["models"]) for each in notice["names"]] == [
        ("dahua", ["IPC-HFW2431S-S"]), ("hikvision", []),
    ]  # fmt: skip
    assert notice["names"][0]["supplier"] == "Blauwvaren Beveiliging B.V."
    assert len(notice["names"][0]["snapshot"]) == 64


def test_a_contract_shows_who_is_active_in_a_country_from_its_day_on() -> None:
    organisation = ("--organisation", "gemeente-voorbeeldstad")
    assert (
        run("register", "organisations", "add", "Gemeente Voorbeeldstad", "--as-of", "2022-01-01").exit_code
        == 0
    )
    taken = run("register", "import", TED, *organisation, "--accept", "--as-of", "2023-01-02")
    assert taken.exit_code == 0, taken.output
    there = run("dossier", "active", "NL", "--party", "dahua", "--json", *DAY)
    said = [each for each in json.loads(there.stdout) if "contract" in json.dumps(each)]
    assert said, there.stdout
    told = run("dossier", "active", "NL", "--party", "dahua", *DAY).stdout
    assert "Gemeente Voorbeeldstad" in told
    assert "Blauwvaren Beveiliging B.V." in told
    earlier = run("dossier", "active", "NL", "--party", "dahua", "--as-of", "2022-12-19").stdout
    assert "Blauwvaren" not in earlier
    assert "Blauwvaren" not in run("dossier", "active", "BE", "--party", "dahua", *DAY).stdout
    assert "Blauwvaren" not in run("dossier", "active", "NL", "--party", "hikvision", *DAY).stdout


def test_an_overview_takes_notices_beside_inventories() -> None:
    done = run("overview", TED, *DAY)
    assert done.exit_code in (0, 1), done.output
    assert "Dahua" in done.stdout


def test_what_only_a_notice_names_is_planned_and_counts_as_no_device() -> None:
    organisation = ("--organisation", "gemeente-voorbeeldstad")
    run("register", "organisations", "add", "Gemeente Voorbeeldstad", "--as-of", "2022-01-01")
    run("register", "import", TED, *organisation, "--accept", "--as-of", "2023-01-02")
    shown = json.loads(run("register", "devices", "--json", *DAY).stdout)
    assert {each["life"] for each in shown["devices"]} == {"planned"}
    told = run("dossier", "active", "NL", "--party", "dahua", *DAY).stdout
    assert "in the register" not in told
    again = run("register", "import", TED, *organisation, "--accept", "--again", "--as-of", "2023-02-02")
    assert again.exit_code == 0, again.output
    shown = json.loads(run("register", "devices", "--json", *DAY).stdout)
    assert [each["life"] for each in shown["devices"]] == ["planned", "planned"]
