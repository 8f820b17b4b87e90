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

# Commands without --as-of, and why.
MOMENT = "it changes something now, and the log has the time"
FILES = "its answer depends on the files or versions that are named, not on a day"
WHOLE = "it reads or writes the whole store, with all its days"
WITHOUT_DAY = {
    "subjects": "a choice of the installation as it is",
    "alerts event": "an alert has the date of its version",
    "alerts messages": "it lists messages with their times",
    "alerts retry": MOMENT,
    "alerts send": MOMENT,
    "alerts settings": MOMENT,
    "compare": "its arguments are days",
    "census key change": "a statement has the date on which it is received",
    "census sign": "a return has the reference date of its round",
    "census sums": FILES,
    "census survey show": "a survey has its date",
    "cards show": "cards hold dated facts, and are shown with all of them",
    "control diff": FILES,
    "control template": FILES,
    "control update": FILES,
    "control use add": "--since is the day of the use",
    "control use end": "--on is the day of the use",
    "control use list": "it lists uses with their days, ended ones too",
    "control correlation": "--published is the day of the table",
    "control versions": FILES,
    "explain": "a run has its day",
    "inventories profile": FILES,
    "judge": MOMENT,
    "law annexes": FILES,
    "law load": FILES,
    "law template": FILES,
    "lists add": "--published is the day of the file",
    "lists diff": "its arguments are days",
    "lists mappings": FILES,
    "lists preview": FILES,
    "lists update": MOMENT,
    "log show": WHOLE,
    "log verify": WHOLE,
    "questions add": FILES,
    "register accept": "an import has its day",
    "register choose": "an import has its day",
    "register imports": "an import has its day",
    "register reject": "an import has its day",
    "register undo": MOMENT,
    "register describe": FILES,
    "register merge": FILES,
    "register statements withdraw": MOMENT,
    "runs": "a run has its day",
    "screen pairs": FILES,
    "screen records": FILES,
    "screen retrieve": FILES,
    "serve": "each page and route is asked for a day",
    "tasks assign": MOMENT,
    "tasks close": MOMENT,
    "tasks open": MOMENT,
    "tasks reopen": MOMENT,
    "withdraw": MOMENT,
    **{f"register {name}": WHOLE for name in ("backup", "export", "load", "receipt", "restore", "verify")},
    **{
        f"users {name}": MOMENT
        for name in (
            *("add", "audit", "close", "destroy", "grant", "list", "password", "require-factor"),
            *("reset-factors", "retention", "review", "revoke", "token", "tokens", "ungrant", "unlock"),
        )
    },
}
# These use it for the time or date of an act, not for an answer.
ACTS_NOW = {
    "alerts settings",
    "control correlation",
    "law load",
    "control update",
    "judge",
    "questions add",
    "register statements withdraw",
    "register undo",
    "users add",
    "users destroy",
    "users password",
    "users require-factor",
    "users reset-factors",
    "users retention",
    "users token",
    "withdraw",
}
