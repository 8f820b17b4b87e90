"""Help: an example for every command, sections of nouns, leads for wrong words, and all of it in Dutch."""

import re
import shlex
from functools import partial
from pathlib import Path
from typing import Any

import click
import pytest
import update_catalogue
from babel.messages.pofile import read_po
from reference_blocks import leaves

from overzicht.__main__ import run
from overzicht.cli.commands import Group, _examples, example_of
from overzicht.cli.main import SECTIONS, SYNONYMS, cli
from overzicht.errors import EXIT_OK, EXIT_USAGE
from overzicht.names.compiled import engine_state
from overzicht.reports.catalogue import dutch

COMMANDS = dict(leaves(cli))
Captured = pytest.CaptureFixture[str]


def parsed(line: str) -> click.Command:
    """Return the command of an example after reading all its arguments, as a shell would pass them."""
    command: click.Command = cli
    words = shlex.split(line.partition(" > ")[0])[1:]
    context = click.Context(cli, info_name="overzicht")
    while isinstance(command, click.Group):
        name, found, words = command.resolve_command(context, words)
        assert found is not None
        command, context = found, click.Context(found, info_name=name, parent=context)
    parser = command.make_parser(context)
    values, rest, _ = parser.parse_args(args=words)
    assert rest == []
    for param in command.params:
        given = values.get(param.name)
        if isinstance(given, str | list) and not isinstance(param.type, click.Path | click.File):
            param.type_cast_value(context, tuple(given) if isinstance(given, list) else given)
        assert not param.required or param.name in values
    return command


@pytest.mark.parametrize("path", sorted(COMMANDS))
def test_every_command_has_an_example_that_can_be_typed(path: str) -> None:
    line = example_of(path)
    assert parsed(line) is COMMANDS[path]


def test_every_example_is_of_a_command_of_its_own() -> None:
    assert sorted(_examples()) == sorted(map(example_of, COMMANDS))


def texts_of_help() -> set[str]:
    return {message for message in update_catalogue.in_commands() if isinstance(message, str)}


def test_every_text_of_help_is_in_dutch() -> None:
    """Every paragraph, option, one-line help, section, exit code, and every word that click adds itself."""
    assert len(texts_of_help()) > 500
    assert sorted(text for text in texts_of_help() if not any(dutch().messages.get(text, ()))) == []


def test_the_catalogue_is_read_as_its_library_reads_it() -> None:
    with update_catalogue.CATALOGUE.open("rb") as stream:
        messages = [each for each in read_po(stream, locale="nl") if each.id]
    for each in messages:
        said: Any = each.id
        put: Any = each.string
        key, forms = (said[0], put) if each.pluralizable else (said, (put,))
        assert dutch().messages[key] == list(forms)
    assert len(dutch().messages) == len(messages)  # the head of the file is not a message


@pytest.fixture
def in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERZICHT_LANG", "nl")


@pytest.mark.usefixtures("in_dutch")
@pytest.mark.parametrize("path", ["", *sorted(COMMANDS), *(n for n, c in cli.table.items() if n == c[0])])
def test_printed_help_is_dutch(path: str, capsys: Captured) -> None:
    assert run([*path.split(), "--help"]) == EXIT_OK
    printed = " ".join(capsys.readouterr().out.split())
    assert (
        re.findall(r"\b(Usage|Options|Commands|Example|Show this message|default|required)\b[:;]?", printed)
        == []
    )
    assert "Toon deze hulp" in printed
    assert "Voorbeeld: overzicht" in printed


