"""A denial for the terminal: the record, its reviews, and who was shown it."""

from collections.abc import Iterator, Sequence

from overzicht.exportcontrol.denials.model import Denial
from overzicht.store.control.denials import Reading
from overzicht.workflows.licensing.register import DenialStanding


def standing_lines(standing: DenialStanding) -> Iterator[str]:
    """Yield the denial in one line, and its reviews."""
    denial, flag = standing.stored.denial, "  REVIEW OVERDUE" if standing.is_overdue else ""
    head = f"{denial.id}  {denial.issuing_state}  {standing.stored.origin}  {denial.notified_on}"
    yield f"{head}  {'in force' if standing.is_valid else 'not in force'}{flag}"
    for due in standing.reviews:
        reasons = ", reasons owed" if due.needs_reasons else ""
        review = f"held {due.record.on}: {due.record.outcome}" if due.record else "not held"
        yield f"  review {due.number} due {due.due}{reasons}: {review}"


def record_lines(denial: Denial) -> Iterator[str]:
    """Yield what was refused, to whom and on what grounds."""
    use = f", for {denial.end_use}" if denial.end_use else ""
    yield f"  {denial.kind} to {denial.destination}{use}"
    for party in denial.parties:
        yield f"  {party.role}: {party.name}{f' ({party.country})' if party.country else ''}"
    for item in denial.items:
        yield f"  item: {item.description}{f' ({item.code})' if item.code else ''}"
    for ground in denial.grounds:
        yield f"  ground: {ground}"
    if denial.supersedes:
        yield f"  in the place of {denial.supersedes}"


def reading_lines(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the readings of the denial: reader, time, date and purpose."""
    for reading in readings:
        purpose = f"{reading.purpose} {reading.case}".rstrip()
        yield f"  read at {reading.at} by {reading.actor}, as of {reading.day}: {purpose}"
