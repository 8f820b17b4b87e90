"""Watch over earlier answers: the queries of answered questions are asked again on a later date.

Only questions that name a party or a list are repeated. The data behind the others cannot change. Updated
lists, added devices and new law all show in the answers.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection

from overzicht.evidence import text
from overzicht.store.alerts import UseKind
from overzicht.store.database import Store
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.alerts.party_uses import Use, Uses
from overzicht.subjects.answers.comparing import compare
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.answers.model import Difference, QuestionChange, WatchReport
from overzicht.subjects.answers.reading.grammar import Earlier, lists_of, read_question
from overzicht.subjects.answers.reading.names import Subject
from overzicht.subjects.answers.reading.query import Reading
from overzicht.subjects.answers.sets import AskedSet, find_set, known_sets
from overzicht.subjects.questions.promising import SUBJECT
from overzicht.subjects.questions.reviews_records import reviewed_sets

PLAIN = AnswerChoices(with_earlier=False)
ALARMING = frozenset({Difference.CONTRADICTED, Difference.UNSETTLED, Difference.SETTLED})


def watch(store: Store, as_of: date, since: date | None = None, numbers: Sequence[str] = ()) -> WatchReport:
    """Return what changed in the answers to the questions answered by `since`, compared with `as_of`.

    Without `since` each set is compared with the day of its own answer. `numbers` restrict the sets.
    UnknownNameError for an unknown set.
    """
    changes: list[QuestionChange] = []
    sets = watched = skipped = 0
    answered: list[tuple[AskedSet, date]] = []
    with store.reading() as connection:
        lines = known_sets(connection, as_of)
        named = [find_set(connection, number, as_of).number for number in numbers]
        for line in lines:
            if line.is_fictional or line.answered is None or (named and line.number not in named):
                continue
            answered_day = line.answered if since is None else since
            if line.answered <= answered_day < as_of:
                answered.append((find_set(connection, line.number, as_of), answered_day))
    for question_set, day in answered:
        # the numbers of the questions that name a party or a list, or mean a group of parties
        numbers_to_repeat = [
            reading.number
            for reading in _readings(question_set)
            if reading.queries and (reading.subjects or reading.is_group or lists_of(reading))
        ]
        sets += 1
        watched += len(numbers_to_repeat)
        skipped += len(question_set.questions) - len(numbers_to_repeat)
        if numbers_to_repeat:
            before, after = (answer_set(store, question_set.number, PLAIN, on) for on in (day, as_of))
            changes += compare(before, after, numbers_to_repeat)
    order = list(Difference)
    changes.sort(key=lambda change: (order.index(change.difference), change.set_number, change.number))
    return WatchReport(since, as_of, sets, watched, skipped, tuple(changes))


def named_subjects(question_set: AskedSet) -> dict[Subject, list[int]]:
    """Return the parties that a set is about, with the numbers of the questions about each."""
    numbers: dict[Subject, list[int]] = {}
    for reading in _readings(question_set):
        for subject in reading.subjects if reading.queries else ():
            numbers.setdefault(subject, []).append(reading.number)
    return numbers


def _readings(question_set: AskedSet) -> Iterator[Reading]:
    earlier = Earlier(today=question_set.asked_on)
    for given in question_set.questions:
        reading = read_question(given.number, given.to_recognise, known=question_set.about, earlier=earlier)
        earlier = earlier.after(reading)
        yield reading


def watched_parties(connection: Connection, day: date, problems: list[StoredRecordError] | None) -> Uses:
    """Yield the parties in sets whose papers are loaded or whose draft was reviewed here."""
    del problems
    reviewed = reviewed_sets(connection)
    for line in known_sets(connection, day):
        if line.is_fictional or not (line.number in reviewed or (line.is_loaded and line.answered)):
            continue
        for subject, numbers in named_subjects(find_set(connection, line.number, day)).items():
            listed = ", ".join(map(str, numbers))
            about = text("answers of {number}, question {questions}", number=line.number, questions=listed)
            yield subject.query, Use(UseKind.ANSWER, line.number, f"{SUBJECT}{line.number}", about)
