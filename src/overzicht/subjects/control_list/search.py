"""Search the list in plain words: a full-text ranking that translates everyday words into terms of the list.

Each provision is a document with its own text, the text above and below it, its notes, definitions and
referenced provisions. A question is split into concepts (a phrase of `everyday.yml`, a number with its unit,
or a word). The score of a provision is the sum of its fit per concept, times the share of concepts that fit.
A sub-provision replaces its parent if the parent ranks high only because of it.
"""

import math
import re
import sqlite3
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.subjects.control_list.model import ControlList, Provision
from overzicht.subjects.control_list.path import ControlPath, overlap
from overzicht.subjects.control_list.plain import same_signs
from overzicht.subjects.control_list.references import references_in, resolve

LONGEST_QUESTION = 500  # characters; a question is a line, not a data sheet
MOST_PER_POINT = 2  # results under one point of an entry, so that its siblings do not crowd out the rest
LONGEST_BELOW = 3_000
LONGEST_REFERRED = 20_000
COLUMNS = {"own": 8.0, "above": 1.5, "below": 1.2, "notes": 1.2, "terms": 1.0, "refers": 0.75}
UNKNOWN_WORD = 0.3  # weight of a word that the table does not know, which may be of no matter
ASKED_GROUP, OTHER_GROUP = 1.6, 0.5  # software and technology, when asked for; and all else then
UNASKED_GROUP = (
    0.6  # software and technology where neither is asked for: they repeat the words of their goods
)
IMMATERIAL_GROUPS = ("D", "E")
SPECIFIC_ENOUGH = 0.8  # share of a provision's score that the best point below it must reach to stand for it
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_GROUP = re.compile(r"(?<![A-Za-z0-9])\d[A-E](?![A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Concept:
    """A piece of a question: the words as asked, and the words that a text may use for it."""

    phrase: str
    words: tuple[str, ...]
    weight: float = 1.0
    group: str = ""  # the letter of the codes that it asks for: D for software, E for technology


@dataclass(frozen=True, slots=True)
class Hit:
    """A provision that fits a question; `score` only orders, `concepts` are the pieces that it fits."""

    provision: Provision
    score: float
    concepts: tuple[str, ...]

    @property
    def path(self) -> ControlPath:
        """Where the provision stands."""
        return self.provision.path


class SearchIndex:
    """A full-text index of one version, in memory; build it once and ask often, from any thread."""

    def __init__(self, control_list: ControlList) -> None:
        self._list = control_list
        self._paths: list[ControlPath] = []
        self._children: dict[int, list[int]] = defaultdict(list)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._closing = weakref.finalize(self, self._db.close)  # for who remembers it and lets it go
        self._db.execute(
            f"CREATE VIRTUAL TABLE doc USING fts5({', '.join(COLUMNS)}, tokenize = 'porter unicode61')"
        )
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        names = ", ".join(["rowid", *COLUMNS])
        self._db.executemany(f"INSERT INTO doc ({names}) VALUES ({marks})", self._rows())  # noqa: S608 - our names

    def close(self) -> None:
        """Let go of the index."""
        self._closing()

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """Return the provisions that fit a question best, at most `limit`; none where no word is found."""
        concepts = read_question(question)
        groups = {concept.group for concept in concepts if concept.group}
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        fitting: dict[int, list[str]] = defaultdict(list)
        whole = 0.0
        for concept in concepts:
            hits = self._ask(concept)
            if not hits:
                whole += concept.weight * UNKNOWN_WORD
                continue
            whole += concept.weight
            best = max(hits.values()) or 1.0
            weight = concept.weight * math.log(1 + len(self._paths) / len(hits))
            for row, score in hits.items():
                scores[row] += weight * score / best
                covered[row] += concept.weight
                fitting[row].append(concept.phrase)
        for row in scores:
            scores[row] *= covered[row] / whole * self._group_weight(row, groups)
        ranked = sorted(scores, key=lambda row: (-scores[row], row))
        return self._spread([self._most_specific(row, scores) for row in ranked], scores, fitting, limit)

    def _group_weight(self, row: int, groups: set[str]) -> float:
        group = self._paths[row][1]
        if groups:
            return ASKED_GROUP if group in groups else OTHER_GROUP
        return UNASKED_GROUP if group in IMMATERIAL_GROUPS else 1.0

    def _most_specific(self, row: int, scores: dict[int, float]) -> int:
        children = [below for below in self._children[row] if below in scores]
        if not children:
            return row
        best = max(children, key=lambda below: (scores[below], -below))
        return self._most_specific(best, scores) if scores[best] >= SPECIFIC_ENOUGH * scores[row] else row

    def _ask(self, concept: Concept) -> dict[int, float]:
        query = " OR ".join(f'"{word}"' for word in concept.words)
        weights = ", ".join(str(weight) for weight in COLUMNS.values())
        with self._lock:
            rows = self._db.execute(
                f"SELECT rowid, -bm25(doc, {weights}) FROM doc WHERE doc MATCH ?",  # noqa: S608 - our weights
                (query,),
            )
            return dict(rows.fetchall())

    def _spread(
        self, ranked: list[int], scores: dict[int, float], fitting: dict[int, list[str]], limit: int
    ) -> list[Hit]:
        hits: list[Hit] = []
        per_point: dict[str, int] = defaultdict(int)
        for row in ranked:
            path = self._paths[row]
            point = ".".join(path.split(".")[:2])
            if per_point[point] >= MOST_PER_POINT or any(overlap(path, hit.path) for hit in hits):
                continue
            per_point[point] += 1
            hits.append(Hit(self._list.by_path[path], scores[row], tuple(fitting[row])))
            if len(hits) == limit:
                break
        return hits

    def _rows(self) -> Iterator[tuple[int | str, ...]]:
        for entry in self._list.entries:
            yield from self._rows_under(entry, (), None)

    def _rows_under(
        self, provision: Provision, above: tuple[Provision, ...], parent: int | None
    ) -> Iterator[tuple[int | str, ...]]:
        row = parent
        if provision.is_used:
            row = len(self._paths)
            self._paths.append(provision.path)
            if parent is not None:
                self._children[parent].append(row)
            yield (row, *(same_signs(text) for text in self._document(provision, above)))
        for child in provision.children:
            yield from self._rows_under(child, (*above, provision), row)

    def _document(self, provision: Provision, above: tuple[Provision, ...]) -> tuple[str, ...]:
        below = " ".join(child.text for child in provision.walk() if child is not provision)[:LONGEST_BELOW]
        notes = " ".join(note.full_text for note in self._list.notes_on(provision.path))
        own = " ".join([*(up.text for up in above), provision.text])
        return (
            provision.text,
            " ".join(up.text for up in above),
            below,
            notes,
            " ".join(self._definitions(provision.path, own)),
            " ".join(self._referred(provision.text))[:LONGEST_REFERRED],
        )

    def _definitions(self, path: ControlPath, text: str) -> Iterator[str]:
        for name in dict.fromkeys(re.findall(r"[\"']([^\"']{2,60})[\"']", same_signs(text))):
            term = self._list.term(name, path)
            if term is not None:
                yield term.text

    def _referred(self, text: str) -> Iterator[str]:
        for reference in references_in(text):
            for provision in resolve(self._list, reference):
                yield " ".join(above.text for above in self._list.context(provision.path))
                yield " ".join(child.text for child in list(provision.walk())[1:])
        for group in dict.fromkeys(_GROUP.findall(text)):  # "equipment or software specified in 4A or 4D"
            yield " ".join(entry.text for entry in self._list.entries if entry.path.startswith(group))


def read_question(question: str) -> tuple[Concept, ...]:
    """Return the concepts of a question: known phrases first, then numbers with units, then single words."""
    words = _WORD.findall(same_signs(question[:LONGEST_QUESTION]).lower())
    phrases = _everyday_words()
    longest = max(len(phrase) for phrase in phrases)
    concepts: list[Concept] = []
    place = 0
    while place < len(words):
        size = next(
            (n for n in range(longest, 0, -1) if tuple(map(stem, words[place : place + n])) in phrases), 0
        )
        if size:
            question_words = " ".join(words[place : place + size])
            known = phrases[tuple(map(stem, words[place : place + size]))]
            concepts.append(
                Concept(question_words, (question_words, *known.words), known.weight, known.group)
            )
        elif words[place][0].isdigit() and place + 1 < len(words) and words[place + 1].isalpha():
            size = 2
            concepts.append(Concept(question_words := " ".join(words[place : place + 2]), (question_words,)))
        elif words[place] not in _stop_words():
            concepts.append(Concept(words[place], (words[place],), UNKNOWN_WORD))
        place += size or 1
    return tuple({concept.phrase: concept for concept in concepts if concept.words}.values())


def stem(word: str) -> str:
    """Return a word without its endings of number and tense, to find it in the table of everyday words."""
    for ending in ("ings", "ing", "ers", "er", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True, slots=True)
class ListWords:
    """Terms of the list for an everyday phrase, the letter of codes that it asks for, and its weight."""

    words: tuple[str, ...]
    group: str = ""
    weight: float = 1.0


class _Phrase(StrictModel):
    say: tuple[str, ...]
    list: tuple[str, ...]
    weight: float = 1.0
    group: str | None = None


class _EverydayWords(StrictModel):
    stop: str
    phrases: tuple[_Phrase, ...]


@cache
def _everyday_words() -> dict[tuple[str, ...], ListWords]:
    table: dict[tuple[str, ...], ListWords] = {}
    for entry in _words_file().phrases:
        for phrase in entry.say:
            key = tuple(stem(word) for word in _WORD.findall(phrase.lower()))
            old = table.get(key, ListWords(()))
            words = tuple(dict.fromkeys((*old.words, *entry.list)))
            weight = min(entry.weight, old.weight) if key in table else entry.weight
            table[key] = ListWords(words, old.group if entry.group is None else entry.group, weight)
    return table


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(_words_file().stop.split())


@cache
def _words_file() -> _EverydayWords:
    return packaged_facts(_EverydayWords, "overzicht.subjects.control_list", "everyday.yml")
