"""`overzicht screen`: whether a party stands on a list, on any day."""

import json
from datetime import date
from typing import Any

import click
from followthemoney import model

from overzicht.cli.options import as_of_option, json_option, opened_store
from overzicht.entities import PartyQuery
from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, Citation
from overzicht.sources.lists.registry import load_card
from overzicht.workflows.ask import AskedParty, ask_lists
from overzicht.workflows.listings import FoundListing


@click.group()
def screen() -> None:
    """Ask the lists about parties; every answer names its list."""


@screen.command()
@click.argument("name")
@click.option("--kind", default="LegalEntity", show_default=True, help="FollowTheMoney schema, e.g. Person.")
@click.option("--list", "lists", multiple=True, help="Ask only this list; may be given more than once.")
@as_of_option
@json_option
def one(name: str, kind: str, lists: tuple[str, ...], as_of: date, as_json: bool) -> None:
    """Ask all lists about one name.

    Example: overzicht screen one "ZHU Hailun" --kind Person --as-of 2021-03-22
    """
    for list_id in lists:
        load_card(list_id)
    if kind not in model.schemata:
        raise UnknownNameError("FollowTheMoney schema", kind, ("Person", "Company", "LegalEntity", "..."))
    query = PartyQuery(id="query", names=(name,), schema=kind)
    with opened_store() as (store, _):
        (answered,) = ask_lists(store, [query], as_of=as_of, lists=lists)
    if as_json:
        click.echo(json.dumps(_to_json(answered, as_of), ensure_ascii=False, indent=2))
        return
    click.echo(f"{name}, as of {as_of}")
    for answer in answered.answers:
        click.echo(f"{answer.list_id}: {answer.answer} ({answer.note})")
        for found in answered.listings:
            if found.card.id == answer.list_id:
                click.echo("\n".join(f"    {line}" for line in _lines(found)))


def _lines(found: FoundListing) -> list[str]:
    state = found.state
    held = "in force" if state.answer is Answer.FOUND else f"{state.answer} on that day"
    until = f", until {state.until}" if state.until else ""
    what = f"{state.listing.measure} {state.listing.id}"
    lines = [f"{state.record.caption}: {what}, since {state.since}{until}; {held}"]
    lines += [f"  {reason.text} (score {found.match.score:.2f})" for reason in found.match.reasons]
    lines += [f"  {note}" for note in state.notes]
    if state.listing.act:
        lines.append(f"  act: {state.listing.act} {state.listing.act_address}".rstrip())
    return [*lines, f"  source: {cited(found.citation)}"]


def cited(citation: Citation) -> str:
    """Return a citation as one line: title, place, address, bytes, day, and what is wrong with it."""
    parts = [citation.title, citation.place, citation.address]
    if citation.snapshot:
        parts.append(f"snapshot {citation.snapshot[:12]}")
    parts += [f"published {citation.published}"] if citation.published else []
    parts += [] if citation.official else ["NOT OFFICIAL"]
    parts += [] if citation.complete else ["INCOMPLETE"]
    return "; ".join(part for part in parts if part)


def _to_json(answered: AskedParty, as_of: date) -> dict[str, Any]:
    return {
        "as_of": as_of.isoformat(),
        "answers": [
            {"list": answer.list_id, "answer": answer.answer.value, "note": str(answer.note)}
            for answer in answered.answers
        ],
        "listings": [
            {
                "list": found.card.id,
                "record": found.state.record.id,
                "name": found.state.record.caption,
                "measure": found.state.listing.measure,
                "listing": found.state.listing.id,
                "answer": found.state.answer.value,
                "since": str(found.state.since),
                "until": str(found.state.until) if found.state.until else None,
                "score": found.match.score,
                "reasons": [str(reason.text) for reason in found.match.reasons],
                "notes": [str(note) for note in found.state.notes],
                "citation": found.citation.to_json(),
            }
            for found in answered.listings
        ],
    }
