"""Why a pair of names has its score: which word met which and how, and what stayed alone."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from overzicht.evidence import Confidence, Reason, Text, text
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
    forget,
    new_space,
)
from overzicht.screening.features import COUNT, fill_pair
from overzicht.screening.index.layout import IndexArrays
from overzicht.screening.pack import Names, Words
from overzicht.screening.scorer import Scorer

_MOST_NAMED = 12  # words named in a reason
_TELLS = 0.3  # a word of less weight is common
_TELLING = 0.8  # a word of more weight is hardly in any name, so it tells one party from another


def _how(how: int, ours: str, theirs: str) -> Text:
    """Return the sentence on how two words met."""
    sentences = {
        LETTERS: text("{ours} and {theirs} differ by a few letters", ours=ours, theirs=theirs),
        SOUND: text("{ours} and {theirs} sound alike", ours=ours, theirs=theirs),
        MEANING: text("{ours} and {theirs} mean the same", ours=ours, theirs=theirs),
        AS_INITIAL: text("{ours} and {theirs}: an initial and a word that begins with it", ours=ours,
        theirs=theirs),
        CUT_SHORT: text("{ours} and {theirs}: one is the other cut short", ours=ours, theirs=theirs),
        GLUED: text("{ours} and {theirs}: the same, written together or apart", ours=ours, theirs=theirs),
        ACRONYM: text("{ours} and {theirs}: one is the first letters of the other", ours=ours, theirs=theirs),
    }  # fmt: skip
    return sentences[how]


class Explainer:
    """Gives the reasons for pairs of a query's name and a listed one."""

    def __init__(self, index: IndexArrays, scorer: Scorer) -> None:
        self._words, self._names = index.words, index.names
        self._texts = index.name_texts
        self._scorer = scorer
        self._space = new_space()
        self._order = np.zeros((2, 64), np.int32)

    def columns(self, packed: tuple[Words, Names], row: int, listed: int) -> NDArray[np.float32]:
        """Return the columns of name `row` of a pack against a listed name."""
        words, names = packed
        out = np.zeros(COUNT, np.float32)
        forget(self._space, int(names.at[row + 1] - names.at[row]))
        fill_pair(words, names, row, self._words, self._names, listed, self._space, self._order, out)
        return out

    def contributions(self, packed: tuple[Words, Names], row: int, listed: int) -> dict[str, float]:
        """Return what each feature adds to the evidence (log-odds); with `start` they sum to it."""
        return self._scorer.contributions(self.columns(packed, row, listed))

    def is_same_name(self, packed: tuple[Words, Names], row: int, listed: int) -> bool:
        """Return whether two names are one but for slips; another likeness is of somebody who may be it.

        For a person every word of both names has to be the same, since one letter makes another person. For
        another party the most telling word of both has to be the same, no telling word may be left alone, and
        at most one general word.
        """
        words, names = packed
        ours = names.word[names.at[row] : names.at[row + 1]]
        theirs = self._names.word[self._names.at[listed] : self._names.at[listed + 1]]
        self.columns(packed, row, listed)
        one = _Side(words, ours, self._space.one_with, self._space.one_how)
        two = _Side(self._words, theirs, self._space.two_with, self._space.two_how)
        if self._names.person[listed]:
            return one.is_all_exact() and two.is_all_exact()
        left = (*one.weights_alone(), *two.weights_alone())
        most_left = 1 if min(len(ours), len(theirs)) > 1 else 0  # a name of one word is that word alone
        is_alone = len(left) > most_left or any(weight > _TELLING for weight in left)
        return one.is_heaviest_exact() and two.is_heaviest_exact() and not is_alone

    def reasons(self, name: str, packed: tuple[Words, Names], row: int, listed: int) -> Iterator[Reason]:
        """Yield the names that met, how their words met, and what stayed alone."""
        words, names = packed
        ours = names.word[names.at[row] : names.at[row + 1]]
        theirs = self._names.word[self._names.at[listed] : self._names.at[listed + 1]]
        columns = self.columns(packed, row, listed)
        sentence = text(
            "the name {ours} and the listed name {theirs}", ours=name, theirs=self._texts.get(listed)
        )
        yield Reason(sentence, strength=Confidence.HIGH if columns[2] > 0.9 else Confidence.MEDIUM)
        yield from self._met(words, ours, theirs)
        for left, strength in _alone(words, ours, self._space.one_with):
            yield Reason(
                text("only in the name asked for: {words}", words=left), strength=strength, against=True
            )
        for left, strength in _alone(self._words, theirs, self._space.two_with):
            yield Reason(
                text("only in the listed name: {words}", words=left), strength=strength, against=True
            )
        if columns[15] >= 2:
            yield Reason(text("their legal forms differ"), strength=Confidence.LOW, against=True)
        if columns[14] > 0:
            yield Reason(text("their numbers differ"), strength=Confidence.MEDIUM, against=True)

    def _met(self, words: Words, ours: NDArray[np.int32], theirs: NDArray[np.int32]) -> Iterator[Reason]:
        space = self._space
        same: list[str] = []
        for i in range(len(ours)):
            j = int(space.one_with[i])
            if j < 0:
                continue
            how = int(space.one_how[i])
            if how == EXACT:
                same.append(_text(words, int(ours[i])))
                continue
            with_j = [
                _text(self._words, int(theirs[k])) for k in range(len(theirs)) if space.two_with[k] == i
            ]
            met = " ".join(with_j) or _text(self._words, int(theirs[j]))
            sentence = _how(how, _text(words, int(ours[i])), met)
            yield Reason(sentence, strength=_strength(float(space.one_like[i])))
        if same:
            shown = ", ".join(same[:_MOST_NAMED])
            yield Reason(text("the same words: {words}", words=shown), strength=Confidence.HIGH)


class _Side:
    """The words of one name beside those of the other: with which word of it each met, and how."""

    def __init__(
        self, words: Words, row: NDArray[np.int32], partner: NDArray[np.int32], how: NDArray[np.uint8]
    ) -> None:
        weak = [int(words.kind[word]) == WEAK for word in row]
        self._words = [
            (float(words.weight[word]), int(partner[i]) >= 0, int(how[i]) == EXACT)
            for i, word in enumerate(row)
            if not weak[i] or all(weak)
        ]

    def is_all_exact(self) -> bool:
        return all(is_met and is_exact for _, is_met, is_exact in self._words)

    def is_heaviest_exact(self) -> bool:
        heaviest = max((weight for weight, *_ in self._words), default=0.0)
        return any(m and e for weight, m, e in self._words if weight == heaviest)

    def weights_alone(self) -> list[float]:
        return [weight for weight, is_met, _ in self._words if not is_met]


def _strength(like: float) -> Confidence:
    return Confidence.MEDIUM if like >= 0.8 else Confidence.LOW


def _text(words: Words, number: int) -> str:
    return bytes(words.text[words.text_at[number] : words.text_at[number + 1]]).decode("ascii")


def _alone(
    words: Words, row: NDArray[np.int32], partner: NDArray[np.int32]
) -> Iterator[tuple[str, Confidence]]:
    """Yield the words without a partner, once, with how much they tell; nothing where all met."""
    left = [int(word) for i, word in enumerate(row) if partner[i] < 0]
    if left:
        tells = any(words.kind[word] != WEAK and words.weight[word] > _TELLS for word in left)
        shown = ", ".join(_text(words, word) for word in left[:_MOST_NAMED])
        yield shown, Confidence.MEDIUM if tells else Confidence.LOW
