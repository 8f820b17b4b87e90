"""What a dossier holds: sources, claims, responses to them, steps, questions to the party, its replies.

Everything but a source names a source by key and, where people say things, a text in Dutch and English in
our own words. Our own acts (a question put, a meeting held) may rest on no document: the note in the
dossier, with its author and time, is then the record.
"""

import datetime
import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from overzicht.dates import DateBasis, Holds, LegalDate, Period, read_legal_date
from overzicht.errors import UnreadableDateError
from overzicht.evidence import Citation, text
from overzicht.evidence.packaged import LocalizedText, StrictModel
from overzicht.evidence.worded import WordedEnum

EntryId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
MAX_TEXT = 2_000


def _iso(value: object) -> object:
    """Take what YAML made of a day (a date, a bare year) back to text."""
    return str(value) if isinstance(value, datetime.date | int) and not isinstance(value, bool) else value


def _readable(value: str) -> str:
    try:
        read_legal_date(value)
    except UnreadableDateError as error:
        raise ValueError(f"{value!r} is no day, month or year as YYYY-MM-DD, YYYY-MM or YYYY") from error
    return value


def _readable_or_empty(value: str) -> str:
    return _readable(value) if value else value


Day = Annotated[str, BeforeValidator(_iso), Field(min_length=4)]
OpenDay = Annotated[str, BeforeValidator(_iso)]


class EntryModel(StrictModel, str_strip_whitespace=True):
    """A record that people write: blanks around its texts are left out."""


class EntryText(EntryModel, LocalizedText):
    """A text or a name in both languages; one alone stands for both."""

    en: str = Field(min_length=2, max_length=MAX_TEXT)
    nl: str = Field(min_length=2, max_length=MAX_TEXT)

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, value: Any) -> Any:
        return {"en": value, "nl": value} if isinstance(value, str) else value


class EntryKind(WordedEnum):
    """The kinds of entry, in the order in which a file and a page give them."""

    SOURCE = "source", text("source")
    CLAIM = "claim", text("claim")
    RESPONSE = "response", text("response to a claim")
    STEP = "step", text("contact or step")
    ASKED = "asked", text("question to the party")
    REPLY = "reply", text("reply")
    PRESENCE = "presence", text("presence in a country")


class SourceDocument(EntryModel):
    """A document: where a reader can open it, or the hash of the bytes that are held; one of the two.

    `date` is the document's own day, month or year; `read` the day somebody read it. `official` is True for
    the party itself, a registry, or an authority speaking of its own acts.
    """

    id: EntryId
    title: str = Field(min_length=3, max_length=300)
    publisher: str = Field(default="", max_length=200)
    address: Annotated[str, Field(pattern=r"^(https?://\S+)?$", max_length=1_000)] = ""
    date: OpenDay = ""
    read: datetime.date | None = None
    official: bool = False
    sha256: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    note: str = Field(default="", max_length=MAX_TEXT)

    @model_validator(mode="after")
    def _can_be_found(self) -> Self:
        _readable_or_empty(self.date)
        if not self.address and not self.sha256:
            raise ValueError("give the address where a reader can open it, or keep its bytes (sha256)")
        if self.address and not self.sha256 and self.read is None:
            raise ValueError("give `read`, the day on which somebody read it; its bytes are not held")
        return self

    @property
    def is_held(self) -> bool:
        """Whether the exact bytes are kept."""
        return bool(self.sha256)

    @property
    def known_on(self) -> datetime.date | None:
        """The day by which it surely said what it says: its own, else the day somebody read it."""
        return read_legal_date(self.date).day if self.date else self.read

    def cite(self, dossier_id: str, place: str = "") -> Citation:
        """Return the citation of a place in this document."""
        is_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.date) is not None
        return Citation(
            source=f"dossier:{dossier_id}/{self.id}",
            title=self.title,
            place=place,
            address=self.address,
            snapshot=self.sha256,
            published=datetime.date.fromisoformat(self.date) if is_day else None,
            retrieved=self.read,
            official=self.official,
        )


class DatedEntry(EntryModel):
    """Something that was said or done on a day, as far as its source tells."""

    day: Day
    not_later_than: bool = False  # the source only shows that it was not later

    @model_validator(mode="after")
    def _has_a_day(self) -> Self:
        _readable(self.day)
        return self

    @property
    def when(self) -> LegalDate:
        """The day and how it is known; a month or year is not later than its last day."""
        read = read_legal_date(self.day)
        return LegalDate(read.day, DateBasis.NOT_LATER_THAN) if self.not_later_than else read


class Report(DatedEntry):
    """One who made a claim public; `original` is the source (by key) that it repeats, empty for own work."""

    by: EntryText
    source: EntryId
    original: str = ""
    place: str = ""


class Claim(EntryModel):
    """What is said of one or more parties, and everybody who said so.

    `about` are makers' ids or names. Reports that repeat the same original are one source of evidence.
    """

    id: EntryId
    what: EntryText
    about: tuple[str, ...] = Field(min_length=1)
    reports: tuple[Report, ...] = Field(min_length=1)

    @property
    def when(self) -> LegalDate:
        """The day it was first said."""
        return min((report.when for report in self.reports), key=lambda when: when.day)


class Position(WordedEnum):
    """What somebody holds of a claim; not to be able to confirm is neither yes nor no."""

    CONFIRMS = "confirms", text("confirms it")
    CONFIRMS_IN_PART = "confirms in part", text("confirms a part of it")
    CONTRADICTS = "contradicts", text("contradicts it")
    CANNOT_CONFIRM = "cannot confirm from its own information", text("cannot confirm it from own information")


