"""Words of inventories from `vocabulary.yml`: placeholders, generic words, and words for kinds of device."""

import re
from functools import cache

from pydantic import Field, field_validator

from overzicht.devices.model import DeviceKind
from overzicht.evidence.packaged import StrictModel, packaged_facts


class KindWords(StrictModel):
    """Words (regular expressions, ignoring case) that name one kind of device; earlier entries win."""

    kind: DeviceKind
    words: tuple[str, ...] = Field(min_length=1)


class WeakProduct(StrictModel):
    """A scanner's product string that is known to name the wrong maker, and why."""

    pattern: str
    why: str


class Vocabulary(StrictModel):
    """The whole file. `placeholders` and `chips` match a whole manufacturer or model value."""

    placeholders: frozenset[str]
    chips: tuple[str, ...]
    generic_words: frozenset[str]
    separators: str
    kinds: tuple[KindWords, ...]
    other_kinds: tuple[KindWords, ...]
    other_products: tuple[KindWords, ...]
    weak_products: tuple[WeakProduct, ...] = ()

    @field_validator("separators")
    @classmethod
    def _compiles(cls, value: str) -> str:
        re.compile(value)
        return value


@cache
def load_vocabulary() -> Vocabulary:
    """Return the packaged words; PackagedFactError when the file is wrong."""
    return packaged_facts(Vocabulary, "overzicht.devices", "vocabulary.yml")


KindPatterns = tuple[tuple[DeviceKind, re.Pattern[str]], ...]


@cache
def _kind_patterns(name: str) -> KindPatterns:
    return tuple(
        (entry.kind, re.compile(rf"(?<![a-z])(?:{'|'.join(entry.words)})(?![a-z])", re.IGNORECASE))
        for entry in getattr(load_vocabulary(), name)
    )


@cache
def kind_in_words(words: str, *, is_kind: bool = False) -> tuple[DeviceKind, str]:
    """Return the kind of device in a text and the matching words; (unknown, "") if there is none.

    `is_kind` marks a text that must name the kind. In other texts, only unambiguous words name equipment that
    is not surveillance: every camera has a `web server`.
    """
    other = _kind_patterns("other_kinds" if is_kind else "other_products")
    for kind, pattern in (*_kind_patterns("kinds"), *other):
        if match := pattern.search(words):
            return kind, match[0]
    return DeviceKind.UNKNOWN, ""
