"""Dutch compounds: the words of a vocabulary that are built from the same parts as a word.

`bewakingscamera` and `cameratoezicht` share `camera`. A word is split only into words of the vocabulary, so
nothing is guessed, and the vocabulary is that of the loaded papers (folded, see `questions.words`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

SHORTEST_PART = 4  # letters; shorter parts are inside too many words by chance
LINKS = ("", "s", "e", "en", "n", "er")  # between the parts of a compound
SAME, HEAD, FIRST, SIBLING = 1.0, 0.5, 0.35, 0.25  # weights of a shared word, second or first part
MOST_RELATED = 40


class Vocabulary:
    """The folded words of all loaded texts."""

    def __init__(self, words: Iterable[str]) -> None:
        """Take the words in any order; numbers are left out, they are never part of a compound."""
        self._words = sorted({word for word in words if word.isalpha()})
        self._known = frozenset(self._words)
        self._backward = sorted(word[::-1] for word in self._words)

    def related(self, word: str) -> dict[str, float]:
        """Return words that share a part with a word and their weights, 0 to 1; the word itself has 1.

        At most `MOST_RELATED` words, those with the highest weights.
        """
        weights = {word: SAME}
        if not word.isalpha() or len(word) < SHORTEST_PART:
            return weights
        for other, weight in self._relatives(word):
            weights[other] = max(weight, weights.get(other, 0.0))
        best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
        return dict(best[:MOST_RELATED])

    def parts(self, word: str) -> tuple[str, str] | None:
        """Return the two parts of a compound, the most even split; None for a word that is not one."""
        splits = [
            (first, word[cut:])
            for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
            if word[cut:] in self._known and (first := self._stem(word[:cut]))
        ]
        return max(splits, key=lambda pair: (min(map(len, pair)), len(pair[1])), default=None)

    def _relatives(self, word: str) -> Iterator[tuple[str, float]]:
        yield from ((other, HEAD) for other in self._ending_in(word))
        yield from ((other, FIRST) for other in self._beginning_with(word))
        parts = self.parts(word)
        if parts is not None:
            first, head = parts
            yield from ((head, HEAD), (first, FIRST))
            yield from ((other, SIBLING) for other in self._ending_in(head))
            yield from ((other, SIBLING) for other in self._beginning_with(first))

    def _stem(self, part: str) -> str:
        """Return the first part of a compound without its link; empty if it is not a known word."""
        stems = (part[: len(part) - len(link)] for link in LINKS if part.endswith(link))
        return next((stem for stem in stems if len(stem) >= SHORTEST_PART and stem in self._known), "")

    def _ending_in(self, head: str) -> Iterator[str]:
        for backward in _starting(self._backward, head[::-1]):
            if self._stem(backward[::-1][: -len(head)]):
                yield backward[::-1]

    def _beginning_with(self, first: str) -> Iterator[str]:
        for word in _starting(self._words, first):
            rest = word[len(first) :]
            heads = (rest[len(link) :] for link in LINKS if rest.startswith(link))
            if any(len(head) >= SHORTEST_PART and head in self._known for head in heads):
                yield word


def _starting(words: Sequence[str], prefix: str) -> Iterator[str]:
    """Yield the longer words with a prefix from a sorted list."""
    for index in range(bisect_left(words, prefix), len(words)):
        if not words[index].startswith(prefix):
            return
        if len(words[index]) > len(prefix):
            yield words[index]
