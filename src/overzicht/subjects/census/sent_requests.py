"""The requests of a round: letters, events, and the reminders that are due."""

import json
from pathlib import Path
from typing import Annotated, Any

import click

from overzicht.cli.commands import command
from overzicht.cli.options import FOLDER, Request, standard
from overzicht.cli.output import write_whole
from overzicht.evidence import text
from overzicht.identifiers.slug import slug
from overzicht.kit.ask import Ask
from overzicht.kit.operation import Command, Param, operation
from overzicht.subjects.census import letters as letter_workflow
from overzicht.subjects.census import roll_records as stored_rolls
from overzicht.subjects.census import round_records as stored
from overzicht.subjects.census.letters import ReminderDraft, RequestLetter, reminders
from overzicht.subjects.census.requests import RequestEvent, RequestEventKind
from overzicht.subjects.census.rolls import READ, WRITTEN
from overzicht.subjects.census.round_records import CensusError
from overzicht.subjects.census.rounds_workflow import RequestView, check_event, show_round

Round = Annotated[str, Param(option="ROUND")]
EVENTS = tuple(kind for kind in RequestEventKind if kind is not RequestEventKind.SENT)


@operation(
    Command(
        "census mark",
        lambda marked, say: [say(text("{name}: {state}", name=marked.name, state=marked.state.words))],
        options=WRITTEN,
    )
)
def mark(
    ask: Ask,
    name: Round,
    body: str,
    event: Annotated[RequestEventKind, Param(choices=EVENTS)],
    *,
    detail: Annotated[str, Param("Ground of a refusal, reason of an extension, or other body.")] = "",
) -> RequestView:
    """Record an event of the request to BODY on the date of --as-of."""
    happened = RequestEvent(event, ask.day, detail)
    with ask.writing() as tx:
        own = stored.get_round(tx.connection, name)
        events = stored.read_events(tx.connection, own.id, ask.day).get(body, ())
        check_event(own, stored.find_request(tx.connection, own.id, body), body, events, happened)
        stored.add_event(tx, own.id, body, happened)
        if event is RequestEventKind.PASSED_ON and (
            detail == body
            or detail not in stored_rolls.read_lineage(tx.connection, own.roll_id, [detail]).by_id
        ):
            raise CensusError(
                f"{detail or 'no body'} cannot answer for {body}",
                fix="add --detail with the id of another body of the roll",
            )
        tx.log("mark census request", f"{own.id} {body}", kind=event.value, day=ask.day.isoformat())
    requests = show_round(ask.store, own.id, ask.day).requests
    return next(line for line in requests if line.body == body)


@operation(
    Command(
        "census remind",
        lambda drafts, say: (say(draft.sentence) for draft in drafts),
        empty=text("no reminder is due on this date"),
        options=READ,
    )
)
def remind(ask: Ask, name: Round = "") -> tuple[ReminderDraft, ...]:
    """Draft the reminders that are due on a date. Record each one that you send with `census mark`."""
    return reminders(ask.store, name, ask.day)


@command("request")
@click.argument("name", metavar="ROUND")
@click.option("--body", "bodies", multiple=True, help="Id of a body. Default: each body without a letter.")
@click.option(
    "--folder",
    type=FOLDER,
    required=True,
    help="Folder for the letters and the returns to fill in (required).",
)
@click.option(
    "--address",
    default="",
    metavar="URL",
    help="Public address of the service, for a link to answer in the browser. Default: no link.",
)
@standard("as-of", "by", "lang", "json")
def request_(request: Request, name: str, bodies: tuple[str, ...], folder: Path, address: str) -> None:
    """Write a letter and a return to fill in for each body, and record that they were sent today.

    The letter has what others state about the body, and a secret code for its first answer. A second letter
    to a body ends the code of the first.
    """
    letters = list(letter_workflow.send_requests(request.store, name, bodies, request.act, address=address))
    for letter in letters:
        stem = slug(letter.body)
        write_whole(
            folder / f"{stem}.txt", "\n".join(map(request.words.say, letter.sentences)) + "\n", mode=0o600
        )
        filled = json.dumps(letter.template, ensure_ascii=False, indent=1)
        write_whole(folder / f"{stem}.json", f"{filled}\n", mode=0o600)
    done = text("{count} letters are in {folder}", count=len(letters), folder=str(folder))
    request.show(lambda: [_public(letter) for letter in letters], lambda: [request.words.say(done)])


def _public(letter: RequestLetter) -> dict[str, Any]:
    return {"body": letter.body, "name": letter.name, "due": letter.due, "claims": letter.claims}
