"""Frequencies of words in names: the packaged counts, to which an index adds those of its lists."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

import numpy as np

from overzicht.errors import PackagedFactError
from overzicht.screening.pack import Packed, Packer, weigh

_FILE = "word_counts.tsv"


@lru_cache(maxsize=1)
def counts() -> tuple[dict[str, int], int]:
    """Return the number of names with each word, and of all names; PackagedFactError for a faulty file."""
    lines = (files("overzicht.screening") / "data" / _FILE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    try:
        table = {word: int(count) for word, count in rows}
    except ValueError as error:
        raise PackagedFactError(_FILE, f"a line is not a word and a count ({error})") from error
    return table, table.pop("*")


def packed(names: Iterable[tuple[str, bool]], forms: Mapping[str, int] | None = None) -> Packed:
    """Return pairs (name, whether a person has it) as arrays, with words weighed by the packaged counts."""
    packer = Packer(forms)
    for name, is_person in names:
        packer.add(name, is_person=is_person)
    table, total = counts()
    seen = np.array([table.get(word, 0) for word in packer.texts()], np.float64)
    return Packed(weigh(packer.pack_words(), seen, total), packer.pack_names())
