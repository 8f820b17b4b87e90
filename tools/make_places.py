"""Write the names of territories and cities that the product has from CLDR, with the library Babel.

usage: python tools/make_places.py
"""

import csv
import io
from pathlib import Path

from babel import Locale
from babel.core import get_global

DATA = Path(__file__).resolve().parent.parent / "src/overzicht/evidence/data"


def territories() -> str:
    """Return the table of names by code."""
    english, dutch = (Locale(lang).territories for lang in ("en", "nl"))
    file = io.StringIO()
    rows = csv.writer(file, lineterminator="\n")
    rows.writerows([("code", "en", "nl"), *((code, english[code], dutch[code]) for code in sorted(english))])
    return file.getvalue()


def cities() -> str:
    """Return the cities after which time zones are named, a line each."""
    english = {zone.rpartition("/")[2].replace("_", " ") for zone in get_global("zone_territories")}
    dutch = {forms["city"] for forms in Locale("nl").time_zones.values() if "city" in forms}
    return "".join(f"{city}\n" for city in sorted(english | dutch))


MADE = {"territories.csv": territories, "cities.txt": cities}

if __name__ == "__main__":
    for name, make in MADE.items():
        (DATA / name).write_text(make(), encoding="utf-8")
