"""Numbers of parties, as registers, passports and lists print them: normal forms and agreement."""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from overzicht.identifiers import wallet

UNIQUE_KINDS = {"leiCode": "lei", "uscCode": "uscc", "imoNumber": "imo", "innCode": "inn", "ogrnCode": "ogrn"}
SHORTEST = 5  # characters; many parties have the same shorter number
LONG = 6
_RELIABLE = ("leiCode", "uscCode", "ogrnCode")  # read in any property: their checksums are strong
_READ_AS_INN = frozenset({"taxNumber", "vatCode", "registrationNumber"})
_ONE_A_PARTY = frozenset(
    {"dunsCode", "cikCode", "okpoCode", "permId", "mmsi", "brightQueryId"}
)  # no checksum
_NOT_OF_A_PARTY = frozenset({"gazette", "zipCode", "wikidataId", "programId", "authorityId", "cpvCode"})
WALLET = "cryptoAddress"  # the address of a wallet: equal as it is written, and never by a part of it
_WALLETS = frozenset({WALLET, "publicKey"})
_SIGNS = re.compile(r"[^0-9A-Z]+")
_DATE = re.compile(
    r"\b\d{1,2}[./ ](?:\d{1,2}|[A-Z]{3,9})[./ ]\d{4}\b|\b\d{4}-\d\d-\d\d\b|\b(?:ON|UNTIL|TO|FROM)\s+\d{4}\b"
)
_IMO = re.compile(r"^\s*IMO\b\s*(?:NO|NR|NUMBER)?[\s.:#]*", re.IGNORECASE)
_RUNS = "01234567890123456789", "98765432109876543210", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a record: `unique` and `whole` are (kind, value), `parts` single words of longer texts.

    `unique` has those of a kind that only one party has, with a correct checksum; each is in `whole` too.
    """

    unique: frozenset[tuple[str, str]] = frozenset()
    whole: frozenset[tuple[str, str]] = frozenset()
    parts: frozenset[str] = frozenset()

    @property
    def values(self) -> frozenset[str]:
        """Return the whole values of any kind."""
        return frozenset(value for _, value in self.whole)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of the numbers of two records.

    `level`: 4 the same checked number, 3 the same number of one kind, 2 of two kinds, 1 a part of a longer
    text, 0 none. `shared` are the equal values. `clashing` are the kinds of number that a party has once and
    that differ. `others_differ` is True if both have other numbers of one kind and none is equal.
    """

    level: int = 0
    shared: tuple[str, ...] = ()
    clashing: tuple[str, ...] = ()
    others_differ: bool = False


def wallets_of(numbers: Numbers) -> frozenset[str]:
    """Return the addresses of wallets among numbers."""
    return frozenset(value for kind, value in numbers.whole if kind == WALLET)


def lookup_key(value: str) -> str:
    """Return the letters and digits of a number, by which records that may share it are looked up."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", value).upper()).removeprefix("IMO")


def numbers_of(identifiers: Iterable[tuple[str, str]]) -> Numbers:
    """Return the numbers in pairs of FollowTheMoney property and text, without placeholders."""
    unique: set[tuple[str, str]] = set()
    whole: set[tuple[str, str]] = set()
    parts: set[str] = set()
    for kind, text in identifiers:
        if kind in _NOT_OF_A_PARTY:
            continue
        if kind in _WALLETS:
            whole.add((WALLET, wallet.canonical(text)))
            continue
        checked = _checked(kind, text)
        unique.update(checked)
        whole.update(checked)
        value, words = _read(text)
        if kind == "imoNumber" and value.startswith("IMO"):
            value = value[3:]
        if value and not any(value == result for _, result in checked):
            whole.add((kind, value))
        parts.update(words)
    return Numbers(frozenset(unique), frozenset(whole), frozenset(parts))


def agreement(left: Numbers, right: Numbers) -> Agreement:
    """Return the agreement of two records' numbers, in either order."""
    same = {value for _, value in left.unique & right.unique}
    if same:
        return Agreement(4, tuple(sorted(same | (left.values & right.values))))
    clashing = _without_common(left.unique, right.unique)
    clashing += _without_common(*({n for n in side.whole if n[0] in _ONE_A_PARTY} for side in (left, right)))
    equal = {value for _, value in left.whole & right.whole if len(value) >= LONG}
    values = {value for value in left.values & right.values if len(value) >= SHORTEST}
    level = 3 if equal else 2 if values else 0
    if not level:
        values = set(left.parts & (right.parts | right.values) | right.parts & left.values)
        # numbers that end a longer one of the other side, such as a passport number without letters
        values |= {
            min(first, second, key=len)
            for first in left.values
            for second in right.values
            if abs(len(first) - len(second)) <= 3
            and min(len(first), len(second)) >= LONG
            and (first.endswith(second) or second.endswith(first))
            and first != second
        }
        level = 1 if values else 0
    others = [{n for n in side.whole - side.unique if n[0] != WALLET} for side in (left, right)]
    differ = not level and bool(_without_common(*others))
    return Agreement(level, tuple(sorted(values)), clashing, differ)


def _without_common(
    left: AbstractSet[tuple[str, str]], right: AbstractSet[tuple[str, str]]
) -> tuple[str, ...]:
    """Return the kinds for which both have numbers and share none."""
    both = {kind for kind, _ in left} & {kind for kind, _ in right}
    return tuple(sorted(both - {kind for kind, _ in left & right}))


@lru_cache(maxsize=65_536)
def _checked(kind: str, text: str) -> tuple[tuple[str, str], ...]:
    tried = {kind, *_RELIABLE} | ({"innCode"} if kind in _READ_AS_INN else set())
    result = ((name, valid_number(name, text)) for name in sorted(tried & UNIQUE_KINDS.keys()))
    return tuple((name, value.removeprefix("IMO")) for name, value in result if value)


@lru_cache(maxsize=65_536)
def valid_number(kind: str, text: str) -> str:
    """Return a number in its normal form; "" if its checksum is wrong or it is a placeholder."""
    from rigour.ids import get_identifier_format  # noqa: PLC0415 - needed for a party with numbers only

    form = get_identifier_format(UNIQUE_KINDS[kind])
    plain = _IMO.sub("", text) if kind == "imoNumber" else text
    if form is None:
        return ""
    normal = form.normalize(plain) or ""
    is_number = form.is_valid(normal) and not is_placeholder(normal.removeprefix("IMO"))
    return normal if normal and is_number else ""


@lru_cache(maxsize=65_536)
def _read(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text's letters and digits ("" if it is not a number), and the numbers among its words."""
    plain = _DATE.sub(" ", unicodedata.normalize("NFKC", text).upper())
    words = [word for word in _SIGNS.split(plain) if word]
    value = "".join(words)
    parts = tuple(word for word in words if word != value and _is_number(word) and len(word) >= LONG)
    return (value if _is_number(value) and len(value) <= 40 else ""), parts


def _is_number(value: str) -> bool:
    digits = sum(character.isdigit() for character in value)
    return len(value) >= SHORTEST and digits >= 3 and not is_placeholder(value)


def is_placeholder(value: str) -> bool:
    """Return whether a number is a placeholder: one or two characters repeated, or a run such as 12345."""
    return len(set(value)) < 3 or any(value in run for run in _RUNS)
