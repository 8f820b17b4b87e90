"""The review of a drafted answer as lines for the terminal."""

from collections.abc import Iterator

from overzicht.evidence import text
from overzicht.reports.i18n import Words
from overzicht.subjects.answers.review import DraftReview, ReviewedSentence, ReviewState


def review_lines(review: DraftReview, words: Words) -> Iterator[str]:
    """Yield the sentences of a draft with their ids and reviews, then reviews of sentences that are gone."""
    done = len(review.sentences) - review.counts[ReviewState.OPEN] - review.counts[ReviewState.CHANGED]
    yield words.say(text("Reviewed sentences: {done} of {total}.", done=done, total=len(review.sentences)))
    number = 0
    for sentence in review.sentences:
        if sentence.question != number:
            number = sentence.question
            yield ""
            yield words.say(text("Question {number}", number=number))
        yield from _lines(sentence, words)
    if review.gone:
        yield ""
        yield words.say(text("Reviews of sentences that are no longer in the draft"))
        yield from (
            f"  #{old.id}  {words.say(old.decision.words)}: {words.say(old.drafted)}" for old in review.gone
        )


def _lines(sentence: ReviewedSentence, words: Words) -> Iterator[str]:
    yield f"  {sentence.id}  [{words.say(sentence.state.words)}] {words.say(sentence.text)}"
    review = sentence.review
    if review is None:
        return
    reason = f": {review.reason}" if review.reason else ""
    yield f"      #{review.id}  {words.say(review.decision.words)}, {review.actor}, {review.at[:10]}{reason}"
    if sentence.state is ReviewState.CHANGED:
        label = text("reviewed sentence")
        yield f"      {words.say(label)}: {words.say(review.drafted)}"
