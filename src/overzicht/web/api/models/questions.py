"""Parliamentary questions for programs: sets in short, mentions with their side, and who is named."""

from datetime import date

from pydantic import BaseModel, Field

from overzicht.dates import Holds
from overzicht.questions.mentions import Mention, MentionKind, RecognisedBy, Reply, Stance
from overzicht.questions.mentions.counting import NameCount
from overzicht.questions.sets import QuestionSet, SetKind, State
from overzicht.store.questions.papers import StoredPaper
from overzicht.workflows.questions.listing import SetLine
from overzicht.workflows.questions.mentioning import SetMentions


class SetBrief(BaseModel):
    """A set in short. `place` and `snippet` tell where words or a maker were found, else they are empty."""

    number: str
    subject: str
    kind: SetKind
    state: State
    asked: date | None
    due: date | None
    answered: date | None
    days: int | None
    open_days: int | None
    late: Holds
    place: str
    snippet: str

    @classmethod
    def of(cls, listed: SetLine) -> "SetBrief":
        """Return the short form of a set of a list."""
        one, when = listed.set, listed.set.timing
        return cls(
            number=one.number, subject=one.subject, kind=one.kind, state=one.state, asked=when.asked,
            due=when.extended_due or when.due, answered=when.answered, days=when.days,
            open_days=when.open_days, late=when.is_late, place=listed.place, snippet=listed.snippet,
        )  # fmt: skip


class OverdueModel(BaseModel):
    """Written sets without an answer past their day, and how many are in time or could not be told."""

    as_of: date
    late: list[SetBrief]
    in_time: int
    finished_on_unknown_day: int
    without_day_of_asking: int


class ReadingModel(BaseModel):
    """A reading of a paper that is kept, also one that was replaced."""

    paper: str
    form: str
    file: str
    sha256: str
    kept_at: str
    current: bool

    @classmethod
    def of(cls, stored: StoredPaper) -> "ReadingModel":
        """Return the form of a stored paper."""
        paper, origin = stored.paper, stored.paper.origin
        return cls(
            paper=paper.key, form=origin.layout.value, file=origin.filename, sha256=origin.sha256,
            kept_at=stored.at, current=stored.is_current,
        )  # fmt: skip


class PartyLead(BaseModel):
    """A record of a loaded list with an equal name, which proves no identity."""

    list_id: str
    record: str
    score: float
    name: str


class MentionModel(BaseModel):
    """A name in a text: who is meant, where it stands, and who says it.

    `senses` are all it may be where that is not decided. `reply` tells what the answer to a question does.
    """

    surface: str
    name: str
    kind: MentionKind
    maker: str = Field(description="id of the maker's card; empty where it has none")
    owner: str = Field(description="id of an owner on a maker card; empty for all others")
    senses: list[str]
    told_by: RecognisedBy
    paper: str
    part: str
    numbers: list[int]
    start: int
    end: int
    side: Stance
    reply: Reply | None
    quote: str
    parties: list[PartyLead]

    @classmethod
    def of(cls, one: Mention) -> "MentionModel":
        """Return the form of a mention."""
        spot, place = one.spot, one.place
        return cls(
            surface=spot.surface, name=spot.name, kind=spot.kind, maker=spot.maker, owner=spot.party,
            senses=list(spot.senses), told_by=spot.how, paper=place.paper, part=place.part,
            numbers=list(place.numbers), start=spot.start, end=spot.end, side=one.stance, reply=one.reply,
            quote=one.quote,
            parties=[PartyLead(list_id=p.list_id, record=p.record_id, score=p.score, name=p.matched_on)
                     for p in one.parties],
        )  # fmt: skip


class SetMentionsModel(BaseModel):
    """The mentions of a set; `lists_asked` is false where no list is loaded that can tell for the day."""

    number: str
    subject: str
    lists_asked: bool
    mentions: list[MentionModel]

    @classmethod
    def of(cls, found: SetMentions) -> "SetMentionsModel":
        """Return the form of a set with its mentions."""
        return cls(
            number=found.set.number, subject=found.set.subject, lists_asked=found.is_linked,
            mentions=[MentionModel.of(one) for one in found.mentions],
        )  # fmt: skip


class NamedModel(BaseModel):
    """Who is named in how many sets, and how often on each side."""

    name: str
    kind: MentionKind
    maker: str
    sets: int
    sides: dict[Stance, int]

    @classmethod
    def of(cls, row: NameCount) -> "NamedModel":
        """Return the form of a row."""
        return cls(name=row.name, kind=row.kind, maker=row.maker, sets=row.sets, sides=dict(row.sides))


def overdue_model(as_of: date, late: list[QuestionSet], counts: tuple[int, int, int]) -> OverdueModel:
    """Return the form of what is overdue; `counts` are in time, finished on an unknown day, and undated."""
    return OverdueModel(
        as_of=as_of, late=[SetBrief.of(SetLine(one)) for one in late], in_time=counts[0],
        finished_on_unknown_day=counts[1], without_day_of_asking=counts[2],
    )  # fmt: skip
