"""The sets that can be answered: shipped as facts in our own words, in a user's file, or loaded as papers.

A loaded paper gives the words of the questions; the shipped facts still give the answers in one line.
"""

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field, model_validator
from sqlalchemy import Connection

from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation, Text, in_both, text
from overzicht.evidence.json_marks import shown_as
from overzicht.evidence.packaged import packaged_facts, packaged_names
from overzicht.subjects.diligence.law_files import example_uses
from overzicht.subjects.diligence.uses import Use
from overzicht.subjects.dossiers.model import EntryModel, EntryText
from overzicht.subjects.questions import papers_records as kept
from overzicht.subjects.questions.mentions.sentences import first_sentence
from overzicht.subjects.questions.model import RoleKind
from overzicht.subjects.questions.sets import QuestionSet
from overzicht.subjects.questions.showing import all_sets, show_set
from overzicht.workflows.typed_files import checked, load_text

PACKAGE = "overzicht.subjects.answers"


class PaperFacts(EntryModel):
    """An official paper: its id and its address."""

    id: Annotated[str, Field(min_length=3, max_length=80)]
    address: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]


class Papers(EntryModel):
    """The papers of a set; None if there is none."""

    questions: PaperFacts | None = None
    answer: PaperFacts | None = None


class QuestionFacts(EntryModel):
    """A question in our own words; `answered` is the answer in one line, None if there is none.

    `together_with` is the number of the answer in the paper; 0 for an own answer.
    """

    number: Annotated[int, Field(ge=1, le=999)]
    text: EntryText
    answered: EntryText | None = None
    together_with: Annotated[int, Field(ge=0, le=999)] = 0


