"""Agreement of two records in birth date, country, kind and address, each as one number."""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from overzicht.names.normal import PERSON_SCHEMATA, SHIP_SCHEMATA

OPEN_SCHEMATA = frozenset({"LegalEntity", "Thing", "Asset", ""})
ANY_KIND, PERSON_KIND, BODY_KIND, SHIP_KIND = range(4)
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_FAR = 10
_WORD = re.compile(r"\w+")
_COUNTRY_ALIASES = {"uk": "gb", "su": "ru", "zr": "cd", "bu": "mm", "tp": "tl", "yu": "rs", "cs": "rs"}


class Dates(IntEnum):
    """Agreement of two records' birth dates, from the clearest difference to the clearest agreement."""

    FAR_APART = 0
    APART = 1
    NEIGHBOURING_YEARS = 2
    UNKNOWN = 3
    OTHER_DAY = 4
    SAME_YEAR = 5
    SWAPPED = 6
    SAME_MONTH = 7
    SAME_DAY = 8


def kind_of_record(schema: str) -> int:
    """Return ANY_KIND, PERSON_KIND, BODY_KIND or SHIP_KIND for a FollowTheMoney schema."""
    if schema in PERSON_SCHEMATA:
        return PERSON_KIND
    if schema in SHIP_SCHEMATA:
        return SHIP_KIND
    return ANY_KIND if schema in OPEN_SCHEMATA else BODY_KIND


def kinds_agree(left: int, right: int) -> bool:
    """Return whether one party may be of both kinds; a LegalEntity may be a person or a body, not a ship."""
    if left == right:
        return True
    return ANY_KIND in (left, right) and SHIP_KIND not in (left, right)


def dates_agreement(left: Iterable[str], right: Iterable[str]) -> Dates:
    """Return the best agreement between two sets of ISO dates (`1966`, `1966-08`, `1966-08-17`)."""
    first, second = _parsed(tuple(left)), _parsed(tuple(right))
    agreements: list[Dates] = []
    for a in first:
        for b in second:
            apart = abs(a[0] - b[0])
            if apart:
                agreements.append(
                    Dates.NEIGHBOURING_YEARS
                    if apart <= 2
                    else Dates.APART
                    if apart <= _FAR
                    else Dates.FAR_APART
                )
                continue
            if a == b and a[2]:
                agreements.append(Dates.SAME_DAY)
                continue
            if not (a[1] and b[1]):
                agreements.append(Dates.SAME_YEAR)
                continue
            if not (a[2] and b[2]):
                agreements.append(Dates.SAME_MONTH if a[1] == b[1] else Dates.OTHER_DAY)
                continue
            agreements.append(Dates.SWAPPED if (a[1], a[2]) == (b[2], b[1]) else Dates.OTHER_DAY)
    return max(agreements, default=Dates.UNKNOWN)


@lru_cache(maxsize=65_536)
def _parsed(dates: tuple[str, ...]) -> tuple[tuple[int, int, int], ...]:
    """Return (year, month, day), 0 for unknown; the first of January often means the year alone."""
    result = []
    for text in dates:
        if match := _ISO.match(text):
            year, month, day = (int(part or 0) for part in match.groups())
            result.append((year, 0, 0) if (month, day) == (1, 1) else (year, month, day))
    return tuple(result)


def countries_agreement(left: Iterable[str], right: Iterable[str]) -> int:
    """Return 1 if two sets of country codes share one, -1 if they do not, 0 if either is empty."""
    first, second = {_country(code) for code in left}, {_country(code) for code in right}
    if not first or not second:
        return 0
    return 1 if first & second else -1


def _country(code: str) -> str:
    plain = code.strip().casefold().partition("-")[0]
    return _COUNTRY_ALIASES.get(plain, plain)


def addresses_agreement(left: Iterable[str], right: Iterable[str]) -> float:
    """Return the share of words that the two most similar addresses have in common, 0 to 1."""
    first, second = [_words(text) for text in left], [_words(text) for text in right]
    return max((len(a & b) / max(3, min(len(a), len(b))) for a in first for b in second), default=0.0)


@lru_cache(maxsize=16_384)
def _words(address: str) -> frozenset[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", address) if not unicodedata.combining(c))
    return frozenset(word for word in _WORD.findall(plain.casefold()) if len(word) > 2 or word.isdigit())
