"""Words of cells and sheets from `lexicon.yml`: ditto marks, things that are not devices, old sheets."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from overzicht.evidence import Text, text
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.inventories.tables.vocabulary import plain

LONGEST_DITTO = 22
LONGEST_ITEM = 200
THINGS: Mapping[str, Text] = {
    "licence": text("A licence or software, not a device"),
    "contract": text("A contract for maintenance or service, not a device"),
    "labour": text("Hours of work or delivery, not a device"),
    "cabling": text("Cabling, not a device"),
    "pole": text("A pole for a camera, not a device"),
    "bracket": text("A bracket or housing, not a device"),
    "disk": text("A disk or memory card, not a device"),
    "power": text("A power supply or battery, not a device"),
    "network": text("Network equipment, not surveillance equipment"),
    "computer": text("A computer or screen, not surveillance equipment"),
    "other": text("An accessory, not a device"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A class of things that are not devices: its words, and patterns of the text as it is written."""

    name: str
    strong: re.Pattern[str]
    weak: re.Pattern[str] | None
    written: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Contents of `lexicon.yml`, compiled."""

    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    sheets: Mapping[str, re.Pattern[str]]
    numbers: Mapping[str, int]
    articles: tuple[Thing, ...]
    parts: frozenset[str]
    measure: re.Pattern[str]

    def is_in(self, value: str, key: str) -> bool:
        """Return whether the whole of a text is a word of this list."""
        return plain(value) in self.words[key]

    def has(self, value: str, key: str) -> bool:
        """Return whether a text contains a word of this list."""
        return self.patterns[key].search(plain(value)) is not None

    def starts(self, value: str, key: str) -> bool:
        """Return whether a text starts with a word of this list."""
        return self.patterns[key].match(plain(value)) is not None


def is_ditto(cell: str) -> bool:
    """Return whether a cell repeats the cell above it."""
    if cell[:1].casefold() not in _starts_of_ditto():  # fast: most cells
        return False
    return len(cell) <= LONGEST_DITTO and "".join(cell.casefold().split()) in lexicon().words["ditto"]


@cache
def _starts_of_ditto() -> frozenset[str]:
    return frozenset(word[0] for word in lexicon().words["ditto"])


@lru_cache(maxsize=20_000)
def thing_in(item: str, *, names_model: bool, is_known: bool = False) -> str:
    """Return the class of a thing that is not a device; an empty text for a device or what is not known.

    `names_model` says that a model number is next to it, and `is_known` that a maker card knows it. What
    follows `with`, `for` or `on` belongs to the thing and does not decide.
    """
    words = lexicon()
    item = item[:LONGEST_ITEM]
    # the words of the thing itself, before `with` or `for`; all words if it begins with these
    item_words = plain(item)
    ends = [m.start() for key in ("with", "for") if (m := lexicon().patterns[key].search(item_words, 1))]
    head = words.patterns["no_things"].sub(" ", item_words[: min(ends)] if ends else item_words)
    device = words.patterns["devices"].search(head)
    for article in words.articles:
        match = article.strong.search(head)
        if match is None and article.written and article.written.search(item):
            return article.name
        if match is None or (device and is_known):
            continue
        if device and match.start() < device.start():  # a property of the device in the same text
            if words.patterns["attributive"].fullmatch(match[0]):
                continue
        elif device and article.name in words.parts and device.end() <= match.start():
            continue  # a part of it
        return article.name
    if names_model:
        return ""
    for article in words.articles:
        match = article.weak.search(head) if article.weak else None
        if match and not (device and device.start() < match.start()):
            return article.name
    return ""


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of these words as whole words; `*` stands for letters of the same word."""
    matches: list[str] = []
    for word in words:
        parts = word.split("*")
        matches.append(r"[^\W_]{0,40}".join(re.escape(plain(part)) for part in parts).replace(r"\ ", " "))
    forms = sorted(matches, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(forms)})(?![^\W_])")


@cache
def lexicon() -> Lexicon:
    """Return the packaged lexicon."""
    data: dict[str, Any] = read_packaged_yaml(
        files(__package__).joinpath("lexicon.yml").read_text(encoding="utf-8")
    )
    articles = tuple(
        Thing(
            name,
            _pattern(entry["strong"]),
            _pattern(entry["weak"]) if "weak" in entry else None,
            re.compile("|".join(entry["written"])) if "written" in entry else None,
        )
        for name, entry in data["things"].items()
    )
    lists = {key: list(map(str, entry)) for key, entry in data.items() if isinstance(entry, list)}
    return Lexicon(
        {key: frozenset(map(plain, entry)) for key, entry in lists.items()}
        | {"ditto": frozenset(word.casefold() for word in lists["ditto"])},
        {key: _pattern(entry) for key, entry in lists.items() if key != "ditto"},
        {role: _pattern(map(str, entry)) for role, entry in data["sheets"].items()},
        data["numbers"],
        articles,
        frozenset(data["parts"]),
        re.compile(rf"(?:{data['measures']})", re.IGNORECASE),
    )
