"""Commands with arguments, in an order in which the later ones read what the earlier ones write."""

from pathlib import Path

import pytest
from functional_tools import run_command

from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK

FIXTURES = Path(__file__).parent / "fixtures"
EXAMPLES = Path(__file__).parents[1] / "examples"
DAY = "2026-03-01"


def filled(folder: Path) -> Path:
    """Return a folder whose `home` has a run, a register, dossiers, a working file, a case and a denial."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder / "home"))
        (folder / "password").write_text("een lang wachtwoord\n", encoding="utf-8")
        sheet = EXAMPLES / "registers/voorbeelddorp.csv"
        for arguments in (
            ("overview", sheet, "--as-of", DAY, "--out", folder / "overview.json"),
            ("register", "organisations", "add", "Dorp", "--id", "dorp", "--as-of", "2026-01-01"),
            ("register", "import", sheet, "--organisation", "dorp", "--as-of", "2026-02-01", "--accept"),
            ("register", "publish", folder / "dorp.json", "--organisation", "dorp", "--as-of", DAY),
            ("dossier", "import", "--examples", "--as-of", "2020-01-01"),
            ("diligence", "new", "dorp", "--as-of", DAY),
            ("denial", "add", FIXTURES / "licensing/denial.yaml"),
            ("licence", "new", FIXTURES / "licensing/camera.yaml", "--as-of", "2026-03-20"),
        ):
            result = run_command(*arguments)
            assert result.exit_code in {EXIT_OK, EXIT_INCOMPLETE}, result.output
    return folder


READING = [
    ("overview", str(EXAMPLES / "registers/voorbeelddorp.csv"), "--as-of", DAY),
    ("runs",),
    ("explain", "Hikvision"),
    ("lists", "status", "--as-of", DAY),
    ("lists", "add", "{folder}/nothing.xml"),
    ("cards", "show"),
    ("cards", "show", "hikvision"),
    ("cards", "check"),
    ("control", "versions"),
    ("control", "use", "list"),
    ("licence", "list"),
    ("licence", "show", "DE-0001", "--as-of", "2026-03-20"),
    ("licence", "show", "DE-0001", "--document", "application", "--as-of", "2026-03-20"),
    ("denial", "list"),
    ("denial", "show", "NL-D-2026-01"),
    ("denial", "export", "--state", "NL"),
    ("questions", "stats"),
    ("questions", "overdue"),
    ("questions", "mentions"),
    ("questions", "search", "camera"),
    ("diligence", "list"),
    ("diligence", "show", "dorp"),
    ("law", "list"),
    ("law", "show", "icerd"),
    ("law", "annexes", str(FIXTURES / "acts" / "invented-2022.txt")),
    ("law", "weigh", "--no-lists", "--compare"),
    ("dossier", "list"),
    ("dossier", "show", "hikvision"),
    ("answer",),
    ("alerts", "check"),
    ("alerts", "list"),
    ("alerts", "messages"),
    ("alerts", "send"),
    ("alerts", "settings", "--source", "urn:nld:gemeente-voorbeeldstad:overzicht"),
    ("tasks", "open", "device-1", "look"),
    ("tasks", "list"),
    ("tasks", "assign", "1", "--owner", "ann"),
    ("tasks", "close", "1", "--outcome", "seen"),
    ("tasks", "reopen", "1", "--reason", "not well"),
    ("register", "organisations", "list"),
    ("register", "organisations", "change", "dorp", "--note", "small"),
    ("register", "sites"),
    ("register", "imports"),
    ("register", "imports", "1"),
    ("register", "devices"),
    ("register", "show", "VD-02"),
    ("register", "counts"),
    ("register", "overview"),
    ("register", "statements", "list"),
    ("register", "plan", "new", "replace"),
    ("register", "plan", "list"),
    ("register", "plan", "show", "1"),
    ("register", "plan", "close", "1", "--outcome", "done"),
    ("register", "mark", "VD-02", "in-use"),
    ("register", "merge", "{folder}/dorp.json"),
    (
        "register",
        "describe",
        "{folder}/dorp.json",
        "--address",
        "https://data.example.org",
        "--publisher",
        "Dorp",
        "--email",
        "data@example.org",
    ),
    ("register", "verify"),
    ("register", "backup", "{folder}/backup"),
    ("register", "export", "{folder}/store.zip"),
    ("users", "add", "ann", "--role", "admin", "--password-file", "{folder}/password"),
    ("users", "list"),
    ("users", "grant", "ann", "--role", "reader", "--organisation", "dorp"),
    ("users", "ungrant", "ann", "--organisation", "dorp"),
    ("users", "token", "ann", "--role", "reader"),
    ("users", "tokens"),
    ("users", "revoke", "1"),
    ("users", "require-factor", "--role", "admin"),
    ("users", "reset-factors", "ann"),
    ("users", "unlock", "ann"),
    ("users", "review"),
    ("users", "audit"),
    ("users", "retention", "--audit", "200"),
    ("users", "destroy", "--dry-run"),
    ("users", "close", "ann"),
    ("log", "show"),
    ("log", "verify"),
]
