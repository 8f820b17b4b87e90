"""Known exploited vulnerabilities from loading the catalogue to the report, the register and the service."""

import json
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command, states
from vulnerability_files import CVE, SERIES, advisory, catalogue, cve_record, entry, write

from overzicht.errors import EXIT_OK

pytestmark = pytest.mark.usefixtures("own_home")
HEADER = "name,brand,model,firmware,kind,site\n"
ROWS = (
    "old,Hikvision,DS-2CD2032F-I,V5.3.0 build 150513,camera,North\n"
    "new,Hikvision,DS-2CD2032F-I,V5.6.2build 190701,camera,North\n"
    "bare,Hikvision,DS-2CD2032F-I,,camera,North\n"
    "sold,LTS,DS-2CD2032F-I,V5.3.0 build 150513,camera,North\n"
    "other,Hikvision,DS-2CD2146G2-ISU,V5.7.3 build 220112,camera,South\n"
    "axis,Axis,P3245-LVE,10.12.130,camera,South\n"
)
DAY = "2026-08-10"
FIRMWARE, KIND = "model and firmware", "maker and kind"


def load(folder: Path, *documents: tuple[str, dict[str, Any]]) -> None:
    for name, document in documents:
        result = run_command("lists", "add", write(folder, name, document))
        assert result.exit_code == EXIT_OK, result.output


def kev(*entries: dict[str, Any], released: str = "2026-08-07") -> tuple[str, dict[str, Any]]:
    return f"kev-{released}.json", catalogue(*entries, released=released)


MODELS = ("icsa-99-001-01.json", advisory([SERIES], ["P-1"]))


def overview(folder: Path, as_of: str = DAY, rows: str = ROWS) -> dict[str, Any]:
    inventory, out = folder / "devices.csv", folder / "report.json"
    inventory.write_text(HEADER + rows, encoding="utf-8")
    result = run_command("overview", inventory, "--as-of", as_of, "--out", out)
    assert result.exit_code == EXIT_OK, result.output
    report: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return report | {"screen": result.stdout}


