"""Every command that reads a file from outside reads it in a child process, and refuses bytes of no kind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from functional_tools import run_command

from overzicht.cli.main import cli
from overzicht.errors import OverzichtError
from overzicht.isolation import calls
from overzicht.isolation.child import Call
from overzicht.subjects.control_list.sources.definitions import read_definitions

BYTES = b"\x89\x00\xff\xfe{[(<" * 64
FILE = "FILE"
# How to give a file to each command and parameter that reads one.
READ = {
    ("overview", "inventories"): (FILE,),
    ("inventories profile", "file"): (FILE,),
    ("tenders", "files"): (FILE,),
    ("law weigh", "file"): (FILE,),
    ("law annexes", "act_files"): (FILE,),
    ("law load", "file"): (FILE, "--source", "https://example.org"),
    ("control correlation", "file"): (FILE, "--published", "2026-01-01", "--source", "https://example.org"),
    ("screen names", "file"): (FILE,),
    ("screen pairs", "file"): (FILE,),
    ("screen retrieve", "targets"): ("--targets", FILE, "--queries", "GOOD"),
    ("screen retrieve", "queries"): ("--targets", "GOOD", "--queries", FILE),
    ("screen records", "file"): (FILE,),
    ("lists add", "files"): (FILE,),
    ("lists preview", "file"): (FILE, "--mapping", "wallets"),
    ("register import", "files"): ("--organisation", "Test", FILE),
    ("register statements add", "file"): (FILE,),
    ("register merge", "files"): (FILE,),
    ("register describe", "files"): (
        FILE,
        "--address",
        "https://data.example.org",
        "--publisher",
        "Dorp",
        "--email",
        "data@example.org",
    ),
    ("register map", "boundaries"): ("TARGET", "--boundaries", FILE),
    ("register verify", "file"): ("--receipt", FILE),
    ("register load", "file"): (FILE,),
    ("register restore", "source"): (FILE,),
    ("dossier import", "files"): (FILE,),
    ("control update", "file"): (FILE,),
    ("control classify", "file"): (FILE,),
    ("control interview", "file"): ("5A002", "--item", FILE),
    ("licence new", "file"): (FILE,),
    ("licence assess", "criteria"): ("case", "--criteria", FILE),
    ("licence derogation", "file"): ("case", FILE),
    ("denial add", "file"): (FILE,),
    ("denial import", "file"): (FILE,),
    ("questions add", "files"): (FILE,),
    ("census roll load", "file"): ("--country", "NL", FILE),
    ("census roll load", "changes"): ("--country", "NL", "ROLL", "--changes", FILE),
    ("census roll load", "totals"): ("--country", "NL", "ROLL", "--totals", FILE),
    ("census statements import", "file"): (FILE,),
    ("census survey import", "file"): (FILE,),
    ("census sign", "file"): (FILE, "--key", "KEY", "--to", "TARGET"),
    ("census sums", "files"): (FILE,),
}
PREPARATIONS = {"register import": ("register", "organisations", "add", "Test")}
# Files whose content no reader reads, with the reason, and one that is read after another.
NOT_READ = {
    ("control update", "definitions"): "read after the list; see the last test",
    ("overview", "recog"): "a folder of fingerprints that the administrator chooses",
    ("screen records", "out"): "written",
    ("register map", "file"): "written",
    ("register publish", "file"): "written",
    ("register export", "file"): "written",
    ("register backup", "target"): "written",
    ("register backup", "passphrase_file"): "a line with the user's own secret",
    ("register restore", "passphrase_file"): "a line with the user's own secret",
    ("register restore", "identity"): "the user's own key",
    ("users add", "password_file"): "a line with the user's own secret",
    ("users password", "password_file"): "a line with the user's own secret",
    ("dossier add", "document"): "stored and hashed as it is",
    ("licence derogation", "document"): "hashed only",
    ("control classify", "save_answers"): "written",
    ("control interview", "save_answers"): "written",
    ("census receive", "files"): "each refused file is recorded: see test_round.py",
    ("census roll load", "second"): "read after the roll: see test_rolls.py",
    ("census request", "folder"): "written",
    ("census receive", "receipts"): "written",
    ("census sum", "file"): "written",
    ("census sums", "target"): "written",
    ("census sign", "target"): "written",
    ("census sign", "key"): "the user's own key",
    ("census key change", "key"): "the user's own key",
    ("census key change", "new_key"): "the user's own key",
    ("census key change", "target"): "written",
    ("licence attach", "file"): "stored and hashed as it is",
}


def recorded(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """Return a list that gets each call of a reader that runs in a child if the input is not trusted."""
    marked: list[Call] = []
    real = calls._call

    def record(*args: Any, **given: Any) -> Call:
        marked.append(real(*args, **given))
        return marked[-1]

    monkeypatch.setattr(calls, "_call", record)
    return marked


def commands(group: click.Command, *names: str) -> Iterator[tuple[str, click.Command]]:
    """Yield every command below a group with its full name."""
    if not isinstance(group, click.Group):
        yield " ".join(names), group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield from commands(command, *names, name)


def test_each_parameter_with_a_file_is_known_here() -> None:
    given = {
        (name, str(parameter.name))
        for name, command in commands(cli)
        for parameter in command.params
        if isinstance(parameter.type, click.Path | click.File)
    }
    assert given == set(READ) | set(NOT_READ), "say in READ how a test gives the file, or in NOT_READ why not"


@pytest.mark.parametrize(("command", "parameter"), READ)
def test_a_file_goes_to_a_child_and_is_refused(
    command: str, parameter: str, own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_home
    hostile, good = tmp_path / "hostile.bin", tmp_path / "good.jsonl"
    hostile.write_bytes(BYTES)
    good.write_text('{"id": "1", "names": ["Lens Works"], "query": "Lens Works", "target_id": null}\n')
    roll = tmp_path / "roll.csv"
    roll.write_text("code,name,kind\n1,Dorp,town\n")
    paths = {FILE: hostile, "GOOD": good, "ROLL": roll}
    marked = recorded(monkeypatch)
    if command in PREPARATIONS:
        run_command(*PREPARATIONS[command])
    arguments = [paths.get(word, word) for word in READ[command, parameter]]
    run = run_command(*command.split(), *arguments)
    reading = [call for call in marked if {hostile, BYTES} & _given(call)]
    assert reading, f"{command} read the file in its own process: {run.output} {run.stderr}"
    assert run.exit_code in (1, 10), run.output
    assert "Traceback" not in run.output + run.stderr


def _given(call: Call) -> set[object]:
    return {value for value in call.arguments.values() if isinstance(value, Path | bytes)}


def test_definitions_are_read_in_a_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hostile.txt").write_bytes(BYTES)
    marked = recorded(monkeypatch)
    with pytest.raises(OverzichtError):
        read_definitions(tmp_path / "hostile.txt")
    assert marked
