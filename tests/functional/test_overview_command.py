"""`overzicht overview`, `explain`, `runs`, `judge` and `log` on the shipped example, as a user runs them."""

import csv
import html
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from functional_tools import run_command
from python_calamine import CalamineWorkbook

from overzicht.errors import EXIT_INCOMPLETE, EXIT_INPUT, EXIT_NOT_FOUND, EXIT_OK, EXIT_STORE, EXIT_USAGE

AS_OF = "2026-11-24"
FORMATS = ("json", "html", "csv", "xlsx")


@pytest.fixture(scope="module")
def example(project_root: Path) -> tuple[Path, Path]:
    folder = project_root / "examples" / "gemeente-voorbeeldstad"
    return folder / "apparatuur.xlsx", folder / "netwerkscan.xml"


@pytest.fixture(scope="module")
def made(
    example: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Path]]:
    """Return a home in which the example was run once per language, and the files by `lang.format`."""
    home = tmp_path_factory.mktemp("overview-home")
    files = {f"{lang}.{suffix}": home / f"{lang}.{suffix}" for lang in ("nl", "en") for suffix in FORMATS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(home))
        for lang in ("nl", "en"):
            outs = [part for suffix in FORMATS for part in ("--out", files[f"{lang}.{suffix}"])]
            result = run_command("overview", *example, "--as-of", AS_OF, "--lang", lang, "--by", "Ann", *outs)
            assert result.exit_code == EXIT_INCOMPLETE, "the example has rows that cannot be read in full"
            (home / f"{lang}.txt").write_text(result.stdout, encoding="utf-8")
    return home, files


@pytest.fixture(scope="module")
def report(made: tuple[Path, dict[str, Path]]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(made[1]["en.json"].read_text(encoding="utf-8"))
    return read


@pytest.fixture
def in_home(made: tuple[Path, dict[str, Path]], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OVERZICHT_HOME", str(made[0]))
    return made[0]


def sheet(path: Path, number: int) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(number).to_python()


def test_every_file_is_written_and_named_on_the_screen(made: tuple[Path, dict[str, Path]]) -> None:
    home, files = made
    assert all(path.stat().st_size > 10_000 for path in files.values())
    for lang in ("nl", "en"):
        screen = (home / f"{lang}.txt").read_text(encoding="utf-8")
        assert len(screen.splitlines()) <= 60
        assert str(files[f"{lang}.html"]) in screen
    assert not list(home.glob("*.part"))


def test_json_says_the_same_whatever_the_language(made: tuple[Path, dict[str, Path]]) -> None:
    assert made[1]["nl.json"].read_bytes() == made[1]["en.json"].read_bytes()


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_same_devices_stand_in_every_format(
    made: tuple[Path, dict[str, Path]], report: dict[str, Any], lang: str
) -> None:
    ids = [device["id"] for device in report["devices"]]
    assert len(set(ids)) == len(ids) == 285
    text = made[1][f"{lang}.csv"].read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";" if lang == "nl" else ","))
    assert [row[0] for row in rows[1:]] == ids
    assert [row[0] for row in sheet(made[1][f"{lang}.xlsx"], 1)[1:]] == ids
    page = made[1][f"{lang}.html"].read_text(encoding="utf-8")
    assert set(re.findall(r"sighting-[0-9a-f]{16}", page)) == set(ids)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_same_makers_and_listings_stand_in_every_format(
    made: tuple[Path, dict[str, Path]], report: dict[str, Any], lang: str
) -> None:
    makers = {device["id"]: device["maker_name"] for device in report["devices"]}
    devices = sheet(made[1][f"{lang}.xlsx"], 1)
    assert {row[0]: row[14] for row in devices[1:]} == makers
    listings = sheet(made[1][f"{lang}.xlsx"], 3)
    assert [row[0] for row in listings[1:]] == [row["id"] for row in report["listings"]]
    assert [row[8] for row in listings[1:]] == [
        date.fromisoformat(r["since"]["day"]) for r in report["listings"]
    ]
    page = html.unescape(made[1][f"{lang}.html"].read_text(encoding="utf-8"))
    assert all(row["entry_name"] in page for row in report["listings"])


