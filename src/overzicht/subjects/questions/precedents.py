"""Precedents: the earlier questions that are most like a question, with their answers, as of a date.

Two steps: the store finds sets with the terms of the question (BM25 over parts of papers), then each question
of those sets is scored by its own words, its title, its answer and its notes. A set that the question cites
comes first. The set itself, sets that were asked later, and papers of a later date are left out.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from overzicht.errors import UnknownNameError
from overzicht.subjects.questions.compounds import Vocabulary
from overzicht.subjects.questions.facts import commonplace_words
from overzicht.subjects.questions.identifiers import address_of
from overzicht.subjects.questions.inquiry import Inquiry, Term, inquiry_of, submitters_of, terms_of
from overzicht.subjects.questions.model import Paper, Question
from overzicht.subjects.questions.papers_records import set_numbers_for
from overzicht.subjects.questions.references import follow
from overzicht.subjects.questions.sets import QuestionSet
from overzicht.subjects.questions.showing import assembled, is_known, show_set
from overzicht.subjects.questions.words import words_of
from overzicht.subjects.questions.words_records import (
    all_words,
    count_owners,
    count_rows,
    numbers_of,
    occurrences_of,
)

SHOWN = 10  # precedents of a question
CANDIDATES = 80  # sets that are read for a question
COMMONEST = 0.1  # share of all rows above which a word distinguishes nothing
FEWEST_ROWS = 200  # with fewer rows every word counts
SATURATION, LENGTH_SHARE = 1.2, 0.6  # k1 and b of BM25
FIELDS = {"question": (1.5, 40), "title": (2.5, 12), "answer": (0.5, 120)}  # weight, usual length in words
LEAST_SCORE, LEAST_OF_BEST = 0.05, 0.4  # of the words of the question, and of the best score
SAME_SUBMITTER, SAME_PAGE = 1.3, 1.3  # factors on the score
NEAR, HALF_LIFE = 0.2, 365  # share that a set asked just before gains, and the days in which it halves


@dataclass(frozen=True, slots=True)
class Precedent:
    """An earlier question: its set, text and answer.

    `numbers` are those of the question, most similar first, at most three of a set; empty if only the title
    of the set is loaded. `answer` is empty and `answered` None if no answer was known on the date. `paper` is
    the id of the paper with the answer, or else with the question; `sha256` is that of its file. `is_cited`:
    the question names this paper.
    """

    set_number: str
    subject: str
    asked_on: date | None
    answered: date | None
    numbers: tuple[int, ...]
    question: str
    answer: str
    paper: str
    address: str
    sha256: str
    is_cited: bool
    score: float


@dataclass(frozen=True, slots=True)
class _Unit:
    """A question of a set as weighed words; None without a question: the title alone."""

    question: Question | None
    words: dict[str, float]


@dataclass(slots=True)
class _Set:
    known: QuestionSet
    submitters: frozenset[str]
    addresses: frozenset[str]
    units: list[_Unit] = field(default_factory=list)


class PrecedentSearch:
    """Searches for the precedents of the questions of a set, over one connection, as of a date."""

    def __init__(self, connection: Connection, as_of: date) -> None:
        """Read the vocabulary of the loaded papers once."""
        self._connection, self._as_of = connection, as_of
        self._vocabulary = Vocabulary(set(all_words(connection)) - commonplace_words())
        self._rows = count_rows(connection)
        self._sets: dict[str, _Set | None] = {}

    def find(self, inquiry: Inquiry, limit: int = SHOWN) -> tuple[Precedent, ...]:
        """Return the best precedents, one of each set, cited ones first; empty if there are none."""
        cited = {
            number for name in inquiry.cited for number in set_numbers_for(self._connection, name)
        } - inquiry.is_itself
        ranked = list(self.rank(inquiry, cited))
        best = max((score for number, score, _ in ranked if number not in cited), default=0.0)
        least = max(LEAST_SCORE, LEAST_OF_BEST * best)
        matches = [item for item in ranked if item[0] in cited or item[1] >= least]
        matches.sort(key=lambda item: (item[0] not in cited, -item[1], item[0]))
        return tuple(
            self._precedent(number, score, units, is_cited=number in cited)
            for number, score, units in matches[:limit]
        )

    def rank(
        self, inquiry: Inquiry, also: Sequence[str] | set[str] = ()
    ) -> Iterator[tuple[str, float, list[Question]]]:
        """Yield the sets that may be precedents, with a score and their best questions, in no order.

        The score is the share of the question's words, by weight, that the best question has: 0 to about 1.
        """
        terms, rarity = self._weighed(terms_of(inquiry, self._vocabulary))
        whole = sum(term.weight * rare for term, rare in zip(terms, rarity, strict=True)) or 1.0
        for number in dict.fromkeys([*sorted(also), *self._candidates(terms, rarity, inquiry)]):
            known = self._set(number)
            if known is None or not _is_earlier(known.known, inquiry):
                continue
            scored = []
            for unit in known.units:
                total = 0.0
                for term, rare in zip(terms, rarity, strict=True):
                    amount = sum(
                        share * unit.words[word] for word, share in term.words.items() if word in unit.words
                    )
                    total += term.weight * rare * amount / (amount + SATURATION)
                scored.append((total, unit))
            scored.sort(key=lambda pair: -pair[0])
            # whether a member is in both; one source prints the surname, another the first name too
            shared = any(
                name == other or name.endswith(other) or other.endswith(name)
                for name in inquiry.submitters
                for other in known.submitters
            )
            factor = SAME_SUBMITTER if shared else 1.0
            factor *= SAME_PAGE if inquiry.addresses & known.addresses else 1.0
            # the factor of the time between two sets: of two equal ones the newer is the better precedent
            earlier = known.known.timing.asked_on
            if earlier is None or inquiry.asked_on is None:
                nearness = 1.0
            else:
                nearness = 1 + NEAR * math.pow(0.5, (inquiry.asked_on - earlier).days / HALF_LIFE)
            factor *= nearness
            questions = [unit.question for _, unit in scored[:3] if unit.question is not None]
            yield number, scored[0][0] * factor / whole, questions

    def _weighed(self, terms: list[Term]) -> tuple[list[Term], list[float]]:
        """Return the terms that distinguish rows, and the rarity of each."""
        counts = count_owners(self._connection, sorted({word for term in terms for word in term.words}))
        common = max(COMMONEST * self._rows, FEWEST_ROWS)
        kept, rarity = [], []
        for term in terms:
            words = {w: share for w, share in term.words.items() if 0 < counts.get(w, 0) <= common}
            if words:
                rows = max(counts[w] * share for w, share in words.items())
                kept.append(Term(words, term.weight))
                rarity.append(math.log(1 + (self._rows - rows + 0.5) / (rows + 0.5)))
        return kept, rarity

    def _candidates(self, terms: Sequence[Term], rarity: Sequence[float], inquiry: Inquiry) -> list[str]:
        """Return the numbers of the sets with the best sums of terms, best first."""
        amounts = occurrences_of(self._connection, sorted({word for term in terms for word in term.words}))
        scores: defaultdict[str, float] = defaultdict(float)
        for term, rare in zip(terms, rarity, strict=True):
            by_owner: defaultdict[str, float] = defaultdict(float)
            for word, share in term.words.items():
                for owner, amount in amounts.get(word, {}).items():
                    by_owner[owner] += share * amount
            for owner, amount in by_owner.items():
                scores[owner] += term.weight * rare * amount / (amount + SATURATION)
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[: 4 * CANDIDATES]
        numbers = numbers_of(self._connection, [owner for owner, _ in best])
        ordered = dict.fromkeys(number for owner, _ in best for number in numbers.get(owner, ()))
        return [number for number in ordered if number not in inquiry.is_itself][:CANDIDATES]

    def _set(self, number: str) -> _Set | None:
        if number not in self._sets:
            known = assembled(self._connection, number, self._as_of)
            self._sets[number] = _read_set(known) if is_known(known) else None
        return self._sets[number]

    def _precedent(
        self, number: str, score: float, questions: Sequence[Question], *, is_cited: bool
    ) -> Precedent:
        known = self._sets[number]
        assert known is not None  # noqa: S101 - it was ranked
        question_set = known.known
        question = questions[0] if questions else None
        answer, paper = _answer_to(question_set, question)
        shown = paper or question_set.asking
        return Precedent(
            set_number=number,
            subject=question_set.subject,
            asked_on=question_set.timing.asked_on,
            answered=question_set.timing.answered,
            numbers=tuple(number for item in questions for number in item.numbers[:1]),
            question=question.text if question is not None else "",
            answer=answer,
            paper=shown.key if shown is not None else "",
            address=(shown.origin.address or address_of(shown.key)) if shown is not None else "",
            sha256=shown.origin.sha256 if shown is not None else "",
            is_cited=is_cited,
            score=round(score, 3),
        )


def _is_earlier(known: QuestionSet, inquiry: Inquiry) -> bool:
    """Return whether a set was asked before: on an earlier date, or on the same one with a lower number."""
    if known.number in inquiry.is_itself:
        return False
    put = known.timing.asked_on
    if put is None or inquiry.asked_on is None:
        return True
    return put < inquiry.asked_on or (
        put == inquiry.asked_on and (not inquiry.number or known.number < inquiry.number)
    )


def _read_set(question_set: QuestionSet) -> _Set:
    asking = question_set.asking
    notes = [note for joined in question_set.papers for note in joined.paper.notes]
    known = _Set(
        question_set, submitters_of(question_set), frozenset(url for note in notes for url in note.urls)
    )
    title = _weighed_words("title", question_set.subject)
    for question in asking.questions if asking is not None else ():
        answer, _ = _answer_to(question_set, question)
        words = defaultdict(float, title)
        for part, text in (("question", question.text), ("answer", answer)):
            for word, weight in _weighed_words(part, text).items():
                words[word] += weight
        known.units.append(_Unit(question, dict(words)))
    if not known.units:
        known.units.append(_Unit(None, title))
    return known


def _weighed_words(part: str, text: str) -> dict[str, float]:
    """Return the words of a text, weighed by its part and less in a text longer than usual."""
    counts = Counter(word.folded for word in words_of(text))
    weight, usual = FIELDS[part]
    length = 1 - LENGTH_SHARE + LENGTH_SHARE * sum(counts.values()) / usual
    return {word: weight * count / length for word, count in counts.items()}


def _answer_to(question_set: QuestionSet, question: Question | None) -> tuple[str, Paper | None]:
    """Return the text of the answer to a question, references followed, with its paper."""
    paper = question_set.answering
    if paper is None or question is None or not question.numbers:
        return "", None
    indexes = follow(paper, question.numbers[0]).answers
    return "\n".join(paper.answers[index].text for index in indexes), paper if indexes else None


@dataclass(frozen=True, slots=True)
class QuestionPrecedents:
    """The precedents of one question of a set, best first."""

    number: int
    precedents: tuple[Precedent, ...]


def precedents_of(
    connection: Connection, name: str, as_of: date, *, question: int | None = None, limit: int = SHOWN
) -> Iterator[QuestionPrecedents]:
    """Yield the precedents of the questions of a loaded set, or of one of them.

    A set without a paper has one line with number 0, for its title. UnknownNameError for an unknown set or
    question.
    """
    question_set = show_set(connection, name, as_of)
    numbers = question_set.asking.numbers if question_set.asking is not None else (0,)
    if question is not None and question not in numbers:
        raise UnknownNameError(f"question of {question_set.number}", str(question), tuple(map(str, numbers)))
    search = PrecedentSearch(connection, as_of)
    for number in numbers if question is None else (question,):
        yield QuestionPrecedents(number, search.find(inquiry_of(question_set, number), limit))
