"""Words by which a notice is understood: what is surveillance, what only looks like it, what is a brand."""

import re
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError

from overzicht.errors import PackagedFactError
from overzicht.safeyaml import read_packaged_yaml

FILE = "words.yml"
ANY = "any"


class NoticeWords(BaseModel):
    """The whole file; see the remarks in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    surveillance: dict[str, tuple[str, ...]]
    chambers: tuple[str, ...]
    other_goods: tuple[str, ...]
    brand_words: tuple[str, ...]
    ordinary: frozenset[str]
    mixed: frozenset[str]
    surveillance_cpv: tuple[str, ...]
    other_cpv: tuple[str, ...]


@cache
def load_words() -> NoticeWords:
    """Return the packaged words; PackagedFactError when the file is wrong."""
    data = read_packaged_yaml(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    try:
        return NoticeWords.model_validate(data)
    except ValidationError as error:
        raise PackagedFactError(FILE, str(error)) from error


@cache
def surveillance(language: str) -> re.Pattern[str]:
    """Return what finds words for cameras in a language, or in all where it is not known.

    The language `any` gives the words that mean nothing else anywhere.
    """
    words = load_words().surveillance
    known = (ANY, language) if language in words else tuple(words)
    return _pattern(tuple(word for name in dict.fromkeys(known) for word in words[name]))


@cache
def other_goods() -> re.Pattern[str]:
    """Return what finds words for other goods that makers of cameras sell."""
    return _pattern(load_words().other_goods)


@cache
def brand_before() -> re.Pattern[str]:
    """Return what finds a word for brand right before a name."""
    words = "|".join(load_words().brand_words)
    return re.compile(
        rf"(?<!\w)(?:{words})(?:\s*[:=(„“\"'’«-]|\s+\w{{1,4}})?\s*[„“\"'’«]?\s*$", re.IGNORECASE
    )


@cache
def _chambers() -> re.Pattern[str]:
    return _pattern(load_words().chambers)


def without_chambers(text: str) -> str:
    """Return a text with the chambers in it taken out, everything else in its place."""
    return _chambers().sub(lambda match: " " * len(match[0]), text)


def is_surveillance_cpv(code: str) -> bool:
    """Return whether a CPV code is of surveillance; the check digit does not count."""
    return code.startswith(load_words().surveillance_cpv)


def is_other_cpv(code: str) -> bool:
    """Return whether a camera under this CPV code is not surveillance, for example in a laboratory."""
    return code.startswith(load_words().other_cpv)


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
