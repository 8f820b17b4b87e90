"""Shapes of the values of a column: the share that are MAC addresses, model numbers and so on."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice, pairwise

from overzicht.devices import DeviceKind
from overzicht.devices.brands import SpellingMatch
from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.vocabulary import kind_in_words, state_in
from overzicht.devices.vocabulary import plain as plain_name
from overzicht.identifiers import mac
from overzicht.sources.inventories.tables.lexicon import lexicon, thing_in
from overzicht.sources.inventories.tables.products import brand_length, is_known_model, is_product
from overzicht.sources.inventories.tables.ranges import range_in
from overzicht.sources.inventories.tables.vocabulary import vocabulary

VALUES_LOOKED_AT = 200
LONGEST_VALUE = 200
SHORTEST_RUN = 4  # numbers that count the rows; 1, 2, 3 may be quantities
_IP = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}(?:[/:]\d{1,5})?(?![\d.])")
_IPV6 = re.compile(r"(?=[^:]*:[^:]*:)[0-9A-Fa-f:]{3,45}(?:%\w+)?(?:/\d{1,3})?")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,15}://\S+")
_STREAM = re.compile(r"(?:rtspx?s?|rtmps?|onvif)://\S+")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?\b.*|\d{1,2}[-/. ]\w{2,9}[-/. ]\d{2,4}\b.*|(?:19|20)\d\d")
_YEAR = re.compile(r"19[89]\d|20[0-4]\d")
_DEGREES = re.compile(r"-?\d{1,3}[.,]\d{3,20}°?")
_NUMBER = re.compile(r"\d{1,9}")
_CODE = re.compile(r"(?=[^0-9]*[0-9])[A-Za-z]{1,8}(?:[-_ .]?[A-Za-z0-9]{1,8}){1,3}")
_VERSION = re.compile(r"[Vv]?\d{1,5}(?:\.\d{1,9}){1,5}\b.{0,30}|[A-Z]{2,6}-\w{2,10}\.\d[\w.]{2,20}")
_QUANTITY = re.compile(
    r"(?:[x×]\s?)?\d{1,5}(?:[.,]00?)?\s?[^\W\d_]{0,10}[.]?(?:\s?[^\W\d_]{1,10})?|\d{1,4}\s?(?:-|t/m|tot|to|bis|à)\s?\d{1,4}|(?:ca\.?|±|~|>|<|\+/-)?\s?\d{1,5}\+?"
)
_SERIAL = re.compile(r"(?=(?:[A-Za-z]*\d){4})[A-Za-z0-9]{8,24}")
_MODEL = re.compile(
    r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9][A-Za-z0-9/_.+()-]{2,30}(?: [\w()/.+-]{1,12}){0,3}"
)


def is_mac(value: str) -> bool:
    """Return whether a text is one MAC address in any notation that holds a letter or separators."""
    bare = value.strip()
    return not bare.isdigit() and mac.normalize(bare) is not None


def is_ip(value: str) -> bool:
    """Return whether a text is an IP address, with or without a prefix length or port."""
    first = re.split(r"[,;\s]", value.strip(), maxsplit=1)[0]
    return bool(_IP.fullmatch(first) or (_IPV6.fullmatch(first) and not is_mac(first)))


@lru_cache(maxsize=20_000)
def is_brand(value: str) -> bool:
    """Return whether the whole of a text is a known brand."""
    match = load_knowledge().brands.find(value)
    return match is not None and not any(char.isdigit() for char in value)


@lru_cache(maxsize=20_000)
def is_brand_name(value: str) -> bool:
    """Return whether a text is a brand and nothing more; `Axis Dealer North` only begins with one."""
    match = load_knowledge().brands.find(value)
    return is_brand(value) and match is not None and match.spelling is not SpellingMatch.BEGINNING


@lru_cache(maxsize=20_000)
def is_brand_and_model(value: str) -> bool:
    """Return whether a text is a known brand followed by something with a digit."""
    length = brand_length(value)
    rest = plain_name(value).split(" ")[length:]
    return bool(length and rest) and any(char.isdigit() for char in " ".join(rest[:3]))


def is_model(value: str) -> bool:
    """Return whether a text can be a model number: letters and digits together, few words."""
    shaped = _MODEL.fullmatch(value) is not None and not is_mac(value) and not is_ip(value)
    return (shaped and _VERSION.fullmatch(value) is None) or is_known_model(value)


def is_serial(value: str) -> bool:
    """Return whether a text can be a serial number, and not a model number that a maker card knows."""
    return _SERIAL.fullmatch(value) is not None and not is_known_model(value)


@lru_cache(maxsize=20_000)
def is_kind(value: str) -> bool:
    """Return whether a short text names a kind of device."""
    is_short = len(value.split()) <= 4 and len(value) <= 40
    return is_short and kind_in_words(value, is_kind=True)[0] is not DeviceKind.UNKNOWN


SHAPES: Mapping[str, Callable[[str], bool]] = {
    "mac": is_mac,
    "ip": is_ip,
    "url": lambda value: _URL.match(value) is not None,
    "stream": lambda value: _STREAM.match(value) is not None,
    "date": lambda value: _DATE.fullmatch(value) is not None,
    "year": lambda value: _YEAR.fullmatch(value) is not None,
    "number": lambda value: _NUMBER.fullmatch(value) is not None,
    "quantity": lambda value: (
        _QUANTITY.fullmatch(value) is not None or lexicon().is_in(value, "number_words")
    ),
    "version": lambda value: _VERSION.fullmatch(value) is not None,
    "brand": is_brand,
    "brand name": is_brand_name,
    "yes or no": lambda value: lexicon().is_in(value, "is_yes") or lexicon().is_in(value, "is_no"),
    "brand and model": is_brand_and_model,
    "known model": is_known_model,
    "model": is_model,
    "kind": is_kind,
    "code": lambda value: _CODE.fullmatch(value) is not None,
    "digit": lambda value: any(char.isdigit() for char in value),
    "product": is_product,
    "thing": lambda value: bool(thing_in(value, names_model=False)) and not is_product(value),
    "state": lambda value: state_in(value) is not None,
    "degrees": lambda value: _DEGREES.fullmatch(value) is not None,
    "range": lambda value: (numbers := range_in(value)) is not None and numbers.count > 1,
    "numbered": lambda value: range_in(value) is not None,
    "serial": is_serial,
    "written mac": lambda value: not value.isalnum() and is_mac(value),
}


@dataclass(frozen=True)
class Profile:
    """Values of a column (at most 200, none empty) and how many rows the table has."""

    values: tuple[str, ...]
    rows: int

    @classmethod
    def of(cls, cells: Iterable[str], rows: int) -> "Profile":
        """Return the profile of the cells below a header, in a table of `rows` rows."""
        filled = (cell[:LONGEST_VALUE] for cell in cells if not vocabulary().says_nothing(cell))
        return cls(tuple(islice(filled, VALUES_LOOKED_AT)), min(rows, VALUES_LOOKED_AT))

    @cached_property
    def _shares(self) -> dict[str, float]:
        return {}

    def share(self, shape: str) -> float:
        """Return the share, 0 to 1, of the values that have a shape; 0 without values."""
        if not self.values:
            return 0.0
        if shape not in self._shares:
            self._shares[shape] = sum(map(SHAPES[shape], self.values)) / len(self.values)
        return self._shares[shape]

    @property
    def sample(self) -> str:
        """The first different values, each at most 40 characters."""
        return ", ".join(list(dict.fromkeys(value[:40] for value in self.values))[:3])

    @property
    def filled(self) -> float:
        """Share of the rows in which the column has a value."""
        return len(self.values) / self.rows if self.rows else 0.0

    @cached_property
    def distinct(self) -> float:
        """Number of different values as a share of the values."""
        return len(set(self.values)) / len(self.values) if self.values else 0.0

    @cached_property
    def is_counter(self) -> bool:
        """Whether the values number the rows: whole numbers, each about one more than the one before."""
        if not self.values or self.share("number") < 1:
            return False
        numbers = [int(value) for value in self.values]
        steps = [after - before for before, after in pairwise(numbers)]
        return numbers[0] <= 1 and all(0 < step <= 3 for step in steps)

    @cached_property
    def is_running(self) -> bool:
        """Whether whole numbers run on by one from 1, perhaps again in each block: they count the rows."""
        numbers = [int(value) for value in self.values if _NUMBER.fullmatch(value)]
        if len(numbers) < SHORTEST_RUN or len(numbers) < 0.9 * len(self.values) or numbers[0] > 1:
            return False
        steps = list(pairwise(numbers))
        going = sum(after == before + 1 for before, after in steps)
        again = sum(after == 1 and before >= SHORTEST_RUN - 1 for before, after in steps)
        return max(numbers) >= SHORTEST_RUN and going + again >= len(steps) - 1 and going > again
