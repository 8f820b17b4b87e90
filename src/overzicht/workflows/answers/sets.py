"""The sets that can be answered: shipped as facts in our own words, in a user's file, or loaded as papers.

A loaded paper gives the words of the questions; the shipped facts still say what was answered in a line.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from sqlalchemy import Connection

from overzicht.diligence.uses import Use
from overzicht.dossiers.model import EntryText
from overzicht.errors import InputFileError, PackagedFactError, UnknownNameError
from overzicht.evidence import Citation, Text, in_both, text
from overzicht.questions.model import Paper, RoleKind
from overzicht.questions.sets import QuestionSet
from overzicht.safeyaml import read_yaml
from overzicht.store.questions import papers as kept
from overzicht.workflows.law.files import example_uses
from overzicht.workflows.questions.showing import all_sets, show_set
from overzicht.workflows.typed_files import MAX_BYTES, problems_of, read_limited

SHIPPED = "data/sets"
LONGEST_LINE = 300  # characters of a loaded answer that stand for it in a line


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class PaperFacts(_Facts):
    """An official paper: its id, and where it can be read."""

    id: Annotated[str, Field(min_length=3, max_length=80)]
    address: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]


class Papers(_Facts):
    """The papers of a set; None where there is none (yet)."""

    questions: PaperFacts | None = None
    answer: PaperFacts | None = None


class QuestionFacts(_Facts):
    """A question in our own words; `answered` is what was answered in a line, None where nothing was.

    `together_with` is the number under which the answer stands in the paper; 0 for an own answer.
    """

    number: Annotated[int, Field(ge=1, le=999)]
    text: EntryText
    answered: EntryText | None = None
    together_with: Annotated[int, Field(ge=0, le=999)] = 0


class SetFacts(_Facts):
    """A set of questions as a file gives it, such as those in `examples/questions`.

    `about` names parties that the questions mean and no maker card knows. `uses` are the described systems
    that questions of law are about, `packaged_uses` those among the packaged ones. `is_fictional` says
    that nothing of it exists.
    """

    number: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=60)]
    title: EntryText
    asked: datetime.date
    asked_by: Annotated[str, Field(min_length=2, max_length=300)]
    answered: datetime.date | None = None
    answered_by: EntryText | None = None
    papers: Papers = Papers()
    read: datetime.date | None = None
    is_fictional: bool = False
    about: tuple[Annotated[str, Field(min_length=2, max_length=200)], ...] = ()
    questions: Annotated[tuple[QuestionFacts, ...], Field(min_length=1, max_length=200)]
    uses: tuple[Use, ...] = ()
    packaged_uses: tuple[str, ...] = ()

    @property
    def all_uses(self) -> tuple[Use, ...]:
        """The uses of the file, then the packaged ones that it names."""
        packaged = {use.id: use for use in example_uses()}
        return (*self.uses, *(packaged[name] for name in self.packaged_uses))

    @model_validator(mode="after")
    def _fits_together(self) -> "SetFacts":
        numbers = [one.number for one in self.questions]
        if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
            raise ValueError(f"question {twice[0]} stands twice")
        strange = [one for one in self.questions if one.together_with not in {0, *numbers}]
        if strange:
            raise ValueError(
                f"question {strange[0].number}: together_with {strange[0].together_with} is not asked"
            )
        packaged = [use.id for use in example_uses()] if self.packaged_uses else []
        if unknown := [name for name in self.packaged_uses if name not in packaged]:
            raise ValueError(f"packaged_uses: there is no {unknown[0]}; there are {', '.join(packaged)}")
        if self.answered is not None and self.answered < self.asked:
            raise ValueError("answered: it lies before the day of asking")
        return self


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a set: its words, those to recognise it by in all languages, and the answer in a line."""

    number: int
    words: Text
    to_recognise: str
    answered: Text | None
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class AskedSet:
    """A set as answering needs it; `facts` is None where only papers are loaded."""

    number: str
    title: Text
    asked: datetime.date | None
    answered: datetime.date | None
    heading: tuple[Text, ...]
    questions: tuple[AskedQuestion, ...]
    is_fictional: bool
    is_full_text: bool
    about: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set that can be answered; `origin` is `shipped` or `loaded` (its papers are in the store)."""

    number: str
    title: Text
    asked: datetime.date | None
    answered: datetime.date | None
    is_fictional: bool
    is_loaded: bool
    questions: int


@cache
def shipped_sets() -> dict[str, SetFacts]:
    """Return the packaged sets by number; PackagedFactError where a file is wrong."""
    found: dict[str, SetFacts] = {}
    folder = files("overzicht.workflows.answers").joinpath(*SHIPPED.split("/"))
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if not entry.name.endswith(".yaml"):
            continue
        try:
            facts = SetFacts.model_validate(read_yaml(entry.read_text(encoding="utf-8")))
        except (yaml.YAMLError, ValidationError) as error:
            raise PackagedFactError(f"sets/{entry.name}", str(error)) from error
        found[facts.number] = facts
    return found


def read_set(path: Path) -> SetFacts:
    """Return the set in a YAML file; InputFileError names each field that is wrong."""
    raw = read_limited(path, MAX_BYTES)
    try:
        data = read_yaml(raw.decode("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise InputFileError(str(path), f"it is no YAML in UTF-8: {reason}", fix=_FIX) from error
    if not isinstance(data, dict):
        raise InputFileError(str(path), "it holds no fields", fix=_FIX)
    try:
        return SetFacts.model_validate(data)
    except ValidationError as error:
        raise InputFileError(str(path), problems_of(error), fix=_FIX) from error


_FIX = "write it as the files in examples/questions"


def find_set(connection: Connection, number: str, as_of: datetime.date) -> AskedSet:
    """Return a set by its number or the id of a paper: loaded, shipped, or both.

    UnknownNameError lists the sets there are, or says that it was asked after the day.
    """
    facts = next((one for one in shipped_sets().values() if number in _names_of(one)), None)
    loaded = None
    if kept.set_numbers_for(connection, number):
        loaded = show_set(connection, number, as_of)
    if facts is None and loaded is None:
        raise UnknownNameError(
            "question set", number, tuple(line.number for line in known_sets(connection, as_of))
        )
    if facts is None and loaded is not None:
        facts = shipped_sets().get(loaded.number)
    if facts is not None:
        return set_of(facts, as_of, loaded)
    assert loaded is not None  # noqa: S101 - one of the two is there
    return _of_papers(loaded)


def _names_of(facts: SetFacts) -> set[str]:
    papers = [paper.id for paper in (facts.papers.questions, facts.papers.answer) if paper is not None]
    return {facts.number, *papers}


def known_sets(connection: Connection, as_of: datetime.date) -> tuple[SetLine, ...]:
    """Return the sets asked by a day that can be answered: shipped ones first, then those with papers."""
    loaded = {one.number: one for one in all_sets(connection, as_of) if one.asking is not None}
    lines = [
        SetLine(one.number, one.title.text, one.asked, _by(one.answered, as_of), one.is_fictional,
                one.number in loaded, len(one.questions))
        for one in shipped_sets().values()
        if one.asked <= as_of
    ]  # fmt: skip
    for one in loaded.values():
        if one.number not in shipped_sets():
            asking = one.asking
            count = len(asking.numbers) if asking is not None else 0
            answered = one.timing.answered
            lines.append(
                SetLine(one.number, _plain(one.subject), one.timing.asked_on, answered, False, True, count)
            )
    return tuple(lines)


def _by(day: datetime.date | None, as_of: datetime.date) -> datetime.date | None:
    return day if day is not None and day <= as_of else None


def set_of(facts: SetFacts, as_of: datetime.date, loaded: QuestionSet | None = None) -> AskedSet:
    """Return a set of facts as known on a day, in the words of its loaded papers where they are there."""
    if facts.asked > as_of:
        raise UnknownNameError(f"question set on {as_of}", facts.number, (f"asked on {facts.asked}",))
    answered = _by(facts.answered, as_of)
    asking = loaded.asking if loaded is not None else None
    return AskedSet(
        number=facts.number,
        title=facts.title.text,
        asked=facts.asked,
        answered=answered,
        heading=tuple(_heading(facts, answered)),
        questions=tuple(_question(facts, one, asking, answered) for one in facts.questions),
        is_fictional=facts.is_fictional,
        is_full_text=asking is not None,
        about=facts.about,
        uses=facts.all_uses,
    )


def _heading(facts: SetFacts, answered: datetime.date | None) -> Iterator[Text]:
    yield text("Asked by {whom} on {day}.", whom=facts.asked_by, day=facts.asked)
    if answered is None:
        yield text("Not answered by this day.")
    elif facts.answered_by is not None:
        yield text(
            "Answered by {whom} on {day}, after {days} days.",
            whom=facts.answered_by.text, day=answered, days=(answered - facts.asked).days,
        )  # fmt: skip


def _question(
    facts: SetFacts, one: QuestionFacts, asking: Paper | None, answered: datetime.date | None
) -> AskedQuestion:
    printed = asking.question(one.number) if asking is not None else None
    said = None
    if one.answered is not None and answered is not None:
        said = one.answered.text
        if one.together_with:
            said = text(
                "{answer} (in the answer to question {number})", answer=said, number=one.together_with
            )
    return AskedQuestion(
        number=one.number,
        words=_plain(printed.text) if printed is not None else one.text.text,
        to_recognise=printed.text if printed is not None else f"{one.text.nl}\n{one.text.en}",
        answered=said,
        citation=_cite(facts, one, answered) if said is not None else None,
    )


def _cite(facts: SetFacts, one: QuestionFacts, answered: datetime.date | None) -> Citation:
    paper = facts.papers.answer
    return Citation(
        source=f"questions:{facts.number}",
        title=paper.id if paper else facts.number,
        place=f"answer {one.together_with or one.number}",
        address=paper.address if paper else "",
        published=answered,
        retrieved=facts.read,
        official=not facts.is_fictional,
    )


def _of_papers(loaded: QuestionSet) -> AskedSet:
    asking = loaded.asking
    if asking is None:
        raise UnknownNameError(
            "paper with the questions of set", loaded.number, ("load it with `overzicht questions add`",)
        )
    return AskedSet(
        number=loaded.number,
        title=_plain(loaded.subject or loaded.number),
        asked=loaded.timing.asked_on,
        answered=loaded.timing.answered,
        heading=tuple(_loaded_heading(loaded)),
        questions=tuple(_loaded_question(loaded, asking, number) for number in asking.numbers),
        is_fictional=False,
        is_full_text=True,
    )


def _loaded_heading(loaded: QuestionSet) -> Iterator[Text]:
    who = ", ".join(
        f"{role.name} ({role.party})" if role.party else role.name
        for role in loaded.of_role(RoleKind.SUBMITTER, RoleKind.CO_SUBMITTER)
        if role.name
    )
    if loaded.timing.asked_on is not None:
        yield text("Asked by {whom} on {day}.", whom=who or "?", day=loaded.timing.asked_on)
    if loaded.timing.answered is not None:
        yield text("Answered on {day}.", day=loaded.timing.answered)
    else:
        yield text("Not answered by this day.")


def _loaded_question(loaded: QuestionSet, asking: Paper, number: int) -> AskedQuestion:
    printed = asking.question(number)
    words = printed.text if printed is not None else ""
    paper = loaded.answering
    block = next((a for a in paper.answers if number in (*a.covers, *a.derived)), None) if paper else None
    if paper is None or block is None:
        return AskedQuestion(number, _plain(words), words, None, None)
    cited = Citation(
        source=f"questions:{loaded.number}", title=paper.key, place=f"answer {block.printed or number}",
        address=paper.origin.address, snapshot=paper.origin.sha256, published=loaded.timing.answered,
    )  # fmt: skip
    return AskedQuestion(number, _plain(words), words, _plain(_first_line(block.text)), cited)


def _first_line(words: str) -> str:
    """Return the first sentence of an answer, cut where it is long."""
    line = " ".join(words.split())
    end = next(
        (n for n, sign in enumerate(line) if sign in ".?!" and line[n + 1 : n + 2] in {"", " "}), len(line)
    )
    short = line[: end + 1]
    return short if len(short) <= LONGEST_LINE else f"{short[:LONGEST_LINE].rsplit(' ', 1)[0]} …"


def _plain(words: str) -> Text:
    return in_both(en=words, nl=words)
