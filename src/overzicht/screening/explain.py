"""Reasons for the score of two names: how their words match, and the words without a partner."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from overzicht.evidence import Confidence, Reason, text
from overzicht.names.analysis import WEAK
from overzicht.screening.align import (
    ACRONYM,
    AS_INITIAL,
    CUT_SHORT,
    EXACT,
    GLUED,
    LETTERS,
    MEANING,
    SOUND,
    Side,
    forget,
    new_space,
)
from overzicht.screening.features import COUNT, fill_pair
from overzicht.screening.index.layout import IndexArrays
from overzicht.screening.index.resolve import KNOWN_PARTIES
from overzicht.screening.pack import Name, Packed, name_of, text_of
from overzicht.screening.scorer import Scorer

_MOST_NAMED = 12  # words named in a reason
_TELLS = 0.3  # minimum weight of a word that is not common


class Explainer:
    """Gives the reasons for pairs of a query's name and a listed one."""

    def __init__(self, index: IndexArrays, scorer: Scorer) -> None:
        self._listed, self._texts = index.packed, index.name_texts
        self._lists, self._list_of = index.lists or ("",), index.postings.list
        self._scorer = scorer
        self._space = new_space()

    def columns(self, query: Packed, row: int, listed: int) -> NDArray[np.float32]:
        """Return the columns of name `row` of a pack and a listed name."""
        out = np.zeros(COUNT, np.float32)
        forget(self._space, int(query.names.at[row + 1] - query.names.at[row]))
        fill_pair(query, row, self._listed, listed, self._space, out)
        return out

    def contributions(self, query: Packed, row: int, listed: int) -> dict[str, float]:
        """Return what each feature adds to the evidence (log-odds); with `start` they sum to it."""
        return self._scorer.contributions(self.columns(query, row, listed))

    def is_same_name(self, query: Packed, row: int, listed: int) -> bool:
        """Return whether two names are the same except for spelling; other similar names may be of others.

        For a person every word of both names must be the same, because one letter makes another person. For
        another party the rarest word of both must be the same, and every word must have a partner: the name
        of a branch is that of the whole and more words.
        """
        self.columns(query, row, listed)
        ours, theirs = name_of(query, row), name_of(self._listed, listed)
        left, right = _matches(ours, self._space.left), _matches(theirs, self._space.right)
        if self._listed.names.person[listed]:
            return all(is_exact for _, _, is_exact in (*left, *right))
        if not all(is_matched for _, is_matched, _ in (*left, *right)):
            return False
        return _is_rarest_exact(left) and _is_rarest_exact(right)

    def reasons(self, name: str, query: Packed, row: int, listed: int) -> Iterator[Reason]:
        """Yield the two names, how their words match, and the words without a partner."""
        columns = self.columns(query, row, listed)
        ours, theirs = name_of(query, row), name_of(self._listed, listed)
        shown = self._texts.get(listed)
        sentence = text("the name {ours} and the listed name {theirs}", ours=name, theirs=shown)
        if self._lists[self._list_of[listed]] == KNOWN_PARTIES:
            sentence = text("the name {ours} and the name {theirs} of a known party", ours=name, theirs=shown)
        yield Reason(sentence, strength=Confidence.HIGH if columns[2] > 0.9 else Confidence.MEDIUM)
        yield from self._matched(ours, theirs)
        for words, strength in _alone(ours, self._space.left):
            yield Reason(
                text("only in the name asked for: {words}", words=words), strength=strength, against=True
            )
        for words, strength in _alone(theirs, self._space.right):
            yield Reason(
                text("only in the listed name: {words}", words=words), strength=strength, against=True
            )
        if columns[15] >= 2:
            yield Reason(text("their legal forms differ"), strength=Confidence.LOW, against=True)
        if columns[14] > 0:
            yield Reason(text("their numbers differ"), strength=Confidence.MEDIUM, against=True)

    def _matched(self, ours: Name, theirs: Name) -> Iterator[Reason]:
        side, other = self._space.left, self._space.right
        same: list[str] = []
        for i in range(len(ours.row)):
            j = int(side.partner[i])
            if j < 0:
                continue
            if side.how[i] == EXACT:
                same.append(_word(ours, i))
                continue
            partners = [_word(theirs, k) for k in range(len(theirs.row)) if other.partner[k] == i]
            shown = " ".join(partners) or _word(theirs, j)
            strength = Confidence.MEDIUM if side.like[i] >= 0.8 else Confidence.LOW
            how = int(side.how[i])
            our_word = _word(ours, i)
            sentences = {
                LETTERS: text("{ours} and {theirs} differ by a few letters", ours=our_word, theirs=shown),
                SOUND: text("{ours} and {theirs} sound alike", ours=our_word, theirs=shown),
                MEANING: text("{ours} and {theirs} mean the same", ours=our_word, theirs=shown),
                AS_INITIAL: text(
                    "{ours} and {theirs}: an initial and a word that begins with it",
                    ours=our_word,
                    theirs=shown,
                ),
                CUT_SHORT: text(
                    "{ours} and {theirs}: one is the other cut short", ours=our_word, theirs=shown
                ),
                GLUED: text(
                    "{ours} and {theirs}: the same, written together or apart", ours=our_word, theirs=shown
                ),
                ACRONYM: text(
                    "{ours} and {theirs}: one is the first letters of the other", ours=our_word, theirs=shown
                ),
            }
            yield Reason(sentences[how], strength=strength)
        if same:
            shown = ", ".join(same[:_MOST_NAMED])
            yield Reason(text("the same words: {words}", words=shown), strength=Confidence.HIGH)


def _matches(name: Name, side: Side) -> list[tuple[float, bool, bool]]:
    """Return (weight, whether it has a partner, whether that is the same word) of each word.

    Weak words are left out unless all are weak.
    """
    words = list(enumerate(name.row.tolist()))
    chosen = [(i, word) for i, word in words if name.words.kind[word] != WEAK] or words
    return [
        (
            float(name.words.weight[word]),
            bool(side.partner[i] >= 0),
            bool(side.partner[i] >= 0 and side.how[i] == EXACT),
        )
        for i, word in chosen
    ]


def _is_rarest_exact(matches: list[tuple[float, bool, bool]]) -> bool:
    highest = max((weight for weight, *_ in matches), default=0.0)
    return any(is_exact for weight, _, is_exact in matches if weight == highest)


def _word(name: Name, i: int) -> str:
    return bytes(text_of(name.words, int(name.row[i]))).decode("ascii")


def _alone(name: Name, side: Side) -> Iterator[tuple[str, Confidence]]:
    """Yield the words without a partner as one text, and how rare they are; nothing if all have one."""
    alone = [i for i in range(len(name.row)) if side.partner[i] < 0]
    if alone:
        numbers = name.row[alone]
        is_rare = any(name.words.kind[n] != WEAK and name.words.weight[n] > _TELLS for n in numbers)
        shown = ", ".join(_word(name, i) for i in alone[:_MOST_NAMED])
        yield shown, Confidence.MEDIUM if is_rare else Confidence.LOW
