"""Worked cases of the gates, entered and asked by commands."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from functional_tools import answer_questions, open_questions, run_command
from licence_case_tools import BUYER, DAY, file_case
from licensing_tools import changed, denial, write
from store_tools import company, put, snapshot_of

from overzicht.store.database import Store

ORDER = ("prohibited", "needs authorisation", "duty", "not known", "clear")
pytestmark = pytest.mark.usefixtures("own_home")


def gate(name: str, day: str = DAY) -> str:
    """Return the strictest answer of a gate of the case."""
    results = json.loads(run_command("licence", "gates", "DE-0001", "--json", "--as-of", day).stdout)
    outcomes = [answer["outcome"] for answer in results["answers"] if answer["gate"] == name]
    return min(outcomes, key=ORDER.index, default="clear")


def load(home: Path, list_id: str, *names: str, measure: str = "Asset freeze") -> None:
    """Load a list with entries of these names."""
    store = Store.open(home)
    entries = []
    for number, name in enumerate(names):
        entry = company(f"{list_id}-{number}", name, since=date(2026, 3, 1), list_id=list_id)
        entries.append(replace(entry, listings=(replace(entry.listings[0], measure=measure),)))
    put(store, snapshot_of(list_id, date(2026, 3, 19)), entries)
    store.close()


def load_binding(home: Path, *names: str) -> None:
    load(home, "eu-fsf", *names)
    load(home, "un-sc", "Nobody In Particular Ltd")


def test_cases_1_to_3_a_listed_buyer_and_what_lifts_the_prohibition(own_home: Path, tmp_path: Path) -> None:
    load_binding(own_home, BUYER)
    file_case(tmp_path, "CL", None)
    assert gate("G1") == "prohibited"
    document = tmp_path / "decision.pdf"
    document.write_bytes(b"the decision")
    record = {
        "act": "2020/1998", "article": "4(1)", "ground": "basic needs", "authority": "Ministry",
        "document": "BZ-1", "document_date": "2026-03-01",
        "valid_from": "2026-03-01", "valid_to": "2026-04-30",
        "sha256": hashlib.sha256(b"the decision").hexdigest(), "lines": [1], "parties": [BUYER],
        "notice": "sent to the Commission on 2026-03-02",
    }  # fmt: skip
    filed = ("licence", "derogation", "DE-0001", write(tmp_path, "d.yaml", record), "--by", "A. Officer")
    assert run_command(*filed, "--as-of", DAY).exit_code == 0
    assert gate("G1") == "prohibited"
    accept = ("licence", "derogation", "DE-0001", "--accept", "BZ-1", "--as-of", DAY, "--by")
    assert run_command(*accept, "a. officer").exit_code == 10  # case 3: one officer twice
    assert gate("G1") == "prohibited"
    assert run_command(*accept, "B. Officer").exit_code == 0
    answer_questions("DE-0001", "--as-of", DAY)
    assert gate("G1") == "clear"  # case 2
    assert gate("G1", "2026-05-01") == "prohibited"  # case 3: expired


@pytest.mark.parametrize(("share", "expected"), [("60", "prohibited"), ("40", "not known")])
def test_case_4_the_share_of_a_listed_owner(
    own_home: Path, tmp_path: Path, share: str, expected: str
) -> None:
    load_binding(own_home, "Severnyj Kapital JSC")
    owner = {"name": "Severnyj Kapital JSC", "share": share, "source": "register"}
    file_case(tmp_path, "CL", user={"owners": [owner]})
    assert gate("G1") == expected


def test_case_5_a_possible_match_waits_for_a_person(own_home: Path, tmp_path: Path) -> None:
    load_binding(own_home, "Zelenyi Okulyar Ltd")
    file_case(tmp_path, "CL", user={"address": ""})
    assert gate("G1") == "not known"
    results = json.loads(run_command("licence", "gates", "DE-0001", "--json", "--as-of", DAY).stdout)
    assert results["can_grant"] is False
    assert f"party:{BUYER}" in open_questions("DE-0001", "--as-of", DAY)
    confirm = ("licence", "confirm", "DE-0001", f"party:{BUYER}", "no", "--source", "register of Chile")
    assert run_command(*confirm, "--as-of", DAY, "--by", "A. Officer").exit_code == 0
    assert gate("G1") == "clear"


ACT = """02014R0833 — EN — 01.02.2026 — 060.001 — 1
                COUNCIL REGULATION (EU) No 833/2014
                                Article 3k