def test_every_finding_cites_and_every_citation_is_listed(report: dict[str, Any]) -> None:
    numbers = {citation["number"] for citation in report["citations"]}
    assert numbers == set(range(1, len(numbers) + 1))
    for row in report["listings"] + report["ownership"]:
        assert row["citation"] in numbers
    for device in report["devices"]:
        assert device["citations"]
        assert set(device["citations"]) <= numbers
    ids = [finding["id"] for finding in report["findings"] if "id" in finding]
    ids += [device["finding_id"] for device in report["devices"]]
    assert len(set(ids)) == len(ids)


def test_the_numbers_of_the_headline_are_those_of_the_rows(report: dict[str, Any]) -> None:
    devices = [device for device in report["devices"] if device["part"] == "device"]
    counts = {
        "devices": sum(d["quantity"] for d in devices),
        "listed": sum(d["quantity"] for d in devices if d["maker_is_listed"]),
        "relabelled": sum(d["quantity"] for d in devices if d["is_relabelled"]),
        "unknown": sum(d["quantity"] for d in devices if not d["maker_id"]),
        "other_equipment": sum(d["quantity"] for d in report["devices"] if d not in devices),
        "duplicate_rows": sum(len(each["duplicates"]) for each in report["inputs"]),
        "rows_left_out": sum(len(each["left_out"]) for each in report["inputs"]),
    }
    assert {name: report["counts"][name] for name in counts} == counts
    assert min(counts.values()) > 0


@pytest.mark.usefixtures("in_home")
def test_a_second_run_writes_the_same_bytes(
    made: tuple[Path, dict[str, Path]], example: tuple[Path, Path], tmp_path: Path
) -> None:
    again = {suffix: tmp_path / f"again.{suffix}" for suffix in FORMATS}
    outs = [part for path in again.values() for part in ("--out", path)]
    run_command("overview", *example, "--as-of", AS_OF, *outs)
    for suffix, path in again.items():
        assert path.read_bytes() == made[1][f"en.{suffix}"].read_bytes(), suffix


@pytest.mark.usefixtures("in_home")
def test_a_device_is_explained_by_its_label_its_mac_its_address_and_its_id(report: dict[str, Any]) -> None:
    device = next(
        d
        for d in report["devices"]
        if d["label"] and d["mac"] and d.get("address") and d["maker_id"] == "hikvision"
    )
    mac = device["mac"].split(", ")[0]
    asked = [device["id"], device["label"], device["label"].lower(), device["address"], mac, mac.lower(),
             mac.replace(":", "-"), mac.replace(":", "")]  # fmt: skip
    told = [run_command("explain", name) for name in asked]
    assert {result.exit_code for result in told} == {EXIT_OK}
    bodies = {result.stdout.partition("\n")[2] for result in told}
    assert len(bodies) == 1
    (body,) = bodies
    assert "made by Hikvision" in body
    assert "Hikvision is listed on United States Entity List" in body, "the chain goes on to the maker"
    assert "China Electronics Technology Group Corporation" in body, "and to its owners"


@pytest.mark.usefixtures("in_home")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Hikvision", "Hikvision is listed on United States Entity List"),
        ("杭州海康威视数字技术股份有限公司", "Hikvision is listed on United States Entity List"),
        (
            "hangzhou hikvision digital technology co., ltd.",
            "Hikvision is listed on United States Entity List",
        ),
        ("China Electronics Technology Group Corporation", "owner listing"),
        ("Axis", "Axis Communications was not checked against EU consolidated financial sanctions list"),
    ],
)
def test_a_party_is_explained_by_any_of_its_names(name: str, said: str) -> None:
    result = run_command("explain", name)
    assert result.exit_code == EXIT_OK, result.stderr
    assert said in result.stdout


@pytest.mark.usefixtures("in_home")
def test_an_explanation_as_json_holds_the_findings_of_the_report(report: dict[str, Any]) -> None:
    told = json.loads(run_command("explain", "Hikvision", "--json").stdout)
    known = {finding.get("id") for finding in report["findings"]}
    assert told
    assert {finding["id"] for finding in told} <= known


