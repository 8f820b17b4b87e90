"""Reviews of drafted answers: what a decision does to a sentence, and what a changed fact does to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answer_samples import report

from overzicht.evidence import Text, text
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.review import (
    DraftReview,
    ReviewedSentence,
    ReviewState,
    review_of,
    reviewed,
    sentence_id,
)
from overzicht.subjects.questions.reviews import Decision, Part, SentenceReview

DRAFT = report()


def decided(
    sentence: ReviewedSentence, decision: Decision, wording: str = "", draft: AnswerReport = DRAFT
) -> SentenceReview:
    day = draft.as_of.isoformat()
    name, part = sentence.id, sentence.part
    return SentenceReview(
        draft.number, sentence.question, part, name, decision, sentence.drafted, wording, day, "r"
    )


def find(review: DraftReview, part: Part, question: int = 1) -> ReviewedSentence:
    return next(item for item in review.sentences if (item.part, item.question) == (part, question))


def applied(*decisions: tuple[Part, Decision, str], draft: AnswerReport = DRAFT) -> AnswerReport:
    plain = review_of(draft, ())
    reviews = [decided(find(plain, part), decision, words) for part, decision, words in decisions]
    return reviewed(draft, review_of(draft, reviews))


def with_fact(words: Text, as_of: date = DRAFT.as_of) -> AnswerReport:
    first, *others = DRAFT.questions
    changed = replace(first, facts=(replace(first.facts[0], text=words),))
    return replace(DRAFT, questions=(changed, *others), as_of=as_of)


def facts_of(draft: AnswerReport) -> Sequence[str]:
    return [str(fact.text) for fact in draft.question(1).all_facts]


def test_every_sentence_of_a_draft_is_open_at_first() -> None:
    review = review_of(DRAFT, ())
    assert {item.state for item in review.sentences} == {ReviewState.OPEN}
    assert review.counts[ReviewState.OPEN] == len(review.sentences) == 9
    assert {item.part for item in review.sentences if item.question == 1} == set(Part)
    assert reviewed(DRAFT, review).questions == DRAFT.questions


def test_an_edited_sentence_keeps_its_sources_and_a_struck_one_is_left_out() -> None:
    edited = applied((Part.FACTS, Decision.EDIT, "In {mijn} woorden."), (Part.MORE, Decision.STRIKE, ""))
    assert facts_of(edited) == ["In {mijn} woorden."]
    assert edited.question(1).facts[0].citations == DRAFT.question(1).facts[0].citations
    assert "Reviewed sentences: 2 of 9" in str(edited.notes[-1])


def test_points_and_the_first_line_are_reviewed_too() -> None:
    edited = applied(
        (Part.FIRST, Decision.EDIT, "Ja."),
        (Part.JUDGEMENT, Decision.STRIKE, ""),
        (Part.MISSING, Decision.STRIKE, ""),
    )
    question = edited.question(1)
    assert (str(question.first.text), question.judgement, question.missing) == ("Ja.", (), ())
    assert question.first.kind is DRAFT.question(1).first.kind


def test_a_question_refers_to_another_only_as_long_as_both_answers_are_equal() -> None:
    assert applied((Part.FACTS, Decision.ACCEPT, "")).question(2).same_as == 1
    assert applied((Part.FACTS, Decision.STRIKE, "")).question(2).same_as == 0


def test_a_changed_fact_under_an_accepted_sentence_is_shown_and_the_decision_no_longer_counts() -> None:
    plain = review_of(DRAFT, ())
    reviews = [decided(find(plain, Part.FACTS), Decision.EDIT, "Oude woorden.")]
    values = dict(DRAFT.question(1).facts[0].text.values)
    later = with_fact(text(DRAFT.question(1).facts[0].text.template, **{**values, "since": date(2025, 1, 1)}))
    review = review_of(later, reviews)
    changed = find(review, Part.FACTS)
    assert changed.state is ReviewState.CHANGED
    assert changed.review == reviews[0]
    assert review.gone == ()
    assert "2025-01-01" in facts_of(reviewed(later, review))[0]
    gone = review_of(with_fact(text("Something else.")), reviews)
    assert find(gone, Part.FACTS).state is ReviewState.OPEN
    assert gone.gone == tuple(reviews)


def test_a_changed_first_line_is_shown_whatever_its_new_words() -> None:
    reviews = [decided(find(review_of(DRAFT, ()), Part.FIRST), Decision.ACCEPT)]
    first, *others = DRAFT.questions
    other = replace(first, first=replace(first.first, text=text("No: nothing.")))
    review = review_of(replace(DRAFT, questions=(other, *others)), reviews)
    assert find(review, Part.FIRST).state is ReviewState.CHANGED


def test_the_date_of_the_draft_does_not_change_a_sentence_and_any_other_date_does() -> None:
    def of(day: date, as_of: date) -> str:
        return sentence_id(1, text("On {day} it was listed.", day=day), as_of)

    first, second = date(2026, 2, 1), date(2026, 2, 2)
    assert of(first, first) == of(second, second)
    assert of(first, first) != of(first, second)
    assert sentence_id(1, text("a"), first) != sentence_id(2, text("a"), first)
