"""Marks that identify a device: its own numbers, its label and place, its network address.

Marks are normalised for comparison, without filler such as `000000` or `n/a`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.sighting import Sighting, Trace
from overzicht.devices.vocabulary import load_vocabulary, plain, squashed
from overzicht.evidence import Text, text
from overzicht.identifiers import mac

MIN_SERIAL_CHARACTERS = 6
COUNTING = ("01234567890123456789", "98765432109876543210")
# What a Hikvision device answers: model, day of making and factory before the number on its box.
LONG_SERIAL = re.compile(r".+?(?:19|20)\d{6}[A-Z]{4}([A-Z]{0,2}\d{8,9})(?:WCVU)?")
HOST_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+\.?")
_NOT_IN_NUMBERS = re.compile(r"[^A-Z0-9]")
_DIGIT = re.compile(r"\d")
SHORTEST_LONG_SERIAL = 21
FILLER_PREFIXES = ("00:00:00:", "00:11:22:33:44:", "AA:BB:CC:DD:EE:")


class Mark(StrEnum):
    """The kinds of mark, the surest first; `DEVICE` is what a person or the register says."""

    DEVICE = "a person"
    ROW = "row"
    SERIAL = "serial"
    MAC = "mac"
    LABEL = "label"
    ADDRESS = "network address"
    PLACE = "place and model"
    SITE = "site"
    ORGANISATION = "organisation"
    PRODUCT = "brand and model"


WORDS: Mapping[str, Text] = {
    Mark.DEVICE: text("device in the register"),
    Mark.ROW: text("row in full"),
    Mark.SERIAL: text("serial number"),
    Mark.MAC: text("MAC address"),
    Mark.LABEL: text("label"),
    Mark.ADDRESS: text("network address"),
    Mark.PLACE: text("place and model"),
    Mark.SITE: text("site"),
    Mark.ORGANISATION: text("organisation"),
    Mark.PRODUCT: text("brand and model"),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one sighting; an empty text, tuple or set if it has none.

    A row of several equal devices has no serial number, MAC address or network address.
    """

    serials: tuple[str, ...]
    macs: tuple[str, ...]
    label: str
    address: str
    organisation: str
    site: str
    place: str
    point: str  # latitude and longitude
    brands: frozenset[str]
    models: frozenset[str]
    product: str  # brand and model as they are written
    kind: str
    is_one: bool

    @classmethod
    def of(cls, sighting: Sighting) -> "Marks":
        """Return the marks of a sighting."""
        is_one = sighting.quantity == 1
        brands, models = sighting.values(Trace.BRAND), sighting.values(Trace.MODEL)
        point = "" if sighting.latitude is None else f"{sighting.latitude:.5f} {sighting.longitude or 0:.5f}"
        words = load_vocabulary()
        form = plain(sighting.label)
        is_generic = form in words.placeholders or all(
            word in words.generic_words for word in form.split(" ")
        )
        macs = []
        for value in mac_addresses(sighting) if is_one else ():
            is_filler = value.startswith(FILLER_PREFIXES) or len(set(value.split(":"))) == 1
            if not is_filler and not mac.is_group_address(mac.Mac(value)):
                macs.append(value)
        return cls(
            serials=serials(sighting) if is_one else (),
            macs=tuple(macs),
            label="" if is_generic else _fold(sighting.label),
            address=_fold(sighting.address) if is_one else "",
            organisation=folded(sighting.organisation),
            site=folded(sighting.site),
            place=folded(sighting.place),
            point=point,
            brands=_brands(brands),
            models=_models(models),
            product=_product(brands, models),
            kind=folded(sighting.kind),
            is_one=is_one,
        )

    @property
    def is_told_apart(self) -> bool:
        """Whether the device has a mark of its own, other than place and product."""
        return bool(self.serials or self.macs or self.label or self.address)

    @property
    def name(self) -> str:
        """The label if the organisation assigned it; empty for a host name, which contradicts no label."""
        is_host = "." in self.label and HOST_NAME.fullmatch(self.label)
        return "" if is_host else self.label


def mac_addresses(sighting: Sighting) -> tuple[str, ...]:
    """Return the MAC addresses of a sighting in normal form; what is not an address is left out."""
    normal = [mac.normalize(value) for value in sighting.values(Trace.MAC)]
    return tuple(dict.fromkeys(value for value in normal if value)) if normal else ()


def serials(sighting: Sighting) -> tuple[str, ...]:
    """Return the serial numbers that tell devices apart: long enough, with a digit, and no filler."""
    written = ["".join(value.upper().split()) for value in sighting.values(Trace.SERIAL)]
    numbers: dict[str, None] = {}
    for value in written:
        bare = _NOT_IN_NUMBERS.sub("", value)
        is_filler = len(bare.strip("0")) < 2 or len(set(bare)) < 2 or any(bare in row for row in COUNTING)
        if len(bare) < MIN_SERIAL_CHARACTERS or is_filler or _DIGIT.search(bare) is None:
            continue
        # the number on the box, where the device answers with its model and day of making before it
        long = LONG_SERIAL.fullmatch(value) if len(value) >= SHORTEST_LONG_SERIAL else None
        numbers[long[1] if long else value] = None
    return tuple(numbers)


@lru_cache(maxsize=10_000)
def _brands(values: tuple[str, ...]) -> frozenset[str]:
    keys = set()
    for value in values:
        form = plain(value)
        if form not in load_vocabulary().placeholders:
            match = load_knowledge().brands.find(value)
            keys.add(match.brand.key if match else form.split(" ")[0])
    return frozenset(keys - {""})


@lru_cache(maxsize=10_000)
def _models(values: tuple[str, ...]) -> frozenset[str]:
    # the first word with a digit: `AXIS P3245-V (2.8 mm)` is `p3245v`
    numbers = ([word for word in value.split() if any(char.isdigit() for char in word)] for value in values)
    first = (words[0] if words else value for words, value in zip(numbers, values, strict=True))
    return frozenset(map(squashed, first)) - {""}


@lru_cache(maxsize=20_000)
def _product(brands: tuple[str, ...], models: tuple[str, ...]) -> str:
    return _fold(" ".join(sorted((*brands, *models))))


@lru_cache(maxsize=20_000)
def folded(value: str) -> str:
    """Return a text that many devices share without letter case and double spaces."""
    return _fold(value)


def _fold(value: str) -> str:
    return " ".join(value.casefold().split())
