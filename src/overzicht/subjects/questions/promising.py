"""Promises in the answers of loaded papers, their state on a date, and tasks for them in the task list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence import Citation, text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.store import decisions
from overzicht.store.tables.tasks import Task
from overzicht.subjects.questions.identifiers import address_of
from overzicht.subjects.questions.promises import Promise, promises_of
from overzicht.subjects.questions.showing import all_sets, show_set

SUBJECT = "question:"  # how the subject of a task about a question set begins


class PromiseState(WordedEnum):
    """State of a promise on a date. Only a closed task shows that it was fulfilled."""

    FULFILLED = "fulfilled", text("fulfilled")
    OVERDUE = "overdue", text("overdue")
    OPEN = "open", text("open")
    NO_DATE = "no date", text("open; its words give no date")


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise with its set, state, and citation; `made_on` is the day of the answer, None if unknown.

    `task` is the number of its task, None if it has none; `outcome` is what closed it.
    """

    set_number: str
    subject: str
    promise: Promise
    made_on: date | None
    state: PromiseState
    task: int | None
    outcome: str
    citation: Citation

    @property
    def title(self) -> str:
        """The title of its task: paper, question and sentence."""
        numbers = ", ".join(map(str, self.promise.numbers))
        return f"{self.promise.paper}, {numbers}: {self.promise.sentence}"


def list_promises(connection: Connection, as_of: date, numbers: Iterable[str] = ()) -> list[PromiseLine]:
    """Return the promises in answers known on a date: the earliest last day first, those without one last.

    `numbers` are sets or papers; without any all sets are read. UnknownNameError for an unknown one.
    """
    named = list(numbers)
    sets = [show_set(connection, name, as_of) for name in named] if named else all_sets(connection, as_of)
    lines = []
    for question_set in sets:
        tasks: dict[str, Task] | None = None
        for joined in question_set.papers:
            for promise in promises_of(joined.paper):
                if tasks is None:
                    subject = SUBJECT + question_set.number
                    tasks = {
                        task.title: task
                        for task in decisions.tasks_about(connection, subject, question_set.as_of)
                    }
                paper = joined.paper
                line = PromiseLine(
                    set_number=question_set.number,
                    subject=question_set.subject,
                    promise=promise,
                    made_on=paper.dates.known_from,
                    state=_state(promise, None, question_set.as_of),
                    task=None,
                    outcome="",
                    citation=Citation(
                        source=f"questions:{question_set.number}",
                        title=paper.key,
                        place=f"answer {', '.join(map(str, promise.numbers))}",
                        address=paper.origin.address or address_of(paper.key),
                        snapshot=paper.origin.sha256,
                        published=paper.dates.known_from,
                    ),
                )
                task = tasks.get(line.title)
                if task is None:
                    line_found = line
                else:
                    state = _state(promise, task, question_set.as_of)
                    line_found = replace(line, state=state, task=task.id, outcome=task.outcome)
                lines.append(line_found)
    return sorted(
        lines, key=lambda line: (line.promise.term.last_day or date.max, line.set_number, line.title)
    )


def _state(promise: Promise, task: Task | None, as_of: date) -> PromiseState:
    if task is not None and task.closed_at:
        return PromiseState.FULFILLED
    last = task.due if task is not None and task.due is not None else promise.term.last_day
    if last is None:
        return PromiseState.NO_DATE
    return PromiseState.OVERDUE if last < as_of else PromiseState.OPEN
