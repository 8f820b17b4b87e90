"""Earlier answers that new data change: the command, and the route among those of questions."""

from datetime import date
from typing import Annotated

from pydantic import Field

from overzicht.evidence.text import Text
from overzicht.kit.ask import OVERALL_READER, Ask
from overzicht.kit.operation import Command, Param, Route, operation
from overzicht.store import decisions
from overzicht.store.log import log_end
from overzicht.subjects.answers import watching
from overzicht.subjects.answers.model import WatchReport
from overzicht.subjects.answers.watch_lines import watch_lines
from overzicht.subjects.questions.promising import SUBJECT
from overzicht.subjects.questions.question_sets import OpenTasks

Since = Annotated[
    date | None,
    Field(description="compare with this date; else the day of each answer"),
    Param("Compare with this date. Default: the day of each answer."),
]


@operation(
    Command(
        "questions watch",
        watch_lines,
        is_incomplete=lambda report: any(change.difference in watching.ALARMING for change in report.changes),
        options=("as-of", "lang", "by", "json"),
    )
)
def watch_answers(
    ask: Ask, numbers: tuple[str, ...] = (), *, since: Since = None, open_tasks: OpenTasks = False
) -> WatchReport:
    """List earlier answers that new data change: the same queries on the data of both dates.

    NUMBERS are answered sets. Default: all. Only questions that name a party or a list are answered again.
    The exit code is 0 if nothing changed, and 1 if a first line changed.
    """
    report = watching.watch(ask.store, ask.day, since, numbers)
    if open_tasks:
        with ask.writing() as tx:
            for change in report.changes:
                if change.difference in watching.ALARMING:
                    values = (
                        ("after", change.after.text),
                        ("before", change.before.text),
                        ("number", change.number),
                    )
                    title = Text("Question {number}: {after} Earlier answer: {before}", values)
                    decisions.open_task_once(tx, SUBJECT + change.set_number, str(title), again=False)
    return report


@operation(Route("GET /questions/watch", OVERALL_READER, summary="Earlier answers that new data change"))
def watch(ask: Ask, since: Since = None) -> WatchReport:
    """Return the answered questions whose first line or cited facts differ between the two dates."""
    with ask.store.reading() as connection:
        key = ("watch", since, ask.day, log_end(connection).hash)
    return ask.cached(key, lambda: watch_answers(ask, since=since))
