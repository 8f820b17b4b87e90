"""Other readings of Chinese names: Wade-Giles in pinyin, characters in Cantonese, and what characters mean.

The other modules read characters in pinyin, so a name in the spelling of Hong Kong or of older books, or in
translation, matches only by these readings. `data/chinese.yml` gives the sources of each spelling.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from overzicht.derived import Table, derived, table_content
from overzicht.errors import PackagedFactError
from overzicht.names.analysis import segment, split_name
from overzicht.names.common_words import words
from overzicht.names.latin import HAN, KANA, script_of
from overzicht.names.meaning import meanings
from overzicht.safeyaml import read_packaged_yaml

FILE = "chinese.yml"
MOST_CHARACTERS = 60  # longer texts have no other reading
_APOSTROPHES = str.maketrans("’‘ʻʼ`´", "''''''")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?")
_RUN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Spellings:
    """Syllables of Wade-Giles in pinyin; initials, finals, whole syllables of Jyutping as names have them."""

    wade_giles: dict[str, str]
    initials: dict[str, str]
    finals: dict[str, str]
    whole: dict[str, str]


@lru_cache(maxsize=65_536)
def readings(name: str) -> tuple[str, ...]:
    """Return the other readings of a name, to be compared as names; empty if there are none.

    A name in characters is read in Cantonese, and a company's by its meaning; one whose words are Wade-Giles
    syllables, with a hyphen or an apostrophe to show it, in pinyin. Other parts of the name stay.
    """
    if len(name) > MOST_CHARACTERS:
        return ()
    if any(script_of(character) == HAN for character in name):
        is_japanese = any(script_of(character) == KANA for character in name)
        names = ("" if is_japanese else cantonese(name), *meanings(name))
    else:
        names = (from_wade_giles(name),)
    return tuple(dict.fromkeys(filter(None, names)))


def cantonese(name: str) -> str:
    """Return a name with its characters in the Cantonese spelling of names, a word per syllable.

    Generic words and legal forms stay in characters. Empty if no character has a reading.
    """
    plain, _ = split_name(name)

    def read(run: re.Match[str]) -> str:
        part = next((word for word in plain if word in run[0]), run[0])
        before, _, form = run[0].partition(part)
        return " ".join(["", before, *map(_named, segment(part)), form, ""])

    spelling = " ".join(_RUN.sub(read, name).split())
    return spelling if spelling != name else ""


def from_wade_giles(name: str) -> str:
    """Return a name with its Wade-Giles syllables in pinyin; empty if none is certain.

    A word with a hyphen or an apostrophe shows the spelling, and then plain words are read by it as well.
    """
    text = name.translate(_APOSTROPHES).casefold()
    if "-" not in text and "'" not in text:
        return ""
    # each word of Wade-Giles syllables in pinyin, a word for each part; empty for another word
    read: dict[str, str] = {}
    for word in _WORD.findall(text):
        parts = [spellings().wade_giles.get(part.strip()) for part in word.split("-") if part]
        read[word] = "" if None in parts else " ".join(part for part in parts if part)
    if not any(pinyin and ("-" in word or "'" in word) for word, pinyin in read.items()):
        return ""
    spelling = _WORD.sub(lambda word: read[word[0]] or word[0], text)
    return spelling if spelling != text else ""


def _named(piece: str) -> str:
    """Return characters as names spell them; generic words and unknown characters stay."""
    if piece in words().glossary:
        return piece
    syllables: list[str] = []
    while len(syllables) < len(piece):
        rest = piece[len(syllables) :]
        read = next(filter(None, (_jyutping().get(rest[:size]) for size in range(len(rest), 0, -1))), None)
        if read is None:
            return piece
        syllables += read.split(",")
    return " ".join(map(_as_named, syllables))


@lru_cache(maxsize=1)
def _jyutping() -> Table:
    """Return the syllables of each word that the package `tojyutping` has, most common reading first."""
    return derived(f"jyutping-{version('tojyutping')}", _jyutping_content, Table)


def _jyutping_content() -> bytes:
    from ToJyutping.Trie import root  # type: ignore[import-untyped]  # noqa: PLC0415 - takes almost 2 s

    return table_content(_syllables_below(root, ""))


def _syllables_below(node: Any, before: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a node of the table with the syllables of its first reading."""
    if node.v:
        first = node.v[0]
        syllables = [first] if len(before) == 1 else first
        yield before, ",".join(syllable.jyutping for syllable in syllables)
    for character, below in node.items():
        yield from _syllables_below(below, before + character)


def _as_named(jyutping: str) -> str:
    """Return a syllable of Jyutping, with its tone, as names spell it."""
    table, syllable = spellings(), jyutping.rstrip("123456")
    if syllable in table.whole:
        return table.whole[syllable]
    for size in (2, 1):
        first, rest = syllable[:size], syllable[size:]
        if first in table.initials and rest in table.finals:
            return table.initials[first] + table.finals[rest]
    return table.finals.get(syllable, syllable)


@lru_cache(maxsize=1)
def spellings() -> Spellings:
    """Return the packaged spellings; PackagedFactError if the file is faulty."""
    data: Any = read_packaged_yaml((files("overzicht.names") / "data" / FILE).read_text(encoding="utf-8"))
    try:
        wade_giles, named = data["wade_giles"], data["cantonese"]
        # every syllable of the table in pinyin, with and without the dots of ü
        syllables: dict[str, str] = {}
        usual = wade_giles["finals"]["*"]
        special = {
            first: finals for firsts, finals in wade_giles["finals"].items() for first in firsts.split()
        }
        for written, initial in wade_giles["initials"].items():
            for final, plain in usual.items():
                pinyin = special.get(initial, {}).get(final, plain)
                if final == "u" and initial in ("z", "c", "s") and written not in wade_giles["vowel_less"]:
                    pinyin = plain
                soft = wade_giles["before_i_and_ü"].get(initial, initial)
                first = soft if final in wade_giles["soft_finals"] else initial
                syllables[written + final] = first + pinyin
        syllables |= wade_giles["whole"]
        spoken = {syllable.replace("ü", "u"): pinyin for syllable, pinyin in syllables.items()} | syllables
        return Spellings(spoken, named["initials"], named["finals"], named["whole"])
    except (KeyError, TypeError, AttributeError) as error:
        raise PackagedFactError(FILE, f"the spellings are not valid ({error})") from error
