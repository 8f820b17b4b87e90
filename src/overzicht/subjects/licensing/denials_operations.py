"""Denials: the register of own and received ones, their reviews, and the log of readers (Article 16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel

from overzicht.errors import InputFileError
from overzicht.evidence.limited import Key, Lines
from overzicht.evidence.text import text
from overzicht.kit.ask import OFFICER, Ask
from overzicht.kit.operation import (
    Body,
    CheckedPart,
    Command,
    Form,
    Paging,
    Param,
    Part,
    Route,
    Upload,
    operation,
)
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.licensing import denial_exchange as exchange
from overzicht.subjects.licensing import denials_records as store
from overzicht.subjects.licensing.denial_matching import DenialMatch
from overzicht.subjects.licensing.denial_model import (
    Denial,
    Review,
    ReviewOutcome,
    ReviewRecord,
    check_review,
    reviews,
)
from overzicht.subjects.licensing.denials_records import (
    Origin,
    Purpose,
    Reading,
    SaveResult,
    StoredDenial,
)

TAG = "denials"
GROUP = """Manage denials (Article 16). They are confidential by default; every reading is recorded.

Exit code 1: a review is overdue, or a state has to be consulted. Exit code 10: a file was refused, and
nothing of it is stored.
"""
SHOWN = "/denials/{denial_id}"
READ = ("as-of", "by", "json")  # a reading is recorded with the name of the reader
ExchangeFile = Annotated[Upload, Param("an exchange file", limit=exchange.MAX_BYTES)]
OverdueOnly = Annotated[bool, Param("only denials with an overdue review", is_offered=False)]
Reasons = Annotated[
    Lines,
    Param("Reason (required from the third review on, unless it ends the denial).", option="--reason"),
]


@dataclass(frozen=True, slots=True)
class DenialStanding:
    """A denial as of a date: in force or not, with its reviews up to the next one."""

    stored: StoredDenial
    is_valid: bool
    reviews: tuple[Review, ...]
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class ReadDenial(DenialStanding):
    """A denial with all recorded readings, the newest first."""

    readings: tuple[Reading, ...]


class SavedDenial(BaseModel):
    """The result of saving a denial."""

    denial: str
    kept: SaveResult


class ImportedDenials(BaseModel):
    """The results of the denials in an exchange file, by id."""

    new: list[str]
    new_version: list[str]
    known: list[str]

    def by_result(self) -> dict[SaveResult, list[str]]:
        """Return the ids by result."""
        return dict(zip(SaveResult, (self.new, self.new_version, self.known), strict=True))


class SavedReview(BaseModel):
    """A saved review and its number."""

    denial: str
    review: int
    outcome: ReviewOutcome


@operation(
    Command(
        "denial add",
        lambda saved, say: [
            say(text("denial {id}: {state}", id=saved.denial, state=saved.kept.words)),
        ],
    ),
    Route("POST /denials", OFFICER, summary="Save an own denial", is_new=True),
    Form("/denials/{done.denial}"),
    is_dated=True,
)
def add(ask: Ask, file: Denial) -> SavedDenial:
    """Store an own denial (YAML or JSON)."""
    with ask.writing() as tx:
        return SavedDenial(denial=file.id, kept=store.keep_denial(tx, file, Origin.OWN))


def export(ask: Ask, state: str) -> str:
    """Return the exchange file of a state's own denials in their newest version; the reading is logged."""
    with ask.store.reading() as connection:
        own = [
            stored.denial
            for stored in store.list_denials(connection, ask.day)
            if stored.origin is Origin.OWN and stored.denial.issuing_state == state
        ]
    content = exchange.write_file(own, state, ask.day)
    _note_reading(ask, own, Purpose.EXPORT)
    return content


@operation(
    Command(
        "denial import",
        lambda done, say: [
            ", ".join(f"{len(ids)} {say(kept.words)}" for kept, ids in done.by_result().items())
        ],
        data=lambda done: {kept.value: ids for kept, ids in done.by_result().items()},
    ),
    Route("POST /denials/import", OFFICER, summary="Import an exchange file"),
    Form("/denials"),
    is_dated=True,
)
def import_(ask: Ask, file: ExchangeFile) -> ImportedDenials:
    """Store the denials of an exchange file as received. A wrong hash refuses the whole file."""
    sent = exchange.read_file(file.content, file.name)
    results: dict[SaveResult, list[str]] = {result: [] for result in SaveResult}
    with ask.writing() as tx:
        with ask.store.reading() as connection:
            stored = store.list_denials(connection)
        own = {(row.denial.id, row.denial.issuing_state) for row in stored if row.origin is Origin.OWN}
        for denial in sent.denials:
            if (denial.id, denial.issuing_state) in own:
                raise InputFileError(file.name, "it is an own denial of this register", record=denial.id)
            results[store.keep_denial(tx, denial, Origin.RECEIVED)].append(denial.id)
        tx.log("import denials", sent.from_state, sha256=sent.sha256, count=len(sent.denials))
    return ImportedDenials(
        new=results[SaveResult.NEW],
        new_version=results[SaveResult.NEW_VERSION],
        known=results[SaveResult.KNOWN],
    )


