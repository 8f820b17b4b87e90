"""Values as lists print them: blanks, joined cells, partial dates, countries, languages, scripts.

A text in another form gives an empty result, without guessing; the reader stores it as a note.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date
from functools import lru_cache

from rigour.langs import iso_639_alpha3

from overzicht.dates import LATEST_YEAR, MONTHS, Period
from overzicht.entities.record import NO_DATES, Statement
from overzicht.entities.schemata import schemata
from overzicht.errors import UnreadableDateError
from overzicht.names.territories import territory_called

EARLIEST_BIRTH_YEAR = 1800  # companies on the lists were founded in the nineteenth century
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF))  # soft hyphen, zero-width signs
_ENUMERATION = re.compile(r"(?:^|[,;]\s+|(?<![\s,;])\s+)\(?(?:[a-z]|[ivx]{2,4})\)\s*")
_ENUMERATED = re.compile(r"\(?[ai]\)\s*\S")


def collapse(text: str) -> str:
    """Return the text with every run of white space as one blank, none at the ends, no invisible signs."""
    return " ".join(text.translate(_INVISIBLE).split())


def joined(parts: Iterable[str], between: str = ", ") -> str:
    """Return the parts that are not empty, collapsed, in one line."""
    return between.join(filter(None, map(collapse, parts)))


def split_cell(cell: str) -> tuple[str, ...]:
    """Return the values of a cell joined with `; `; a value that contains `; ` is quoted."""
    if '"' in cell:
        quoted = next(csv.reader([cell], delimiter=";", skipinitialspace=True))
        rejoined = "; ".join(f'"{value}"' if "; " in value else value for value in quoted)
        if collapse(rejoined.replace('"', "")) == collapse(cell.replace('"', "")):
            return tuple(value for item in quoted if (value := collapse(item)))
    return tuple(value for item in re.split(r";\s", cell) if (value := collapse(item).rstrip(";")))


def split_enumeration(value: str) -> tuple[str, ...]:
    """Return the items of `(a) one; (b) two` or `a) one, b) two`; a value without letters stays whole."""
    if not _ENUMERATED.match(value):
        return (value,)
    return tuple(item for part in _ENUMERATION.split(value) if (item := part.strip(" ,;.")))


def split_comment(value: str) -> tuple[str, str]:
    """Return a number and the remark in brackets at it: `G73 (Tunisian)` → `G73`, `Tunisian`."""
    if match := re.fullmatch(r"([^()]+)\(((?:[^()]|\([^()]*\))+)\)\.?", value):
        return match[1].rstrip(), match[2]
    if match := re.fullmatch(r"\(([^()]+)\)\s*([^()]+)", value):
        return match[2], match[1]
    return value, ""


def partial_date(text: str) -> str:
    """Return `1958-01-30`, `1958-01` or `1958` for a printed day, month or year; empty for other texts.

    The day comes first. For births and foundings, whose source often gives only the year. An impossible date
    or a year outside 1800 to 2099 raises UnreadableDateError.
    """
    cleaned = re.sub(r"(?<=\d[./])\s(?=\d)|(?<=\d)\s(?=[./]\d)", "", collapse(text.replace(",", " "))).rstrip(
        "."
    )
    if match := re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T+\-Z].*)?)?)?", cleaned):
        return _iso(text, match[1], match[2], match[3])
    if match := re.fullmatch(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{4})", cleaned):
        return _iso(text, match[3], match[2], match[1])
    if match := re.fullmatch(r"(?:(\d{1,2}) )?([A-Za-z]+)\.? (\d{4})", cleaned):
        month = MONTHS.get(match[2].lower())
        return _iso(text, match[3], str(month), match[1]) if month else ""
    return ""


def _iso(text: str, year: str, month: str | None, day: str | None) -> str:
    if not EARLIEST_BIRTH_YEAR <= int(year) <= LATEST_YEAR:
        raise UnreadableDateError(text, f"the year {year} is outside {EARLIEST_BIRTH_YEAR} to {LATEST_YEAR}")
    if month is None:
        return year
    try:
        checked = date(int(year), int(month), int(day or 1))
    except ValueError as error:
        raise UnreadableDateError(text, "the calendar has no such day") from error
    return checked.isoformat() if day else checked.isoformat()[:7]


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """Return FollowTheMoney's country code of a name, code or demonym (`Iranian` → `ir`); empty if none."""
    territory = territory_called(name) if name else None
    return (territory.ftm_country or "") if territory is not None else ""


@lru_cache(maxsize=256)
def language_code(code: str) -> str:
    """Return the ISO 639-3 code of a two-letter language code in any case; empty when there is none."""
    return (iso_639_alpha3(code) or "") if code else ""


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ", 1)[0]


def is_latin(text: str) -> bool:
    """Return whether all letters of the text are Latin; False if it has no letter."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(_script(letter) == "LATIN" for letter in letters)


def is_han(text: str) -> bool:
    """Return whether every letter of the text is a Chinese character; False when it has no letter."""
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and all(_script(letter) == "CJK" for letter in letters)


NO_TEXT = frozenset({"", "-", "--", "n/a", "N/A"})  # what sources print for "none"


def properties_of(schema: str) -> AbstractSet[str]:
    """Return the names of the properties that a FollowTheMoney schema has; ValueError for no schema."""
    if schema not in schemata():
        raise ValueError(f"{schema!r} is not a FollowTheMoney schema")
    return schemata()[schema].keys()


class Statements:
    """The distinct statements of a record of `schema`, in order.

    Values are trimmed; a changed spelling is stored as `original`. A value without a property in the schema
    becomes a note with its label.
    """

    def __init__(self, schema: str) -> None:
        self._properties = properties_of(schema)
        self._added: dict[tuple[str, str], Statement] = {}

    def add(
        self,
        prop: str,
        text: str,
        *,
        lang: str = "",
        period: Period = NO_DATES,
        original: str = "",
        label: str = "",
    ) -> None:
        """Add one value, unless it is empty or a duplicate.

        `original` is the source's spelling if more than blanks changed; `label` names the value in a note if
        the schema lacks `prop` (default: the property's name).
        """
        value = collapse(text)
        if value in NO_TEXT:
            return
        if prop not in self._properties:
            self.note(f"{label or prop}: {value}")
            return
        spelling = original or (text if text.strip() != value else "")
        self._added.setdefault((prop, value), Statement(prop, value, lang, spelling, period))

    def add_read(self, prop: str, value: str, printed: str, label: str) -> None:
        """Add a value as it was read from what is printed; where nothing could be read, a note."""
        if value:
            self.add(prop, value, original=printed if printed != value else "", label=label)
        elif printed:
            self.note(f"{label}: {printed}")

    def note(self, text: str) -> None:
        """Add a remark in words."""
        value = collapse(text)
        if value not in NO_TEXT:
            spelling = text if text.strip() != value else ""
            self._added.setdefault(("notes", value), Statement("notes", value, "", spelling))

    def has(self, prop: str, value: str) -> bool:
        """Return whether the property already has the value."""
        return (prop, collapse(value)) in self._added

    def all(self) -> tuple[Statement, ...]:
        """Return what was added: first what identifies the party, the notes last."""
        statements = self._added.values()
        return tuple(s for s in statements if s.prop != "notes") + tuple(
            s for s in statements if s.prop == "notes"
        )
