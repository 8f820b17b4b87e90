"""Finding the names in one text: known ones with their meaning, then those that the text itself tells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from overzicht.questions.mentions.facts import cues
from overzicht.questions.mentions.model import MentionKind, RecognisedBy, Spot
from overzicht.questions.mentions.names import Atom, NameIndex, atoms_of, name_index
from overzicht.questions.mentions.senses import decide, is_person
from overzicht.questions.mentions.unknown import unknown_spots

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_GLUED = re.compile(r"([a-z]+|[A-Z][a-z]+)([A-Z][^\W_]*)$")
_NUMBERED = re.compile(r"([^\W\d_]{4,})\d+$")
_TAILED = re.compile(r"([A-Z]{3,})[a-z]{2,}$")
_SHORT = re.compile(r"\s*\(([A-Z][\w&-]{1,9})\)")
AGAIN_LETTERS = 3  # a name that a text told once is taken again elsewhere from so many letters on


def find_spots(
    text: str, *, paper: str = "", told: Mapping[str, Spot] | None = None, is_glued: bool = False
) -> list[Spot]:
    """Return the names in a text in order, none overlapping another.

    `paper` is the whole paper, where the text alone does not decide. `told` are names that other texts of the
    set told, by name. `is_glued` says that the text is of a PDF, where a word may be glued to the one before.
    """
    blank = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    spots = _known(blank, paper, is_glued=is_glued)
    spots += _apart(unknown_spots(blank), spots)
    spots += _apart(_again(blank, {**told_by(blank, spots), **(told or {})}), spots)
    return sorted(spots, key=lambda spot: spot.start)


def told_by(text: str, spots: Sequence[Spot]) -> dict[str, Spot]:
    """Return the names that a text itself tells, to be known in the other texts of its set.

    These are companies told by cues, and abbreviations that stand in brackets after a name.
    """
    names: dict[str, Spot] = {}
    for spot in spots:
        if spot.how in (RecognisedBy.CUE, RecognisedBy.FORM) and len(spot.surface) >= AGAIN_LETTERS:
            names.setdefault(spot.surface, spot)
        short = _SHORT.match(text, spot.end)
        if short is not None and spot.kind is not MentionKind.OPEN and short[1][0] == spot.surface[0].upper():
            names.setdefault(short[1], spot)
    return names


def _known(text: str, paper: str, *, is_glued: bool) -> list[Spot]:
    index, atoms = name_index(), atoms_of(text)
    if is_glued:
        atoms = [_unglued(atom, index) for atom in atoms]
    spots: list[Spot] = []
    at = 0
    while at < len(atoms):
        found = index.at(text, atoms, at)
        spot = None
        if found is not None:
            known, length = found
            spot = decide(known, text, atoms[at].start, atoms[at + length - 1].end, paper)
        if spot is not None:
            spots.append(spot)
        at += found[1] if found and spot else 1
    return spots


def _unglued(atom: Atom, index: NameIndex) -> Atom:
    """Return the name in a word such as `datShell` or `Shell160`, where that is a known one."""
    for pattern, group in ((_GLUED, 2), (_NUMBERED, 1), (_TAILED, 1)):
        found = pattern.match(atom.text)
        if found is None or (group == 2 and found[1] not in cues().glued):
            continue
        inner = atoms_of(found[group])[0]
        if index.at(found[group], [inner], 0) is not None:
            start = atom.start + found.start(group)
            return Atom(inner.text, start, start + len(inner.text), inner.key)
    return atom


def _again(text: str, told: Mapping[str, Spot]) -> Iterator[Spot]:
    for name, spot in sorted(told.items(), key=lambda item: -len(item[0])):
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not is_person(text, found.start()):
                yield replace(
                    spot, surface=found[0], start=found.start(), end=found.end(), how=RecognisedBy.AGAIN
                )


def _apart(found: Iterable[Spot], taken: Sequence[Spot]) -> list[Spot]:
    """Return the spots that overlap none taken; of two that overlap each other the first, then the longer."""
    kept: list[Spot] = []
    for spot in sorted(found, key=lambda one: (one.start, -one.end)):
        if not any(spot.start < other.end and other.start < spot.end for other in (*taken, *kept)):
            kept.append(spot)
    return kept
