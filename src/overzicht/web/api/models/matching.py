"""Names in, listings out."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from followthemoney import model
from pydantic import AfterValidator, BaseModel, Field

from overzicht.entities import PartyQuery
from overzicht.evidence import Answer
from overzicht.reports.i18n import Words
from overzicht.web.api.models.runs import JudgementModel
from overzicht.web.api.models.shared import CitationModel, Key, LegalDateModel, ReasonModel
from overzicht.workflows.ask import AskedParty
from overzicht.workflows.listings import FoundListing
from overzicht.workflows.merges import SameAs

MOST_QUERIES = 500
MOST_NAMES = 20


def _is_schema(value: str) -> str:
    if value not in model.schemata:
        raise ValueError("this is no FollowTheMoney schema (Person, Company, LegalEntity, Vessel, …)")
    return value


class QueryModel(BaseModel):
    """A party to ask about; `id` comes back with the answer."""

    id: Key
    names: Annotated[list[Key], Field(min_length=1, max_length=MOST_NAMES)]
    kind: Annotated[Key, AfterValidator(_is_schema)] = "LegalEntity"
    birth_date: Annotated[str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$")] = ""

    def to_query(self) -> PartyQuery:
        """Return the query as the engine takes it."""
        return PartyQuery(id=self.id, names=tuple(self.names), schema=self.kind, birth_date=self.birth_date)


class MatchAsked(BaseModel):
    """Parties to ask the lists about; no lists named means all, no threshold the engine's own."""

    queries: Annotated[list[QueryModel], Field(min_length=1, max_length=MOST_QUERIES)]
    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None


class ListAnswerModel(BaseModel):
    """What one list answers: found, not found, not checked, or could not read."""

    list_id: str
    answer: Answer
    note: str


class SharedNumber(BaseModel):
    """A number that both records have."""

    kind: str
    value: str


class SameAsModel(BaseModel):
    """Another list's record of the same party: by numbers they share, or by a person's judgement."""

    list_id: str
    record: str
    name: str
    numbers: list[SharedNumber]
    judgement: JudgementModel | None

    @classmethod
    def of(cls, same: SameAs) -> "SameAsModel":
        """Return the form of a record of the same party."""
        return cls(
            list_id=same.list_id, record=same.record_id, name=same.name,
            numbers=[SharedNumber(kind=kind, value=value) for kind, value in same.numbers],
            judgement=None if same.judgement is None else JudgementModel.of(same.judgement),
        )  # fmt: skip


class FoundModel(BaseModel):
    """A record that may be the party asked about, with its listing, score and reasons."""

    list_id: str
    record: str
    name: str
    matched_on: str
    score: float
    listing: str
    measure: str
    answer: Answer
    since: LegalDateModel | None
    until: LegalDateModel | None
    reasons: list[ReasonModel]
    notes: list[str]
    citation: CitationModel
    same_as: list[SameAsModel] = Field(description="what is known to be the same party on other lists")

    @classmethod
    def of(cls, found: FoundListing, same_as: Sequence[SameAs], words: Words) -> "FoundModel":
        """Return the form of a found listing in a language."""
        state = found.state
        return cls(
            list_id=found.card.id, record=state.record.id, name=state.record.caption,
            matched_on=found.match.matched_on, score=found.match.score, listing=state.listing.id,
            measure=state.listing.measure, answer=state.answer, since=LegalDateModel.of(state.since),
            until=LegalDateModel.of(state.until),
            reasons=[ReasonModel.of(reason, words) for reason in found.match.reasons],
            notes=[words.say(note) for note in state.notes], citation=CitationModel.of(found.citation),
            same_as=[SameAsModel.of(each) for each in same_as],
        )  # fmt: skip


class AskedModel(BaseModel):
    """The answer about one party."""

    id: str
    answers: list[ListAnswerModel]
    listings: list[FoundModel]

    @classmethod
    def of(cls, asked: AskedParty, words: Words) -> "AskedModel":
        """Return the form of an answer in a language."""
        return cls(
            id=asked.query.id,
            answers=[
                ListAnswerModel(list_id=each.list_id, answer=each.answer, note=words.say(each.note))
                for each in asked.answers
            ],
            listings=[
                FoundModel.of(found, asked.same_as.get((found.card.id, found.state.record.id), ()), words)
                for found in asked.listings
            ],
        )


class MatchModel(BaseModel):
    """One answer per party asked about, in the same order."""

    as_of: date
    results: list[AskedModel]
