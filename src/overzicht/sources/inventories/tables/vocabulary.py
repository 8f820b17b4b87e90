"""Words of tables: headers, totals, cells that say nothing. The facts are in `fields.yml`."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

from overzicht.safeyaml import read_packaged_yaml

KEEP = ""  # the field of a column that gives no field
TIERS = ("headers", "usual", "weak")  # the strongest first
PARTIAL = len(TIERS)  # tier of a header that only contains a known one
LONGEST_CAPTION = 200  # characters of a cell that may begin with the words of a total or legend
MOST_CAPTION_WORDS = 5  # of these words
SIGNS = frozenset({"#", "№"})  # a whole header that says number in a sign
MOST_AROUND = 8  # spaces and brackets around a cell that says nothing
MOST_HEADER_WORDS = 6  # of a header that says the same in two languages
LONGEST_PHRASE = 4  # words of a known header that are searched in a longer one
_BETWEEN_LANGUAGES = re.compile(r" / | \| |\|| - | – ")
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_GENERIC_ENDS = frozenset({"name", "value", "display", "label", "text", "raw"})  # of a path in a tree


@lru_cache(maxsize=8192)  # the same words come back in every row
def plain(value: str) -> str:
    """Return a text in lower case, without accents, its words (letters and digits) joined by one space."""
    if value.isascii():  # fast: most cells
        return " ".join(_WORD.findall(value.lower()))
    decomposed = unicodedata.normalize("NFKD", value.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(_WORD.findall(bare))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field that a header may name. `tier` 0 decides by itself; a higher tier waits for a lower one."""

    field: str
    tier: int


@dataclass(frozen=True)
class Vocabulary:
    """Contents of `fields.yml`, with headers in plain form."""

    headers: dict[str, tuple[Meaning, ...]]
    fields: tuple[str, ...]
    device_fields: frozenset[str]
    many: frozenset[str]
    words: dict[str, frozenset[str]]
    abbreviations: dict[str, str]
    longest_nothing: int  # characters of a cell that says that nothing is known
    ends_of_nothing: frozenset[str]  # last characters of such a cell

    def meanings(self, header: str) -> tuple[Meaning, ...]:
        """Return the fields that a header may name, the strongest first; empty if it is not known."""
        return _meanings(header)

    def find_meanings(self, header: str) -> tuple[Meaning, ...]:
        """Return the same without a cache: the whole header, shorter forms of it, then each half of it."""
        header = "number sign" if header.strip() in SIGNS else header
        return self._known(header) or self._in_two_languages(header)

    def _known(self, header: str) -> tuple[Meaning, ...]:
        # the ends of a path in a tree, the longest first: `type.maker.name` gives `maker.name` too
        parts = [part for part in re.split(r"[./]", header) if part]
        path_ends = []
        if len(parts) > 1 and " " not in header.strip():
            ends = [parts[start:] for start in range(len(parts))]
            path_ends = [
                " ".join(part)
                for end in ends
                for part in (end, (end[:-1] if end[-1].casefold() in _GENERIC_ENDS else []))
                if part
            ]
        for form in (header, _without_brackets(header), *path_ends):
            for words in dict.fromkeys((plain(form), plain(_CAMEL.sub(" ", form)))):
                bare = " ".join(word for word in words.split() if word not in self.words["filler"])
                whole = " ".join(self.abbreviations.get(word, word) for word in bare.split())
                if known := self.headers.get(words) or self.headers.get(bare) or self.headers.get(whole):
                    return known
        return ()

    def _in_two_languages(self, header: str) -> tuple[Meaning, ...]:
        """Return the fields that each part of a header names: `N° série / Serienr.`, `Merk Marque`."""
        if not self._header_words.issuperset(plain(header).split()):  # fast: most cells
            return ()
        words = header.split(" ")[:MOST_HEADER_WORDS]
        halves = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
        for parts in (_BETWEEN_LANGUAGES.split(header), header.split("/"), *halves):
            named = [part for part in parts if plain(part)]
            known = [{m.field: m.tier for m in self._known(part)} for part in named]
            fields = [f for f in known[0] if all(f in other for other in known)] if len(named) > 1 else []
            if fields:
                return tuple(Meaning(f, max(other[f] for other in known)) for f in fields)
        return ()

    @cached_property
    def _header_words(self) -> frozenset[str]:
        """The words of all known headers, also cut short, and the words around them."""
        words = frozenset(word for header in self.headers for word in header.split())
        return words | self.abbreviations.keys() | self.words["filler"]

    def partial_meanings(self, header: str) -> tuple[Meaning, ...]:
        """Return the fields of the known header inside a longer one: the longest, of equals the last.

        Only for a header that is not known as a whole, such as `Camera make (as installed)`.
        """
        words = plain(_CAMEL.sub(" ", _without_brackets(header))).split()
        for length in range(min(LONGEST_PHRASE, len(words) - 1), 0, -1):
            for start in range(len(words) - length, -1, -1):
                known = self.headers.get(" ".join(words[start : start + length]), ())
                if sure := [meaning for meaning in known if meaning.tier < PARTIAL - 1]:
                    return tuple(Meaning(meaning.field, PARTIAL) for meaning in sure)
        return ()

    def header_has(self, header: str, key: str) -> bool:
        """Return whether a header contains a word of this list of `fields.yml`."""
        return not self.words[key].isdisjoint(plain(_CAMEL.sub(" ", header)).split())

    def is_in(self, value: str, key: str) -> bool:
        """Return whether the whole of a text is a word of this list of `fields.yml`."""
        return plain(value) in self.words[key]

    def says_camera(self, value: str) -> bool:
        """Return whether a text has a word by which a thing is a camera."""
        bare = plain(value)
        inside = self.words["cameras_inside"]
        is_said = not self.words["cameras"].isdisjoint(re.findall(r"[^\W\d_]+", bare))
        return is_said or any(plain(word) in bare for word in inside)

    def is_free(self, value: str) -> bool:
        """Return whether a name, perhaps with a number, says that a place or address is kept free."""
        return plain(value).rstrip("0123456789 ") in self.words["free"]

    def says_nothing(self, value: str) -> bool:
        """Return whether a cell is empty or says that nothing is known."""
        if value and value[-1] not in self.ends_of_nothing:  # fast: most cells
            return False
        if len(value) > self.longest_nothing + MOST_AROUND:
            return False
        bare = value.strip().strip("()[]<>")
        return not bare or (len(bare) <= self.longest_nothing and bare.casefold() in self.words["nothing"])

    def is_total(self, value: str) -> bool:
        """Return whether a cell is the caption of a totals row."""
        return _begins_with(value, self.words["totals"])

    def is_legend(self, value: str) -> bool:
        """Return whether a cell begins the explanation under a table."""
        return _begins_with(value, self.words["legends"])


