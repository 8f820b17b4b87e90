"""The register of denials: own ones, received ones, the exchange file, reviews, who read what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overzicht.errors import InputFileError
from overzicht.evidence.actor import Actor
from overzicht.exportcontrol.denials import exchange
from overzicht.exportcontrol.denials.model import Denial, Review, ReviewRecord, check_review, reviews
from overzicht.store.control import denials
from overzicht.store.control.denials import Origin, Purpose, Reading, SaveResult, StoredDenial
from overzicht.store.database import Store
from overzicht.workflows.licensing.cases import CaseView
from overzicht.workflows.typed_files import read_limited


@dataclass(frozen=True, slots=True)
class DenialStanding:
    """A denial on a day: in force or not, with its reviews up to the next one."""

    stored: StoredDenial
    is_valid: bool
    reviews: tuple[Review, ...]
    is_overdue: bool


def add_denial(store: Store, denial: Denial, actor: Actor) -> SaveResult:
    """Keep an own denial."""
    with store.writing(actor.name, actor.at) as tx:
        return denials.keep_denial(tx, denial, Origin.OWN)


def export_denials(store: Store, state: str, actor: Actor) -> str:
    """Return the exchange file of a state's own denials, the newest version of each; notes the reading."""
    with store.reading() as connection:
        own = [one for one in denials.list_denials(connection, actor.day) if one.origin is Origin.OWN]
    own = [one for one in own if one.denial.issuing_state == state]
    content = exchange.write_file([one.denial for one in own], state, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        denials.note_reading(tx, [one.denial for one in own], actor.day, Purpose.EXPORT)
    return content


def import_denials(store: Store, path: Path, actor: Actor) -> dict[SaveResult, list[str]]:
    """Keep the denials of an exchange file as received, all or none; returns ids by what became of them."""
    return import_exchange(store, read_limited(path, exchange.MAX_BYTES), str(path), actor)


def import_exchange(store: Store, raw: bytes, name: str, actor: Actor) -> dict[SaveResult, list[str]]:
    """Keep the denials in the bytes of an exchange file called `name`, as `import_denials`."""
    read = exchange.read_file(raw, name)
    done: dict[SaveResult, list[str]] = {kept: [] for kept in SaveResult}
    with store.writing(actor.name, actor.at) as tx:
        with store.reading() as connection:
            own = {one.denial.id: one for one in denials.list_denials(connection) if one.origin is Origin.OWN}
        for denial in read.denials:
            if denial.id in own and own[denial.id].denial.issuing_state == denial.issuing_state:
                raise InputFileError(name, "it is an own denial of this register", record=denial.id)
            done[denials.keep_denial(tx, denial, Origin.RECEIVED)].append(denial.id)
        tx.log("import denials", read.from_state, sha256=read.sha256, count=len(read.denials))
    return done


def review_denial(store: Store, denial_id: str, review: ReviewRecord, actor: Actor) -> int:
    """Keep a review and return its number; ReviewWithoutReasonsError from the third one on."""
    with store.reading() as connection:
        stored = denials.get_denial(connection, denial_id)
    number = check_review(stored.denial, stored.reviews, review)
    payload = {"outcome": review.outcome.value, "reasons": review.reasons}
    with store.writing(actor.name, actor.at) as tx:
        denials.add_denial_event(tx, denial_id, "review", actor.day, payload)
    return number


def standings(store: Store, actor: Actor) -> list[DenialStanding]:
    """Return every denial as of the day of the act; the reading is written down."""
    with store.reading() as connection:
        held = denials.list_denials(connection, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        denials.note_reading(tx, [one.denial for one in held], actor.day, Purpose.LIST)
    return [_standing(one, actor.day) for one in held]


def _standing(stored: StoredDenial, day: date) -> DenialStanding:
    due: Sequence[Review] = reviews(stored.denial, stored.reviews, day)
    is_valid = stored.is_valid_on(day)
    overdue = is_valid and any(one.is_overdue_on(day) for one in due)
    return DenialStanding(stored, is_valid, tuple(due), overdue)


def show_denial(
    store: Store, denial_id: str, actor: Actor, purpose: Purpose = Purpose.SHOW
) -> DenialStanding:
    """Return a denial as of the day of the act; the reading is written down. UnknownNameError for none."""
    with store.reading() as connection:
        stored = denials.get_denial(connection, denial_id, actor.day)
    with store.writing(actor.name, actor.at) as tx:
        denials.note_reading(tx, [stored.denial], actor.day, purpose)
    return _standing(stored, actor.day)


def show_readings(store: Store, denial_id: str, actor: Actor) -> tuple[Reading, ...]:
    """Return who was shown a denial and why, newest first; that this was asked is the first of them.

    UnknownNameError where there is no such denial on the day of the act.
    """
    show_denial(store, denial_id, actor, Purpose.READINGS)
    return readings_of(store, denial_id)


def readings_of(store: Store, denial_id: str) -> tuple[Reading, ...]:
    """Return who was shown a denial and why, newest first, for whoever was just shown it."""
    with store.reading() as connection:
        return denials.readings_of(connection, denial_id)


def note_matches(store: Store, view: CaseView, actor: Actor) -> None:
    """Write down that somebody was shown the denials that meet a case; nothing where none does."""
    if not view.matches:
        return
    with store.writing(actor.name, actor.at) as tx:
        met = [one.denial for one in view.matches]
        denials.note_reading(tx, met, actor.day, Purpose.CASE, view.application.id)
