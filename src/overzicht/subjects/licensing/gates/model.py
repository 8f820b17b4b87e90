"""Gates of a licence decision: outcomes, open questions, and the records of people that the gates read."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, computed_field, model_validator

from overzicht.dates import Holds
from overzicht.evidence import Answer, Citation, Text, text
from overzicht.evidence.json_marks import shown_as
from overzicht.evidence.limited import Number, Some, Words
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.licensing.gates.loaded import Correlation, LoadedAct
from overzicht.subjects.licensing.model import Application, Role


class LegalGate(WordedEnum):
    """The gates in the order of the law."""

    PARTIES = "G1", text("frozen parties")
    DESTINATION = "G2", text("embargoes and bans of goods")
    LISTED = "G3", text("listed items")
    CATCH_ALL = "G4", text("uses of items that are not listed")
    DENIALS = "G5", text("denials of other states")
    WEIGHING = "G6", text("assessment of the grounds")


class Outcome(WordedEnum):
    """Answer of a gate, the strictest first."""

    PROHIBITED = "prohibited", text("prohibited")
    NEEDS_AUTHORISATION = "needs authorisation", text("an authorisation is needed")
    DUTY = "duty", text("a duty is open")
    NOT_KNOWN = "not known", text("not known")
    CLEAR = "clear", text("clear")

    @property
    def rank(self) -> int:
        """0 for the strictest."""
        return tuple(Outcome).index(self)


class Certainty(WordedEnum):
    """How far the text of a rule is known."""

    READ = "read", text("text read")
    SECONDARY = "secondary", text("read in a secondary source")
    MEMORY = "memory", text("from memory, no source was read")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that only a person can answer, with its key."""

    key: str
    sentence: Annotated[Text, shown_as("says")]


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """One answer of a gate: outcome, reason, source, and what is open.

    `open_question` keeps a grant out of reach until a person answers it. `must_refuse` marks an act that
    obliges to refuse. `lifted_by` is the document that lifted a prohibition.
    """

    gate: LegalGate
    outcome: Outcome
    sentence: Annotated[Text, shown_as("says")]
    citations: tuple[Citation, ...] = ()
    certainty: Certainty = Certainty.READ
    open_question: Question | None = None
    must_refuse: bool = False
    lifted_by: str = ""
    card: str = ""

    @computed_field
    @property
    def blocks_grant(self) -> bool:
        """Whether a licence cannot be granted because of this answer."""
        shut = self.outcome not in {Outcome.CLEAR, Outcome.NEEDS_AUTHORISATION}
        return shut or self.open_question is not None


@dataclass(frozen=True, slots=True)
class Gates:
    """The answers of all gates for a case on a date."""

    day: date
    answers: tuple[GateAnswer, ...]

    @computed_field
    @property
    def outcome(self) -> Outcome:
        """The strictest answer."""
        return strictest(answer.outcome for answer in self.answers)

    @computed_field
    @property
    def can_grant(self) -> bool:
        """Whether a grant is within reach."""
        return not self.blocking

    @property
    def blocking(self) -> tuple[GateAnswer, ...]:
        """The answers that keep a grant out of reach, the strictest first."""
        blocking = [answer for answer in self.answers if answer.blocks_grant]
        return tuple(sorted(blocking, key=lambda answer: (answer.outcome.rank, answer.gate.value)))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open questions, without duplicates."""
        questions = [answer.open_question for answer in self.answers if answer.open_question]
        return tuple({question.key: question for question in questions}.values())

    def of(self, gate: LegalGate) -> Outcome:
        """Return the strictest answer of one gate."""
        return strictest(answer.outcome for answer in self.answers if answer.gate is gate)


def strictest(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the strictest outcome; clear if there is none."""
    return min(outcomes, key=lambda outcome: outcome.rank, default=Outcome.CLEAR)


@dataclass(frozen=True, slots=True)
class PartyAnswer:
    """What the lists that bind here answer about one party: listed, unsure (may be it), or not checked.

    `effects` are the legal effects of its entries, and `programmes` their codes on the list.
    """

    party: str
    answer: Holds
    sentence: Annotated[Text, shown_as("says")]
    citations: tuple[Citation, ...] = ()
    effects: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()

    @property
    def of_lists(self) -> Answer:
        """The answer of the lists; an unsure one that cites an entry is a possible listing."""
        if self.answer is Holds.UNKNOWN:
            return Answer.POSSIBLE if self.citations else Answer.NOT_CHECKED
        return Answer.FOUND if self.answer is Holds.YES else Answer.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person's answer to an open question, with the source."""

    key: str
    answer: Literal["yes", "no"]
    source: str
    by: str
    day: date


