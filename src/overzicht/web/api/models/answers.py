"""Answers to parliamentary questions, drafted from what is loaded."""

from datetime import date

from pydantic import BaseModel, Field

from overzicht.reports.answers.model import AnsweredQuestion, AnswerReport, Origin, Sentence
from overzicht.reports.i18n import Words
from overzicht.web.api.models.shared import CitationModel
from overzicht.workflows.answers.sets import SetLine


class SetModel(BaseModel):
    """A set of questions; `answered` is null where nobody answered by the day."""

    number: str
    title: str
    questions: int
    asked: date | None
    answered: date | None
    is_fictional: bool
    is_loaded: bool = Field(description="whether its papers are loaded; else it ships as facts")

    @classmethod
    def of(cls, line: SetLine, words: Words) -> "SetModel":
        """Return the form of a set."""
        return cls(
            number=line.number, title=words.say(line.title), questions=line.questions, asked=line.asked,
            answered=line.answered, is_fictional=line.is_fictional, is_loaded=line.is_loaded,
        )  # fmt: skip


class SentenceModel(BaseModel):
    """A cited sentence; `origin` tells own data, shipped evidence, and bodies that are invented apart."""

    text: str
    origin: Origin
    citations: list[CitationModel]

    @classmethod
    def of(cls, sentence: Sentence, words: Words) -> "SentenceModel":
        """Return the form of a sentence."""
        return cls(
            text=words.say(sentence.text), origin=sentence.origin,
            citations=[CitationModel.of(each) for each in sentence.citations],
        )  # fmt: skip


class AnsweredModel(BaseModel):
    """A question with its draft; without any fact `missing` says so."""

    number: int
    question: str
    kinds: list[str]
    facts: list[SentenceModel]
    answered_then: SentenceModel | None
    judgement: list[str]
    missing: list[str]

    @classmethod
    def of(cls, one: AnsweredQuestion, words: Words) -> "AnsweredModel":
        """Return the form of a question."""
        return cls(
            number=one.number, question=words.say(one.question), kinds=list(one.kinds),
            facts=[SentenceModel.of(fact, words) for fact in one.facts],
            answered_then=SentenceModel.of(one.answered_then, words) if one.answered_then else None,
            judgement=[words.say(each) for each in one.judgement],
            missing=[words.say(each) for each in one.missing],
        )  # fmt: skip


class AnswerModel(BaseModel):
    """A drafted answer to a set on a day."""

    number: str
    title: str
    as_of: date
    language: str
    version: str
    is_fictional: bool
    is_full_text: bool = Field(description="whether the questions are in the words of the loaded paper")
    heading: list[str]
    notes: list[str]
    questions: list[AnsweredModel]

    @classmethod
    def of(cls, report: AnswerReport, words: Words) -> "AnswerModel":
        """Return the form of an answer in a language."""
        return cls(
            number=report.number, title=words.say(report.title), as_of=report.as_of,
            language=words.lang.value, version=report.version, is_fictional=report.is_fictional,
            is_full_text=report.is_full_text, heading=[words.say(each) for each in report.heading],
            notes=[words.say(each) for each in report.notes],
            questions=[AnsweredModel.of(one, words) for one in report.questions],
        )  # fmt: skip
