"""Brand and model in one text: `Hikvision DS-2CD2146G2-ISU`, `Axis / P3245-LVE`, `Hal [Bosch NDE-5503]`."""

import re
from functools import lru_cache

from overzicht.devices.vocabulary import plain
from overzicht.sources.inventories.tables.shapes import brand_length

LONGEST = 200
SHORTEST_NUMBER = (
    3  # digits of a model that is a number, as in `Axis 211`; the 1 of `hikvision-1` counts devices
)
_BETWEEN = " \t/:;,|–—-"
_HOST = re.compile(
    r"[0-9a-f]{12}\b|.*\.[a-z]{2,}$", re.IGNORECASE
)  # the rest of `axis-accc8e112233.example.org`
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{3,80})[\])]")


@lru_cache(maxsize=20_000)
def split_product(value: str) -> tuple[str, str]:
    """Return brand and model of a text; an empty text for what it does not name."""
    value = value[:LONGEST].strip()
    if length := brand_length(value):
        return _cut(value, length)
    words = value.split()
    start = next((n for n, word in enumerate(words) if any(char.isdigit() for char in word)), 0)
    return " ".join(words[:start]).strip(_BETWEEN), " ".join(words[start:])


@lru_cache(maxsize=20_000)
def product_in(label: str) -> tuple[str, str]:
    """Return the known brand in a label, at its start or in brackets, and the model; empty texts for none."""
    for part in (*_BRACKETED.findall(label[:LONGEST]), label[:LONGEST]):
        if length := brand_length(part):
            brand, model = _cut(_BRACKETED.sub(" ", part).strip() or part, length)
            is_counter = model.isdigit() and len(model) < SHORTEST_NUMBER
            is_model = any(map(str.isdigit, model)) and not is_counter and not _HOST.match(model)
            return brand, model if is_model else ""
    return "", ""


def product_of(model: str) -> tuple[str, str]:
    """Return brand and model of a model number with its brand before it; `MIC-7504` has none."""
    brand, rest = product_in(model)
    return (
        (brand, rest) if not model[len(brand) : len(brand) + 1].strip(_BETWEEN.replace("-", "")) else ("", "")
    )


def _cut(value: str, length: int) -> tuple[str, str]:
    """Cut a text after its first words, counted as the normal form of brand names counts them."""
    name = " ".join(plain(value).split(" ")[:length])
    end = next(end for end in range(1, len(value) + 1) if plain(value[:end]) == name)
    while end < len(value) and value[end].isalnum():
        end += 1
    return value[:end].strip(_BETWEEN), value[end:].strip(_BETWEEN)
