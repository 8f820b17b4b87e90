"""`overzicht census round`, `request`, `mark` and `remind`: the questions, and where each stands."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import command, group
from overzicht.cli.language import translate
from overzicht.cli.options import FOLDER, DayType, Request, ValueChoice, standard
from overzicht.cli.output import write_whole
from overzicht.evidence import Text, text
from overzicht.identifiers.slug import slug
from overzicht.subjects.census import letters as letter_workflow
from overzicht.subjects.census import rounds_workflow as workflow
from overzicht.subjects.census.answers import Level, Scope
from overzicht.subjects.census.letters import RequestLetter
from overzicht.subjects.census.requests import RequestEvent, RequestEventKind
from overzicht.subjects.census.rounds_workflow import NewRound, RoundView

EVENTS = [kind for kind in RequestEventKind if kind is not RequestEventKind.SENT]


@group(name="round")
def round_() -> None:
    """Start and list rounds."""


@round_.command()
@click.argument("title")
@click.option(
    "--reference", type=DayType(), required=True, help="Date that the answers are about (required)."
)
@click.option("--roll", default="", help="Name of the roll. Default: the roll loaded last.")
@click.option("--kind", "kinds", multiple=True, help="Kind of body to ask. Default: all kinds.")
@click.option(
    "--region", "regions", multiple=True, help="Region of the bodies, as in the roll. Default: all."
)
@click.option("--scope", "scopes", type=ValueChoice(Scope), multiple=True, help="Scope to ask. Default: all.")
@click.option("--basis", default="", help="Legal basis of the request.")
@click.option("--calendar", default="NL", show_default=True, help="State whose working days count.")
@click.option(
    "--level",
    type=ValueChoice(Level),
    default="models",
    show_default=True,
    help="Highest level of publication.",
)
@click.option(
    "--independent-claims",
    multiple=True,
    metavar="GROUP",
    help="Group of statements that does not depend on the returns, for a check by two sources.",
)
@click.option("--id", "own_id", default="", help="Id of the round. Default: from the title.")
@standard("as-of", "by", "lang", "json")
def new(request: Request, title: str, *, reference: date, own_id: str, basis: str, **given: Any) -> None:
    """Start a round. The bodies that exist on the reference date are frozen as its roll."""
    started = NewRound(title, reference, id=own_id, legal_basis=basis, **given)
    view = workflow.new_round(request.store, started, request.act)
    request.show(lambda: _short(view), lambda: [request.words.say(_line(view))])


@round_.command("list")
@standard("as-of", "lang", "json")
def list_(request: Request) -> None:
    """List the rounds and the states of their requests on a date."""
    views = workflow.list_views(request.store, request.as_of)
    request.show(
        lambda: [_short(view) for view in views],
        lambda: [request.words.say(_line(view)) for view in views],
        empty=translate("no rounds; `overzicht census round new TITLE --reference DATE` starts one"),
    )


def _short(view: RoundView) -> dict[str, Any]:
    return {
        "id": view.id,
        "title": view.title,
        "reference_date": view.reference_date,
        "day": view.day,
        "bodies": len(view.requests),
        "states": view.states,
    }


def _line(view: RoundView) -> Text:
    return text(
        "{id}: {title}, {bodies} bodies on {day}",
        id=view.id,
        title=view.title,
        bodies=len(view.requests),
        day=view.reference_date,
    )


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


@command()
@click.argument("name", metavar="ROUND")
@click.argument("body")
@click.argument("event", type=ValueChoice(EVENTS))
@click.option("--detail", default="", help="Ground of a refusal, reason of an extension, or other body.")
@standard("as-of", "by", "lang", "json")
def mark(request: Request, name: str, body: str, event: RequestEventKind, detail: str) -> None:
    """Record an event of the request to BODY on the date of --as-of."""
    happened = RequestEvent(event, request.as_of, detail)
    view = workflow.mark_request(request.store, name, body, happened, request.act)
    marked = next(line for line in view.requests if line.body == body)
    line = text("{name}: {state}", name=marked.name, state=marked.state.words)
    request.show(lambda: marked, lambda: [request.words.say(line)])


@command()
@click.argument("name", metavar="ROUND", default="")
@standard("as-of", "lang", "json")
def remind(request: Request, name: str) -> None:
    """Draft the reminders that are due on a date. Record each one that you send with `census mark`."""
    drafts = letter_workflow.reminders(request.store, name, request.as_of)

    def lines() -> Iterator[str]:
        return (request.words.say(draft.sentence) for draft in drafts)

    request.show(lambda: drafts, lines, empty=translate("no reminder is due on this date"))