def grades(report: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    return {
        d["label"]: [(v["cve"], v["grade"]) for v in d.get("vulnerabilities", ())] for d in report["devices"]
    }


def test_explain_names_the_file_and_the_record_of_each_statement(tmp_path: Path) -> None:
    load(tmp_path, kev(entry()), MODELS)
    report = overview(tmp_path)
    result = run_command("explain", CVE, "--json")
    assert result.exit_code == EXIT_OK, result.output
    explained = json.loads(result.stdout)
    assert {item["subject"] for item in explained} == {row["id"] for row in report["vulnerabilities"]}
    sure = next(item for item in explained if item["confidence"] == "high")
    cited = [citation for reason in sure["reasons"] for citation in reason["citations"]]
    assert {citation["title"].partition(" (")[0] for citation in cited} >= {
        MODELS[1]["document"]["tracking"]["id"]
    }
    assert all(citation["place"] for citation in cited)


def test_the_grades_of_devices_and_the_headline(tmp_path: Path) -> None:
    load(tmp_path, kev(entry()), MODELS)
    report = overview(tmp_path)
    assert grades(report) == {
        "old": [(CVE, FIRMWARE)],
        "new": [],
        "bare": [(CVE, KIND)],
        "sold": [(CVE, FIRMWARE)],
        "other": [],
        "axis": [],
    }
    assert (report["counts"]["vulnerabilities"], report["counts"]["vulnerabilities_version_unknown"]) == (
        2,
        1,
    )
    assert "with a vulnerability that is known to be exploited, since 5 March 2026" in report["screen"]
    sentences = [sentence["en"] for sentence in report["conclusions"]]
    assert any(sentence.startswith("1 of these are sold under another brand") for sentence in sentences)
    assert any(
        "bind American federal agencies, not a Dutch public body" in sentence for sentence in sentences
    )
    told = {reason["number"]: reason["text"]["en"] for reason in report["reasons"]}
    reasons = {told[number] for row in report["vulnerabilities"] for number in row["reasons"]}
    assert any("made by Hikvision; a relabelled device has the firmware" in reason for reason in reasons)
    assert {row["due"] for row in report["vulnerabilities"]} == {"2026-03-26"}
    assert not any(row["binds_reader"] for row in report["vulnerabilities"])


def test_a_vulnerability_says_nothing_about_a_party(tmp_path: Path) -> None:
    before = overview(tmp_path)
    assert before["counts"]["vulnerabilities"] is None
    assert before["vulnerability_lists"][0]["answer"] == "not checked"
    assert "vulnerabilities that are known to be exploited: not checked" in before["screen"]
    answer = run_command("screen", "one", "Hikvision", "--as-of", DAY).stdout
    load(
        tmp_path, kev(entry()), MODELS, (f"{CVE}.json", cve_record([{"vendor": "Hikvision", "product": "X"}]))
    )
    assert run_command("screen", "one", "Hikvision", "--as-of", DAY).stdout == answer
    after = overview(tmp_path)
    for part in ("listings", "checks", "lists", "makers"):
        assert after[part] == before[part]
    assert after["counts"]["listed"] == before["counts"]["listed"]


def test_status_diff_backup_and_exchange_work_as_for_any_list(tmp_path: Path) -> None:
    other = entry("CVE-2099-10002", "Acme", "Gadget")
    load(tmp_path, kev(entry(), released="2026-06-01"), kev(entry(), other, released="2026-08-07"), MODELS)
    status = states(DAY)
    assert status["us-cisa-kev"]["can_tell"]
    assert [s["part"] for s in status["csaf"]["snapshots"]] == ["ICSA-99-001-01"]
    diff = run_command("lists", "diff", "us-cisa-kev", "2026-06-01", "2026-08-07").stdout
    assert "1 listed, 0 delisted, 0 changed" in diff
    assert run_command("register", "export", tmp_path / "all.overzicht").exit_code == EXIT_OK
    assert "CVE-2099-10002" in diff
    assert run_command("register", "verify").exit_code == EXIT_OK


def test_the_register_shows_the_same_as_the_files(tmp_path: Path) -> None:
    load(tmp_path, kev(entry()), MODELS)
    report = overview(tmp_path)
    run_command("register", "organisations", "add", "Gemeente Voorbeeld", "--as-of", DAY)
    imported = run_command(
        "register", "import", tmp_path / "devices.csv", "--organisation", "gemeente-voorbeeld", "--as-of", DAY
    )
    assert imported.exit_code == EXIT_OK, imported.output
    assert run_command("register", "accept", "1").exit_code == EXIT_OK
    out = tmp_path / "register.json"
    assert run_command("register", "overview", "--as-of", DAY, "--out", out).exit_code == EXIT_OK
    stored = json.loads(out.read_text(encoding="utf-8"))
    assert grades(stored) == grades(report)
    assert stored["counts"]["vulnerabilities"] == report["counts"]["vulnerabilities"]
    device = next(d for d in stored["devices"] if d["label"] == "old")
    (shown,) = json.loads(run_command("register", "show", device["id"], "--as-of", DAY, "--json").stdout)
    assert [(v["cve"], v["grade"]) for v in shown["vulnerabilities"]] == [(CVE, FIRMWARE)]
    assert shown["firmware"] == ["V5.3.0 build 150513"]
    listed = json.loads(run_command("register", "devices", "--as-of", DAY, "--json").stdout)["devices"]
    assert {d["label"]: [(v["cve"], v["grade"]) for v in d["vulnerabilities"]] for d in listed} == grades(
        report
    )
    unchecked = json.loads(run_command("register", "devices", "--as-of", "2026-12-31", "--json").stdout)[
        "devices"
    ]
    assert next(d["vulnerabilities"] for d in unchecked if d["label"] == "axis") is None
    words = run_command("register", "show", device["id"], "--as-of", DAY).stdout
    assert f"{CVE} [model and firmware], listed since 2026-03-05" in words


@pytest.mark.shared
def test_the_official_files_and_real_answers_of_devices(tmp_path: Path, shared_data: Path) -> None:
    folder = shared_data / "vulnerabilities"
    for name in (
        "known_exploited_vulnerabilities.json",
        "csaf/icsa-17-124-01.json",
        "cve/CVE-2021-33045.json",
    ):
        assert run_command("lists", "add", folder / name).exit_code == EXIT_OK
    rows = (
        "ipc,Dahua,IPC-HFW3541T-ZAS,V2.800.0000000.29.R.200106,camera,South\n"
        "newer,Dahua,IPC-HFW3541T-ZAS,V2.840.0000000.18.R.220726,camera,South\n"
    )
    seen = grades(overview(tmp_path, rows=rows))
    assert ("CVE-2021-33045", FIRMWARE) in seen["ipc"]
    assert ("CVE-2021-33045", FIRMWARE) not in seen["newer"]
    answer = shared_data / "devices" / "inputs-isapi-hikvision" / "DS-2CD2532F-IWS.json"
    out = tmp_path / "answer.json"
    for day, count in (("2026-03-04", 0), (DAY, 1)):
        assert run_command("overview", answer, "--as-of", day, "--out", out).exit_code == EXIT_OK
        assert json.loads(out.read_text(encoding="utf-8"))["counts"]["vulnerabilities"] == count
