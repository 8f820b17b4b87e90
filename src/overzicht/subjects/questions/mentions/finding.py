"""Finding the names in one text: known ones with their meaning, then those that the text itself tells."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from overzicht.subjects.questions.mentions.facts import cues
from overzicht.subjects.questions.mentions.model import MentionKind, MentionSpan, RecognisedBy
from overzicht.subjects.questions.mentions.names import Atom, atoms_of, name_index
from overzicht.subjects.questions.mentions.senses import decide, is_person
from overzicht.subjects.questions.mentions.unknown import unknown_spots

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_GLUED = re.compile(r"([a-z]{1,60}|[A-Z][a-z]{1,60})([A-Z][^\W_]{0,60})$")
_NUMBERED = re.compile(r"([^\W\d_]{4,60})\d{1,20}$")
_TAILED = re.compile(r"([A-Z]{3,60})[a-z]{2,60}$")
_SHORT = re.compile(r"\s*\(([A-Z][\w&-]{1,9})\)")
AGAIN_LETTERS = 3  # minimum length of a name to be found again in other texts


def find_spots(
    text: str,
    *,
    paper: str = "",
    known_names: Mapping[str, MentionSpan] | None = None,
    is_glued: bool = False,
) -> list[MentionSpan]:
    """Return the names in a text in order, without overlap.

    `paper` is the whole paper, for a text that does not decide by itself. `known_names` are names found in
    other texts of the set. `is_glued`: the text comes from a PDF, in which a word may be joined to the one
    before.
    """
    blank = _ADDRESS.sub(lambda match: " " * len(match[0]), text)
    index, atoms = name_index(), atoms_of(blank)
    if is_glued:
        # the name in a word such as `datShell` or `Shell160`, if that is a known one
        parted: list[Atom] = []
        for atom in atoms:
            for pattern, group in ((_GLUED, 2), (_NUMBERED, 1), (_TAILED, 1)):
                own_match = pattern.match(atom.text)
                if own_match is None or (group == 2 and own_match[1] not in cues().glued):
                    continue
                inner = atoms_of(own_match[group])[0]
                if index.at(own_match[group], [inner], 0) is not None:
                    start = atom.start + own_match.start(group)
                    unglued = Atom(inner.text, start, start + len(inner.text), inner.key)
                    break
            else:
                unglued = atom
            parted.append(unglued)
        atoms = parted
    spots: list[MentionSpan] = []
    at = 0
    while at < len(atoms):
        match = index.at(blank, atoms, at)
        spot = None
        if match is not None:
            known, length = match
            spot = decide(known, blank, atoms[at].start, atoms[at + length - 1].end, paper)
        if spot is not None:
            spots.append(spot)
        at += match[1] if match and spot else 1
    spots += _apart(unknown_spots(blank), spots)
    again: list[MentionSpan] = []
    for name, named in sorted(
        {**names_defined_in(blank, spots), **(known_names or {})}.items(), key=lambda item: -len(item[0])
    ):
        for same in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", blank):
            if not is_person(blank, same.start()):
                again.append(
                    replace(
                        named,
                        surface=same[0],
                        start=same.start(),
                        end=same.end(),
                        how=RecognisedBy.AGAIN,
                    )
                )
    spots += _apart(again, spots)
    return sorted(spots, key=lambda spot: spot.start)


def names_defined_in(text: str, spots: Sequence[MentionSpan]) -> dict[str, MentionSpan]:
    """Return the names that a text itself defines, for use in the other texts of its set.

    These are companies found by cues, and abbreviations in brackets after a name.
    """
    names: dict[str, MentionSpan] = {}
    for spot in spots:
        if spot.how in (RecognisedBy.CUE, RecognisedBy.FORM) and len(spot.surface) >= AGAIN_LETTERS:
            names.setdefault(spot.surface, spot)
        short = _SHORT.match(text, spot.end)
        if short is not None and spot.kind is not MentionKind.OPEN and short[1][0] == spot.surface[0].upper():
            names.setdefault(short[1], spot)
    return names


def _apart(candidates: Iterable[MentionSpan], taken: Sequence[MentionSpan]) -> list[MentionSpan]:
    """Return the spots that overlap none taken; of two that overlap each other the first, then the longer."""
    kept: list[MentionSpan] = []
    for spot in sorted(candidates, key=lambda candidate: (candidate.start, -candidate.end)):
        if not any(spot.start < other.end and other.start < spot.end for other in (*taken, *kept)):
            kept.append(spot)
    return kept
