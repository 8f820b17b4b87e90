"""How common words are in names at large: the packaged counts, which an index adds its own list's to."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import PackagedFactError
from overzicht.screening.pack import Packer, Words, weigh

_FILE = "word_counts.tsv"


@lru_cache(maxsize=1)
def counts() -> tuple[dict[str, int], int]:
    """Return how many names have a word, and of how many names; PackagedFactError for a faulty file."""
    lines = (files("overzicht.screening") / "data" / _FILE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    try:
        table = {word: int(count) for word, count in rows}
    except ValueError as error:
        raise PackagedFactError(_FILE, f"a line is not a word and a count ({error})") from error
    return table, table.pop("*")


def weighed(packer: Packer, words: Words, own: NDArray[np.int64] | None = None, own_total: int = 0) -> Words:
    """Return the words with weights from the packaged counts and, where given, the counts of a list."""
    table, total = counts()
    texts: Sequence[str] = packer.texts()
    seen = np.array([table.get(text, 0) for text in texts], np.float64)
    if own is not None:
        seen = seen + own
    return weigh(words, seen, total + own_total)
