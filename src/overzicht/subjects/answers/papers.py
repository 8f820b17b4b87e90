"""Sets of questions in a file or a pasted text, answered at once: a paper in any form, or a set in YAML."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.snapshots import keep_bytes
from overzicht.subjects.answers.sets import AskedSet, read_set, set_of, set_of_papers, shipped_sets
from overzicht.subjects.questions import papers_records as kept
from overzicht.subjects.questions.model import Paper
from overzicht.subjects.questions.papers.interface import Reading
from overzicht.subjects.questions.papers.registry import read_paper
from overzicht.subjects.questions.sets import assemble
from overzicht.subjects.questions.showing import is_known
from overzicht.subjects.questions.taking import log_import
from overzicht.workflows.typed_files import read_limited

MAX_BYTES = 20_000_000  # of one paper; the longest answer with its annexes has some 5 MB
SET_FILES = (".yaml", ".yml")
PASTED = "pasted text"


@dataclass(frozen=True, slots=True)
class PaperFile:
    """The bytes of a paper, or of a set in YAML; `name` is the file name, or `pasted text`."""

    name: str
    data: bytes

    @classmethod
    def of(cls, path: Path) -> "PaperFile":
        """Return the contents of a file; InputFileError if it is missing or too large."""
        return cls(path.name, read_limited(path, MAX_BYTES))

    @classmethod
    def pasted(cls, words: str) -> "PaperFile":
        """Return a text as a browser or a terminal sends it."""
        return cls(PASTED, "\n".join(words.splitlines()).encode())

    @property
    def is_set(self) -> bool:
        """Whether it is a set in YAML."""
        return self.name.lower().endswith(SET_FILES)


def asked_in(connection: Connection, given: PaperFile, as_of: date) -> AskedSet:
    """Return the set in a file as of a date, with the stored papers of the same set.

    InputFileError if it cannot be read or has no question, UnknownNameError if it was asked after the date.
    """
    if given.is_set:
        return set_of(read_set(given.name, given.data), as_of)
    papers = _papers(connection, given)
    number = papers[0].sets[0]
    stored = [stored.paper for stored in kept.papers_of(connection, number)]
    question_set = assemble(number, kept.find_entry(connection, number), [*stored, *papers], as_of)
    if not is_known(question_set) or question_set.asking is None:
        day = question_set.timing.asked_on
        hint = f"asked on {day}" if day else "all its papers have later dates"
        raise UnknownNameError(f"question set on {as_of}", number, (hint,))
    facts = shipped_sets().get(number)
    return set_of_papers(question_set) if facts is None else set_of(facts, as_of, question_set)


def keep_paper(store: Store, given: PaperFile, act: Actor) -> str:
    """Store the paper in a file, so that its draft can be reviewed, and return the number of its set."""
    if given.is_set:
        raise InputFileError(
            given.name, "a set in YAML cannot be saved: it is not a paper", fix="give the paper itself"
        )
    with store.reading() as connection:
        papers = _papers(connection, given)
    with store.writing(act.name, act.at) as tx:
        if kept.keep_papers(tx, papers).has_changes:
            keep_bytes(store.folder, given.data)
            log_import(tx, given.name, papers[0].origin.sha256, Reading(tuple(papers)))
        kept.join_sets(tx, papers, [])
    return papers[0].sets[0]


def _papers(connection: Connection, given: PaperFile) -> list[Paper]:
    """Return the papers of one set, each with the number of the set: the printed or the stored one.

    A set without either gets one from the words of its questions: equal questions have equal numbers.
    """
    papers = [paper for paper in read_paper(given.name, given.data).papers if paper.questions]
    if not papers:
        raise InputFileError(
            given.name, "it asks no question", fix="give the paper with the questions, or paste its text"
        )
    stored = (number for paper in papers for number in kept.set_numbers_for(connection, paper.key))
    numbers = list(dict.fromkeys(number for paper in papers for number in paper.sets[:1])) or [*stored][:1]
    if len(numbers) > 1:
        raise InputFileError(
            given.name,
            f"it has papers of {len(numbers)} sets: {', '.join(numbers[:5])}",
            fix="load it with `overzicht questions add`, then answer one set by its number",
        )
    words = "\n".join(" ".join(question.text.split()) for paper in papers for question in paper.questions)
    number = numbers[0] if numbers else f"paper-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
    # a paper in a set of this number; one without an official id is named after the set
    matches: list[Paper] = []
    for paper in papers:
        is_official = not paper.key.startswith("file-")
        ids = paper.ids if is_official else (f"questions-{number}",)
        matches.append(replace(paper, key=ids[0], ids=ids, sets=paper.sets or (number,)))
    return matches
