"""Common words of names: titles, particles, legal forms, and generic words with their English."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from overzicht.errors import PackagedFactError
from overzicht.safeyaml import read_packaged_yaml

_FILE = "words.yml"
SHORTEST_STEM, LONGEST_STEM = 4, 14


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of `data/words.yml`; `glued` runs from the longest form to the shortest.

    `general_words` tell no company from another. `stems` are beginnings of inflected words. `given_names` map
    a short form to the full one. `notes` matches notes of a list in a name, which have the words
    `note_words`; `ends` the words before a text that is not a name.
    """

    titles: frozenset[str]
    particles: frozenset[str]
    legal_forms: frozenset[str]
    general_words: frozenset[str]
    mended_forms: frozenset[str]
    glued: tuple[tuple[str, str], ...]
    glossary: dict[str, str]
    stems: dict[str, str]
    given_names: dict[str, str]
    notes: re.Pattern[str]
    note_words: frozenset[str]
    ends: re.Pattern[str]

    def meaning(self, word: str) -> str:
        """Return a generic word in English, or a short form of a name in full; else an empty text."""
        meaning = self.glossary.get(word) or self.given_names.get(word)
        if meaning or len(word) < SHORTEST_STEM or word.isascii():
            return meaning or ""
        stems = (word[:size] for size in range(min(len(word), LONGEST_STEM), SHORTEST_STEM - 1, -1))
        return next((self.stems[stem] for stem in stems if stem in self.stems), "")


def _phrases(phrases: list[str], pattern: str) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(pattern.format("|".join(map(re.escape, longest_first))), re.DOTALL)


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the packaged vocabulary; PackagedFactError if the file is faulty."""
    data: Any = read_packaged_yaml((files("overzicht.names") / "data" / _FILE).read_text(encoding="utf-8"))
    try:
        glued = [(form, kind) for kind, forms in data["glued_forms"].items() for form in forms]
        return Words(
            titles=frozenset(map(str, data["titles"])),
            particles=frozenset(map(str, data["particles"])),
            legal_forms=frozenset(map(str, data["legal_forms"])),
            general_words=frozenset(map(str, data["general_words"])),
            mended_forms=frozenset(map(str, data["mended_forms"])),
            glued=tuple(sorted(glued, key=lambda item: (-len(item[0]), item[0]))),
            glossary={str(word): str(meaning) for word, meaning in data["glossary"].items()},
            stems={str(stem): str(meaning) for stem, meaning in data["stems"].items()},
            note_words=frozenset(word for phrase in data["notes"] for word in phrase.split()),
            notes=_phrases(data["notes"], r"[\s,(:]*\b({})\b[\s,):]*"),
            ends=_phrases(data["ends"], r"\b({})\b.*"),
            given_names={short: full for full, forms in data["given_names"].items() for short in forms},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise PackagedFactError(_FILE, f"the vocabulary is not valid ({error})") from error
