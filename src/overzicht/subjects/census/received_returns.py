"""The answers of bodies, signed and accepted, and the keys that they sign with; `sign` needs no store."""

from pathlib import Path
from typing import Annotated, Any

import click

from overzicht.cli.commands import command
from overzicht.cli.operations import group_of
from overzicht.cli.options import NEW_FILE, Request, ValueChoice, file_argument, standard
from overzicht.cli.output import write_whole
from overzicht.evidence import Text, text
from overzicht.evidence.signing import Signer
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command, Param, operation
from overzicht.subjects.census import receiving
from overzicht.subjects.census import receiving as workflow
from overzicht.subjects.census.answers import Basis, Depth
from overzicht.subjects.census.receiving import Received
from overzicht.subjects.census.return_records import withdraw_keys
from overzicht.subjects.census.returns import KEY_KIND
from overzicht.subjects.census.rolls import WRITTEN
from overzicht.subjects.census.sent_requests import Round

GROUP = "Change or withdraw the key of a body."


def _data(outcome: Received) -> dict[str, Any]:
    return {
        "file": outcome.file,
        "body": outcome.body,
        "number": outcome.number,
        "depth": outcome.depth,
        "accepted": outcome.is_accepted,
        "notes": outcome.notes,
        "refusal": outcome.refusal,
    }


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


@operation(
    Command(
        "census receive",
        lambda outcomes, say: map(say, map(_line, outcomes)),
        data=lambda outcomes: list(map(_data, outcomes)),
        is_incomplete=lambda outcomes: not all(outcome.is_accepted for outcome in outcomes),
        options=WRITTEN,
    )
)
def receive(
    ask: Ask,
    name: Round,
    files: tuple[Path, ...],
    *,
    receipts: Annotated[
        Path | None, Param("Folder for a signed receipt of each file.", path="folder")
    ] = None,
) -> list[Received]:
    """Accept signed returns into a round. A file that is refused never counts, and is named with the reason.

    Exit code 1 if a file was refused.
    """
    outcomes = list(receiving.receive(ask.store, name, files, ask.actor(ask.day)))
    if receipts is not None:
        for outcome in outcomes:
            write_whole(receipts / f"receipt-{outcome.file}", outcome.receipt)
    return outcomes


@operation(
    Command(
        "census key withdraw",
        lambda ended, say: [
            say(text("{body}: {count} keys are trusted until {day}", **{**ended, "count": ended["keys"]}))
        ],
        options=WRITTEN,
    )
)
def withdraw(ask: Ask, body: str) -> dict[str, Any]:
    """End the trust in the keys of BODY from the date of --as-of. Earlier returns keep counting."""
    with ask.writing() as tx:
        return {"body": body, "keys": withdraw_keys(tx, body, ask.day), "day": ask.day}


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


@command("change")
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


key = group_of("subjects.census.received_returns", "key", change_, "withdraw")
