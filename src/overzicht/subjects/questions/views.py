"""Parliamentary questions: sets in short, overdue sets, readings of papers, and mentions."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

from overzicht.dates import Holds
from overzicht.evidence import Citation
from overzicht.subjects.questions.listing import SetLine
from overzicht.subjects.questions.mentions import Mention
from overzicht.subjects.questions.promises import PromiseKind
from overzicht.subjects.questions.promising import PromiseState
from overzicht.subjects.questions.sets import QuestionSet, SetKind, State
from overzicht.views.view import View, at


class QuestionSetLine(View):
    """A set in short. `place` and `snippet` show the matching text; without a search they are empty."""

    number: str = at("set.number")
    subject: str = at("set.subject")
    kind: SetKind = at("set.kind")
    state: State = at("set.state")
    asking_date: date | None = at("set.timing.asked_on", key="asked")
    due: date | None = at("set.timing.last_day")
    answered: date | None = at("set.timing.answered")
    days: int | None = at("set.timing.days")
    open_days: int | None = at("set.timing.open_days")
    late: Holds = at("set.timing.is_late")
    place: str
    snippet: str


class FoundSet(QuestionSetLine):
    """A set that matches a search; `score` is only for sorting."""

    score: float


def _as_listed(value: Any) -> Any:
    return SetLine(value) if isinstance(value, QuestionSet) else value


class OverdueView(View):
    """Overdue written sets without an answer, and the numbers in time or of unknown status."""

    as_of: date
    late: tuple[Annotated[QuestionSetLine, BeforeValidator(_as_listed)], ...]
    in_time: int
    finished_on_unknown_day: int = at("finished_unknown")
    without_day_of_asking: int = at("undated")


class ReadingView(View):
    """A stored reading of a paper, also one that was replaced."""

    paper: str = at("paper.key")
    form: str = at("paper.origin.layout.value")
    file: str = at("paper.origin.filename")
    sha256: str = at("paper.origin.sha256")
    kept_at: str = at("at")
    current: bool = at("is_current")


class PrecedentView(View):
    """An earlier question like the one asked, with its answer; `score` is only for sorting."""

    set: str = at("set_number")
    subject: str
    numbers: tuple[int, ...]
    asking_date: date | None = at("asked_on", key="asked")
    answered: date | None
    question: str
    answer: str
    paper: str
    address: str
    cited: bool = at("is_cited")
    score: float


class PrecedentsView(View):
    """The earlier questions of one question of a set, best first; number 0 is the title of the set."""

    number: int
    precedents: tuple[PrecedentView, ...]


class PromiseView(View):
    """A promise in an answer. `last_day` is null if its words give no date; `term` are those words."""

    set: str = at("set_number")
    subject: str
    paper: str = at("promise.paper")
    questions: tuple[int, ...] = at("promise.numbers")
    kind: PromiseKind = at("promise.kind")
    sentence: str = at("promise.sentence")
    term: str = at("promise.term.literal")
    last_day: date | None = at("promise.term.last_day")
    made_on: date | None
    state: PromiseState
    task: int | None
    outcome: str
    citation: Citation


class SetMentionsView(View):
    """The mentions in a set; `lists_asked` is false if no loaded list covers the date."""

    number: str = at("set.number")
    subject: str = at("set.subject")
    lists_asked: bool = at("is_linked")
    mentions: tuple[Mention, ...]


class RefusedFile(View):
    """A file that was not stored: the reason, and what to do about it."""

    file: str = at("filename")
    reason: str = at("error.message")
    fix: str = at("error.fix")
