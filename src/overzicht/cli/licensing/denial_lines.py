"""A denial for the terminal: the record, its reviews, and who was shown it."""

from collections.abc import Iterator, Sequence

from overzicht.cli.language import speak, spoken, translate, worded
from overzicht.evidence import text
from overzicht.exportcontrol.denials.model import Denial
from overzicht.store.control.denials import Reading
from overzicht.workflows.licensing.register import DenialStanding


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
