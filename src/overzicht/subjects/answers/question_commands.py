"""`overzicht questions review` and `watch`: decisions on a drafted answer, and answers that data change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import click

from overzicht.cli.commands import command
from overzicht.cli.language import translate
from overzicht.cli.options import DayType, Request, ValueChoice, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import text
from overzicht.reports.i18n import Words
from overzicht.subjects.answers.review import DraftReview, ReviewedSentence, ReviewState
from overzicht.subjects.questions.following_commands import tasks_option
from overzicht.subjects.questions.reviews import Decision


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """A decision, as it is typed."""

    decision: Decision | None
    wording: str
    reason: str
    withdraw: int | None


@command()
@click.argument("number")
@click.argument("sentence", required=False, default="")
@click.option("--decision", type=ValueChoice(Decision), help="Decision on the sentence.")
@click.option("--text", "wording", default="", help="New sentence, for --decision edit.")
@click.option("--reason", default="", help="Reason (required to edit or strike).")
@click.option("--withdraw", type=int, metavar="REVIEW", help="Withdraw the review with this number.")
@standard("as-of", "lang", "by", "json", options=ReviewOptions)
def review(request: Request, number: str, sentence: str, options: ReviewOptions) -> None:
    """Review the draft answer to a set: list its sentences, or decide on SENTENCE.

    A decision is recorded with your name and the reason. An edited sentence keeps its sources. If the facts
    of a reviewed sentence change, the sentence is shown as changed, and the decision no longer counts.
    `overzicht answer NUMBER --reviewed` writes the reviewed text.
    """
    from overzicht.subjects.answers.drafting import AnswerChoices, answer_set  # noqa: PLC0415 - only here
    from overzicht.subjects.answers.reviewing import NewReview, review_draft, review_sentence, withdraw_review  # noqa: PLC0415

    if bool(sentence) != (options.decision is not None):
        raise click.UsageError(translate("a decision needs a sentence and --decision"))
    report = answer_set(request.store, number, AnswerChoices(), request.as_of)
    if options.withdraw is not None:
        withdraw_review(request.store, report.number, options.withdraw, request.act)
    if options.decision is not None:
        new = NewReview(sentence, options.decision, options.wording, options.reason)
        review_sentence(request.store, report, new, request.act)
    result = review_draft(request.store, report)
    request.show(lambda: result, lambda: review_lines(result, request.words))


@command()
@click.argument("numbers", nargs=-1)
@click.option("--since", type=DayType(), help="Compare with this date. Default: the day of each answer.")
@tasks_option
@standard("as-of", "lang", "by", "json")
def watch(request: Request, numbers: tuple[str, ...], since: date | None, *, open_tasks: bool) -> int:
    """List earlier answers that new data change: the same queries on the data of both dates.

    NUMBERS are answered sets. Default: all. Only questions that name a party or a list are answered again.
    The exit code is 0 if nothing changed, and 1 if a first line changed.
    """
    from overzicht.subjects.answers import watching  # noqa: PLC0415 - drafts answers
    from overzicht.subjects.answers.watch_lines import watch_lines  # noqa: PLC0415 - only here

    report = watching.watch(request.store, request.as_of, since, numbers)
    if open_tasks:
        watching.open_watch_tasks(request.store, report, request.act)
    request.show(lambda: report, lambda: watch_lines(report, request.words))
    is_alarm = any(change.difference in watching.ALARMING for change in report.changes)
    return EXIT_INCOMPLETE if is_alarm else EXIT_OK


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
