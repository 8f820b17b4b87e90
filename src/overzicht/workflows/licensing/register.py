"""The register of denials: own and received denials, the exchange file, reviews, and the log of readers."""

from dataclasses import dataclass
from datetime import date

from overzicht.errors import InputFileError
from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.denials import exchange
from overzicht.exportcontrol.denials.model import Denial, Review, ReviewRecord, check_review, reviews
from overzicht.store.control import denials
from overzicht.store.control.denials import Origin, Purpose, Reading, SaveResult, StoredDenial
from overzicht.store.database import Store, reading
from overzicht.store.reading import StoredRecordError
from overzicht.workflows.licensing.cases import CaseView


@dataclass(frozen=True, slots=True)
class DenialStanding:
    """A denial as of a date: in force or not, with its reviews up to the next one."""

    stored: StoredDenial
    is_valid: bool
    reviews: tuple[Review, ...]
    is_overdue: bool


def add_denial(store: Store, denial: Denial, actor: Actor) -> SaveResult:
    """Record an own denial."""
    with store.writing(actor.name, actor.at) as tx:
        return denials.keep_denial(tx, denial, Origin.OWN)


def export_denials(store: Store, state: str, actor: Actor) -> str:
    """Return the exchange file of a state's own denials in their newest version; the reading is logged."""
    with store.reading() as connection:
        own = [
            stored.denial
            for stored in denials.list_denials(connection, actor.day)
            if stored.origin is Origin.OWN and stored.denial.issuing_state == state
        ]
    content = exchange.write_file(own, state, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        denials.note_reading(tx, own, actor.day, Purpose.EXPORT)
    return content


def import_exchange(store: Store, raw: bytes, name: str, actor: Actor) -> dict[SaveResult, list[str]]:
    """Import the denials in an exchange file as received, all or none; returns the ids by result."""
    file = exchange.read_file(raw, name)
    results: dict[SaveResult, list[str]] = {result: [] for result in SaveResult}
    with store.writing(actor.name, actor.at) as tx:
        with store.reading() as connection:
            stored = denials.list_denials(connection)
        own = {(row.denial.id, row.denial.issuing_state) for row in stored if row.origin is Origin.OWN}
        for denial in file.denials:
            if (denial.id, denial.issuing_state) in own:
                raise InputFileError(name, "it is an own denial of this register", record=denial.id)
            results[denials.keep_denial(tx, denial, Origin.RECEIVED)].append(denial.id)
        tx.log("import denials", file.from_state, sha256=file.sha256, count=len(file.denials))
    return results


def review_denial(store: Store, denial_id: str, review: ReviewRecord, actor: Actor) -> int:
    """Record a review and return its number; ReviewWithoutReasonsError from the third one on."""
    with store.reading() as connection:
        stored = denials.get_denial(connection, denial_id)
    number = check_review(stored.denial, stored.reviews, review)
    payload = {"outcome": review.outcome.value, "reasons": review.reasons}
    with store.writing(actor.name, actor.at) as tx:
        denials.add_denial_event(tx, denial_id, "review", actor.day, payload)
    return number


def standings(store: Store, actor: Actor) -> tuple[list[DenialStanding], list[StoredRecordError]]:
    """Return every denial as of the actor's date, and those that cannot be read; the reading is logged."""
    problems: list[StoredRecordError] = []
    with store.reading() as connection:
        stored = denials.list_denials(connection, actor.day, problems)
    with store.writing(actor.name, actor.at) as tx:
        denials.note_reading(tx, [row.denial for row in stored], actor.day, Purpose.LIST)
    return [_standing(row, actor.day) for row in stored], problems


def _standing(stored: StoredDenial, day: date) -> DenialStanding:
    due = tuple(reviews(stored.denial, stored.reviews, day))
    is_valid = stored.is_valid_on(day)
    overdue = is_valid and any(review.is_overdue_on(day) for review in due)
    return DenialStanding(stored, is_valid, due, overdue)


def show_denial(
    store: Store, denial_id: str, actor: Actor, purpose: Purpose = Purpose.SHOW
) -> DenialStanding:
    """Return a denial as of the actor's date; the reading is logged. UnknownNameError if there is none."""
    with store.reading() as connection:
        stored = denials.get_denial(connection, denial_id, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        denials.note_reading(tx, [stored.denial], actor.day, purpose)
    return _standing(stored, actor.day)


readings_of = reading(denials.readings_of)


def show_readings(store: Store, denial_id: str, actor: Actor) -> tuple[Reading, ...]:
    """Return the log of readers of a denial with their purpose, newest first, including this reading.

    UnknownNameError if there is no such denial on the actor's date.
    """
    show_denial(store, denial_id, actor, Purpose.READINGS)
    return readings_of(store, denial_id)


def note_matches(store: Store, view: CaseView, actor: Actor) -> None:
    """Log that the actor was shown the denials that match a case, if any."""
    if view.matches:
        with store.writing(actor.name, actor.at) as tx:
            shown = [match.denial for match in view.matches]
            denials.note_reading(tx, shown, actor.day, Purpose.CASE, view.application.id)
