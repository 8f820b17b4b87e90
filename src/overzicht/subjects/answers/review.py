"""The review of a drafted answer: a decision per sentence, and the draft with the reviewed text."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from overzicht.evidence import Citation, Text, plain_text, text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.answers.model import AnsweredQuestion, AnswerReport
from overzicht.subjects.questions.reviews import Decision, Part, SentenceReview

ID_LENGTH = 12  # characters of the hash that names a sentence


class ReviewState(WordedEnum):
    """The state of a sentence in a review."""

    OPEN = "open", text("not reviewed")
    ACCEPTED = "accepted", text("accepted")
    EDITED = "edited", text("edited")
    STRUCK = "struck", text("struck")
    CHANGED = "changed", text("changed since the review")


STATES = {
    Decision.ACCEPT: ReviewState.ACCEPTED,
    Decision.EDIT: ReviewState.EDITED,
    Decision.STRIKE: ReviewState.STRUCK,
}


@dataclass(frozen=True, slots=True)
class ReviewedSentence:
    """A sentence of a draft with its review.

    `text` is the sentence for the answer: the reviewer's wording if it was edited. `drafted` is the sentence
    of the data. In the state `changed`, `review` is that of an earlier form of the sentence.
    """

    id: str
    question: int
    part: Part
    text: Text
    drafted: Text
    citations: tuple[Citation, ...]
    state: ReviewState
    review: SentenceReview | None


@dataclass(frozen=True, slots=True)
class DraftReview:
    """The review of a draft: its sentences in order, and reviews of sentences that it no longer has."""

    number: str
    title: Text
    as_of: date
    counts: Mapping[ReviewState, int]
    sentences: tuple[ReviewedSentence, ...]
    gone: tuple[SentenceReview, ...]


def sentence_id(question: int, drafted: Text, as_of: date) -> str:
    """Return the id of a sentence; the date of the draft does not count, every other value does."""
    content = json.dumps([question, _dateless(drafted.to_json(), as_of.isoformat())], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:ID_LENGTH]


def _dateless(value: Any, as_of: str) -> Any:
    if isinstance(value, dict):
        return {
            key: _dateless(inner, as_of) for key, inner in value.items() if (key, inner) != ("date", as_of)
        }
    return value


def review_of(report: AnswerReport, reviews: Sequence[SentenceReview]) -> DraftReview:
    """Return the review of a draft from the decisions in force.

    A sentence whose words changed since its review counts as changed: the decision was about other facts.
    """
    left = {review.sentence: review for review in reviews}
    # every sentence of a draft once per question, not reviewed
    drafted: list[ReviewedSentence] = []
    for question in report.questions:
        seen: set[str] = set()
        parts: list[tuple[Part, Text, tuple[Citation, ...]]] = []
        parts.append((Part.FIRST, question.first.text, ()))
        for own_part, cited in ((Part.FACTS, question.facts), (Part.MORE, question.more)):
            for sentence_cited in cited:
                parts.append((own_part, sentence_cited.text, sentence_cited.citations))
        for own_part, points in ((Part.JUDGEMENT, question.judgement), (Part.MISSING, question.missing)):
            for point in points:
                parts.append((own_part, point, ()))
        for part, drafted_sentence, citations in parts:
            name = sentence_id(question.number, drafted_sentence, report.as_of)
            if name not in seen:
                seen.add(name)
                drafted.append(
                    ReviewedSentence(
                        name,
                        question.number,
                        part,
                        drafted_sentence,
                        drafted_sentence,
                        citations,
                        ReviewState.OPEN,
                        None,
                    )
                )
    own = {sentence.id: left.pop(sentence.id, None) for sentence in drafted}
    sentences = []
    for sentence in drafted:
        review = own[sentence.id]
        if review is not None:
            earlier = None
        else:
            # the review of an earlier form of a sentence: equal words, half of the values; None without
            # one. The first line of a question is one sentence in every form.
            same = [review for review in left.values() if _is_form_of(review, sentence)]
            earlier = max(same, key=lambda review: _shared(review.drafted, sentence.drafted), default=None)
        if earlier is not None:
            del left[earlier.sentence]
            sentences.append(replace(sentence, state=ReviewState.CHANGED, review=earlier))
        elif review is not None:
            words = plain_text(review.wording) if review.decision is Decision.EDIT else sentence.drafted
            sentences.append(replace(sentence, text=words, state=STATES[review.decision], review=review))
        else:
            sentences.append(sentence)
    states = [sentence.state for sentence in sentences]
    counts = {state: states.count(state) for state in ReviewState}
    return DraftReview(
        report.number, report.title, report.as_of, counts, tuple(sentences), tuple(left.values())
    )


def _is_form_of(review: SentenceReview, sentence: ReviewedSentence) -> bool:
    if review.question != sentence.question:
        return False
    if Part.FIRST in (review.part, sentence.part):
        return review.part is sentence.part
    shared, values = _shared(review.drafted, sentence.drafted), sentence.drafted.values
    return review.drafted.template == sentence.drafted.template and 0 < len(values) <= 2 * shared


def _shared(left: Text, right: Text) -> int:
    """Return how many values two sentences have in common."""
    return sum(value in right.values for value in left.values)


def reviewed(report: AnswerReport, review: DraftReview) -> AnswerReport:
    """Return the draft in the reviewed words: without struck sentences; an edited one keeps its citations."""
    by_id = {(sentence.question, sentence.id): sentence for sentence in review.sentences}
    questions: list[AnsweredQuestion] = []
    for question in report.questions:
        made = _reviewed(question, by_id, report.as_of)
        same = next((other for other in questions if other.number == made.same_as), None)
        is_same = same is not None and (same.first, same.all_facts) == (made.first, made.all_facts)
        questions.append(made if is_same else replace(made, same_as=0))
    done = len(review.sentences) - review.counts[ReviewState.OPEN] - review.counts[ReviewState.CHANGED]
    note = text(
        "Reviewed sentences: {done} of {total}. Struck sentences are left out.",
        done=done,
        total=len(review.sentences),
    )
    return replace(report, questions=tuple(questions), notes=(*report.notes, note))


def _reviewed(
    question: AnsweredQuestion, by_id: Mapping[tuple[int, str], ReviewedSentence], as_of: date
) -> AnsweredQuestion:
    def words(drafted: Text) -> Text | None:
        sentence = by_id[question.number, sentence_id(question.number, drafted, as_of)]
        return None if sentence.state is ReviewState.STRUCK else sentence.text

    def points(given: tuple[Text, ...]) -> tuple[Text, ...]:
        return tuple(kept for point in given if (kept := words(point)) is not None)

    facts, more = (
        tuple(replace(fact, text=kept) for fact in given if (kept := words(fact.text)) is not None)
        for given in (question.facts, question.more)
    )
    return replace(
        question,
        first=replace(question.first, text=words(question.first.text) or question.first.text),
        facts=facts,
        more=more,
        judgement=points(question.judgement),
        missing=points(question.missing),
    )
