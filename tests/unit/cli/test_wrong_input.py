"""Wrong inputs of a new user: what is wrong with the value, where, and what to do, and the exit code."""

import os
import shlex
from pathlib import Path

import pytest

from overzicht.__main__ import run
from overzicht.errors import EXIT_INPUT, EXIT_NOT_FOUND, EXIT_SETUP, EXIT_USAGE

WRONG: list[tuple[str, int, tuple[str, ...]]] = [
    ("overview", EXIT_USAGE, ("Missing argument 'INVENTORIES...'",)),
    ("overview missing.xlsx", EXIT_USAGE, ("'missing.xlsx' does not exist",)),
    ("overview folder", EXIT_USAGE, ("'folder' is a directory",)),
    ("overview empty.csv", EXIT_INPUT, ("empty.csv: the file is empty", "→ ")),
    ("overview picture.png", EXIT_INPUT, ("picture.png: ", "a table with a header (CSV, XLSX, ODS)")),
    ("overview x.csv --as-of 13-04-2021", EXIT_USAGE, ("'--as-of'", "'13-04-2021'", "YYYY-MM-DD")),
    ("overview x.csv --as-of 2021-02-30", EXIT_USAGE, ("'2021-02-30'", "YYYY-MM-DD")),
    ("overview x.csv --lang de", EXIT_USAGE, ("'de' is not one of 'nl', 'en'",)),
    (
        "overview x.csv --out report.txt",
        EXIT_USAGE,
        ("report.txt", ".html or .json or .csv or .xlsx or .pdf or .docx"),
    ),
    ("overview x.csv --column Merk", EXIT_USAGE, ("'Merk' is not HEADER=FIELD", "Merk=brand")),
    (
        "overview x.csv --column Merk=bramd",
        EXIT_NOT_FOUND,
        ("'bramd'", "Did you mean 'brand'", "known: brand"),
    ),
    ("overview x.csv --kind onvi", EXIT_NOT_FOUND, ("'onvi'", "Did you mean 'onvif'?", "nmap-xml")),
    ("screen one ''", EXIT_USAGE, ("the name is empty",)),
    ("screen one Huawei --kind Firm", EXIT_NOT_FOUND, ("'Firm'", "Company")),
    ("screen one Huawei --list us-ofca", EXIT_NOT_FOUND, ("'us-ofca'", "Did you mean 'us-ofac'", "known: ")),
    ("screen one Huawei --threshold 80", EXIT_USAGE, ("'--threshold'", "80.0 is not in the range 0<=x<=1")),
    ("screen one Zhu --birth-date 12/3/1960", EXIT_USAGE, ("'12/3/1960'", "YYYY-MM-DD or a year")),
    ("screen names missing.csv", EXIT_INPUT, ("missing.csv: ", "→ ")),
    ("lists add missing.xml", EXIT_INPUT, ("missing.xml: ", "→ ")),
    ("lists add folder", EXIT_INPUT, ("folder: there is no file in this folder", "→ name a folder")),
    ("lists add note.txt", EXIT_INPUT, ("note.txt: ", "`overzicht lists status`")),
    ("lists diff us-csl 2021-01-01", EXIT_USAGE, ("Missing argument 'AFTER'",)),
    ("lists diff us-csl 2021-01-01 2022-01-01", EXIT_NOT_FOUND, ("'2021-01-01'", "`overzicht lists status`")),
    ("explain CAM-1", EXIT_NOT_FOUND, ("'newest'", "`overzicht runs`")),
    ("cards show hikvison", EXIT_NOT_FOUND, ("'hikvison'", "Did you mean 'hikvision'", "known: ")),
    ("law show icedr", EXIT_NOT_FOUND, ("'icedr'", "Did you mean 'icerd'")),
    ("control show 6A003", EXIT_NOT_FOUND, ("→ ", "overzicht control update FILE")),
    ("control template kettle", EXIT_NOT_FOUND, ("'kettle'", "known: thermal_camera")),
    ("control use add EU001 6A003 --destination Swiss", EXIT_USAGE, ("'Swiss'", "two letters")),
    ("licence show NL-1", EXIT_NOT_FOUND, ("'NL-1'", "→ `overzicht licence list` lists them")),
    ("denial export --state Netherlands", EXIT_USAGE, ("'Netherlands' is not a country code", "NL")),
    ("questions search", EXIT_USAGE, ("Give words, or --maker",)),
    ("answer 2020Z2565", EXIT_NOT_FOUND, ("'2020Z2565'", "Did you mean '2020Z25656'")),
    ("dossier show acme", EXIT_NOT_FOUND, ("'acme'", "→ `overzicht dossier list` lists them")),
    ("dossier add x claim what", EXIT_USAGE, ("'what' is not NAME=VALUE", "day=2025-04-01")),
    ("register organisations add Dorp --country Holland", EXIT_USAGE, ("'Holland'", "two letters")),
    ("register import x.csv", EXIT_USAGE, ("'--organisation'", "`overzicht register organisations list`")),
    ("register devices --organisation dorp", EXIT_NOT_FOUND, ("'dorp'", "organisations list")),
    ("register devices --sort colour", EXIT_NOT_FOUND, ("'colour'", "known: label")),
    ("register accept 99", EXIT_NOT_FOUND, ("'99'", "`overzicht register imports`")),
    ("register verify --anchor abc", EXIT_USAGE, ("'abc' is not the hash", "0-9, a-f")),
    ("judge finding-1 maybe --reason x", EXIT_USAGE, ("'maybe' is not one of 'confirm'",)),
    ("withdraw abc", EXIT_USAGE, ("'NUMBER'", "'abc' is not a valid integer")),
    ("tasks close 99 --outcome x", EXIT_NOT_FOUND, ("'99'", "`overzicht tasks list --all`")),
    ("tasks assign 1", EXIT_USAGE, ("Give --owner, --due or both",)),
    ("users grant nobody --role reader", EXIT_NOT_FOUND, ("'nobody'", "`overzicht users list`")),
    ("serve --rate fast", EXIT_USAGE, ("'fast' is not a rate", "1200/minute")),
    ("serve --host 999.1.1.1 --without-users", EXIT_SETUP, ("999.1.1.1", "--host")),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
    for name in ("OVERZICHT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "folder").mkdir()
    for name, content in (
        ("empty.csv", ""),
        ("x.csv", "Merk;Model\nAxis;P3245-V\n"),
        ("note.txt", "hello there\n"),
        ("picture.png", "\x89PNG\r\n"),
    ):
        (tmp_path / name).write_text(content, encoding="latin-1")
    return tmp_path


def test_all_wrong_inputs_are_answered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One store serves all lines: none of them may change it."""
    assert os.fspath(folder) == os.getcwd()  # noqa: PTH109 - where the files are
    for line, code, parts in WRONG:
        assert run(shlex.split(line)) == code, line
        printed = capsys.readouterr().err
        assert [part for part in parts if part not in printed] == [], f"{line}\n{printed}"
