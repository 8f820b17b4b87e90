"""An entry as questions: each criterion of its text is asked in its own words, and tied by its own words.

**Source.** The words of the user's copy: "having all of the following", "any of the following", "as follows",
the "and" or "or" that ends a point, and the notes that take items out or name the only ones.

**What is asked.** The words before such a phrase, each point without points of its own, and each note. A
point that is "Not used" is never met and is not asked. A text that also names "specially designed components
therefor" has that as another way to be met.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from overzicht.subjects.control_list.model import (
    JOINING_WORDS,
    ControlList,
    Join,
    Note,
    NoteKind,
    Provision,
)
from overzicht.subjects.control_list.path import ControlPath
from overzicht.subjects.control_list.quantity import Threshold, read_thresholds


class Tie(StrEnum):
    """How the parts of a criterion go together; a `leaf` is asked, and a `not` is met if its part is not."""

    LEAF = "leaf"
    ALL = "all"
    ANY = "any"
    TWO_OR_MORE = "two or more"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with its parts. `key` names a leaf; `path` is its provision; `words` are the question.

    `is_provision` marks the outermost criterion of a provision, with the notes that apply at it.
    """

    tie: Tie
    path: ControlPath
    parts: tuple["Criterion", ...] = ()
    key: str = ""
    words: str = ""
    is_provision: bool = False

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """The limits in the words: quantity, unit and comparison; bare statements of numbers are left out."""
        return tuple(t for t in read_thresholds(self.words) if t.comparison and not t.quantity.is_doubtful)

    def leaves(self) -> Iterator["Criterion"]:
        """Yield the leaves in the order in which they are asked."""
        if self.tie is Tie.LEAF:
            yield self
        for part in self.parts:
            yield from part.leaves()


Answers = Mapping[str, bool]  # by key of a leaf, or by path for a provision that rules decided; absent: open


def decide(criterion: Criterion, answers: Answers) -> bool | None:
    """Return whether a criterion is met; None while it is open."""
    if criterion.is_provision and (given := answers.get(f"={criterion.path}")) is not None:
        return given
    if criterion.tie is Tie.LEAF:
        return answers.get(criterion.key)
    results = [decide(part, answers) for part in criterion.parts]
    met, is_open = results.count(True), results.count(None)
    match criterion.tie:
        case Tie.NOT:
            return None if results[0] is None else not results[0]
        case Tie.ALL:
            return False if False in results else None if is_open else True
        case _:
            needed = 2 if criterion.tie is Tie.TWO_OR_MORE else 1
            return True if met >= needed else None if met + is_open >= needed else False


def open_leaves(criterion: Criterion, answers: Answers) -> Iterator[Criterion]:
    """Yield the leaves that can still change the result, in the order in which to ask them."""
    if decide(criterion, answers) is not None:
        return
    if criterion.tie is Tie.LEAF:
        yield criterion
    for part in criterion.parts:
        yield from open_leaves(part, answers)


def criteria_of(control_list: ControlList, entry: Provision) -> Criterion | None:
    """Return the criteria of an entry, or None if nothing in it is in use."""
    paths = {provision.path for provision in entry.walk()}
    notes: dict[ControlPath, list[tuple[str, Note]]] = {}
    every = (*(n for p in entry.walk() for n in p.notes), *control_list.section_notes)
    deciding = (note for note in every if note.kind in {NoteKind.RELEASE, NoteKind.LIST})
    for number, note in enumerate(deciding, start=1):
        own = [path for path in note.applies_to if path in paths]
        for path in own or ([note.path] if note.path in paths else []):
            notes.setdefault(path, []).append((f"{entry.path}#{number}", note))
    return _criterion(entry, notes)


Notes = Mapping[ControlPath, list[tuple[str, Note]]]  # with the key of their criterion


def _criterion(provision: Provision, notes: Notes) -> Criterion | None:
    if not provision.is_used:
        return None
    path = provision.path
    below = tuple(c for child in provision.children if (c := _criterion(child, notes)) is not None)
    if not below and (provision.children or not provision.text.strip()):
        return None
    place, words = provision.path, provision.text
    if not below:
        body = Criterion(Tie.LEAF, place, key=place, words=words)
    else:
        group = Criterion(_TIES[provision.join], place, below)
        # what the words before the points ask for, and the components that they name besides
        match = _COMPONENTS.search(words)
        components = match["what"] if match else ""
        plain = words[: match.start()] + words[match.end() :] if match else words
        phrases = list(JOINING_WORDS.finditer(plain.lower()))
        head = plain[: phrases[-1].start()] if phrases else _AS_FOLLOWS.sub("", plain)
        head = head.rstrip(" ,;:")
        while (link := _LINK.search(f" {head}")) is not None:
            head = f" {head}"[: link.start()].strip(" ,;:")
        body = group
        if head:
            body = Criterion(
                Tie.ALL,
                place,
                (Criterion(Tie.LEAF, place, key=place, words=head), group),
            )
        if components:
            leaf = Criterion(Tie.LEAF, place, key=f"{place}+", words=components)
            body = Criterion(Tie.ANY, place, (body, leaf))
    conditions = (_of_note(path, key, note) for key, note in notes.get(path, ()))
    return Criterion(Tie.ALL, path, (body, *conditions), is_provision=True)


_TIES = {Join.ALL: Tie.ALL, Join.ANY: Tie.ANY, Join.TWO_OR_MORE: Tie.TWO_OR_MORE, Join.NONE: Tie.ANY}
_COMPONENTS = re.compile(
    r",? and (?P<what>(?:other )?(?:specially )?(?:designed|prepared)[^:;]{0,120}? therefor)\b", re.I
)
_AS_FOLLOWS = re.compile(r"[ ,;]*\b(?:as follows|the following)\b[^:;]{0,20}[ ,:;.]*$", re.I)
_LINK = re.compile(
    r"[ ,;]*\b(?:and|or|which|that|by|for|of|in|with|having|has|have|meeting|meets|are|is|being|containing|"
    r"using|performing|capable|as|characteristics?)$",
    re.I,
)


def _of_note(path: ControlPath, key: str, note: Note) -> Criterion:
    if note.kind is NoteKind.LIST:
        return Criterion(Tie.LEAF, path, key=key, words=note.full_text)
    if not note.items:
        return Criterion(Tie.NOT, path, (Criterion(Tie.LEAF, path, key=key, words=note.full_text),))
    heading = f"{note.heading}: {note.text}"
    leaves = (
        Criterion(Tie.LEAF, path, key=f"{key}{item.label}", words=f"{heading} {item.label}. {item.text}")
        for item in note.items
    )
    return Criterion(Tie.NOT, path, (Criterion(Tie.ANY, path, tuple(leaves)),))
