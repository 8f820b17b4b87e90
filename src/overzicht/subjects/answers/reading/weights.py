"""The learned reading of a clause: how likely it asks for each relation, by weights of its signs.

Signs are the words and parts of words of a clause, with a word for the kind of each thing that it names
(`PARTY`, `LIST`), and the cues and relations that the rules find. `tools/train_reading.py` makes the weights.
"""

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from overzicht.subjects.answers.reading.lexicon import Relation, words_of_countries

JUDGEMENT, OUTSIDE = "judgement", "outside"
LEARNED = tuple(relation for relation in Relation if relation is not Relation.ASSESS)
LABELS = (*LEARNED, JUDGEMENT, OUTSIDE)
WEIGHTS = "data/reading.npz"
IN_WORDS, IN_PARTS, IN_CUES = 1.0, 1.2, 0.7  # the share of each kind of sign, by cross-validation
PART_LENGTHS = (3, 4, 5)  # letters of parts of words
_WORD = re.compile(r"[\w’'&./-]*\w|[?!.,;:()«»“”\"]")
_OPENING = frozenset('?!.:;«“"')
_KINDS = frozenset({"LIST", "DAY", "LAW", "PARTY", "PLACE", "NUMBER", "NAME"})


_in_use: list["Weights"] = []


@dataclass(frozen=True, slots=True)
class Plain:
    """The words of a clause with the kind in place of each named thing, and the words of its lists."""

    words: tuple[str, ...] = ()
    of_lists: tuple[str, ...] = ()


NO_WORDS = Plain()


@dataclass(frozen=True, slots=True)
class Weights:
    """The row of each sign, and the weights: a row per sign and a column per label; the last row is added."""

    rows: Mapping[str, int]
    values: NDArray[np.float32]


def plain_words(words: str, blanked: Iterable[tuple[str, str]], names: Iterable[str]) -> Plain:
    """Return a clause without its names.

    `blanked` are a kind and the clause with the things of that kind, and all before, blanked; `names` are
    those of its parties.
    """
    kinds, before = [""] * len(words), words
    for kind, after in blanked:
        for at, (left, right) in enumerate(zip(before, after, strict=True)):
            if left != right:
                kinds[at] = kind
        before = after
    parts = {part.strip(".,") for name in names for part in name.split()}
    plain: list[str] = []
    of_lists, is_start = [], True
    for match in _WORD.finditer(words):
        named = next((kind for kind in kinds[match.start() : match.end()] if kind), "")
        if named == "LIST":
            of_lists.append(match[0].casefold())
        word = named
        if not word:
            own_word = match[0]
            if own_word in parts:
                word = "PARTY"
            else:
                folded = own_word.casefold()
                if folded in words_of_countries():
                    word = "PLACE"
                elif any(letter.isdigit() for letter in own_word):
                    word = "NUMBER"
                else:
                    word = "NAME" if own_word[:1].isupper() and not is_start else folded
        if word not in _KINDS or plain[-1:] != [word]:
            plain.append(word)
        is_start = match[0] in _OPENING
    return Plain(tuple(plain), tuple(of_lists))


def signs(plain: Plain, cues: Iterable[str], relations: Iterable[str]) -> dict[str, float]:
    """Return the signs of a clause and their weight; `cues` and `relations` are those of the rules."""
    words = ("^", *plain.words, "$")
    of_words = {f"w:{word}" for word in words}
    of_words |= {f"w:{left} {right}" for left, right in pairwise(words)}
    of_words |= {f"l:{word}" for word in plain.of_lists}
    parts = {f"c:{part}" for word in {*words} - _KINDS for part in _parts(f"<{word}>")}
    ruled_relations = tuple(relations)
    ruled = {f"q:{cue}" for cue in cues} | {f"r:{relation}" for relation in ruled_relations or ("-",)}
    shares = ((of_words, IN_WORDS), (parts, IN_PARTS), (ruled, IN_CUES))
    return {sign: share / math.sqrt(len(group)) for group, share in shares for sign in group}


def _parts(word: str) -> Iterator[str]:
    for length in PART_LENGTHS:
        yield from (word[at : at + length] for at in range(len(word) - length + 1))


def likelihoods(plain: Plain, cues: Iterable[str], relations: Iterable[str]) -> dict[str, float]:
    """Return by label how likely a clause asks for it, from 0 to 1; several may hold."""
    weights = _in_use[0] if _in_use else _packaged()
    known = [
        (weights.rows[sign], share)
        for sign, share in signs(plain, cues, relations).items()
        if sign in weights.rows
    ]
    rows = [row for row, _ in known]
    shares = np.array([share for _, share in known], dtype=np.float32)
    sums = shares @ weights.values[rows] + weights.values[-1]
    return {label: 1 / (1 + math.exp(-float(total))) for label, total in zip(LABELS, sums, strict=True)}


def use_weights(weights: Weights) -> None:
    """Read with other weights than the packaged ones, to measure them."""
    _in_use[:] = [weights]


@cache
def _packaged() -> Weights:
    packaged = resources.files("overzicht.subjects.answers").joinpath(WEIGHTS)
    return read_weights(packaged.read_bytes())


def read_weights(content: bytes) -> Weights:
    """Return the weights of a file: a scale per label and whole numbers of it."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        names = stored["signs"].tobytes().decode().split("\n")
        values = stored["steps"].astype(np.float32) * stored["scale"]
    return Weights({name: row for row, name in enumerate(names)}, values)
