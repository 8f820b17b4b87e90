"""`/answers`: sets of parliamentary questions that can be answered, and drafts with their sources."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from pydantic import BaseModel

from overzicht.errors import InputFileError
from overzicht.store.log import log_end
from overzicht.subjects.answers import reviewing
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.papers import MAX_BYTES, PASTED, PaperFile, keep_paper
from overzicht.subjects.answers.review import DraftReview
from overzicht.subjects.answers.sets import SetLine, known_sets
from overzicht.subjects.questions.reviews import Decision
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, OverallReader
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Lines, LongText, Number
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES
from overzicht.web.uploads import read_small

router = APIRouter(prefix="/answers", tags=["answers"])


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """A paper in a request: a file, or a text; the file counts if both are given."""

    file: Annotated[
        UploadFile | None, File(description="PDF, Word, OpenDocument, HTML, XML, text, or a set in YAML")
    ] = None
    text: Annotated[LongText, Form(description="the pasted text of a paper")] = ""

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        return self.file is not None and bool(self.file.filename)

    def paper(self) -> PaperFile:
        """Return the paper; InputFileError if the request has none."""
        if self.file is not None and self.has_file:
            return PaperFile(*read_small(self.file, MAX_BYTES))
        if not self.text.strip():
            raise InputFileError(PASTED, "it is empty", fix="paste the text of the questions, or give a file")
        return PaperFile.pasted(self.text)


Given = Annotated[GivenPaper, Depends()]


class SavedPaper(BaseModel):
    """The number of the set of a saved paper; its draft is at `/answers/{number}`."""

    number: str


@router.get("", summary="Sets of questions that can be answered")
def answers(context: OverallReader, day: OnDay, paging: Paged) -> Page[SetLine]:
    """Return the sets that existed on the date: packaged sets first, then sets with loaded papers."""
    with context.store.reading() as connection:
        return paging.cut(known_sets(connection, day))


@router.post("", summary="Answer a paper", openapi_extra=HAS_NAMES)
def answer_paper(context: OverallReader, day: OnDay, given: Given) -> AnswerReport:
    """Return the draft for a file or a pasted text. Nothing is saved."""
    return answer_set(context.store, "", AnswerChoices(paper=given.paper()), day)


@router.post("/papers", status_code=201, summary="Save a paper", openapi_extra=HAS_NAMES)
def save_paper(context: Editor, given: Given) -> SavedPaper:
    """Save a file or a pasted text as the paper of a set, so that its draft can be reviewed."""
    return SavedPaper(number=keep_paper(context.store, given.paper(), context.actor()))


@router.get("/{number}", summary="A drafted answer")
def answer(
    context: OverallReader,
    day: OnDay,
    number: Key,
    *,
    reviewed: Annotated[bool, Query(description="in the words of the review")] = False,
) -> AnswerReport:
    """Return the draft for a set: per question the cited facts, the given answer and what is still open."""
    report = draft_of(context, number, day)
    return reviewing.reviewed_draft(context.store, report) if reviewed else report


class ReviewRequest(BaseModel):
    """A decision on a sentence; `wording` is the new sentence of an edit. Edit and strike need a reason."""

    sentence: Key
    decision: Decision
    wording: Lines = ""
    reason: Lines = ""


@router.get("/{number}/review", summary="The review of a draft")
def review(context: OverallReader, day: OnDay, number: Key) -> DraftReview:
    """Return every sentence of a draft with its id and review, and reviews of sentences that are gone."""
    return reviewing.review_draft(context.store, draft_of(context, number, day))


@router.post("/{number}/review", status_code=201, summary="Review a sentence", openapi_extra=HAS_NAMES)
def review_sentence(context: Editor, day: OnDay, number: Key, request: ReviewRequest) -> DraftReview:
    """Record a decision on a sentence. An earlier decision on it remains in the log."""
    report = draft_of(context, number, day)
    new = reviewing.NewReview(request.sentence, request.decision, request.wording, request.reason)
    reviewing.review_sentence(context.store, report, new, context.actor())
    return reviewing.review_draft(context.store, report)


@router.post("/{number}/review/{review_id}/withdraw", summary="Withdraw a review")
def withdraw_review(context: Editor, day: OnDay, number: Key, review_id: Number) -> DraftReview:
    """Withdraw a decision on a sentence. It remains in the log."""
    report = draft_of(context, number, day)
    reviewing.withdraw_review(context.store, report.number, review_id, context.actor())
    return reviewing.review_draft(context.store, report)


def draft_of(context: RequestContext, number: str, day: date) -> AnswerReport:
    """Return the cached draft of a set; UnknownNameError lists the known sets.

    Every change of dossiers, register, lists and papers is in the log: its newest hash identifies the state.
    """
    with context.store.reading() as connection:
        key = ("answer", number, day, log_end(connection).hash)
    return context.cache.get(key, lambda: answer_set(context.store, number, AnswerChoices(), day))
