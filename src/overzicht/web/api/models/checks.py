"""What admins ask of the store and of the packaged facts, and which parties are one."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from overzicht.reports.i18n import Words
from overzicht.store.decisions import Judgement, Verdict
from overzicht.store.sameparty import StoredMerge, standing
from overzicht.web.api.models.shared import Key, ReasonModel
from overzicht.workflows.sameparty import JoinedParty, Member


class CheckAsked(BaseModel):
    """What to prove: `anchor` is a hash of the log that was written down before (or its start)."""

    anchor: Annotated[str, Field(pattern=r"^([0-9a-f]{12,64})?$")] = ""
    reindex: Annotated[bool, Field(description="first write what look-ups use anew from the records")] = False


class CardProblemModel(BaseModel):
    """What is wrong with a packaged fact."""

    card: str
    place: str
    reason: str


class CardsModel(BaseModel):
    """Whether the packaged facts are sound on the day, and how many maker cards there are."""

    as_of: date
    sound: bool
    makers: int
    problems: list[CardProblemModel]


class SameAsked(BaseModel):
    """Which lists to compare (none: all) and the score from which names make a suggestion (null: 0.8)."""

    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None


class MemberModel(BaseModel):
    """A record of a list."""

    list_id: str
    record: str
    name: str

    @classmethod
    def of(cls, member: Member) -> "MemberModel":
        """Return the form of a record."""
        return cls(list_id=member.list_id, record=member.record.id, name=member.record.caption)


class JoinedModel(BaseModel):
    """Records that a number of one party alone joins."""

    numbers: list[tuple[str, str]]
    members: list[MemberModel]

    @classmethod
    def of(cls, party: JoinedParty) -> "JoinedModel":
        """Return the form of a joined party."""
        return cls(numbers=list(party.numbers), members=[MemberModel.of(each) for each in party.members])


class SuggestedModel(BaseModel):
    """Two records whose names agree; a person judges it under `id` at `/judgements`."""

    id: str
    records: list[tuple[str, str]] = Field(description="list and record, twice")
    score: float
    reasons: list[ReasonModel]
    verdict: Verdict | None = Field(description="null while nobody's judgement stands")

    @classmethod
    def of(cls, merge: StoredMerge, judgements: list[Judgement], words: Words) -> "SuggestedModel":
        """Return the form of a suggestion with what stands of the judgements on it."""
        held = standing(judgements)
        return cls(
            id=merge.id, records=[merge.first, merge.second], score=merge.score,
            reasons=[ReasonModel.of(each, words) for each in merge.reasons],
            verdict=held.verdict if held else None,
        )  # fmt: skip
