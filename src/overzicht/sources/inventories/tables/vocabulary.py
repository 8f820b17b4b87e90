"""The words of tables: headers, totals, cells that say nothing; the facts stand in `fields.yml`."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from overzicht.safeyaml import read_yaml

KEEP = ""  # the field of a column that is kept as it is


@lru_cache(maxsize=8192)  # the same words come back in every row
def plain(value: str) -> str:
    """Return a text in lower case, without accents, its words (letters and digits) joined by one space."""
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", bare))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means: the field, and whether a stronger header of another column goes first."""

    field: str
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The contents of `fields.yml`, with headers in plain form."""

    headers: dict[str, tuple[Meaning, ...]]
    fields: tuple[str, ...]
    device_fields: frozenset[str]
    many: frozenset[str]
    filler: frozenset[str]
    totals: frozenset[str]
    legends: frozenset[str]
    nothing: frozenset[str]
    about: frozenset[str]
    units: frozenset[str]
    dynamic_address: frozenset[str]

    def meanings(self, header: str) -> tuple[Meaning, ...]:
        """Return what a header may mean, the strongest first; empty when it is not known."""
        whole = plain(header)
        if whole in self.headers:
            return self.headers[whole]
        without_brackets = plain(re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", header))
        bare = " ".join(word for word in without_brackets.split() if word not in self.filler)
        return self.headers.get(without_brackets) or self.headers.get(bare, ())

    def says_nothing(self, value: str) -> bool:
        """Return whether a cell is empty or says that nothing is known."""
        return not value.strip() or value.strip().casefold() in self.nothing

    def is_total(self, value: str) -> bool:
        """Return whether a cell is the caption of a totals row."""
        return _begins_with(value, self.totals)

    def is_legend(self, value: str) -> bool:
        """Return whether a cell begins the explanation under a table."""
        return _begins_with(value, self.legends)


def _begins_with(value: str, words: frozenset[str]) -> bool:
    said = plain(value)
    return any(said == word or said.startswith(f"{word} ") for word in words)


@cache
def vocabulary() -> Vocabulary:
    """Return the packaged vocabulary."""
    content = files(__package__).joinpath("fields.yml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(content)
    headers: dict[str, tuple[Meaning, ...]] = {}
    for key, is_weak in (("headers", False), ("weak", True)):
        for field, entry in data["fields"].items():
            for header in entry.get(key, ()):
                headers[plain(header)] = (*headers.get(plain(header), ()), Meaning(field, is_weak))
    fields: dict[str, dict[str, Any]] = data["fields"]
    return Vocabulary(
        headers,
        tuple(fields),
        frozenset(name for name, entry in fields.items() if entry.get("device")),
        frozenset(name for name, entry in fields.items() if entry.get("many")),
        *(
            frozenset(word.casefold() for word in data[key])
            for key in ("filler", "totals", "legends", "nothing", "about", "units", "dynamic_address")
        ),
    )
