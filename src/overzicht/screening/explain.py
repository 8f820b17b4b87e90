"""Reasons for the score of two names: how their words match, and the words without a partner."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from overzicht.evidence import Confidence, Reason, text
from overzicht.names.analysis import WEAK
from overzicht.names.compiled import Grid
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
from overzicht.screening.pack import Name, Packed, Words, name_of, text_of
from overzicht.screening.scorer import Scorer
from overzicht.screening.telling import ComparedWord

_MOST_NAMED = 12  # words named in a reason
_SURE = 0.9  # likeness of words that mean the same, or are the same written together
_SOUNDS_SAME = 0.85  # likeness of sounds of words of two scripts
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

    def compared(self, query: Packed, row: int, listed: int) -> tuple[list[ComparedWord], list[ComparedWord]]:
        """Return the words of two names, compared with those of the other."""
        self.columns(query, row, listed)
        ours, theirs = name_of(query, row), name_of(self._listed, listed)
        letters = self._space.letters
        return _compared(ours, theirs, self._space.left, letters), _compared(
            theirs, ours, self._space.right, letters.T
        )

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


def _compared(name: Name, other: Name, side: Side, letters: Grid[np.float32]) -> list[ComparedWord]:
    words, result = name.words, []
    for i, w in enumerate(name.row.tolist()):
        j, how, like = int(side.partner[i]), int(side.how[i]), float(side.like[i])
        own, kind, weight = _english(words, w), int(words.kind[w]), float(words.weight[w])
        if j < 0:
            result.append(ComparedWord(own, kind, weight))
            continue
        partner = _word(other, j)[:1] if how == ACRONYM else _word(other, j)  # one letter per word
        is_sure = how in (MEANING, GLUED) and like >= _SURE
        edits = round((1 - float(letters[i, j])) * max(len(_word(name, i)), len(partner)))
        if words.mode[w] != other.words.mode[other.row[j]]:
            edits, is_sure = 0, is_sure or (how == SOUND and like >= _SOUNDS_SAME)
        result.append(ComparedWord(own, kind, weight, partner, edits, how == EXACT, is_sure))
    return result


def _english(words: Words, number: int) -> str:
    meaning = int(words.meaning[number])
    return bytes(text_of(words, number if meaning < 0 else meaning)).decode("ascii")


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