@pytest.mark.parametrize(
    ("environment", "arguments", "dutch"),
    [
        ({"OVERZICHT_LANG": "nl", "LANG": "en_GB.UTF-8"}, ["--help"], True),
        ({"LANG": "nl_NL.UTF-8"}, ["law", "--help"], True),
        ({"LANG": "nl_NL.UTF-8"}, ["law", "list", "--lang", "en", "--help"], False),
        ({"LANG": "en_GB.UTF-8"}, ["law", "list", "--lang=nl", "--help"], True),
        ({"LC_ALL": "C.UTF-8", "LANG": "nl_NL.UTF-8"}, ["--help"], False),
        ({}, ["--help"], False),
    ],
)
def test_the_language_is_settled_before_anything_is_printed(
    environment: dict[str, str],
    arguments: list[str],
    dutch: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Captured,
) -> None:
    for name in ("OVERZICHT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run(arguments) == EXIT_OK
    assert ("Gebruik:" in capsys.readouterr().out) is dutch


def test_help_groups_the_nouns(capsys: Captured) -> None:
    run(["--help"])
    printed = capsys.readouterr().out
    places = [printed.index(f"\n{title}:\n") for title in SECTIONS]
    assert places == sorted(places)
    assert list(SECTIONS) == ["Look", "Lists", "Register", "Export control", "Parliament", "Administration"]


@pytest.mark.parametrize("meant", sorted(SYNONYMS.values()))
def test_a_synonym_means_a_command_that_exists(meant: str) -> None:
    command: click.Command | None = cli
    for word in meant.split():
        assert isinstance(command, Group)
        command = command.get_command(click.Context(command), word)
    assert command is not None


def sent_to(*arguments: str) -> tuple[str, list[str]]:
    """Return the path of the command that arguments lead to, and what is left for it."""
    command: click.Command | None = cli
    path, rest = [], list(arguments)
    while isinstance(command, click.Group) and rest:
        name, command, rest = command.resolve_command(click.Context(command), rest)
        path.append(str(name))
    return " ".join(path), rest


@pytest.mark.parametrize(
    ("typed", "path", "rest"),
    [
        ("lists list", "lists status", []),
        ("list", "lists status", []),
        ("cards list", "cards show", []),
        ("card show hikvision", "cards show", ["hikvision"]),
        ("screen Huawei", "screen one", ["Huawei"]),
        ("screen Huawei --json", "screen one", ["Huawei", "--json"]),
        ("screen suppliers.csv", "screen names", ["suppliers.csv"]),
        ("search Huawei", "screen one", ["Huawei"]),
        ("license list", "licence list", []),
        ("question overdue", "questions overdue", []),
        ("devices --json", "register devices", ["--json"]),
        ("dossiers ls", "dossier list", []),
        ("control list", "control show", []),
        ("users create anna", "users add", ["anna"]),
        ("licence create application.yaml", "licence new", ["application.yaml"]),
    ],
)
def test_words_that_people_try_work(typed: str, path: str, rest: list[str]) -> None:
    assert sent_to(*typed.split()) == (path, rest)


@pytest.mark.parametrize(
    ("typed", "lead"),
    [
        ("overveiw", "Did you mean 'overview'?"),
        ("licens show X", "Did you mean 'licence', 'census'?"),
        ("lists statsu", "Did you mean 'status'?"),
        ("publish", "Did you mean 'register publish', 'census publish'?"),
        ("dossier delete acme", "Did you mean 'withdraw', 'correct'?"),
        ("screen nams parties.csv", "Did you mean 'names'?"),
        ("runs --jsn", "Did you mean '--json'?"),
        ("lists status --date 2021-04-13", "Did you mean '--as-of'?"),
        ("overview x.csv --output y.html", "Did you mean '--out'?"),
        ("--as-of 2021-04-13 overview x.csv", "Write it after the command: overzicht overview"),
    ],
)
def test_a_wrong_word_is_answered_with_a_lead(typed: str, lead: str, capsys: Captured) -> None:
    assert run(typed.split()) == EXIT_USAGE
    assert lead in capsys.readouterr().err


@pytest.mark.usefixtures("in_dutch")
@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ("overveiw", ("Gebruik: overzicht", "Fout: Opdracht 'overveiw' bestaat niet. Bedoelt u 'overview'?")),
        ("runs --jsn", ("Optie '--jsn' bestaat niet. Bedoelt u '--json'?",)),
        ("explain", ("Argument ontbreekt", "'SUBJECT'")),
        ("judge x reject", ("Optie ontbreekt", "'--reason'")),
        (
            "lists status --as-of gisteren",
            ("Ongeldige waarde voor '--as-of'", "'gisteren' is niet te lezen als datum"),
        ),
        ("cards show hikvison", ("er is geen fabrikant 'hikvison'. Bedoelt u 'hikvision'", "→ bekend: ")),
        ("licence show NL-1", ("er is geen vergunningszaak 'NL-1'", "→ `overzicht licence list` toont ze")),
        ("lists add nothing.xml", ("nothing.xml: dit bestand bestaat niet", "→ controleer het pad")),
    ],
)
def test_errors_are_dutch(
    typed: str, sentences: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("OVERZICHT_HOME", str(tmp_path))
    assert run(typed.split()) != EXIT_OK
    printed = capsys.readouterr().err
    assert all(map(partial(str.__contains__, printed), sentences)), printed


def test_the_version_says_how_names_are_compared(capsys: Captured) -> None:
    assert run(["--version"]) == EXIT_OK
    version, engine = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"overzicht, version \d+\.\d+\.\d+", version)
    assert engine == f"names are compared by: {engine_state()}"