def _begins_with(value: str, words: frozenset[str]) -> bool:
    start = plain(value[:LONGEST_CAPTION]).split(" ")
    return start[0] in _first_words(words) and any(
        " ".join(start[:length]) in words for length in range(1, MOST_CAPTION_WORDS + 1)
    )


@cache
def _first_words(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.partition(" ")[0] for word in words)


@lru_cache(maxsize=8192)
def _meanings(header: str) -> tuple[Meaning, ...]:
    return vocabulary().find_meanings(header)


@cache
def vocabulary() -> Vocabulary:
    """Return the packaged vocabulary."""
    content = files(__package__).joinpath("fields.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_packaged_yaml(content)
    others = files(__package__).joinpath("languages.yml").read_text(encoding="utf-8")
    data |= read_packaged_yaml(others)
    fields: dict[str, dict[str, Any]] = data.pop("fields")
    for key in TIERS:
        for field, more in data.pop(key).items():
            fields[field] = {**fields[field], key: [*fields[field].get(key, ()), *more]}
    abbreviations: dict[str, str] = data.pop("abbreviations")
    headers: dict[str, tuple[Meaning, ...]] = {}
    for tier, key in enumerate(TIERS):
        for field, entry in fields.items():
            for header in map(plain, map(str, entry.get(key, ()))):
                headers[header] = (*headers.get(header, ()), Meaning(field, tier))
    words = {key: frozenset(str(word).casefold() for word in entry) for key, entry in data.items()}
    words["totals"] = frozenset(map(plain, words["totals"] | words["other_totals"]))
    return Vocabulary(
        headers,
        tuple(fields),
        frozenset(name for name, entry in fields.items() if entry.get("device")),
        frozenset(name for name, entry in fields.items() if entry.get("many")),
        words,
        abbreviations,
        max(map(len, words["nothing"])),
        frozenset("()[]<> \t\r\n\xa0").union(*({w[-1], w[-1].upper()} for w in words["nothing"] if w)),
    )


def _without_brackets(header: str) -> str:
    """Return a header without the parts between brackets; the time is linear in its length."""
    return re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", header)