class SetFacts(EntryModel):
    """A set of questions in a file, such as those in `examples/questions`.

    `about` names parties without a maker card that the questions mean. `uses` are the described systems of
    questions of law, `packaged_uses` those among the packaged ones. `is_fictional`: the set is invented.
    """

    number: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]*$", max_length=60)]
    title: EntryText
    asked_on: Annotated[datetime.date, Field(alias="asked")]
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
        numbers = [question.number for question in self.questions]
        if twice := sorted({number for number in numbers if numbers.count(number) > 1}):
            raise ValueError(f"question {twice[0]} occurs twice")
        strange = [question for question in self.questions if question.together_with not in {0, *numbers}]
        if strange:
            raise ValueError(
                f"question {strange[0].number}: together_with {strange[0].together_with} is not asked"
            )
        packaged = [use.id for use in example_uses()] if self.packaged_uses else []
        if unknown := [name for name in self.packaged_uses if name not in packaged]:
            raise ValueError(f"packaged_uses: there is no {unknown[0]}; there are {', '.join(packaged)}")
        if self.answered is not None and self.answered < self.asked_on:
            raise ValueError("answered: it is before the date of the question")
        return self


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a set: its words, the words in all languages to recognise it, and the answer.

    `answer_paper` is the id of the paper with the published answer, whatever its date; empty if unknown.
    """

    number: int
    words: Text
    to_recognise: str
    answered: Text | None
    citation: Citation | None
    answer_paper: str = ""


@dataclass(frozen=True, slots=True)
class AskedSet:
    """A set of questions to answer; `asked_by` and `put_to` are empty if they are unknown."""

    number: str
    title: Text
    asked_on: datetime.date | None
    answered: datetime.date | None
    heading: tuple[Text, ...]
    questions: tuple[AskedQuestion, ...]
    is_fictional: bool
    is_full_text: bool
    about: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    asked_by: str = ""
    put_to: str = ""


@dataclass(frozen=True, slots=True)
class SetLine:
    """A set that can be answered; `is_loaded`: its papers are in the store."""

    number: str
    title: Text
    asked_on: Annotated[datetime.date | None, shown_as("asked")]
    answered: datetime.date | None
    is_fictional: bool
    is_loaded: bool
    questions: int


@cache
def shipped_sets() -> dict[str, SetFacts]:
    """Return the packaged sets by number; PackagedFactError for a file that is not valid."""
    names = packaged_names(PACKAGE, "data/sets")
    return {facts.number: facts for name in names for facts in [packaged_facts(SetFacts, PACKAGE, name)]}


def read_set(name: str, raw: bytes) -> SetFacts:
    """Return the set in a YAML file; InputFileError names each field that is not valid."""
    return checked(SetFacts, load_text(raw, name), name, fix="write it like the files in examples/questions")


def find_set(connection: Connection, number: str, as_of: datetime.date) -> AskedSet:
    """Return a set by its number or the id of a paper: loaded, shipped, or both.

    UnknownNameError lists the known sets, or states that it was asked after the date.
    """
    facts = next((known for known in shipped_sets().values() if number in _names_of(known)), None)
    loaded = show_set(connection, number, as_of) if kept.set_numbers_for(connection, number) else None
    if facts is None and loaded is not None:
        facts = shipped_sets().get(loaded.number)
    if facts is not None:
        return set_of(facts, as_of, loaded)
    if loaded is None:
        known_numbers = tuple(line.number for line in known_sets(connection, as_of))
        raise UnknownNameError("question set", number, known_numbers)
    return set_of_papers(loaded)


def _names_of(facts: SetFacts) -> set[str]:
    papers = [paper.id for paper in (facts.papers.questions, facts.papers.answer) if paper is not None]
    return {facts.number, *papers}


def known_sets(connection: Connection, as_of: datetime.date) -> tuple[SetLine, ...]:
    """Return the sets asked until a date that can be answered: shipped ones first, then those with papers."""
    loaded = {
        question_set.number: question_set
        for question_set in all_sets(connection, as_of)
        if question_set.asking is not None
    }
    lines = [
        SetLine(
            item.number,
            item.title.text,
            item.asked_on,
            _by(item.answered, as_of),
            item.is_fictional,
            item.number in loaded,
            len(item.questions),
        )
        for item in shipped_sets().values()
        if item.asked_on <= as_of
    ]
    for question_set in loaded.values():
        if question_set.number not in shipped_sets():
            asking = question_set.asking
            count = len(asking.numbers) if asking is not None else 0
            answered = question_set.timing.answered
            lines.append(
                SetLine(
                    question_set.number,
                    _plain(question_set.subject),
                    question_set.timing.asked_on,
                    answered,
                    False,
                    True,
                    count,
                )
            )
    return tuple(lines)


def _by(day: datetime.date | None, as_of: datetime.date) -> datetime.date | None:
    return day if day is not None and day <= as_of else None


def set_of(facts: SetFacts, as_of: datetime.date, loaded: QuestionSet | None = None) -> AskedSet:
    """Return a set of facts as of a date, in the words of its papers if these are loaded."""
    if facts.asked_on > as_of:
        raise UnknownNameError(f"question set on {as_of}", facts.number, (f"asked on {facts.asked_on}",))
    answered = _by(facts.answered, as_of)
    asking = loaded.asking if loaded is not None else None
    heading: list[Text] = []
    heading.append(text("Asked by {whom} on {day}.", whom=facts.asked_by, day=facts.asked_on))
    if answered is None:
        heading.append(text("Not answered by this day."))
    elif facts.answered_by is not None:
        heading.append(
            text(
                "Answered by {whom} on {day}, after {days} days.",
                whom=facts.answered_by.text,
                day=answered,
                days=(answered - facts.asked_on).days,
            )
        )
    questions: list[AskedQuestion] = []
    for question in facts.questions:
        printed = asking.question(question.number) if asking is not None else None
        answer = None
        if question.answered is not None and answered is not None:
            answer = question.answered.text
            if question.together_with:
                answer = text(
                    "{answer} (in the answer to question {number})",
                    answer=answer,
                    number=question.together_with,
                )
        if answer is not None:
            paper = facts.papers.answer
            cited_answer = Citation(
                source=f"questions:{facts.number}",
                title=paper.id if paper else facts.number,
                place=f"answer {question.together_with or question.number}",
                address=paper.address if paper else "",
                published=answered,
                retrieved=facts.read,
                official=not facts.is_fictional,
            )
        else:
            cited_answer = None
        questions.append(
            AskedQuestion(
                number=question.number,
                words=_plain(printed.text) if printed is not None else question.text.text,
                to_recognise=printed.text
                if printed is not None
                else f"{question.text.nl}\n{question.text.en}",
                answered=answer,
                citation=cited_answer,
                answer_paper=facts.papers.answer.id if facts.papers.answer is not None else "",
            )
        )
    return AskedSet(
        number=facts.number,
        title=facts.title.text,
        asked_on=facts.asked_on,
        answered=answered,
        heading=tuple(heading),
        questions=tuple(questions),
        is_fictional=facts.is_fictional,
        is_full_text=asking is not None,
        about=facts.about,
        uses=facts.all_uses,
        asked_by=facts.asked_by,
        put_to=_offices(loaded) if loaded is not None else "",
    )


def set_of_papers(loaded: QuestionSet) -> AskedSet:
    """Return a set in the words of its papers; UnknownNameError without a paper with the questions."""
    asking = loaded.asking
    if asking is None:
        raise UnknownNameError(
            "paper with the questions of set", loaded.number, ("load it with `overzicht questions add`",)
        )
    questions: list[AskedQuestion] = []
    for number in asking.numbers:
        printed = asking.question(number)
        words = printed.text if printed is not None else ""
        paper = loaded.answering
        block = next((a for a in paper.answers if number in (*a.covers, *a.derived)), None) if paper else None
        if paper is None or block is None:
            questions.append(AskedQuestion(number, _plain(words), words, None, None))
            continue
        cited = Citation(
            source=f"questions:{loaded.number}",
            title=paper.key,
            place=f"answer {block.printed or number}",
            address=paper.origin.address,
            snapshot=paper.origin.sha256,
            published=loaded.timing.answered,
        )
        questions.append(
            AskedQuestion(number, _plain(words), words, _plain(first_sentence(block.text)), cited, paper.key)
        )
    loaded_heading: list[Text] = []
    if loaded.timing.asked_on is not None:
        loaded_heading.append(
            text("Asked by {whom} on {day}.", whom=_members(loaded) or "?", day=loaded.timing.asked_on)
        )
    if loaded.timing.answered is not None:
        loaded_heading.append(text("Answered on {day}.", day=loaded.timing.answered))
    else:
        loaded_heading.append(text("Not answered by this day."))
    return AskedSet(
        number=loaded.number,
        title=_plain(loaded.subject or loaded.number),
        asked_on=loaded.timing.asked_on,
        answered=loaded.timing.answered,
        heading=tuple(loaded_heading),
        questions=tuple(questions),
        is_fictional=False,
        is_full_text=True,
        asked_by=_members(loaded),
        put_to=_offices(loaded),
    )


def _offices(loaded: QuestionSet) -> str:
    """Return the offices that must answer, without the words for a minister before them."""
    return ", ".join(role.office for role in loaded.of_role(RoleKind.ADDRESSEE) if role.office)


def _members(loaded: QuestionSet) -> str:
    return ", ".join(
        f"{role.name} ({role.party})" if role.party else role.name
        for role in loaded.of_role(RoleKind.SUBMITTER, RoleKind.CO_SUBMITTER)
        if role.name
    )


def _plain(words: str) -> Text:
    return in_both(en=words, nl=words)
