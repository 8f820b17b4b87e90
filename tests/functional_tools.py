"""Running the command line in this process, as a user would."""

import json
import re
from pathlib import Path
from typing import Any

import click
import click.testing

from overzicht.cli.main import cli
from overzicht.errors import EXIT_OK, EXIT_USAGE, OverzichtError


def run_command(*arguments: str | Path, stdin: str | None = None) -> click.testing.Result:
    """Run the command and return its result; a user's error gives its exit code and message."""
    given = [str(each) for each in arguments]
    result = click.testing.CliRunner().invoke(cli, given, input=stdin, standalone_mode=False)
    if isinstance(result.exception, OverzichtError):
        result.stderr_bytes = (result.stderr_bytes or b"") + str(result.exception).encode()
        result.exit_code = result.exception.exit_code
    elif isinstance(result.exception, click.ClickException):
        result.stderr_bytes = (result.stderr_bytes or b"") + result.exception.format_message().encode()
        result.exit_code = EXIT_USAGE
    elif result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    elif isinstance(result.return_value, int):
        result.exit_code = result.return_value
    return result


def states(as_of: str = "2026-03-01") -> dict[str, Any]:
    result = run_command("lists", "status", "--json", "--as-of", as_of)
    assert result.exit_code == EXIT_OK, result.output
    return {each["list"]: each for each in json.loads(result.stdout)}


def loaded(list_id: str) -> list[dict[str, Any]]:
    return [each for each in states()[list_id]["snapshots"] if not each["starter"]]


def kept(home: Path) -> set[str]:
    """Return every file in the folder of snapshots."""
    return {path.name for path in (home / "snapshots").rglob("*") if path.is_file()}


def log_entries() -> int:
    result = run_command("log", "verify")
    assert result.exit_code == EXIT_OK, result.output
    found = re.search(r"(\d+) entries", result.stdout)
    assert found is not None
    return int(found[1])


GOOD_ANSWERS = frozenset({"text", "duty", "restraint", "classification"})


def answer_questions(case_id: str, *day: str) -> None:
    """Answer every open question of the gates of a case towards a grant, as a person with a source."""
    for question in open_questions(case_id, *day):
        answer = "yes" if question.partition(":")[0] in GOOD_ANSWERS else "no"
        given = run_command(
            "licence", "confirm", case_id, question, answer, "--source", "invented note", *day
        )
        assert given.exit_code in (EXIT_OK, 1), given.stderr
    if open_questions(case_id, *day):
        answer_questions(case_id, *day)


def open_questions(case_id: str, *day: str) -> list[str]:
    found = json.loads(run_command("licence", "gates", case_id, "--json", *day).stdout)
    return list(
        dict.fromkeys(one["open_question"]["key"] for one in found["answers"] if one["open_question"])
    )
