"""`overzicht questions precedents` and `promises`: what follows from earlier answers."""

from collections.abc import Iterator

import click

from overzicht.cli.commands import command
from overzicht.cli.options import Request, standard
from overzicht.evidence import text

tasks_option = click.option(
    "--open-tasks", is_flag=True, help="Open a task for each line that has none (see `overzicht tasks`)."
)


@command()
@click.argument("number")
@click.option("--question", type=click.IntRange(1, 999), help="Only this question. Default: all.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Number of sets.")
@standard("as-of", "lang", "json")
def precedents(request: Request, number: str, question: int | None, limit: int) -> None:
    """Find the earlier questions most like those of a set, with their answers.

    NUMBER is a loaded set, or the id of one of its papers. All loaded papers and the titles of the index are
    compared. The set itself, later questions and later papers are left out. A set that the question cites
    comes first. `overzicht answer` also shows what changed since the earlier answer.
    """
    from overzicht.subjects.questions.precedents import precedents_of  # noqa: PLC0415 - compares all papers
    from overzicht.subjects.questions.views import PrecedentsView  # noqa: PLC0415 - only here

    rows = list(precedents_of(request.connection, number, request.as_of, question=question, limit=limit))

    say = request.words.say

    def lines() -> Iterator[str]:
        nothing, cited = say(text("no earlier question is like it")), say(text("cited by the question"))
        for row in rows:
            yield say(text("Question {number}", number=row.number))
            if not row.precedents:
                yield f"  {nothing}"
            for item in row.precedents:
                mark = f" ({cited})" if item.is_cited else ""
                numbers = ", ".join(map(str, item.numbers))
                day = request.words.day(item.asked_on) if item.asked_on else "?"
                yield f"  {item.set_number} {numbers}  {day}{mark}  {item.subject}"
                yield from (f"      {part}" for part in (item.question, item.answer) if part)

    request.show(lambda: list(map(PrecedentsView.of, rows)), lines)


@command()
@click.argument("numbers", nargs=-1)
@click.option("--overdue", is_flag=True, help="Only promises whose last day is before the date.")
@tasks_option
@standard("as-of", "lang", "by", "json")
def promises(request: Request, numbers: tuple[str, ...], *, overdue: bool, open_tasks: bool) -> None:
    """List promises to the House in answers, with their last day and state on a date.

    NUMBERS are sets or papers. Default: all. A term without a date stays unknown. A promise is fulfilled when
    its task is closed. With --open-tasks each promise without a task gets one.
    """
    from overzicht.subjects.questions import promising  # noqa: PLC0415 - reads all papers
    from overzicht.subjects.questions.views import PromiseView  # noqa: PLC0415 - only here

    if open_tasks:
        rows, _ = promising.open_promise_tasks(request.store, request.as_of, request.act, numbers)
    else:
        rows = promising.list_promises(request.connection, request.as_of, numbers)
    if overdue:
        rows = [row for row in rows if row.state is promising.PromiseState.OVERDUE]

    def line(row: promising.PromiseLine) -> str:
        term = row.promise.term
        last = request.words.day(term.last_day) if term.last_day else term.literal or "?"
        parts = [row.set_number, last, request.words.say(row.state.words)]
        if row.task:
            parts.append(request.words.say(text("task {number}", number=row.task)))
        return f"{'  '.join(parts)}\n    {row.title}"

    empty = request.words.say(text("no promises found"))
    request.show(lambda: list(map(PromiseView.of, rows)), lambda: map(line, rows), empty=empty)
