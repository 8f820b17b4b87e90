"""Review of drafted answers: each sentence is accepted, edited or struck by a person, with the reason."""

from dataclasses import dataclass

from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.review import DraftReview, review_of, reviewed
from overzicht.subjects.questions import reviews_records as reviews
from overzicht.subjects.questions.reviews import Decision, Part, SentenceReview

LONGEST_WORDING = 2_000  # characters of a sentence


class ReviewRefusedError(OverzichtError):
    """A decision on a sentence does not fit: it has no reason, or no new sentence."""


@dataclass(frozen=True, slots=True)
class NewReview:
    """A decision on the sentence of an id; `wording` is the new sentence of an edit, else empty."""

    sentence: str
    decision: Decision
    wording: str = ""
    reason: str = ""


def review_draft(store: Store, report: AnswerReport) -> DraftReview:
    """Return the review of a draft with the decisions in force."""
    with store.reading() as connection:
        return review_of(report, reviews.reviews_of(connection, report.number))


def reviewed_draft(store: Store, report: AnswerReport) -> AnswerReport:
    """Return the draft in the reviewed words."""
    return reviewed(report, review_draft(store, report))


def review_sentence(store: Store, report: AnswerReport, new: NewReview, act: Actor) -> int:
    """Record a decision on a sentence of a draft, and return its number; an earlier one no longer counts.

    UnknownNameError if the draft has no such sentence, ReviewRefusedError for a decision that does not fit.
    """
    sentences = {sentence.id: sentence for sentence in review_draft(store, report).sentences}
    sentence = sentences.get(new.sentence)
    if sentence is None:
        raise UnknownNameError("sentence of the draft", new.sentence)
    wording, reason = " ".join(new.wording.split()), " ".join(new.reason.split())
    decision = new.decision
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
    if decision is Decision.STRIKE and sentence.part is Part.FIRST:
        raise ReviewRefusedError("the first line cannot be struck: it is the answer", fix="edit it")
    review = SentenceReview(
        set_number=report.number,
        question=sentence.question,
        part=sentence.part,
        sentence=sentence.id,
        decision=new.decision,
        drafted=sentence.drafted,
        wording=wording,
        as_of=report.as_of.isoformat(),
        reason=reason,
    )
    with store.writing(act.name, act.at) as tx:
        return reviews.add_review(tx, review)


def withdraw_review(store: Store, set_number: str, number: int, act: Actor) -> None:
    """Withdraw a decision; UnknownNameError if the set has none of this number in force."""
    with store.writing(act.name, act.at) as tx:
        reviews.withdraw_review(tx, set_number, number)
