"""One question set by any of its names, search, and overdue sets, each as of a date."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.dates import Holds
from overzicht.errors import UnknownNameError
from overzicht.subjects.questions import papers_records as questions
from overzicht.subjects.questions.sets import QuestionSet, SetKind, State, assemble
from overzicht.subjects.questions.words import fold, words_of
from overzicht.subjects.questions.words_records import find_words, numbers_of

SNIPPET_BEFORE, SNIPPET_AFTER = 60, 120  # characters around the first word found


def show_set(connection: Connection, name: str, as_of: date) -> QuestionSet:
    """Return the set of a number, paper id or document number as of a date.

    UnknownNameError if there is none, or if the set was asked later.
    """
    numbers = questions.set_numbers_for(connection, name)
    if not numbers:
        raise UnknownNameError("question set", name)
    question_set = assembled(connection, numbers[0], as_of)
    if not is_known(question_set):
        day = question_set.timing.asked_on
        hint = f"asked on {day}" if day else "all its papers have later dates"
        raise UnknownNameError(f"question set on {as_of}", name, (hint,))
    return question_set


def assembled(connection: Connection, number: str, as_of: date) -> QuestionSet:
    """Return the set of a number as of a date."""
    readings = [stored.paper for stored in questions.papers_of(connection, number)]
    return assemble(number, questions.find_entry(connection, number), readings, as_of)


def is_known(question_set: QuestionSet) -> bool:
    """Return whether a set existed on its date: asked until then, or undated with papers from then."""
    if question_set.timing.asked_on is not None:
        return question_set.timing.asked_on <= question_set.as_of
    return bool(question_set.papers) or question_set.entry is not None


def all_sets(connection: Connection, as_of: date) -> Iterator[QuestionSet]:
    """Yield all sets that were asked until a date (or are undated), by number."""
    papers = questions.all_papers(connection)
    entries = {entry.number: entry for entry in questions.all_entries(connection)}
    for number in sorted(papers.keys() | entries.keys()):
        question_set = assemble(number, entries.get(number), papers.get(number, ()), as_of)
        if is_known(question_set):
            yield question_set


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A set that matches: its score, and a piece of text with its place (`answer 11`, `title`)."""

    set: QuestionSet
    score: float
    place: str
    snippet: str


def search(
    connection: Connection, words: Sequence[str], as_of: date, limit: int
) -> tuple[list[SearchHit], int]:
    """Return the best sets with all words in one paper (or title), and their total number.

    Words are folded as the texts are; `camera*` finds all words that begin with it. Sets asked later, and
    papers after the date, are left out.
    """
    terms = search_terms(words)
    hits = find_words(connection, terms) if terms else []
    numbers = numbers_of(connection, [hit.owner for hit in hits])
    best: dict[str, float] = {}
    for hit in hits:
        for number in numbers.get(hit.owner, ()):
            best[number] = max(best.get(number, 0.0), hit.score)
    results: list[SearchHit] = []
    total = 0
    for number, score in sorted(best.items(), key=lambda pair: (-pair[1], pair[0])):
        if len(results) >= limit:
            total += 1
            continue
        question_set = assembled(connection, number, as_of)
        # place and text of the piece with most of the words, the first of equal ones
        pieces = []
        for joined in question_set.papers:
            paper = joined.paper
            for question in paper.questions:
                pieces.append((f"question {', '.join(map(str, question.numbers))}", question.text))
            for answer in paper.answers:
                pieces.append((f"answer {', '.join(map(str, answer.covers))}", answer.text))
            for remark in paper.remarks:
                pieces.append((remark.title.lower() or "remark", remark.text))
            for note in paper.notes:
                pieces.append((f"note {note.number}", note.text))
        pieces.append(("title", question_set.subject))
        snippet_best = ("", "", 0)
        for place, text in pieces:
            snippet_hits = {term: start for term in terms if (start := _first(text, term)) is not None}
            if len(snippet_hits) > snippet_best[2]:
                cut_start = min(snippet_hits.values())
                first = max(0, cut_start - SNIPPET_BEFORE)
                first = text.find(" ", first) + 1 if first else 0
                last = cut_start + SNIPPET_AFTER
                last = (
                    len(text) if last >= len(text) else max(text.rfind(" ", cut_start, last), cut_start + 1)
                )
                piece = " ".join(text[first:last].split())
                snippet_best = (
                    place,
                    f"{'… ' if first else ''}{piece}{' …' if last < len(text) else ''}",
                    len(snippet_hits),
                )
        place, snippet = (snippet_best[0], snippet_best[1])
        if snippet and is_known(question_set):
            total += 1
            results.append(SearchHit(question_set, score, place, snippet))
    return results, total


def search_terms(words: Iterable[str]) -> list[str]:
    """Return the folded words of a query without duplicates, `camer*` with its star."""
    terms: list[str] = []
    for word in " ".join(words).split():
        if word.endswith("*") and fold(word[:-1]):
            terms.append(word)
        else:
            terms += [part.folded for part in words_of(word)]
    return list(dict.fromkeys(terms))


def _first(text: str, term: str) -> int | None:
    stem = fold(term.rstrip("*"))
    for word in words_of(text):
        if word.folded == stem or (term.endswith("*") and word.folded.startswith(stem)):
            return word.start
    return None


@dataclass(frozen=True, slots=True)
class OverdueSets:
    """Written sets without an answer as of a date: the overdue ones, and counts of the others.

    `finished_unknown` are finished by the index, which does not state the date; `undated` have no date of
    the question.
    """

    as_of: date
    late: tuple[QuestionSet, ...]
    in_time: int
    finished_unknown: int
    undated: int


def overdue(connection: Connection, as_of: date) -> OverdueSets:
    """Return the overdue sets as of a date, the longest open first."""
    written = [known for known in all_sets(connection, as_of) if known.kind is not SetKind.ORAL]
    finished = sum(known.state is State.FINISHED for known in written)
    unanswered = [known for known in written if known.state in (State.OPEN, State.POSTPONED)]
    dated = [known for known in unanswered if known.timing.asked_on is not None]
    late = [known for known in dated if known.timing.is_late is not Holds.NO]
    late.sort(key=lambda known: (-(known.timing.open_days or 0), known.number))
    in_time, undated = len(dated) - len(late), len(unanswered) - len(dated)
    return OverdueSets(as_of, tuple(late), in_time, finished, undated)