class Response(DatedEntry):
    """What somebody else holds of a claim."""

    id: EntryId
    claim: EntryId
    position: Position
    by: EntryText
    what: EntryText
    source: EntryId
    place: str = ""


class StepKind(WordedEnum):
    """What kind of contact or step it was."""

    TALK = "talk", text("talk")
    MEETING = "meeting", text("meeting")
    LETTER = "letter", text("letter")
    QUESTIONS = "parliamentary questions", text("parliamentary questions")
    ANSWER = "answer to parliament", text("answer to parliament")
    MOTION = "motion", text("motion")
    VOTE = "vote", text("vote")
    LISTING = "listing", text("listing")
    STATEMENT = "joint statement", text("joint statement")
    TREATY = "treaty", text("treaty")
    NOTICE = "notice", text("notice")
    DECISION = "decision", text("decision")
    REPLACEMENT = "replacement", text("replacement")


CONTACTS = frozenset({StepKind.TALK, StepKind.MEETING, StepKind.LETTER})  # people met, or wrote to each other


class Step(DatedEntry):
    """A contact or step: who met whom, where, on what, and by which paper a reader finds it again.

    `responsible` is the body that decides; none where that is not the point.
    """

    id: EntryId
    kind: StepKind
    forum: EntryText
    parties: tuple[EntryText, ...] = Field(min_length=1)
    what: EntryText
    about: tuple[str, ...] = ()
    reference: str = Field(default="", max_length=400)
    responsible: EntryText | None = None
    source: str = ""
    place: str = ""


class PartyQuestion(DatedEntry):
    """A dated record that the party was asked for its side."""

    id: EntryId
    whom: EntryText
    by: EntryText
    what: EntryText
    source: str = ""
    place: str = ""


class Reply(DatedEntry):
    """The party's own statement; `claims` are those that it answers, none for its general position."""

    id: EntryId
    by: EntryText
    what: EntryText
    claims: tuple[EntryId, ...] = ()
    source: EntryId
    place: str = ""


class PresenceKind(WordedEnum):
    """By what a party is active in a country."""

    SUBSIDIARY = "subsidiary", text("subsidiary")
    CONTRACT = "contract", text("contract")
    DEVICE = "device", text("device")


class Presence(EntryModel):
    """That a party has a subsidiary, contract or device in a country, as a source states.

    `name` is the subsidiary, or the body that has the contract or device. `lei` ties a subsidiary to its
    record in the register of legal entities. Without `since` it holds from the day of the source.
    """

    id: EntryId
    party: str = Field(min_length=2, max_length=200)
    kind: PresenceKind
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: EntryText
    what: EntryText | None = None
    lei: Annotated[str, Field(pattern=r"^([A-Z0-9]{20})?$")] = ""
    since: OpenDay = ""
    until: OpenDay = ""
    source: EntryId
    place: str = ""

    @model_validator(mode="after")
    def _days_are_days(self) -> Self:
        _readable_or_empty(self.since)
        _readable_or_empty(self.until)
        return self

    def period(self, source: SourceDocument) -> Period:
        """Return the days it holds; where no start is given it is not later than the day of its source."""
        end = read_legal_date(self.until) if self.until else None
        if self.since:
            return Period(read_legal_date(self.since), end)
        known = source.known_on
        return Period(LegalDate(known, DateBasis.NOT_LATER_THAN) if known else None, end)

    def holds_on(self, day: datetime.date, source: SourceDocument) -> Holds:
        """Return whether it held on `day`; an end that is an upper bound leaves the days before it open."""
        period = self.period(source)
        held = period.holds_on(day)
        is_open = period.end is not None and period.end.basis is DateBasis.NOT_LATER_THAN
        return Holds.UNKNOWN if held is Holds.YES and is_open else held


Entry = SourceDocument | Claim | Response | Step | PartyQuestion | Reply | Presence

MODELS: dict[EntryKind, type[Entry]] = {
    EntryKind.SOURCE: SourceDocument,
    EntryKind.CLAIM: Claim,
    EntryKind.RESPONSE: Response,
    EntryKind.STEP: Step,
    EntryKind.ASKED: PartyQuestion,
    EntryKind.REPLY: Reply,
    EntryKind.PRESENCE: Presence,
}


class DossierHead(EntryModel):
    """A dossier: whom it is about (a maker's id, or a party's own), its title and other names."""

    id: EntryId
    about: str = Field(min_length=2, max_length=200)
    title: EntryText
    names: tuple[str, ...] = ()


def kind_of(entry: Entry) -> EntryKind:
    """Return the kind of an entry."""
    return next(kind for kind, model in MODELS.items() if type(entry) is model)


def day_of(entry: Entry) -> datetime.date | None:
    """Return the day an entry was said, done or began; None where it has none of its own."""
    if isinstance(entry, Claim | DatedEntry):
        return entry.when.day
    if isinstance(entry, Presence) and entry.since:
        return read_legal_date(entry.since).day
    return None


def sources_of(entry: Entry) -> tuple[str, ...]:
    """Return the keys of the sources that an entry names, each once, in order."""
    if isinstance(entry, SourceDocument):
        return ()
    if isinstance(entry, Claim):
        named = [key for report in entry.reports for key in (report.source, report.original)]
    else:
        named = [entry.source]
    return tuple(dict.fromkeys(key for key in named if key))


def claims_of(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the claims that an entry answers."""
    if isinstance(entry, Response):
        return (entry.claim,)
    return entry.claims if isinstance(entry, Reply) else ()