@operation(
    Command("denial review", "subjects.licensing.denial_commands.review_lines"),
    Route(
        "POST /denials/{denial_id}/reviews",
        OFFICER,
        Body(
            "ReviewRequest",
            "A review held on the date; from the third review on, keeping a denial needs reasons.",
        ),
        "Save a review",
        is_new=True,
    ),
    Form(SHOWN),
    is_dated=True,
)
def review(ask: Ask, denial_id: Key, outcome: ReviewOutcome, *, reasons: Reasons = "") -> SavedReview:
    """Record a review of a denial (Article 16(2)), due every three years. `revoke` ends the denial."""
    record = ReviewRecord(on=ask.day, outcome=outcome, reasons=reasons, by=ask.principal.name)
    with ask.store.reading() as connection:
        stored = store.get_denial(connection, denial_id)
    number = check_review(stored.denial, stored.reviews, record)
    with ask.writing() as tx:
        payload = {"outcome": outcome.value, "reasons": reasons}
        store.add_denial_event(tx, denial_id, "review", ask.day, payload)
    return SavedReview(denial=denial_id, review=number, outcome=outcome)


@operation(
    Command(
        "denial list",
        "subjects.licensing.denial_commands.list_lines",
        is_incomplete=lambda standings: any(standing.is_overdue for standing in standings),
        options=READ,
    ),
    Route("GET /denials", OFFICER, summary="All denials"),
)
def denials(ask: Ask, paging: Paging, *, overdue: OverdueOnly = False) -> CheckedPart[DenialStanding]:
    """List the denials with their reviews. The reading is recorded.

    Exit code 1: a review is overdue, or a stored denial cannot be read.
    """
    problems: list[StoredRecordError] = []
    with ask.store.reading() as connection:
        stored = store.list_denials(connection, ask.day, problems)
    _note_reading(ask, [row.denial for row in stored], Purpose.LIST)
    standings = [DenialStanding(*_standing(ask, row)) for row in stored]
    part = paging.part([standing for standing in standings if standing.is_overdue or not overdue])
    return CheckedPart.of(part, problems)


@operation(
    Command(
        "denial show",
        "subjects.licensing.denial_commands.denial_lines",
        is_incomplete=lambda denial: denial.is_overdue,
        options=READ,
    ),
    is_dated=True,
)
def read(ask: Ask, denial_id: Key) -> ReadDenial:
    """Show a denial as of a date, with all recorded readings, this one included.

    A denial that another one replaced is shown for dates before the replacement.
    """
    return _read(ask, denial_id, Purpose.SHOW)


@operation(Route("GET /denials/{denial_id}", OFFICER, summary="One denial"))
def show(ask: Ask, denial_id: Key) -> DenialStanding:
    """Return a denial with its reviews."""
    return _read(ask, denial_id, Purpose.SHOW)


@operation(Route("GET /denials/{denial_id}/readings", OFFICER, summary="Accesses to a denial"))
def readings(ask: Ask, denial_id: Key, paging: Paging) -> Part[Reading]:
    """Return who was shown a denial, when and why, newest first. This request is the first one."""
    return paging.part(_read(ask, denial_id, Purpose.READINGS).readings)


def _read(ask: Ask, denial_id: str, purpose: Purpose) -> ReadDenial:
    """Return a denial as of the date; the reading is logged. UnknownNameError if there is none."""
    with ask.store.reading() as connection:
        stored = store.get_denial(connection, denial_id, ask.day)
    _note_reading(ask, [stored.denial], purpose)
    with ask.store.reading() as connection:
        return ReadDenial(*_standing(ask, stored), store.readings_of(connection, denial_id))


def _standing(ask: Ask, stored: StoredDenial) -> tuple[StoredDenial, bool, tuple[Review, ...], bool]:
    """Return the fields of a standing on the date."""
    due = tuple(reviews(stored.denial, stored.reviews, ask.day))
    is_valid = stored.is_valid_on(ask.day)
    return stored, is_valid, due, is_valid and any(review.is_overdue_on(ask.day) for review in due)


def note_matches(ask: Ask, matches: Sequence[DenialMatch], case_id: str) -> None:
    """Log that the caller was shown the denials that match a case, if any."""
    if matches:
        _note_reading(ask, [match.denial for match in matches], Purpose.CASE, case_id)


def _note_reading(ask: Ask, shown: Sequence[Denial], purpose: Purpose, case_id: str = "") -> None:
    with ask.writing() as tx:
        store.note_reading(tx, shown, ask.day, purpose, case_id)
