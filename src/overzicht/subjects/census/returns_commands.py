"""`overzicht census sign`, `receive` and `key`: the answers of bodies, and the keys that they sign with."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import command, group
from overzicht.cli.options import FOLDER, NEW_FILE, Request, ValueChoice, file_argument, standard
from overzicht.cli.output import write_whole
from overzicht.errors import EXIT_INCOMPLETE
from overzicht.evidence import Text, text
from overzicht.evidence.signing import Signer
from overzicht.subjects.census import receiving as workflow
from overzicht.subjects.census import return_records as stored
from overzicht.subjects.census.answers import Basis, Depth
from overzicht.subjects.census.receiving import Received
from overzicht.subjects.census.returns import KEY_KIND

DEPTHS = [depth for depth in Depth if depth not in (Depth.REGISTER, Depth.SILENT)]
KEY = click.option(
    "--key",
    type=NEW_FILE,
    required=True,
    help="Private key of the body (PEM). A new file gets a new key (required).",
)
TARGET = click.option("--to", "target", type=NEW_FILE, required=True, help="File for the result (required).")


@command()
@file_argument()
@KEY
@TARGET
@click.option(
    "--depth", type=ValueChoice(DEPTHS), help="Depth of an answer in one line, in place of the file's."
)
@click.option("--maker", default="", help="Manufacturer of an answer in one line.")
@click.option("--kind", default="", help="Kind of device of an answer in one line.")
@click.option("--number", type=click.IntRange(0), help="Number of devices of an answer in one line.")
@click.option("--basis", type=ValueChoice(Basis), help="Basis of an answer in one line.")
@standard("lang", "json")
def sign(request: Request, file: Path, key: Path, target: Path, *, number: int | None, **answer: Any) -> None:
    """Sign a return as a body: FILE is the filled in return of the letter.

    With --depth the answer is one line, and the answers in FILE are not used.
    """
    given = {**answer, "least": number, "most": number} if answer["depth"] else {}
    content, signed = workflow.sign_return(file, key, given)
    write_whole(target, signed)
    line = text(
        "{file}: version {number} of {body}", file=str(target), number=content.number, body=content.body
    )
    data = {"file": str(target), "body": content.body, "number": content.number}
    request.show(lambda: data, lambda: [request.words.say(line)])


@command()
@click.argument("name", metavar="ROUND")
@file_argument(several=True)
@click.option("--receipts", type=FOLDER, help="Folder for a signed receipt of each file.")
@standard("as-of", "by", "lang", "json")
def receive(request: Request, name: str, files: tuple[Path, ...], receipts: Path | None) -> None:
    """Accept signed returns into a round. A file that is refused never counts, and is named with the reason.

    Exit code 1 if a file was refused.
    """
    outcomes = list(workflow.receive(request.store, name, files, request.act))
    if receipts is not None:
        for outcome in outcomes:
            write_whole(receipts / f"receipt-{outcome.file}", outcome.receipt)
    data = [
        {
            "file": outcome.file,
            "body": outcome.body,
            "number": outcome.number,
            "depth": outcome.depth,
            "accepted": outcome.is_accepted,
            "notes": outcome.notes,
            "refusal": outcome.refusal,
        }
        for outcome in outcomes
    ]
    request.show(lambda: data, lambda: map(request.words.say, map(_line, outcomes)))
    if not all(outcome.is_accepted for outcome in outcomes):
        raise click.exceptions.Exit(EXIT_INCOMPLETE)


def _line(outcome: Received) -> Text:
    if not outcome.is_accepted:
        return text("{file}: refused: {reason}", file=outcome.file, reason=outcome.refusal)
    if outcome.depth is None:
        return text("{file}: the new key of {body} is trusted", file=outcome.file, body=outcome.body)
    line = text(
        "{file}: version {number} of {body} accepted: {depth}",
        file=outcome.file,
        number=outcome.number,
        body=outcome.body,
        depth=outcome.depth.words,
    )
    for note in outcome.notes:
        line = text("{line}; {note}", line=line, note=note)
    return line


@group()
def key() -> None:
    """Change or withdraw the key of a body."""


@key.command("change")
@click.argument("name", metavar="ROUND")
@click.argument("body")
@KEY
@click.option(
    "--new-key",
    type=NEW_FILE,
    required=True,
    help="New private key (PEM). A new file gets a new key (required).",
)
@TARGET
@standard("lang", "json")
def change_(request: Request, name: str, body: str, key: Path, new_key: Path, target: Path) -> None:
    """Write a statement that names a new key, signed with the old one, for the coordinator to receive."""
    content = {"round": name, "body": body, "new_key": Signer.open(new_key).public_key}
    write_whole(target, Signer.open(key).sign(KEY_KIND, content).to_bytes())
    line = text("{file}: new key of {body}", file=str(target), body=body)
    request.show(lambda: {"file": str(target), "body": body}, lambda: [request.words.say(line)])


@key.command()
@click.argument("body")
@standard("as-of", "by", "lang", "json")
def withdraw(request: Request, body: str) -> None:
    """End the trust in the keys of BODY from the date of --as-of. Earlier returns keep counting."""
    day: date = request.as_of
    with request.store.writing(request.act.name, request.act.at) as tx:
        ended = stored.withdraw_keys(tx, body, day)
    line = text("{body}: {count} keys are trusted until {day}", body=body, count=ended, day=day)
    request.show(lambda: {"body": body, "keys": ended, "day": day}, lambda: [request.words.say(line)])
