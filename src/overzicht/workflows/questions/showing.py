"""A set by any of its names, searching, and what is overdue, each as of a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.errors import UnknownNameError
from overzicht.questions.model import Paper
from overzicht.questions.sets import QuestionSet, SetKind, State, assemble
from overzicht.questions.words import fold, words_of
from overzicht.store.questions import papers as questions
from overzicht.store.questions.words import find_words, numbers_of

SNIPPET_BEFORE, SNIPPET_AFTER = 60, 120  # characters around the first word found


def show_set(connection: Connection, name: str, as_of: date) -> QuestionSet:
    """Return the set of a number, paper id or document number as known on a day.

    UnknownNameError where there is none, or where the set was not asked by that day.
    """
    numbers = questions.set_numbers_for(connection, name)
    if not numbers:
        raise UnknownNameError("question set", name)
    found = assembled(connection, numbers[0], as_of)
    if not is_known(found):
        asked = found.timing.asked_on
        hints = (f"asked on {asked}",) if asked else ("all its papers are of later days",)
        raise UnknownNameError(f"question set on {as_of}", name, hints)
    return found


def assembled(connection: Connection, number: str, as_of: date) -> QuestionSet:
    """Return the set of a number as known on a day."""
    readings = [stored.paper for stored in questions.papers_of(connection, number)]
    return assemble(number, questions.find_entry(connection, number), readings, as_of)


def is_known(one: QuestionSet) -> bool:
    """Whether a set was there on its day: asked by then, or on an unknown day with papers held by then."""
    if one.timing.asked_on is not None:
        return one.timing.asked_on <= one.as_of
    return bool(one.papers) or one.entry is not None


def all_sets(connection: Connection, as_of: date) -> Iterator[QuestionSet]:
    """Yield all sets that were asked by a day (or on an unknown day), by number."""
    papers = questions.all_papers(connection)
    entries = {entry.number: entry for entry in questions.all_entries(connection)}
    for number in sorted(papers.keys() | entries.keys()):
        found = assemble(number, entries.get(number), papers.get(number, ()), as_of)
        if is_known(found):
            yield found


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A set that was found: its score, and a piece of text with where it stands (`answer 11`, `title`)."""

    set: QuestionSet
    score: float
    place: str
    snippet: str


def search(
    connection: Connection, words: Sequence[str], as_of: date, limit: int
) -> tuple[list[SearchHit], int]:
    """Return the best sets that hold all words in one paper (or title), and how many there are.

    Words are folded as the texts were; `camera*` finds all that begins so. Sets asked later, and papers
    later than the day, are left out.
    """
    wanted = wanted_words(words)
    hits = find_words(connection, wanted) if wanted else []
    numbers = numbers_of(connection, [hit.owner for hit in hits])
    best: dict[str, float] = {}
    for hit in hits:
        for number in numbers.get(hit.owner, ()):
            best[number] = max(best.get(number, 0.0), hit.score)
    found: list[SearchHit] = []
    total = 0
    for number, score in sorted(best.items(), key=lambda one: (-one[1], one[0])):
        if len(found) >= limit:
            total += 1
            continue
        one = assembled(connection, number, as_of)
        place, snippet = _snippet(one, wanted)
        if snippet and is_known(one):
            total += 1
            found.append(SearchHit(one, score, place, snippet))
    return found, total


def wanted_words(words: Iterable[str]) -> list[str]:
    """Return the folded words of a question, `camer*` with its star; each once."""
    wanted: list[str] = []
    for word in " ".join(words).split():
        if word.endswith("*") and fold(word[:-1]):
            wanted.append(word)
        else:
            wanted += [found.folded for found in words_of(word)]
    return list(dict.fromkeys(wanted))


def _snippet(found: QuestionSet, wanted: Sequence[str]) -> tuple[str, str]:
    """Return place and text of the piece that holds most of the words, the first of equal ones."""
    pieces = [piece for joined in found.papers for piece in _pieces(joined.paper)]
    pieces.append(("title", found.subject))
    best = ("", "", 0)
    for place, text in pieces:
        hits = {term: start for term in wanted if (start := _first(text, term)) is not None}
        if len(hits) > best[2]:
            best = (place, _cut(text, min(hits.values())), len(hits))
    return best[0], best[1]


def _pieces(paper: Paper) -> Iterator[tuple[str, str]]:
    for question in paper.questions:
        yield f"question {_listed(question.numbers)}", question.text
    for answer in paper.answers:
        yield f"answer {_listed(answer.covers)}", answer.text
    for remark in paper.remarks:
        yield remark.title.lower() or "remark", remark.text
    for note in paper.notes:
        yield f"note {note.number}", note.text


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(str(number) for number in numbers)


def _first(text: str, term: str) -> int | None:
    stem = fold(term.rstrip("*"))
    for word in words_of(text):
        if word.folded == stem or (term.endswith("*") and word.folded.startswith(stem)):
            return word.start
    return None


def _cut(text: str, start: int) -> str:
    first = max(0, start - SNIPPET_BEFORE)
    first = text.find(" ", first) + 1 if first else 0
    last = start + SNIPPET_AFTER
    last = len(text) if last >= len(text) else max(text.rfind(" ", start, last), start + 1)
    piece = " ".join(text[first:last].split())
    return f"{'… ' if first else ''}{piece}{' …' if last < len(text) else ''}"


@dataclass(frozen=True, slots=True)
class OverdueSets:
    """Written sets without an answer on a day: those past their day, and how many could not be told.

    `finished_unknown` are finished by the index, on a day that it does not give; `undated` have no day of
    asking.
    """

    as_of: date
    late: tuple[QuestionSet, ...]
    in_time: int
    finished_unknown: int
    undated: int


def overdue(connection: Connection, as_of: date) -> OverdueSets:
    """Return what is overdue on a day, the longest open first."""
    late: list[QuestionSet] = []
    in_time = finished = undated = 0
    for one in all_sets(connection, as_of):
        if one.kind is SetKind.ORAL:
            continue
        if one.state is State.FINISHED:
            finished += 1
        elif one.state in (State.OPEN, State.POSTPONED):
            if one.timing.asked_on is None:
                undated += 1
            elif one.timing.is_late is Holds.NO:
                in_time += 1
            else:
                late.append(one)
    late.sort(key=lambda one: (-(one.timing.open_days or 0), one.number))
    return OverdueSets(as_of, tuple(late), in_time, finished, undated)
