"""An option means the same on every command: what it prints, which day it answers for, and how it ends."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from command_samples import DAY, FIXTURES, READING, WITHOUT_DAY, filled
from functional_tools import run_command
from reference_blocks import leaves

from overzicht import cli as package
from overzicht import errors
from overzicht.cli.main import EXIT_CODES, EXIT_PIPE, EXIT_STOPPED, cli
from overzicht.errors import (
    EXIT_INCOMPLETE,
    EXIT_INPUT,
    EXIT_NOT_FOUND,
    EXIT_OK,
    EXIT_SETUP,
    EXIT_USAGE,
)

COMMANDS = dict(leaves(cli))
SHARED = ("--json", "--lang", "--as-of", "--out", "--by")

TEMPLATE = "it prints a file to fill in, which is YAML"
WITHOUT_JSON = {
    "alerts event": "it prints an event, which is JSON",
    "control template": TEMPLATE,
    "law template": TEMPLATE,
    "lists preview": "its result is JSON lines already, one per party",
    "screen names": "its result is JSON lines already, one per party",
    "screen records": "its result is JSON lines already, one per pair",
    "demo": "it prints a link; it serves until it is stopped",
    "serve": "it prints no data; it serves until it is stopped",
}


def options(command: click.Command) -> dict[str, click.Option]:
    return {name: each for each in command.params if isinstance(each, click.Option) for name in each.opts}


def having(option: str) -> set[str]:
    return {path for path, command in COMMANDS.items() if option in options(command)}


def test_every_command_prints_json_or_has_a_reason_not_to() -> None:
    assert set(COMMANDS) - having("--json") == set(WITHOUT_JSON)


def test_every_command_answers_for_a_day_or_has_a_reason_not_to() -> None:
    assert set(COMMANDS) - having("--as-of") == set(WITHOUT_DAY)


def test_the_clock_is_read_in_one_module() -> None:
    """No command takes its day from the clock beside --as-of."""
    folder = Path(package.__path__[0])
    below = [
        path
        for path in (folder.parent / "subjects").rglob("*.py")
        if "from overzicht.cli." in path.read_text(encoding="utf-8")
    ]
    reading = {
        path.relative_to(folder.parent).as_posix()
        for path in [*folder.rglob("*.py"), *below]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"today", "date.today", "datetime.now"}
    }
    # `control classify --ask` checks the form of a typed answer, which has a day for form's sake.
    assert reading == {"cli/options.py", "subjects/control_list/classify_terminal.py"}


@pytest.mark.parametrize("name", SHARED)
def test_an_option_has_one_help_text_everywhere(name: str) -> None:
    texts = {options(COMMANDS[path])[name].help for path in having(name)}
    assert len(texts) == 1
    assert len(having(name)) > 5


@pytest.mark.parametrize("path", sorted(having("--out")))
def test_an_unknown_extension_names_the_known_ones(path: str) -> None:
    option = options(COMMANDS[path])["--out"]
    known = [part.removeprefix("FILE") for part in str(option.metavar).split("|") if part != "-"]
    with pytest.raises(click.BadParameter, match="extension") as refused:
        option.type.convert("report.nonsense", option, None)
    assert known
    assert all(suffix in str(refused.value) for suffix in known)
    assert str(option.type.convert("-", option, None)) == "-"


# What is printed is what was asked for


@pytest.fixture(scope="module")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder whose `home` has what the commands read."""
    return filled(tmp_path_factory.mktemp("contract"))


