"""Results of commands are in Dutch or English: every sentence is a message, and values are worded too."""

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
from reference_blocks import leaves

from overzicht import cli as package
from overzicht.cli.language import grouped, place_text, settle, speak, worded
from overzicht.cli.main import cli
from overzicht.dates import DateBasis, LegalDate
from overzicht.evidence import Confidence, FindingKind, text
from overzicht.store.decisions import Verdict

FOLDER = Path(package.__path__[0])
SOURCE = FOLDER.parent
OF_COMMANDS = (
    "\n@operation(",
    "from overzicht.cli.",
)  # in operations, of which commands are made, and in commands
PRINTING = sorted(
    {
        *FOLDER.rglob("*.py"),
        *(
            path
            for path in (SOURCE / "subjects").rglob("*.py")
            if any(map(path.read_text("utf-8").count, OF_COMMANDS))
        ),
    }
)
WORD = re.compile(r"[A-Za-z]{2,}")
FORMS = {  # of files, addresses and commands: not a sentence
    "relabelling:",
    ".json", ".part", ".txt", ".yml", "/login", "FILE", "http://:", "/?as-of=", "receipt-", "overzicht: ",
    "overzicht .", "overzicht  ", "overzicht", "`overzicht register imports `",
    "`overzicht register imports  --outcome `", "overzicht control interview  --item FILE --ask",
    "functions: []", ", unit: ", "  - {fact: , value: unknown, source: sheet}", "    CPV: ",
    "   Art.   ", "  Art.  : ", "line ", "row ", "\r:  MB", "the file cannot be written here ()", "/report",
    "overzicht, version \nnames are compared by: ",  # of --version, which programs read
    "GET ", "POST /correct", "POST /withdraw", "diligence ",  # addresses, and the start of an action
    # parts of errors, which are translated whole, and stored titles of tasks and sources
    "and  more", "Regulation , version of ", " (Article 16(5), )", ":  (Article 16(1), )",
    " has to be consulted first ()", " may still answer until ", "a gate shut after the grant: assess  again",
    ". In public_body, ",  # of a name that several organisations have: English still, at every door
    "answer of  due (, case )", "the answer of  was due on ; an extension is no longer possible",
}  # fmt: skip


@pytest.fixture
def dutch() -> Iterator[None]:
    settle(["--lang", "nl"])
    yield
    settle(["--lang", "en"])


def literal(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))


def untranslated(tree: ast.Module) -> Iterator[str]:
    """Yield the words of f-strings outside errors, which `error_text` translates, and plain texts printed."""
    errors = [
        node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
    ]
    raises = [node for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    raised = {id(part) for node in (*errors, *raises) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and id(node) not in raised and WORD.search(literal(node)):
            yield literal(node)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Constant) and node.value.value:
            yield str(node.value.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "click.echo",
            "lines.append",
            "self.fail",
        }:
            yield from (
                str(part.value) for part in node.args if isinstance(part, ast.Constant) and part.value
            )


@pytest.mark.parametrize("path", PRINTING, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_command_prints_no_sentence_that_cannot_be_translated(path: Path) -> None:
    assert set(untranslated(ast.parse(path.read_text(encoding="utf-8")))) - FORMS == set()


def test_a_sentence_outside_the_catalogue_is_noticed() -> None:
    source = 'def lines():\n    yield f"found: {count}"\n    yield "nothing"\n    click.echo("done")\n'
    assert list(untranslated(ast.parse(source))) == ["nothing", "done", "found: "]


def test_every_command_has_the_option() -> None:
    without = [
        path
        for path, command in leaves(cli)
        if not any("--lang" in param.opts for param in command.params if isinstance(param, click.Option))
    ]
    assert without == []


@pytest.mark.usefixtures("dutch")
def test_values_are_worded_in_dutch() -> None:
    assert speak("made by {maker}", maker=text("unknown")) == "gemaakt door onbekend"
    assert speak("since {day}", day=LegalDate(date(2021, 3, 22), DateBasis.DERIVED)) == (
        "sinds 2021-03-22 (afgeleid)"
    )
    assert speak("since {day}", day=LegalDate(date(2021, 3, 22))) == "sinds 2021-03-22"
    assert [worded(value) for value in (Confidence.HIGH, FindingKind.OWNER_LISTING, Verdict.CONFIRM)] == [
        "hoog",
        "vermelding van een eigenaar",
        "bevestigd",
    ]
    assert grouped(12345) == "12.345"
    assert place_text("row 5") == "rij 5"


def test_english_has_the_values_that_options_accept() -> None:
    settle(["--lang", "en"])
    assert [str(worded(value)) for value in (Confidence.HIGH, Verdict.CONFIRM)] == ["high", "confirm"]
    assert speak("since {day}", day=LegalDate(date(2021, 3, 22), DateBasis.NOT_LATER_THAN)) == (
        "since not later than 2021-03-22"
    )
    assert (grouped(12345), place_text("row 5")) == ("12,345", "row 5")
