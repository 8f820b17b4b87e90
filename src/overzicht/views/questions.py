"""Parliamentary questions: sets in short, what is overdue, readings of papers, and who is mentioned."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from overzicht.dates import Holds
from overzicht.questions.mentions import Mention
from overzicht.questions.sets import QuestionSet, SetKind, State
from overzicht.views.view import View, at
from overzicht.workflows.questions.listing import SetLine


class QuestionSetLine(View):
    """A set in short. `place` and `snippet` tell where words or a maker were found, else they are empty."""

    number: str = at("set.number")
    subject: str = at("set.subject")
    kind: SetKind = at("set.kind")
    state: State = at("set.state")
    asked: date | None = at("set.timing.asked_on")
    due: date | None = at("set.timing.last_day")
    answered: date | None = at("set.timing.answered")
    days: int | None = at("set.timing.days")
    open_days: int | None = at("set.timing.open_days")
    late: Holds = at("set.timing.is_late")
    place: str
    snippet: str


class FoundSet(QuestionSetLine):
    """A set that was found by words; `score` only orders."""

    score: float


def _as_listed(value: Any) -> Any:
    return SetLine(value) if isinstance(value, QuestionSet) else value


class OverdueView(View):
    """Written sets without an answer past their day, and how many are in time or could not be told."""

    as_of: date
    late: tuple[Annotated[QuestionSetLine, BeforeValidator(_as_listed)], ...]
    in_time: int
    finished_on_unknown_day: int = at("finished_unknown")
    without_day_of_asking: int = at("undated")


class ReadingView(View):
    """A reading of a paper that is kept, also one that was replaced."""

    paper: str = at("paper.key")
    form: str = at("paper.origin.layout.value")
    file: str = at("paper.origin.filename")
    sha256: str = at("paper.origin.sha256")
    kept_at: str = at("at")
    current: bool = at("is_current")


class SetMentionsView(View):
    """The mentions of a set; `lists_asked` is false where no list is loaded that can tell for the day."""

    number: str = at("set.number")
    subject: str = at("set.subject")
    lists_asked: bool = at("is_linked")
    mentions: tuple[Mention, ...]
