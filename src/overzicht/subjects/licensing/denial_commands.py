"""`overzicht denial`: the lines of denials, and the commands that are not declared with their operation."""

import json
from collections.abc import Iterator, Sequence

import click

from overzicht.cli.commands import command
from overzicht.cli.documents import section_lines, titled_lines
from overzicht.cli.language import speak, spoken, translate, worded
from overzicht.cli.operations import command_in, group_of
from overzicht.cli.options import COUNTRY, Request, standard
from overzicht.evidence import text
from overzicht.subjects.licensing import denials_operations as denials
from overzicht.subjects.licensing.case_document import denial_sections
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.denial_model import Denial
from overzicht.subjects.licensing.denials_operations import DenialStanding, ReadDenial, SavedReview
from overzicht.subjects.licensing.denials_records import Reading


@command("export")
@click.option(
    "--state",
    type=COUNTRY,
    required=True,
    help="State whose own denials are exported, as an ISO 3166 code, for example NL.",
)
@standard("as-of", "by", "json", out=(".json",))
def export(request: Request, state: str) -> None:
    """Write the own denials of a state to an exchange file with hashes. The file is confidential."""
    content = denials.export(request.ask, state)
    request.deliver({".json": lambda: content}, mode=0o600)
    count = len(json.loads(content)["denials"])
    click.echo(speak("{count} denials of {state}; confidential", count=count, state=state), err=True)


def matching_lines(view: CaseView) -> list[str]:
    """Return the denials that match a case, and the states to consult."""
    matches, due, consulted = denial_sections(view)
    return [*section_lines(matches, spoken), *titled_lines(due), *section_lines(consulted, spoken)]


def review_lines(saved: SavedReview) -> list[str]:
    """Return the line of a saved review."""
    return [
        speak(
            "denial {id}: review {number}, {outcome}; the result is notified (Article 16(2))",
            id=saved.denial,
            number=saved.review,
            outcome=saved.outcome,
        )
    ]


def list_lines(standings: Sequence[DenialStanding]) -> list[str]:
    """Return the lines of denials."""
    return [line for standing in standings for line in standing_lines(standing)]


def denial_lines(denial: ReadDenial) -> list[str]:
    """Return the lines of one denial with its readings."""
    record = denial.stored.denial
    return [*standing_lines(denial), *record_lines(record), *reading_lines(denial.readings)]


def standing_lines(standing: DenialStanding) -> Iterator[str]:
    """Yield the denial in one line, and its reviews."""
    denial, origin = standing.stored.denial, worded(standing.stored.origin)
    force = translate("in force") if standing.is_valid else translate("not in force")
    flag = f"  {translate('REVIEW OVERDUE')}" if standing.is_overdue else ""
    yield f"{denial.id}  {denial.issuing_state}  {origin}  {denial.notified_on}  {force}{flag}"
    for due in standing.reviews:
        review = speak("review {number} due {day}", number=due.number, day=due.due)
        if due.needs_reasons:
            review = speak("{review}, reasons owed", review=review)
        message = text("{review}: not held")
        if due.record:
            outcome = worded(due.record.outcome)
            message = text("{review}: held {day}: {outcome}", day=due.record.on, outcome=outcome)
        yield "  " + spoken(message.filled(review=review))


def record_lines(denial: Denial) -> Iterator[str]:
    """Yield what was refused, to whom and on what grounds."""
    head = speak("{kind} to {destination}", kind=denial.kind, destination=denial.destination)
    if denial.end_use:
        head = speak("{denial}, for {use}", denial=head, use=denial.end_use)
    yield f"  {head}"
    for party in denial.parties:
        yield f"  {worded(party.role)}: {party.name}{f' ({party.country})' if party.country else ''}"
    for item in denial.items:
        code = f" ({item.code})" if item.code else ""
        yield "  " + speak("item: {item}", item=f"{item.description}{code}")
    for ground in denial.grounds:
        yield "  " + speak("ground: {ground}", ground=ground)
    if denial.supersedes:
        yield "  " + speak("in the place of {device}", device=denial.supersedes)


def reading_lines(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the readings of the denial: reader, time, date and purpose."""
    for reading in readings:
        purpose = f"{worded(reading.purpose)} {reading.case}".rstrip()
        yield "  " + speak(
            "read at {time} by {actor}, as of {day}: {purpose}",
            time=reading.at,
            actor=reading.actor,
            day=reading.day,
            purpose=purpose,
        )


denial = group_of(
    "subjects.licensing.denials_operations",
    "denial",
    "add",
    export,
    "import",
    command_in("subjects.licensing.steps", "match"),
    "review",
    "list",
    "show",
)