@pytest.mark.usefixtures("in_home")
def test_what_does_not_exist_is_said_to_be_unknown() -> None:
    for arguments in (["explain", "Nobody Ltd"], ["explain", "Hikvision", "--run", "run-0"],
                      ["judge", "listing-0", "confirm", "--reason", "x"]):  # fmt: skip
        assert run_command(*arguments).exit_code == EXIT_NOT_FOUND, arguments


@pytest.mark.usefixtures("in_home")
def test_runs_are_kept_with_who_when_and_what(report: dict[str, Any]) -> None:
    kept = {run["id"]: run for run in json.loads(run_command("runs", "--json").stdout)}
    run = kept[report["run_id"]]
    assert (run["as_of"], run["summary"]["devices"], run["summary"]["listed"]) == (
        AS_OF, report["counts"]["devices"], report["counts"]["listed"],
    )  # fmt: skip
    assert report["run_id"] in run_command("runs").stdout
    assert run_command("explain", "Hikvision", "--run", report["run_id"][:9]).exit_code == EXIT_OK


@pytest.mark.usefixtures("in_home")
def test_judgements_stand_beside_each_other_and_outlive_a_new_run(
    report: dict[str, Any], example: tuple[Path, Path]
) -> None:
    finding = next(f for f in report["findings"] if f["kind"] == "listing" and f["answer"] == "found")
    first = run_command("judge", finding["id"], "confirm", "--reason", "seen in the law", "--by", "Ann")
    second = run_command("judge", finding["id"], "unsure", "--reason", "another firm?", "--by", "Bob")
    assert (first.exit_code, second.exit_code) == (EXIT_OK, EXIT_OK)
    run_command("overview", *example, "--as-of", AS_OF)
    told = run_command("explain", finding["subject"]).stdout
    judged = [line.partition(": ")[2] for line in told.splitlines() if "judgement" in line]
    assert [(line.partition(" on ")[0], line.partition(", ")[2]) for line in judged] == [
        ("confirm by Ann", "seen in the law"),
        ("unsure by Bob", "another firm?"),
    ]
    assert "judge" in run_command("log", "show").stdout
    assert "the log is whole" in run_command("log", "verify").stdout


def test_a_log_that_was_tampered_with_is_found_out(own_home: Path, example: tuple[Path, Path]) -> None:
    run_command("overview", example[1], "--as-of", AS_OF, "--by", "Ann")
    with sqlite3.connect(own_home / "overzicht.sqlite") as database:
        database.execute("UPDATE log SET actor = 'overzicht' WHERE actor = 'Ann'")
    database.close()
    result = run_command("log", "verify")
    assert result.exit_code == EXIT_STORE
    assert "was changed" in result.stderr


def entity_list_rows(own: Path, example: Path, as_of: str) -> list[dict[str, Any]]:
    out = own / f"{as_of}.json"
    run_command("overview", example, "--as-of", as_of, "--out", out)
    rows = json.loads(out.read_text(encoding="utf-8"))["listings"]
    return [r for r in rows if r["maker_id"] == "hikvision" and r["list_id"] == "us-bis-entity-list"]


