"""Words that lists use for kinds, numbers, other names, days and countries, by `words.yml`."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from overzicht.dates import MONTHS
from overzicht.entities.schemata import schemata
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.lists.list_values import country_code
from overzicht.sources.lists.mapped.paths import plain

ALIAS, PREVIOUS = "alias", "previous"


@cache
def _words() -> Mapping[str, Any]:
    text = resources.files(__package__).joinpath("words.yml").read_text(encoding="utf-8")
    words: Mapping[str, Any] = read_packaged_yaml(text)
    return words


@cache
def _inverse(section: str) -> Mapping[str, str]:
    """Return our word by each word of a section."""
    meanings = {plain(name): name for name in _words()[section]}
    for name, known in _words()[section].items():
        for word in known["words"] if isinstance(known, dict) else known:
            meanings.setdefault(plain(word), name)
    return meanings


def names_of(section: str) -> tuple[str, ...]:
    """Return our words of a section (`kinds`, `numbers`, `effects`, `binds`), in order."""
    return tuple(_words()[section])


def meaning(section: str, text: str) -> str:
    """Return our word for a word of a list, also in the plural, or with a label; empty for an unknown one."""
    known = _inverse(section)
    folded = plain(text).strip(" .:;,()*")
    return known.get(folded) or known.get(folded.replace("_", " ").replace("-", " ")) or ""


def schema_of(kind: str) -> str:
    """Return the FollowTheMoney schema of a kind: of our words, or a schema itself; empty for neither."""
    known: Mapping[str, str] = _words()["schemata"]
    if kind in known:
        return known[kind]
    return next((name for name in schemata() if name.casefold() == kind.casefold()), "")


def kind_of(text: str) -> str:
    """Return the kind in a word of a list: one of ours, or a FollowTheMoney schema; empty for neither."""
    if text in schemata():
        own = next((kind for kind, schema in _words()["schemata"].items() if schema == text), "")
        return own or text
    return meaning("kinds", text)


def number_properties(kind: str) -> tuple[str, ...]:
    """Return the properties of a kind of number, best first."""
    return tuple(_words()["numbers"][kind]["as"])


@cache
def number_label() -> re.Pattern[str]:
    """Return the pattern of a known label before a number: `Passport no. `, `ID number (Lebanon): `."""
    labels = sorted((word for word in _inverse("numbers") if len(word) > 1), key=len, reverse=True)
    words = "|".join(map(re.escape, labels))
    ending = r"(?:\s*(?:no|nr|number|#|№)\b\.?)?"
    return re.compile(
        rf"(?P<label>{words}){ending}\s*(?P<country>\([^()]{{1,40}}\))?\s*(?:[:#.=]\s*|\s+|(?<=\)))(?=\S)",
        re.IGNORECASE,
    )


@cache
def other_name() -> re.Pattern[str]:
    """Return the pattern of the words that introduce another name."""
    words = sorted(_inverse("aka"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)\.?", re.IGNORECASE)


def role_of(marker: str) -> str:
    """Return whether a marker introduces an alias or a previous name."""
    return _inverse("aka").get(plain(marker), "") or _inverse("aka").get(plain(marker).rstrip("."), ALIAS)


@cache
def _set(section: str) -> frozenset[str]:
    return frozenset(map(plain, _words()[section]))


def is_none(text: str) -> bool:
    """Return whether a text is what lists print for no value."""
    return plain(text) in _set("none")


def is_total(cells: Sequence[str], width: int) -> bool:
    """Return whether a row of a table of at least three columns is a total: its word and a number or two."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if max(width, len(cells)) < len(("word", "number", "other")) or len(filled) > len(("word", "a", "b")):
        return False
    first, _, count = filled[0].partition(":")
    numbers = [*filled[1:], *filter(None, [count.strip()])]
    is_counted = all(re.fullmatch(r"[\d\s.,]+", number) for number in numbers)
    return is_counted and plain(first).strip(" .*") in _set("totals")


def is_endless(text: str) -> bool:
    """Return whether a text says that a measure has no end."""
    folded = plain(text).strip(" .()*")
    return folded in _set("no end")


@cache
def fillers() -> frozenset[str]:
    """Return the words that mark a day as inexact, or only label it."""
    return frozenset(map(plain, _words()["days"]["fillers"]))


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month by its names."""
    return {
        **{plain(name): number for number, names in _words()["days"]["months"].items() for name in names},
        **MONTHS,
    }


@lru_cache(maxsize=8_192)
def country_in(text: str) -> str:
    """Return the code of the country that a text names, in any known language and form; or empty."""
    cleaned = re.sub(r"\s+", " ", text).strip(" .;,*")
    turned = " ".join(reversed(cleaned.split(", ", 1)))
    for form in (cleaned, turned, " ".join(re.sub(r"\([^()]*\)", " ", cleaned).split())):
        if not form:
            continue
        if code := _inverse("countries").get(plain(form)) or country_code(form):
            return code
    return ""