def test_what_is_printed_as_json_is_json_alone(filled_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One store, in order: what the earlier commands write, the later ones read."""
    monkeypatch.setenv("OVERZICHT_HOME", str(filled_home / "home"))
    for arguments in READING:
        result = run_command(*(part.format(folder=filled_home) for part in arguments), "--json")
        assert result.exit_code in {EXIT_OK, EXIT_INCOMPLETE, EXIT_INPUT}, (arguments, result.output)
        json.loads(result.stdout)


def test_remarks_go_to_standard_error(own_home: Path) -> None:
    del own_home
    result = run_command("runs")
    assert (result.stdout, "no runs yet" in result.stderr) == ("", True)
    assert json.loads(run_command("runs", "--json").stdout) == []


SHEET = "Merk;Model\nAxis;P3245-V\n"


@pytest.fixture
def sheet(own_home: Path, tmp_path: Path) -> Path:
    del own_home
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_out_writes_the_same_to_files_and_to_standard_output(sheet: Path, tmp_path: Path) -> None:
    page, data = tmp_path / "a.html", tmp_path / "a.json"
    result = run_command("overview", sheet, "--as-of", DAY, "--out", page, "--out", data)
    assert "1 device" in result.stdout
    assert f"{page}" in result.stdout
    assert f"{data}" in result.stdout
    printed = run_command("overview", sheet, "--as-of", DAY, "--out", "-")
    assert printed.stdout.strip() == page.read_text(encoding="utf-8").strip()
    as_json = run_command("overview", sheet, "--as-of", DAY, "--json")
    assert json.loads(as_json.stdout) == json.loads(data.read_text(encoding="utf-8"))


def test_an_inventory_is_read_from_standard_input(sheet: Path) -> None:
    read = json.loads(run_command("overview", "-", "--as-of", DAY, "--json", stdin=SHEET).stdout)
    named = json.loads(run_command("overview", sheet, "--as-of", DAY, "--json").stdout)
    assert read["run_id"] == named["run_id"]
    assert [each["filename"] for each in read["inputs"]] == ["standard input"]
    both = run_command("overview", "-", sheet, "--as-of", DAY, "--json", stdin="Merk;Model\nDahua;IPC-1\n")
    assert len(json.loads(both.stdout)["devices"]) == 2
    assert run_command("overview", "-", "-", stdin=SHEET).exit_code == EXIT_USAGE


@pytest.mark.parametrize(
    ("environment", "arguments", "dutch"),
    [
        ({"OVERZICHT_LANG": "nl", "LANG": "en_GB.UTF-8"}, (), True),
        ({"OVERZICHT_LANG": "en", "LANG": "nl_NL.UTF-8"}, (), False),
        ({"LANG": "nl_NL.UTF-8"}, (), True),
        ({"LC_ALL": "C.UTF-8", "LANG": "nl_NL.UTF-8"}, (), False),
        ({"LC_MESSAGES": "nl_BE", "LANG": "en_US.UTF-8"}, (), True),
        ({"LANG": "nl_NL.UTF-8"}, ("--lang", "en"), False),
        ({"LANG": "fr_FR.UTF-8"}, (), False),
        ({}, (), False),
    ],
)
def test_the_language_follows_option_then_environment(
    environment: dict[str, str], arguments: tuple[str, ...], dutch: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OVERZICHT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    printed = run_command("law", "list", "--as-of", "2021-04-13", *arguments).stdout
    assert ("richtlijn" in printed) is dutch


# Exit codes


def test_the_table_of_exit_codes_has_every_code() -> None:
    codes = {value for name, value in vars(errors).items() if name.startswith("EXIT_")}
    assert set(EXIT_CODES) == codes | {EXIT_STOPPED, EXIT_PIPE}


def test_a_reader_that_ends_first_has_its_own_exit_code() -> None:
    command = [sys.executable, "-m", "overzicht", "cards", "show"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == EXIT_PIPE


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("runs",), EXIT_OK),
        (("law", "weigh", "--no-lists"), EXIT_INCOMPLETE),
        (("runs", "--nonsense"), EXIT_USAGE),
        (("lists", "add", "nothing.xml"), EXIT_INPUT),
        (("cards", "show", "nobody"), EXIT_NOT_FOUND),
        (("register", "verify", "--anchor", "0123456789ab"), errors.EXIT_STORE),
        (("serve", "--host", "0.0.0.0", "--port", "0"), EXIT_SETUP),  # noqa: S104 - refused
    ],
)
def test_a_command_ends_with_the_code_of_the_table(
    arguments: tuple[str, ...], code: int, own_home: Path
) -> None:
    del own_home
    assert run_command(*arguments).exit_code == code


def test_a_refused_decision_on_a_licence_is_an_error(own_home: Path) -> None:
    del own_home
    run_command("licence", "new", FIXTURES / "licensing/camera.yaml", "--as-of", "2026-03-20")
    refused = run_command("licence", "decide", "DE-0001", "granted", "--reason", "x", "--as-of", "2026-03-20")
    assert refused.exit_code == EXIT_INPUT
    shown: dict[str, Any] = json.loads(
        run_command("licence", "show", "DE-0001", "--json", "--as-of", "2026-03-20").stdout
    )
    assert shown["case"]["status"] == "draft"