Goods of Annex XXIII.
                                ANNEX XXIII
             List of goods referred to in Article 3k
             CN code                   Name of the good
       8479 89             Machines
       ex 8525 89          Cameras
"""


def test_a_loaded_annex_and_correlation_table_decide_by_commodity_code(tmp_path: Path) -> None:
    file_case(tmp_path, "RU", None)
    answers = run_command("licence", "gates", "DE-0001", "--as-of", DAY).stdout
    assert "833/2014, article 3k bans" not in answers
    shown = run_command("licence", "show", "DE-0001", "--as-of", DAY).stdout
    assert "no correlation table is loaded" in shown
    text, table = tmp_path / "act.txt", tmp_path / "table.csv"
    text.write_text(ACT, encoding="utf-8")
    table.write_text("CN code;control code\n8479 89;2B350, 1B101\n", encoding="utf-8")
    source = ("--source", "https://eur-lex.europa.eu/eli/reg/2014/833", "--by", "L. Oader")
    assert run_command("law", "load", text, *source).exit_code == 0
    loaded = run_command("control", "correlation", table, "--published", "2026-01-01", *source)
    assert loaded.exit_code == 0, loaded.stderr
    answers = run_command("licence", "gates", "DE-0001", "--as-of", DAY).stdout
    assert "833/2014, article 3k bans line 1 to RU" in answers
    assert "version of 2026-02-01" in answers
    assert "correlation table relates 84798997 to 1B101, 2B350" in answers
    before = run_command("licence", "gates", "DE-0001", "--as-of", "2026-03-20", "--json").stdout
    assert "correlation:1" in before


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("Ministry of Communications", {}, "prohibited"),
        ("Clinic Network", {"security_user": "no"}, "needs authorisation"),
    ],
)
def test_case_6_packet_inspection_to_iran(
    tmp_path: Path, name: str, facts: dict[str, str], expected: str
) -> None:
    stated = {key: {"answer": value, "source": "note"} for key, value in facts.items()}
    file_case(tmp_path, "IR", None, day="2013-06-01", description="deep packet inspection probe",
              user={"name": name}, facts=stated)  # fmt: skip
    answer_texts("2013-06-01")
    assert gate("G2", "2013-06-01") == expected


def answer_texts(day: str) -> None:
    for question in open_questions("DE-0001", "--as-of", day):
        if question.startswith("text:"):
            confirm = (
                "licence",
                "confirm",
                "DE-0001",
                question,
                "yes",
                "--source",
                "the text",
                "--as-of",
                day,
            )
            run_command(*confirm)


@pytest.mark.parametrize(
    ("day", "country", "code", "expected"),
    [
        ("2021-06-01", "RU", "5A002", "clear"),  # case 7
        ("2023-06-01", "RU", "5A002", "prohibited"),
        ("2020-05-01", "IR", "6A003.a", "clear"),  # case 8
        ("2026-05-01", "IR", "6A003.a", "prohibited"),
        ("2026-03-20", "KZ", "6A003.a", "not known"),  # case 13
    ],
)
def test_cases_7_8_and_13_the_day_and_the_country(
    tmp_path: Path, day: str, country: str, code: str, expected: str
) -> None:
    military = {"military_end_use": {"answer": "no", "source": "note"}}
    file_case(tmp_path, country, code, day=day, facts=military)
    answer_texts(day)
    assert gate("G2", day) == expected
    assert gate("G3", day) == "needs authorisation"


def test_case_9_a_buyer_in_china_named_by_an_act_may_not_receive_the_goods(
    own_home: Path, tmp_path: Path
) -> None:
    load_binding(own_home, "Somebody Else Ltd")
    file_case(tmp_path, "CN")
    assert gate("G2") != "prohibited"
    load(own_home, "eu-official-journal", BUYER, measure="Export control")
    run_command("licence", "screen", "DE-0001", "--as-of", DAY)
    assert gate("G2") == "prohibited"


@pytest.mark.parametrize(
    ("address", "expected"), [("Lenin street 1, Simferopol", "prohibited"), ("address unknown", "not known")]
)
def test_case_10_in_ukraine_the_address_decides(tmp_path: Path, address: str, expected: str) -> None:
    file_case(tmp_path, "UA", user={"address": address})
    assert gate("G2") == expected


def test_case_11_a_denial_of_another_entry_of_the_family_is_possible(tmp_path: Path) -> None:
    record = denial().model_dump(mode="json", by_alias=True)
    record["items"] = [changed(record["items"][0], code="5A001.f", parameters=[], description="interception")]
    assert run_command("denial", "add", write(tmp_path, "d.yaml", record)).exit_code == 0
    file_case(tmp_path, "KZ", "5A001.j", user={"name": "Vostochnyy Glaz LLC"}, description="interception")
    run_command("licence", "assess", "DE-0001", "--as-of", DAY)
    assert "possible: NL-D-2026-01" in run_command("denial", "match", "DE-0001", "--as-of", DAY).stdout
    assert gate("G5") == "not known"


def test_case_12_a_foreign_list_is_a_finding_and_no_gate(own_home: Path, tmp_path: Path) -> None:
    load_binding(own_home, "Somebody Else Ltd")
    load(own_home, "us-bis-entity-list", BUYER)
    file_case(tmp_path, "CL")
    assert gate("G1") == "clear"
    assert "which does not bind here" in run_command("licence", "screen", "DE-0001", "--as-of", DAY).stdout


def test_case_12_a_possible_listing_on_a_foreign_list_is_a_finding_too(
    own_home: Path, tmp_path: Path
) -> None:
    load_binding(own_home, "Somebody Else Ltd")
    load(own_home, "us-bis-entity-list", f"{BUYER.removesuffix(' LLC')} Marine Works LLC")
    file_case(tmp_path, "CL")
    assert gate("G1") == "clear"
    said = run_command("licence", "screen", "DE-0001", "--as-of", DAY).stdout
    assert f"{BUYER} is possibly listed on us-bis-entity-list, which does not bind here" in " ".join(
        said.split()
    )


def test_case_14_an_act_between_decision_and_export_reopens_the_case(tmp_path: Path) -> None:
    criteria = Path(__file__).parents[2] / "examples" / "export-control" / "criteria.yaml"
    day = "2025-09-29"
    file_case(tmp_path, "IR", day=day)
    run_command("licence", "assess", "DE-0001", "--criteria", criteria, "--as-of", day)
    answer_questions("DE-0001", "--as-of", day)
    granted = run_command(
        "licence", "decide", "DE-0001", "granted", "--reason", "r", "--by", "C. Chief", "--as-of", day
    )
    assert granted.exit_code == 0, granted.stderr
    exported = run_command("licence", "export", "DE-0001", "--as-of", "2025-09-30")
    assert (exported.exit_code, "G2 prohibited" in exported.stderr) == (10, True)
    shown = json.loads(run_command("licence", "show", "DE-0001", "--json", "--as-of", "2025-09-30").stdout)
    assert shown["is_reopened"] is True


def test_a_case_of_april_2021_is_decided_under_the_regulation_of_2009(tmp_path: Path) -> None:
    criteria = Path(__file__).parents[2] / "examples" / "export-control" / "criteria.yaml"
    day = "2021-04-13"
    stated = ("informed_art4", "aware_art4", "suspicion_art4", "national_list_art9")
    file_case(tmp_path, "CL", None, day=day, description="face recognition server",
              facts={name: {"answer": "no", "source": "note"} for name in stated})  # fmt: skip
    run_command("licence", "assess", "DE-0001", "--criteria", criteria, "--as-of", day)
    assert "text:428/2009-4" in open_questions("DE-0001", "--as-of", day)
    answer_questions("DE-0001", "--as-of", day)
    decide = ("licence", "decide", "DE-0001", "no-licence-needed", "--reason", "r", "--by", "C. Chief")
    decided = run_command(*decide, "--as-of", day)
    assert decided.exit_code == 0, decided.stderr
    shown = json.loads(run_command("licence", "show", "DE-0001", "--json", "--as-of", day).stdout)
    steps = {step["number"]: step["article"] for step in shown["checklist"]["steps"]}
    assert (steps["3e"], steps["5"], steps["8"]) == ("4(4)", "13(5)", "20(3)")
    assert {duty["id"] for duty in shown["checklist"]["duties"]} == {
        "art4-informed", "art4-aware", "art4-suspicion", "art9-measure",
    }  # fmt: skip
    page = tmp_path / "letter.html"
    assert (
        run_command(
            "licence", "show", "DE-0001", "--document", "decision", "--out", page, "--as-of", day
        ).exit_code
        == 0
    )
    assert "Articles are those of Regulation 428/2009." in page.read_text(encoding="utf-8")
