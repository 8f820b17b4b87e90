"""Drafted answers and their review: a person accepts, edits or strikes each sentence, with the reason."""

from typing import Annotated

from pydantic import Field

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence.limited import Key, Lines, Number
from overzicht.evidence.text import text
from overzicht.kit.ask import EDITOR, OVERALL_READER, Ask
from overzicht.kit.operation import (
    BACK,
    Body,
    Command,
    Form,
    MisuseError,
    Paging,
    Param,
    Part,
    Route,
    operation,
)
from overzicht.store.log import log_end
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.review import DraftReview, review_of
from overzicht.subjects.answers.review import reviewed as reviewed_report
from overzicht.subjects.answers.review_lines import review_lines
from overzicht.subjects.answers.sets import SetLine, known_sets
from overzicht.subjects.questions import reviews_records as reviews
from overzicht.subjects.questions.reviews import Decision, SentenceReview
from overzicht.subjects.questions.reviews import Part as SentencePart

LONGEST_WORDING = 2_000  # characters of a sentence
Reviewed = Annotated[bool, Field(description="in the words of the review")]


class ReviewRefusedError(OverzichtError):
    """A decision on a sentence does not fit: it has no reason, or no new sentence."""


@operation(Route("GET /answers", OVERALL_READER, summary="Sets of questions that can be answered"))
def answers(ask: Ask, paging: Paging) -> Part[SetLine]:
    """Return the sets that existed on the date: packaged sets first, then sets with loaded papers."""
    with ask.store.reading() as connection:
        return paging.part(known_sets(connection, ask.day))


@operation(Route("GET /answers/{number}", OVERALL_READER, summary="A drafted answer"))
def answer(ask: Ask, number: Key, *, reviewed: Reviewed = False) -> AnswerReport:
    """Return the draft for a set: per question the cited facts, the given answer and what is still open."""
    report = draft_of(ask, number)
    return reviewed_draft(ask, report) if reviewed else report


@operation(Route("GET /answers/{number}/review", OVERALL_READER, summary="The review of a draft"))
def review(ask: Ask, number: Key) -> DraftReview:
    """Return every sentence of a draft with its id and review, and reviews of sentences that are gone."""
    return review_draft(ask, draft_of(ask, number))


@operation(
    Route(
        "POST /answers/{number}/review",
        EDITOR,
        Body(
            "ReviewRequest",
            "A decision on a sentence; `wording` is the new sentence of an edit. Edit and strike need a "
            "reason.",
        ),
        "Review a sentence",
        has_names=True,
        is_new=True,
    ),
    Form(BACK),
    is_dated=True,
)
def review_sentence(
    ask: Ask, number: Key, sentence: Key, decision: Decision, *, wording: Lines = "", reason: Lines = ""
) -> DraftReview:
    """Record a decision on a sentence. An earlier decision on it remains in the log."""
    return _decide(ask, draft_of(ask, number), sentence, decision, (wording, reason))


@operation(
    Route("POST /answers/{number}/review/{review_id}/withdraw", EDITOR, summary="Withdraw a review"),
    Form(BACK),
    is_dated=True,
)
def withdraw_review(ask: Ask, number: Key, review_id: Number) -> DraftReview:
    """Withdraw a decision on a sentence. It remains in the log."""
    return _withdraw(ask, draft_of(ask, number), review_id)


@operation(Command("questions review", review_lines, options=("as-of", "lang", "by", "json")))
def review_draft_of(  # noqa: PLR0913 - the options of one decision
    ask: Ask,
    number: str,
    sentence: str = "",
    *,
    decision: Annotated[Decision | None, Param("Decision on the sentence.")] = None,
    wording: Annotated[str, Param("New sentence, for --decision edit.", option="--text")] = "",
    reason: Annotated[str, Param("Reason (required to edit or strike).")] = "",
    withdraw: Annotated[int | None, Param("Withdraw the review with this number.", metavar="REVIEW")] = None,
) -> DraftReview:
    """Review the draft answer to a set: list its sentences, or decide on SENTENCE.

    A decision is recorded with your name and the reason. An edited sentence keeps its sources. If the facts
    of a reviewed sentence change, the sentence is shown as changed, and the decision no longer counts.
    `overzicht answer NUMBER --reviewed` writes the reviewed text.
    """
    if bool(sentence) != (decision is not None):
        raise MisuseError(text("a decision needs a sentence and --decision"))
    report = draft_of(ask, number)
    if withdraw is not None:
        _withdraw(ask, report, withdraw)
    if decision is not None:
        _decide(ask, report, sentence, decision, (wording, reason))
    return review_draft(ask, report)


def draft_of(ask: Ask, number: str) -> AnswerReport:
    """Return the cached draft of a set; UnknownNameError lists the known sets.

    Every change of dossiers, register, lists and papers is in the log: its newest hash identifies the state.
    """
    with ask.store.reading() as connection:
        key = ("answer", number, ask.day, log_end(connection).hash)
    return ask.cached(key, lambda: answer_set(ask.store, number, AnswerChoices(), ask.day))


def review_draft(ask: Ask, report: AnswerReport) -> DraftReview:
    """Return the review of a draft with the decisions in force."""
    with ask.store.reading() as connection:
        return review_of(report, reviews.reviews_of(connection, report.number))


def reviewed_draft(ask: Ask, report: AnswerReport) -> AnswerReport:
    """Return the draft in the reviewed words."""
    return reviewed_report(report, review_draft(ask, report))


def _withdraw(ask: Ask, report: AnswerReport, review_id: int) -> DraftReview:
    with ask.writing() as tx:
        reviews.withdraw_review(tx, report.number, review_id)
    return review_draft(ask, report)


def _decide(
    ask: Ask, report: AnswerReport, sentence_id: str, decision: Decision, words: tuple[str, str]
) -> DraftReview:
    """Record a decision on a sentence, with the new sentence of an edit and the reason.

    UnknownNameError if the draft has no such sentence, ReviewRefusedError for a decision that does not fit.
    """
    wording, reason = (" ".join(part.split()) for part in words)
    sentences = {sentence.id: sentence for sentence in review_draft(ask, report).sentences}
    sentence = sentences.get(sentence_id)
    if sentence is None:
        raise UnknownNameError("sentence of the draft", sentence_id)
    if decision is not Decision.ACCEPT and not reason:
        raise ReviewRefusedError("a reason is required to edit or strike a sentence", fix="state the reason")
    if decision is Decision.EDIT and not wording:
        raise ReviewRefusedError("an edit needs the new sentence", fix="write the sentence")
    if decision is not Decision.EDIT and wording:
        raise ReviewRefusedError("only an edit has a new sentence", fix="choose edit, or leave the text out")
    if len(wording) > LONGEST_WORDING:
        raise ReviewRefusedError(
            f"the sentence is longer than {LONGEST_WORDING} characters", fix="shorten it"
        )
    if decision is Decision.STRIKE and sentence.part is SentencePart.FIRST:
        raise ReviewRefusedError("the first line cannot be struck: it is the answer", fix="edit it")
    review = SentenceReview(
        set_number=report.number,
        question=sentence.question,
        part=sentence.part,
        sentence=sentence.id,
        decision=decision,
        drafted=sentence.drafted,
        wording=wording,
        as_of=report.as_of.isoformat(),
        reason=reason,
    )
    with ask.writing() as tx:
        reviews.add_review(tx, review)
    return review_draft(ask, report)
