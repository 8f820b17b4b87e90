"""The commands of both officers: errors, decisions, documents, and screening again when a list changes."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from functional_tools import answer_questions, open_questions, run_command
from licensing_tools import FIXTURES, changed, raw, write
from store_tools import company, put, snapshot_of

from overzicht.store.database import Store

DAY = ("--as-of", "2026-03-20")
DECIDER = ("--by", "C. Officer")  # who assessed a case cannot decide it
CAMERA = FIXTURES / "camera.yaml"
CRITERIA = Path(__file__).parents[2] / "examples" / "export-control" / "criteria.yaml"
pytestmark = pytest.mark.usefixtures("own_home")


def status_on(*day: str) -> str:
    shown = run_command("licence", "show", "DE-0001", "--json", *day)
    return str(json.loads(shown.stdout)["case"]["status"])


def _ready(day: str = "2026-03-20") -> None:
    run_command("licence", "new", CAMERA, "--as-of", day)
    run_command("licence", "submit", "DE-0001", "--as-of", day)
    run_command("licence", "assess", "DE-0001", "--criteria", CRITERIA, "--as-of", day)


def _open(*day: str) -> None:
    """Make a grant reachable: every criterion has a finding, and a person answered every question."""
    answer_questions("DE-0001", *day)
    assert run_command("licence", "gates", "DE-0001", *day).exit_code == 0


def test_a_case_without_end_user_stays_a_draft_and_can_be_mended(tmp_path: Path) -> None:
    data = raw("camera")
    data["parties"] = [party for party in data["parties"] if party["role"] != "end_user"]
    data["end_use"].pop("statement")
    new = run_command("licence", "new", write(tmp_path, "x.yaml", data), *DAY)
    assert new.exit_code == 1
    refused = run_command("licence", "submit", "DE-0001", *DAY)
    assert refused.exit_code == 10
    assert "no end-user is named" in refused.stderr
    assert "Article 12(4)" in refused.stderr
    assert status_on(*DAY) == "draft"
    assert run_command("licence", "new", CAMERA, *DAY).exit_code == 10
    assert run_command("licence", "new", CAMERA, "--replace", *DAY).exit_code == 0
    assert run_command("licence", "submit", "DE-0001", *DAY).exit_code == 0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("id: X", "parties: it is missing"),
        ("- a\n- b", "it has no fields"),
        ("a: [", "not YAML"),
        ("&a [*a]", "its aliases stand for more values"),
        ("\x00", "not YAML"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_reason(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(text, encoding="utf-8")
    refused = run_command("licence", "new", path)
    assert (refused.exit_code, reason in refused.stderr) == (10, True)
    assert run_command("licence", "new", tmp_path / "none.yaml").exit_code == 10


def test_an_item_without_units_names_the_place(tmp_path: Path) -> None:
    item = changed(raw("camera")["items"][0], quantity={"amount": 20})
    path = write(tmp_path, "x.yaml", changed(raw("camera"), items=[item]))
    refused = run_command("licence", "new", path)
    assert refused.exit_code == 10
    assert "items.0.quantity.unit: the unit is missing" in refused.stderr
    assert "at least 1" not in refused.stderr  # one fault is told once


@pytest.mark.parametrize(
    ("code", "meant"), [("UK", "use GB"), ("XX", "ISO 3166")], ids=["often meant", "no country"]
)
def test_a_code_of_no_country_is_refused(tmp_path: Path, code: str, meant: str) -> None:
    path = write(tmp_path, "x.yaml", changed(raw("camera"), destination=code, route=["DE", code]))
    refused = run_command("licence", "new", path, *DAY)
    assert refused.exit_code == 10
    assert f"destination: {code} is not a country code" in refused.stderr
    assert meant in refused.stderr


def test_a_code_that_the_installed_list_has_not_is_refused_and_without_a_list_taken(tmp_path: Path) -> None:
    item = changed(raw("camera")["items"][0], code="6A999", list_version="2025-11-15")
    path = write(tmp_path, "x.yaml", changed(raw("camera"), items=[item]))
    assert run_command("licence", "new", path, *DAY).exit_code == 0
    row = {"entry": "6A003", "path": "6A003", "kind": "provision", "text": "Cameras."}
    file = tmp_path / "annex-2025-11-15.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert run_command("control", "update", file, "--force").exit_code == 0
    refused = run_command("licence", "new", path, "--replace", *DAY)
    assert refused.exit_code == 10
    assert "line 1: the installed list of 2025-11-15 has no 6A999" in refused.stderr


def test_a_case_is_not_filed_before_its_newest_draft() -> None:
    run_command("licence", "new", CAMERA, *DAY)
    refused = run_command("licence", "submit", "DE-0001", "--as-of", "2026-03-19")
    assert refused.exit_code == 10
    assert "its newest draft is of 2026-03-20" in refused.stderr
    assert status_on(*DAY) == "draft"


def test_an_unknown_case_is_named() -> None:
    assert run_command("licence", "show", "NONE").exit_code == 11
    assert run_command("control", "compare", "NONE").exit_code == 11


def test_a_decision_needs_its_turn_reasons_and_keeps_the_earlier_ones() -> None:
    run_command("licence", "new", CAMERA, *DAY)
    assert (
        run_command("licence", "decide", "DE-0001", *DECIDER, "granted", "--reason", "r", *DAY).exit_code
        == 10
    )
    _ready()
    without = run_command("licence", "decide", "DE-0001", *DECIDER, "denied", "--reason", " ", *DAY)
    assert (without.exit_code, "reasons are required" in without.stderr) == (10, True)
    assert (
        run_command("licence", "decide", "DE-0001", *DECIDER, "denied", "--reason", "first", *DAY).exit_code
        == 0
    )
    run_command("licence", "assess", "DE-0001", *DAY)
    _open(*DAY)
    granted = (
        "licence",
        "decide",
        "DE-0001",
        *DECIDER,
        "granted-with-conditions",
        "--reason",
        "second",
        "--condition",
        "c",
    )
    assert run_command(*granted, *DAY).exit_code == 0
    shown = json.loads(run_command("licence", "show", "DE-0001", "--json", *DAY).stdout)
    assert shown["case"]["status"] == "granted with conditions"
    assert [event["kind"] for event in shown["case"]["events"]].count("status") == 6
    assert "the log is whole" in run_command("log", "verify").stdout


def test_the_person_who_assessed_cannot_decide_in_capitals_either() -> None:
    _ready()
    run_command("licence", "assess", "DE-0001", "--by", "Anna", *DAY)
    refused = run_command("licence", "decide", "DE-0001", "denied", "--reason", "r", "--by", "ANNA ", *DAY)
    assert (refused.exit_code, "ask another officer to decide" in refused.stderr) == (10, True)
    assert status_on(*DAY) == "assessed"
    assert (
        run_command("licence", "decide", "DE-0001", *DECIDER, "denied", "--reason", "r", *DAY).exit_code == 0
    )


def test_records_that_point_to_refusal_refuse_nothing(tmp_path: Path) -> None:
    _ready()
    record = {"criterion": "policy-2", "finding": "clear risk", "evidence": "report",
              "source_date": date(2026, 1, 1), "weight": "decisive", "direction": "against"}  # fmt: skip
    run_command("licence", "assess", "DE-0001", "--criteria", write(tmp_path, "c.yaml", [record]), *DAY)
    shown = json.loads(run_command("licence", "show", "DE-0001", "--json", *DAY).stdout)
    assert (shown["suggestion"]["leaning"], shown["case"]["status"]) == ("refuse", "assessed")
    _open(*DAY)
    assert (
        run_command("licence", "decide", "DE-0001", *DECIDER, "granted", "--reason", "why", *DAY).exit_code
        == 0
    )


def test_a_changed_list_asks_for_a_new_screening_which_finds_the_party(own_home: Path) -> None:
    _ready()
    assert "no open case" in run_command("licence", "screen", "--changed", *DAY).stderr
    store = Store.open(own_home)
    put(
        store,
        snapshot_of("un-sc", date(2026, 3, 19)),
        [company("un-1", "Vostochnyy Glaz LLC", since=date(2026, 3, 18))],
    )
    store.close()
    stale = run_command("licence", "decide", "DE-0001", *DECIDER, "granted", "--reason", "r", *DAY)
    assert "a list changed after the screening of the parties" in stale.stderr
    told = run_command("licence", "screen", "--changed", *DAY).stdout
    assert "Vostochnyy Glaz LLC is listed on un-sc" in told
    shown = json.loads(run_command("licence", "show", "DE-0001", "--json", *DAY).stdout)
    assert shown["checklist"]["way"] == "other law first"


@pytest.mark.parametrize(
    ("document", "lang", "words"),
    [
        ("application", "nl", "Aanvraag van een uitvoervergunning"),
        ("application", "en", "Application for an export authorisation"),
        ("decision", "nl", "Geldig tot"),
        ("decision", "en", "Valid until"),
        ("annex-iii", "nl", "Eindgebruiker"),
        ("annex-iii", "en", "End-user"),
    ],
)
def test_documents_in_both_languages(tmp_path: Path, document: str, lang: str, words: str) -> None:
    run_command("denial", "add", FIXTURES / "denial.yaml")
    data = changed(raw("camera"), issuing_state="NL", located_in="NL")  # the own denial needs no consultation
    run_command("licence", "new", write(tmp_path, "x.yaml", data), *DAY)
    run_command("licence", "submit", "DE-0001", *DAY)
    run_command("licence", "assess", "DE-0001", "--criteria", CRITERIA, *DAY)
    _open(*DAY)
    run_command("licence", "decide", "DE-0001", *DECIDER, "granted", "--reason", "<b>why</b>", *DAY)
    out = tmp_path / "out.html"
    shown = run_command(
        "licence", "show", "DE-0001", "--document", document, "--lang", lang, "--out", out, *DAY
    )
    page = out.read_text("utf-8")
    assert shown.exit_code == 0
    assert words in page
    assert "<b>why</b>" not in page
    assert "NL-D-2026-01" not in page
    assert "<script" not in page


def test_reading_denials_is_written_down_and_their_content_stays_out_of_the_log(own_home: Path) -> None:
    run_command("denial", "add", FIXTURES / "denial.yaml")
    run_command("denial", "list", "--by", "reader", *DAY)
    run_command("denial", "review", "NL-D-2026-01", "renew", "--reason", "secret grounds", *DAY)
    store = Store.open(own_home)
    with store.reading() as connection:
        logged = str(connection.exec_driver_sql("select actor, action, detail from log").all())
    store.close()
    assert "('reader', 'denial read'" in logged
    assert "secret grounds" not in logged
    assert "Глаз" not in logged


def test_a_denial_is_shown_with_who_read_it_and_why_and_this_reading_first() -> None:
    run_command("denial", "add", FIXTURES / "denial.yaml")
    run_command("denial", "list", "--by", "anna", "--as-of", "2026-02-01")
    _ready("2026-03-20")
    run_command("denial", "match", "DE-0001", "--by", "bert", *DAY)
    shown = run_command("denial", "show", "NL-D-2026-01", "--by", "carla", *DAY)
    assert shown.exit_code == 0
    for each in ("end_user: ООО «Восточный Глаз» (KZ)", "for surveillance of demonstrations", "criterion 2"):
        assert each in shown.stdout
    read = [line.partition(" by ")[2] for line in shown.stdout.splitlines() if "read at" in line]
    assert read[:2] == ["carla, as of 2026-03-20: show", "bert, as of 2026-03-20: match of case DE-0001"]
    assert read[-1] == "anna, as of 2026-02-01: list"
    told = json.loads(run_command("denial", "show", "NL-D-2026-01", "--json", "--by", "dirk", *DAY).stdout)
    assert (told["stored"]["denial"]["destination"], len(told["readings"])) == ("KZ", len(read) + 1)
    newest = {name: told["readings"][0][name] for name in ("actor", "day", "purpose", "case")}
    assert newest == {"actor": "dirk", "day": "2026-03-20", "purpose": "show", "case": ""}


def test_a_denial_that_is_not_there_that_day_is_not_shown_and_one_to_review_is_told() -> None:
    run_command("denial", "add", FIXTURES / "denial.yaml")
    assert run_command("denial", "show", "NL-D-2026-01", "--as-of", "2026-01-14").exit_code == 11
    late = run_command("denial", "show", "NL-D-2026-01", "--as-of", "2029-01-16")
    assert (late.exit_code, "REVIEW OVERDUE" in late.stdout) == (1, True)


def test_a_review_is_listed_and_the_third_owes_reasons() -> None:
    run_command("denial", "add", FIXTURES / "denial.yaml")
    listed = run_command("denial", "list", "--as-of", "2029-01-16")
    assert (listed.exit_code, "REVIEW OVERDUE" in listed.stdout) == (1, True)
    for day in ("2029-01-10", "2032-01-10"):
        assert run_command("denial", "review", "NL-D-2026-01", "renew", "--as-of", day).exit_code == 0
    assert run_command("denial", "review", "NL-D-2026-01", "renew", "--as-of", "2035-01-10").exit_code == 10
    assert run_command("denial", "review", "NL-D-2026-01", "revoke", "--as-of", "2035-01-10").exit_code == 0
    assert "not in force" in run_command("denial", "list", "--as-of", "2035-01-10").stdout


def test_a_possible_match_can_be_dismissed_by_a_person_with_a_reason(tmp_path: Path) -> None:
    run_command("denial", "add", FIXTURES / "denial.yaml")
    item = changed(raw("camera")["items"][0], parameters=[])
    run_command("licence", "new", write(tmp_path, "x.yaml", changed(raw("camera"), items=[item])), *DAY)
    run_command("licence", "submit", "DE-0001", *DAY)
    found = run_command("denial", "match", "DE-0001", *DAY)
    assert (found.exit_code, "possible: NL-D-2026-01" in found.stdout) == (1, True)
    judged = (
        "denial",
        "match",
        "DE-0001",
        "--judge",
        "NL-D-2026-01",
        "--verdict",
        "different",
        "--reason",
        "seen",
    )
    assert run_command(*judged, *DAY).exit_code == 0
    assert "dismissed by a person" in run_command("denial", "match", "DE-0001", *DAY).stdout


def test_a_past_day_shows_the_case_as_it_stood() -> None:
    _ready("2026-03-20")
    assert (
        run_command(
            "licence", "decide", "DE-0001", *DECIDER, "denied", "--reason", "r", "--as-of", "2026-03-25"
        ).exit_code
        == 0
    )
    shown = {
        day: json.loads(run_command("licence", "show", "DE-0001", "--json", "--as-of", day).stdout)["case"][
            "status"
        ]
        for day in ("2026-03-20", "2026-03-24", "2026-03-25")
    }
    assert list(shown.values()) == ["assessed", "assessed", "denied"]
    listed = {
        day: [
            each["status"]
            for each in json.loads(run_command("licence", "list", "--json", "--as-of", day).stdout)
        ]
        for day in ("2026-03-19", "2026-03-24", "2026-03-25")
    }
    assert list(listed.values()) == [[], ["assessed"], ["denied"]]
    early = run_command("licence", "show", "DE-0001", "--as-of", "2026-03-19")
    assert (early.exit_code, "no licence case of 2026-03-19" in early.stderr) == (11, True)


def test_an_officer_states_a_fact_with_its_source_and_what_was_filed_stays() -> None:
    _ready("2026-03-20")
    informed = ("licence", "fact", "DE-0001", "restrictive_measures", "yes")
    assert run_command(*informed, *DAY).exit_code == 2  # without a source only unknown can be stated
    stated = run_command(*informed, "--source", "letter of 21 March", "--json", "--as-of", "2026-03-21")
    assert json.loads(stated.stdout)["checklist"]["way"] == "other law first"
    refused = run_command(
        "licence", "decide", "DE-0001", *DECIDER, "granted", "--reason", "r", "--as-of", "2026-03-21"
    )
    assert (refused.exit_code, "G2 prohibited" in refused.stderr) == (10, True)
    before = json.loads(run_command("licence", "show", "DE-0001", "--json", *DAY).stdout)
    assert before["checklist"]["way"] == "apply for an authorisation"
    run_command("licence", "fact", "DE-0001", "restrictive_measures", "unknown", "--as-of", "2026-03-22")
    after = json.loads(run_command("licence", "show", "DE-0001", "--json", "--as-of", "2026-03-22").stdout)
    assert after["checklist"]["way"] == "apply for an authorisation"


def _listed(home: Path, day: date = date(2026, 3, 19)) -> None:
    store = Store.open(home)
    listed = company("eu-1", "Vostochnyy Glaz LLC", since=date(2026, 3, 18), list_id="eu-fsf")
    put(store, snapshot_of("eu-fsf", day), [listed])
    store.close()


def _record(folder: Path, **fields: object) -> Path:
    document = folder / "decision.pdf"
    document.write_bytes(b"the decision")
    record = {
        "act": "2020/1998", "article": "4(1)", "ground": "basic needs", "authority": "Ministry",
        "document": "BZ-1",
        "document_date": date(2026, 3, 1), "sha256": hashlib.sha256(b"the decision").hexdigest(),
        "valid_from": date(2026, 3, 1), "valid_to": date(2026, 4, 30), "lines": [1],
        "parties": ["Vostochnyy Glaz LLC"], "notice": "sent to the Commission on 2026-03-02", **fields,
    }  # fmt: skip
    return write(folder, "derogation.yaml", record)


def test_a_listed_end_user_gets_no_licence_and_no_letter_without_two_officers(
    own_home: Path, tmp_path: Path
) -> None:
    _listed(own_home)
    _ready()
    answer_questions("DE-0001", *DAY)
    granted = ("licence", "decide", "DE-0001", *DECIDER, "granted", "--reason", "r", *DAY)
    refused = run_command(*granted)
    assert (refused.exit_code, "G1 prohibited" in refused.stderr) == (10, True)
    assert status_on(*DAY) == "assessed"
    record, document = _record(tmp_path), tmp_path / "decision.pdf"
    filed = ("licence", "derogation", "DE-0001", record, "--document", document, "--by", "A. Officer", *DAY)
    assert run_command(*filed).exit_code == 0
    assert run_command(*granted).exit_code == 10
    accept = ("licence", "derogation", "DE-0001", "--accept", "BZ-1", *DAY, "--by")
    same = run_command(*accept, "a. officer")
    assert (same.exit_code, "cannot accept it" in same.stderr) == (10, True)
    assert run_command(*accept, "B. Officer").exit_code == 0
    answer_questions("DE-0001", *DAY)
    assert run_command(*granted).exit_code == 0
    letter = ("licence", "show", "DE-0001", "--document", "decision", "--out", tmp_path / "letter.html")
    assert run_command(*letter, *DAY).exit_code == 0
    late = run_command(*letter, "--as-of", "2026-05-01")  # the derogation ended
    assert (late.exit_code, "cannot be printed" in late.stderr) == (10, True)
    exported = run_command("licence", "export", "DE-0001", "--as-of", "2026-05-01")
    assert (exported.exit_code, "cannot be exported" in exported.stderr) == (10, True)
    shown = json.loads(run_command("licence", "show", "DE-0001", "--json", "--as-of", "2026-05-01").stdout)
    assert shown["is_reopened"] is True


def test_a_document_with_another_hash_is_refused(tmp_path: Path) -> None:
    _ready()
    record = _record(tmp_path, sha256="a" * 64)
    refused = run_command(
        "licence", "derogation", "DE-0001", record, "--document", tmp_path / "decision.pdf", *DAY
    )
    assert (refused.exit_code, "has the hash" in refused.stderr) == (10, True)


def test_a_prohibited_case_is_decided_as_such_and_a_clear_one_is_not(own_home: Path, tmp_path: Path) -> None:
    _ready()
    prohibited = ("licence", "decide", "DE-0001", *DECIDER, "prohibited", "--reason", "r", *DAY)
    refused = run_command(*prohibited)
    assert (refused.exit_code, "no gate is shut" in refused.stderr) == (10, True)
    _listed(own_home)
    run_command("licence", "screen", "DE-0001", *DAY)
    assert run_command(*prohibited).exit_code == 0
    out = tmp_path / "letter.html"
    run_command("licence", "show", "DE-0001", "--document", "decision", "--lang", "en", "--out", out, *DAY)
    assert "The law prohibits this export" in out.read_text("utf-8")


def test_a_listed_item_is_never_decided_as_needing_no_licence() -> None:
    _ready()
    _open(*DAY)
    refused = run_command(
        "licence", "decide", "DE-0001", *DECIDER, "no-licence-needed", "--reason", "r", *DAY
    )
    assert (refused.exit_code, "every gate must be clear" in refused.stderr) == (10, True)


def test_an_answer_about_a_party_lapses_when_its_screening_changes(own_home: Path) -> None:
    _ready()
    _open(*DAY)
    _listed(own_home)
    run_command("licence", "screen", "DE-0001", *DAY)
    gates = json.loads(run_command("licence", "gates", "DE-0001", "--json", *DAY).stdout)
    assert (gates["outcome"], gates["can_grant"]) == ("prohibited", False)


def test_a_question_that_is_not_open_cannot_be_answered() -> None:
    _ready()
    known = open_questions("DE-0001", *DAY)
    assert {"destination:KZ", "destination:AE", "party:Vostochnyy Glaz LLC"} <= set(known)
    unknown = run_command("licence", "confirm", "DE-0001", "destination:RU", "no", "--source", "s", *DAY)
    assert unknown.exit_code == 11
    assert run_command("licence", "confirm", "DE-0001", known[0], "no", "--source", " ", *DAY).exit_code == 10


def test_the_verdict_same_makes_a_hit_that_has_to_be_consulted(tmp_path: Path) -> None:
    run_command("denial", "add", FIXTURES / "denial.yaml")
    item = changed(raw("camera")["items"][0], code="5A001.f", parameters=[])
    run_command("licence", "new", write(tmp_path, "x.yaml", changed(raw("camera"), items=[item])), *DAY)
    run_command("licence", "submit", "DE-0001", *DAY)
    assert "ruled out: NL-D-2026-01" in run_command("denial", "match", "DE-0001", *DAY).stdout
    judged = (
        "denial",
        "match",
        "DE-0001",
        "--judge",
        "NL-D-2026-01",
        "--verdict",
        "same",
        "--reason",
        "seen",
    )
    assert run_command(*judged, *DAY).exit_code == 1
    told = run_command("denial", "match", "DE-0001", *DAY).stdout
    assert "hit: NL-D-2026-01" in told
    assert "to consult:" in told


def test_the_gates_and_a_refusal_are_in_dutch() -> None:
    _ready()
    lines = run_command("licence", "gates", "DE-0001", "--lang", "nl", *DAY).stdout.splitlines()
    assert "G3 vergunning nodig: regel 1: voor 6A003.b.4.b is een vergunning nodig" in lines
    assert any("niet geverifieerd: uit het geheugen" in line for line in lines)
    assert lines[-1] == "uitkomst: vergunning nodig; verlenen kan niet"
    shown = run_command("licence", "show", "DE-0001", "--lang", "nl", *DAY).stdout
    assert "zaak DE-0001: beoordeeld, op 2026-03-20" in shown
