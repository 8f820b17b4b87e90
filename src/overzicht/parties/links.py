"""Link keys: the numbers, names and decisions by which entries of lists are one party.

A number links if only one party has such a number and its checksum is correct. A whole name links parties
other than persons and ships. A name of one word links only to a known party, because other parties may have
the same name. A person's name links only together with a full birth date.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from overzicht.entities import PartyQuery, Record
from overzicht.names.normal import PERSON_SCHEMATA, exact_key, name_key
from overzicht.parties.makers import known_parties
from overzicht.screening.index.resolve import NAME
from overzicht.screening.records.numbers import UNIQUE_KINDS, valid_number

UNNAMED_SCHEMATA = frozenset({"Vessel", "Airplane", "Security", "CryptoWallet"})  # linked by numbers alone
FULL_DATE = 10  # characters of an ISO day
Link = tuple[str, str]  # kind of `screening.index.resolve.KINDS`, normalised value


def links_of_record(record: Record, names: Iterable[str]) -> tuple[Link, ...]:
    """Return the link keys of an entry of a list, with `names` its strong names and their variants."""
    links = [*_numbers((s.prop, s.value) for s in record.statements)]
    if record.schema in PERSON_SCHEMATA:
        births = [day for day in record.values("birthDate") if len(day) == FULL_DATE]
        links += [(NAME, f"{name_key(name, is_person=True)} {day}") for name in names for day in births]
    elif record.schema not in UNNAMED_SCHEMATA:
        links += _names(names)
    return tuple(dict.fromkeys(links))


def links_of_known(query: PartyQuery) -> tuple[Link, ...]:
    """Return the link keys of a known party."""
    return tuple(dict.fromkeys([*_numbers(query.identifiers), *_names(query.names)]))


def _numbers(identifiers: Iterable[tuple[str, str]]) -> Iterator[Link]:
    for kind, value in identifiers:
        if kind in UNIQUE_KINDS and (normal := valid_number(kind, value)):
            yield kind, normal


def _names(names: Iterable[str]) -> Iterator[Link]:
    """Yield the links of names: without legal form, or as written if a card distinguishes them."""
    names = tuple(names)
    is_apart = any(exact_key(name) in _keys_apart() for name in names)
    for name in names:
        key = exact_key(name) if is_apart else name_key(name)
        if key and (" " in key or key in _known_keys()):
            yield NAME, key


@lru_cache(maxsize=1)
def _known_keys() -> frozenset[str]:
    names = [name for party in known_parties().values() for name in party.query.names]
    return frozenset(key for name in names for key in (exact_key(name), name_key(name)))


@lru_cache(maxsize=1)
def _keys_apart() -> frozenset[str]:
    """Return the exact names that a card states to be of other parties."""
    parties = known_parties().values()
    return frozenset(exact_key(name) for party in parties for name in party.query.not_the_same_as)