class Derogation(StrictModel):
    """A decision of an authority, or an exception with its proof, that lifts a prohibition.

    `act` is the number (`2020/1998`), `article` the paragraph that provides for it. `sha256` is the hash of
    the document. `lines` and `parties` are what it covers. `notice` describes the notice to the Commission
    and the member states.
    """

    act: Annotated[str, Field(pattern=r"^[0-9]{1,4}/[0-9]{2,4}$")]
    article: Words
    ground: Annotated[str, Field(min_length=3, max_length=2_000)]
    authority: Annotated[str, Field(min_length=3, max_length=300)]
    document: Annotated[str, Field(min_length=2, max_length=200)]
    document_date: date
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    valid_from: date
    valid_to: date
    lines: Some[Number]
    parties: Some[Words]
    notice: Annotated[str, Field(min_length=3, max_length=2_000)]

    @model_validator(mode="after")
    def _dates_in_order(self) -> "Derogation":
        if self.valid_to < self.valid_from:
            raise ValueError(f"it ends on {self.valid_to}, before it begins on {self.valid_from}")
        if self.document_date > self.valid_from:
            raise ValueError(f"its document is of {self.document_date}, after it begins ({self.valid_from})")
        if self.sha256 == hashlib.sha256(b"").hexdigest():
            raise ValueError("its document is empty")
        return self


@dataclass(frozen=True, slots=True)
class StoredDerogation:
    """A derogation with the officer who checked its document and the one who accepted it; empty: nobody."""

    record: Derogation
    checked_by: str
    accepted_by: str = ""


@dataclass(frozen=True, slots=True)
class DenialFinding:
    """A denial of another state that may concern the case.

    `is_dismissed`: a named person judged it to be another transaction. `is_answered`: the state was
    consulted, and answered, or the period ended. `is_identical`: it called the transaction essentially
    identical.
    """

    denial: str
    state: str
    is_dismissed: bool
    is_answered: bool
    is_identical: bool = False


@dataclass(frozen=True, slots=True)
class DiligenceConcern:
    """A record of the applicant's due diligence about a receiving party; `id` is file and number of entry."""

    id: str
    statement: Text


@dataclass(frozen=True, slots=True)
class GateCase:
    """Everything that the gates read of a case.

    `denials` is None if they were not matched. `unweighed` are criteria of Article 15 without a record.
    `notice_reasons` are the reasons for a grant against the answer of a consulted state. `concerns` are
    records of the applicant's due diligence. `acts` are the loaded texts of acts, and `correlation` is the
    loaded table of commodity codes, or None.
    """

    application: Application
    screening: tuple[PartyAnswer, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    derogations: tuple[StoredDerogation, ...] = ()
    denials: tuple[DenialFinding, ...] | None = None
    unweighed: tuple[Text, ...] = ()
    notice_reasons: str = ""
    concerns: tuple[DiligenceConcern, ...] = ()
    acts: tuple[LoadedAct, ...] = ()
    correlation: Correlation | None = None
    _answers: dict[str, Confirmation] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._answers.update({confirmation.key: confirmation for confirmation in self.confirmations})

    def confirmed(self, key: str, day: date) -> Confirmation | None:
        """Return the newest answer to a question, given on `day` or before; None without one."""
        known = self._answers.get(key)
        is_valid = known is not None and known.day <= day and known.source.strip() and known.by.strip()
        return known if is_valid else None


@dataclass(frozen=True, slots=True)
class ScreenedParty:
    """A party to screen, or a stated owner; `key` is `0` for the first party, `0.1` for its second owner."""

    key: str
    name: str
    role: str
    owner_of: str = ""


def screened_parties(application: Application) -> tuple[ScreenedParty, ...]:
    """Return every party and stated owner of an application, in its order."""
    parties: list[ScreenedParty] = []
    for number, party in enumerate(application.parties):
        parties.append(ScreenedParty(f"{number}", party.name, party.role.value))
        parties += [
            ScreenedParty(f"{number}.{index}", owner.name, f"owner of {party.name}", party.name)
            for index, owner in enumerate(party.owners)
        ]
    return tuple(parties)


def applicant_names(application: Application) -> frozenset[str]:
    """Return the names and contacts of the exporter, broker and agent, in lower case."""
    parties = [
        party for role in (Role.EXPORTER, Role.BROKER, Role.AGENT) for party in application.of_role(role)
    ]
    names = {name for party in parties for name in (party.name, *party.other_names, party.contact)}
    return frozenset(name.strip().casefold() for name in names if name.strip())