@pytest.mark.usefixtures("own_home")
def test_no_report_shows_a_listing_before_its_day(example: tuple[Path, Path], tmp_path: Path) -> None:
    assert entity_list_rows(tmp_path, example[0], "2019-10-01") == []
    assert entity_list_rows(tmp_path, example[0], "2019-10-08") == []
    (row,) = [r for r in entity_list_rows(tmp_path, example[0], "2019-10-09") if r["relation"] == "maker"]
    assert (row["is_current"], row["since"]["day"]) == (True, "2019-10-09")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], EXIT_USAGE),
        (["absent.csv"], EXIT_USAGE),
        (["{sheet}", "--as-of", "24-11-2026"], EXIT_USAGE),
        (["{sheet}", "--as-of", "2026-02-30"], EXIT_USAGE),
        (["{sheet}", "--out", "report.txt"], EXIT_USAGE),
        (["{sheet}", "--out", "{folder}"], EXIT_USAGE),
        (["{sheet}", "--lang", "fr"], EXIT_USAGE),
        (["{sheet}", "--column", "Merk"], EXIT_USAGE),
        (["{sheet}", "--colour", "red"], EXIT_USAGE),
        (["{sheet}", "--by", " "], EXIT_USAGE),
        (["{sheet}", "--by", "Ann\n99  2026-11-25  Bob"], EXIT_USAGE),
        (["{empty}"], EXIT_INPUT),
        (["{sheet}", "{noise}"], EXIT_INPUT),
        (["{sheet}", "--column", "Merk=nonsense"], EXIT_NOT_FOUND),
    ],
)
@pytest.mark.usefixtures("own_home")
def test_wrong_use_and_unreadable_input_have_codes_of_their_own(
    tmp_path: Path, arguments: list[str], code: int
) -> None:
    paths = {
        "sheet": tmp_path / "sheet.csv",
        "empty": tmp_path / "empty.csv",
        "noise": tmp_path / "noise.bin",
        "folder": tmp_path / "folder.html",
    }
    paths["sheet"].write_text("Merk;Model\nAxis;P3245-V\n", encoding="utf-8")
    paths["empty"].write_bytes(b"")
    paths["folder"].mkdir()
    paths["noise"].write_bytes(bytes(range(256)) * 20)
    result = run_command("overview", *(argument.format(**paths) for argument in arguments))
    assert result.exit_code == code, result.output + result.stderr
    assert result.stderr.strip()
    assert json.loads(run_command("runs", "--json").stdout) == [], "nothing of it is kept"


@pytest.mark.usefixtures("own_home")
def test_a_clean_inventory_ends_with_its_sums_alone(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Merk;Model\nAxis;P3245-V\n", encoding="utf-8")
    result = run_command("overview", sheet)
    sums = "sheet.csv: 1 records = 1 devices + 0 merged + 0 not devices + 0 unread\n"
    assert (result.exit_code, result.stderr) == (EXIT_OK, sums)
    assert "1 device" in result.stdout


@pytest.mark.usefixtures("own_home")
def test_a_report_that_cannot_be_written_is_a_message(tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("Merk;Model\nAxis;P3245-V\n", encoding="utf-8")
    result = run_command("overview", sheet, "--out", sheet / "report.html")
    assert (result.exit_code, "cannot be written" in result.stderr) == (EXIT_INPUT, True)


def run_outside(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "overzicht", *arguments], env=os.environ | {"OVERZICHT_HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_the_command_itself_gives_codes_and_messages_without_a_traceback(tmp_path: Path) -> None:
    for arguments, code in (
        (["--version"], EXIT_OK),
        (["lists", "diff", "un-sc", "2021-01-01", "2022-01-01"], EXIT_NOT_FOUND),
        (["screen", "one", "X", "--kind", "Nonsense"], EXIT_NOT_FOUND),
        (["nonsense"], EXIT_USAGE),
    ):
        ran = run_outside(tmp_path / "home", *arguments)
        assert ran.returncode == code, ran.stderr
        assert "Traceback" not in ran.stderr
    (tmp_path / "file").write_text("no folder")
    ran = run_outside(tmp_path / "file", "runs")
    assert ran.returncode == EXIT_STORE
    assert "OVERZICHT_HOME" in ran.stderr


@pytest.mark.usefixtures("in_home")
def test_saved_fields_are_offered_and_used_for_a_list_with_the_same_columns(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    for path, model in ((first, "P3245-LVE"), (second, "Q6075-E")):
        path.write_text(f"Wat hangt er;Van wie\n{model};Axis\n", encoding="utf-8")
    fields = ("--column", "Wat hangt er=model", "--column", "Van wie=brand")
    shown = run_command("inventories", "profile", str(first), *fields, "--save", "hal")
    assert shown.exit_code == EXIT_OK, shown.stderr
    assert "P3245-LVE" in shown.stdout
    used = run_command("overview", str(second), "--profile", "hal", "--json", "--as-of", AS_OF)
    assert json.loads(used.stdout)["inputs"][0]["mapping"] == {"Van wie": "brand", "Wat hangt er": "model"}
    assert "--profile hal" in run_command("overview", str(second), "--as-of", AS_OF).stderr
    assert run_command("overview", str(second), "--profile", "zaal").exit_code == EXIT_NOT_FOUND
