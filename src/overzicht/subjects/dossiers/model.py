"""Contents of a dossier: sources, claims, responses, steps, questions to the party, and its replies.

Every entry except a source names a source by key and has its texts in Dutch and English in our own words. Our
own acts (a question put, a meeting held) need no document: the note in the dossier, with author and time, is
the record.
"""

import datetime
import re
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from overzicht.dates import PARTIAL_DATE, DateBasis, Holds, LegalDate, Period, read_legal_date
from overzicht.errors import UnreadableDateError
from overzicht.evidence import Citation, text
from overzicht.evidence.packaged import LocalizedText, StrictModel
from overzicht.evidence.worded_enum import WordedEnum

EntryId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
MAX_TEXT = 2_000


def _iso(value: object) -> object:
    """Return a date or bare year that YAML parsed as text again."""
    return str(value) if isinstance(value, datetime.date | int) and not isinstance(value, bool) else value


def _readable(value: str) -> str:
    try:
        if value:
            read_legal_date(value)
    except UnreadableDateError as error:
        raise ValueError(f"{value!r} is not a date. Use YYYY-MM-DD, YYYY-MM or YYYY") from error
    return value


OpenDay = Annotated[
    str, BeforeValidator(_iso), AfterValidator(_readable), Field(json_schema_extra={"format": PARTIAL_DATE})
]
Day = Annotated[OpenDay, Field(min_length=4)]


class EntryModel(StrictModel, str_strip_whitespace=True):
    """An entry that people write; surrounding blanks of its texts are removed."""


class EntryText(EntryModel, LocalizedText):
    """A text or name in both languages; a single text stands for both."""

    en: str = Field(min_length=2, max_length=MAX_TEXT)
    nl: str = Field(min_length=2, max_length=MAX_TEXT)

    @model_validator(mode="before")
    @classmethod
    def _one_for_both(cls, value: Any) -> Any:
        return {"en": value, "nl": value} if isinstance(value, str) else value


class EntryKind(WordedEnum):
    """Kinds of entry, in the order of files and pages."""

    SOURCE = "source", text("source")
    CLAIM = "claim", text("claim")
    RESPONSE = "response", text("response to a claim")
    STEP = "step", text("contact or step")
    ASKED = "asked", text("question to the party")
    REPLY = "reply", text("reply")
    PRESENCE = "presence", text("presence in a country")


class SourceDocument(EntryModel):
    """A document with its public address or the hash of its stored bytes; one of the two is required.

    `date` is the document's own date, month or year; `read` the date on which it was read. `official` is True
    for the party itself, a registry, or an authority about its own acts.
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
        if not self.address and not self.sha256:
            raise ValueError(
                "give the address where a reader can open it, or the hash of its stored bytes (sha256)"
            )
        if self.address and not self.sha256 and self.read is None:
            raise ValueError("give `read`, the date on which it was read, because its bytes are not stored")
        return self

    @property
    def is_held(self) -> bool:
        """Whether the exact bytes are stored."""
        return bool(self.sha256)

    @property
    def known_on(self) -> datetime.date | None:
        """The date by which it surely stated this: its own date, else the date on which it was read."""
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
    """A statement or act on a date, as far as its source states."""

    day: Day
    not_later_than: bool = False  # the source only shows that it was not later

    @property
    def when(self) -> LegalDate:
        """The date and how it is known; a month or year is not later than its last day."""
        read = read_legal_date(self.day)
        return LegalDate(read.day, DateBasis.NOT_LATER_THAN) if self.not_later_than else read


class Report(DatedEntry):
    """A publication of a claim; `original` is the source (by key) that it repeats, empty for own work."""

    by: EntryText
    source: EntryId
    original: str = ""
    place: str = ""


class Claim(EntryModel):
    """A claim about one or more parties, with every report of it.

    `about` are makers' ids or names. Reports that repeat the same original count as one source of evidence.
    """

    id: EntryId
    what: EntryText
    about: tuple[str, ...] = Field(min_length=1)
    reports: tuple[Report, ...] = Field(min_length=1)

    @property
    def when(self) -> LegalDate:
        """The date of the first report."""
        return min((report.when for report in self.reports), key=lambda when: when.day)


class Position(WordedEnum):
    """Position of a party on a claim; not being able to confirm is neither yes nor no."""

    CONFIRMS = "confirms", text("confirms it")
    CONFIRMS_IN_PART = "confirms in part", text("confirms a part of it")
    CONTRADICTS = "contradicts", text("contradicts it")
    CANNOT_CONFIRM = "cannot confirm from its own information", text("cannot confirm it from own information")


class Response(DatedEntry):
    """The position of another party on a claim."""

    id: EntryId
    claim: EntryId
    position: Position
    by: EntryText
    what: EntryText
    source: EntryId
    place: str = ""


class StepKind(WordedEnum):
    """Kind of contact or step."""

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
    """A contact or step: parties, place, subject, and the document by which a reader finds it.

    `responsible` is the deciding body; None if not applicable.
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
    """A dated record that the party was asked for its statement."""

    id: EntryId
    whom: EntryText
    by: EntryText
    what: EntryText
    source: str = ""
    place: str = ""


class Reply(DatedEntry):
    """The party's own statement; `claims` are those that it answers, empty for its general position."""

    id: EntryId
    by: EntryText
    what: EntryText
    claims: tuple[EntryId, ...] = ()
    source: EntryId
    place: str = ""


class PresenceKind(WordedEnum):
    """Form of activity of a party in a country."""

    SUBSIDIARY = "subsidiary", text("subsidiary")
    CONTRACT = "contract", text("contract")
    DEVICE = "device", text("device")


class Presence(EntryModel):
    """A subsidiary, contract or device of a party in a country, as a source states.

    `name` is the subsidiary, or the body that has the contract or device. `lei` links a subsidiary to its
    record in the register of legal entities. Without `since` it holds from the date of the source.
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

    def period(self, source: SourceDocument) -> Period:
        """Return the dates on which it holds; without a start it is not later than the date of its source."""
        end = read_legal_date(self.until) if self.until else None
        if self.since:
            return Period(read_legal_date(self.since), end)
        known = source.known_on
        return Period(LegalDate(known, DateBasis.NOT_LATER_THAN) if known else None, end)

    def holds_on(self, day: datetime.date, source: SourceDocument) -> Holds:
        """Return whether it held on `day`; unknown on dates before an end that is an upper bound."""
        period = self.period(source)
        holds = period.holds_on(day)
        is_open = period.end is not None and period.end.basis is DateBasis.NOT_LATER_THAN
        return Holds.UNKNOWN if holds is Holds.YES and is_open else holds


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
    """A dossier: its subject (a maker's id or a party's own id), title and other names."""

    id: EntryId
    about: str = Field(min_length=2, max_length=200)
    title: EntryText
    names: tuple[str, ...] = ()


def kind_of(entry: Entry) -> EntryKind:
    """Return the kind of an entry."""
    return next(kind for kind, model in MODELS.items() if type(entry) is model)


def day_of(entry: Entry) -> datetime.date | None:
    """Return the date of an entry; None if it has no date of its own."""
    if isinstance(entry, Claim | DatedEntry):
        return entry.when.day
    if isinstance(entry, Presence) and entry.since:
        return read_legal_date(entry.since).day
    return None


def sources_of(entry: Entry) -> tuple[str, ...]:
    """Return the keys of the sources that an entry names, in order, without duplicates."""
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
