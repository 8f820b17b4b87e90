"""Names of territories and cities in English and Dutch, from the CLDR of Unicode: `tools/make_places.py`."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from overzicht.evidence.phrases import in_both
from overzicht.evidence.text import Text

_DATA = files("overzicht.evidence") / "data"


@cache
def territory_names(lang: str) -> Mapping[str, str]:
    """Return names in a language, `en` or `nl`, by the code of a country, a union or a region."""
    lines = (_DATA / "territories.csv").read_text(encoding="utf-8").splitlines()
    return {row["code"]: row[lang] for row in csv.DictReader(lines)}


def territory_text(code: str) -> Text:
    """Return the name of a territory in both languages; the code if it has no name."""
    names = {lang: territory_names(lang).get(code, code) for lang in ("en", "nl")}
    return in_both(en=names["en"], nl=names["nl"])


def cities() -> frozenset[str]:
    """Return the cities after which time zones are named, in English and Dutch."""
    return frozenset((_DATA / "cities.txt").read_text(encoding="utf-8").splitlines())
