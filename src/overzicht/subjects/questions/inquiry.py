"""A question to find earlier ones for: its words as weighed terms, who asks it, and what it cites."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from overzicht.subjects.questions.compounds import Vocabulary
from overzicht.subjects.questions.facts import commonplace_words
from overzicht.subjects.questions.mentions.finding import find_spots
from overzicht.subjects.questions.mentions.names import spellings_of
from overzicht.subjects.questions.model import Paper, Question, RoleKind
from overzicht.subjects.questions.pairing import letters_of
from overzicht.subjects.questions.references import RefKind, find_refs
from overzicht.subjects.questions.sets import QuestionSet
from overzicht.subjects.questions.words import words_of

QUESTION_WEIGHT, TITLE_WEIGHT = 1.0, 0.7
_URL = re.compile(r"https?://[^\s<>\"»]+")
_CITATIONS = (RefKind.SET, RefKind.PAPER)
_ASKING = (RoleKind.SUBMITTER, RoleKind.CO_SUBMITTER)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question: its text, the title of its set, its date, and the set numbers that are the set itself.

    `number` is that of its set. `cited` are the set numbers and paper ids that the text, its notes and the
    explanation of the set cite. `submitters` are folded names, `addresses` the web pages in its notes.
    """

    text: str
    title: str
    asked_on: date | None = None
    number: str = ""
    is_itself: frozenset[str] = frozenset()
    cited: tuple[str, ...] = ()
    submitters: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an inquiry: the words that stand for it, each with its share, and the weight of the term."""

    words: Mapping[str, float]
    weight: float


def inquiry_of(question_set: QuestionSet, number: int) -> Inquiry:
    """Return the inquiry of a question of a loaded set; without such a question that of its title alone."""
    asking = question_set.asking
    question = asking.question(number) if asking is not None else None
    notes = "\n".join(_notes_of(asking, question)) if asking is not None and question is not None else ""
    text = question.text if question is not None else ""
    remarks = "\n".join(remark.text for joined in question_set.papers for remark in joined.paper.remarks)
    cited = [
        *(
            target
            for ref in find_refs(f"{text}\n{notes}\n{question_set.subject}\n{remarks}")
            if ref.kind in _CITATIONS
            for target in ref.targets
        ),
        *question_set.supplements,
    ]
    return Inquiry(
        text=text,
        title=question_set.subject,
        asked_on=question_set.timing.asked_on,
        number=question_set.number,
        is_itself=frozenset({question_set.number}),
        cited=tuple(dict.fromkeys(cited)),
        submitters=submitters_of(question_set),
        addresses=frozenset(_URL.findall(f"{text}\n{notes}")),
    )


def _notes_of(paper: Paper, question: Question) -> Iterable[str]:
    index = paper.questions.index(question)
    used = {use.note for use in paper.uses if use.side == "question" and use.index == index}
    return (note.text for note in paper.notes if note.number in used)


def submitters_of(question_set: QuestionSet) -> frozenset[str]:
    """Return the folded names of the members that put a set, the surname last."""
    return frozenset(letters_of(role.name) for role in question_set.of_role(*_ASKING) if role.name)


def terms_of(inquiry: Inquiry, vocabulary: Vocabulary) -> list[Term]:
    """Return the terms of the question and of its set's title, which has less weight.

    A name of a manufacturer stands for all its spellings. Other words stand for compounds with the same parts
    too.
    """
    weights: dict[str, float] = {}
    for text, weight in ((inquiry.text, QUESTION_WEIGHT), (inquiry.title, TITLE_WEIGHT)):
        for word in {word.folded for word in words_of(text)} - commonplace_words():
            weights[word] = max(weight, weights.get(word, 0.0))
    # for the first word of each named manufacturer the words of its other spellings
    text = f"{inquiry.text}\n{inquiry.title}"
    named: dict[str, dict[str, float]] = {}
    for spot in find_spots(text):
        if not spot.maker:
            continue
        name = next(words_of(spot.surface), None)
        single = [list(words_of(spelling)) for spelling in spellings_of(maker=spot.maker)]
        words = {words[0].folded for words in single if len(words) == 1}
        if name is not None:
            named[name.folded] = dict.fromkeys(sorted(words | {name.folded}), 1.0)
    return [
        Term({**vocabulary.related(word), **named.get(word, {})}, weight)
        for word, weight in sorted(weights.items())
    ]
