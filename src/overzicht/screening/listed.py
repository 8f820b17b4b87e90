"""Parties of an index: their places, records, numbers and the parties that they are resolved with."""

import json
from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from overzicht.entities import PartyQuery
from overzicht.names.normal import SHIP_SCHEMATA, exact_key
from overzicht.screening.index.build import EITHER, SCHEMA_OF_KIND, kind_of
from overzicht.screening.index.layout import IndexArrays
from overzicht.screening.index.resolve import KNOWN_PARTIES
from overzicht.screening.records.matcher import contradicts
from overzicht.screening.records.numbers import Agreement, agreement, lookup_key, numbers_of, wallets_of
from overzicht.screening.records.party_record import PartyRecord

SAME_NUMBER = 3  # level of `records.numbers.Agreement` at which a number of one kind is the same


def span_of(values: NDArray[np.generic], value: int) -> tuple[int, int]:
    """Return where a value is in an ascending array: the first row, and the one after the last.

    The value gets the type of the array; for a value of another type NumPy copies the whole array.
    """
    key = np.array(value, values.dtype)
    return int(np.searchsorted(values, key, "left")), int(np.searchsorted(values, key, "right"))


class ListedParties:
    """Reads the parties of an index by number."""

    def __init__(self, index: IndexArrays) -> None:
        self._index = index

    def place(self, party: int) -> tuple[str, str]:
        """Return (list, record id) of a party."""
        return self._index.lists[int(self._index.parties.list[party])], self._index.party_ids.get(party)

    def resolved_with(self, party: int) -> list[int]:
        """Return the parties that are one party with this one, itself included."""
        first, last = span_of(self._roots, self._index.resolved.root[party])
        return list(map(int, self._index.resolved.order[first:last]))

    @cached_property
    def _roots(self) -> NDArray[np.int32]:
        """The roots of all parties, ascending, parallel to `resolved.order`."""
        return self._index.resolved.root[self._index.resolved.order]

    @cached_property
    def known(self) -> Mapping[str, int]:
        """The numbers of the known parties, by id."""
        if KNOWN_PARTIES not in self._index.lists:
            return {}
        number = self._index.lists.index(KNOWN_PARTIES)
        parties = np.flatnonzero(self._index.parties.list == number)
        return {self._index.party_ids.get(int(party)): int(party) for party in parties}

    @cached_property
    def by_number(self) -> Mapping[str, list[int]]:
        """The parties that have a number, by its letters and digits."""
        parties: dict[str, list[int]] = {}
        for party in np.flatnonzero(np.diff(self._index.details.at)).tolist():
            for _, value in json.loads(self._index.details.get(party)).get("identifiers", ()):
                parties.setdefault(lookup_key(value), []).append(party)
        return parties

    def names_of(self, party: int) -> range:
        """Return the numbers of the names of a party."""
        return range(*span_of(self._index.postings.party, party))

    def record(self, party: int) -> PartyRecord:
        """Return a party as a record."""
        texts: tuple[list[str], list[str]] = ([], [])
        for number in self.names_of(party):
            texts[self._index.postings.weak[number]].append(self._index.name_texts.get(number))
        details = json.loads(self._index.details.get(party) or "{}")
        return PartyRecord(
            schema=self.schema_of(party),
            names=tuple(dict.fromkeys(texts[0])),
            weak_names=tuple(dict.fromkeys(texts[1])),
            birth_dates=tuple(details.get("birth_dates", ())),
            countries=tuple(details.get("countries", ())),
            addresses=tuple(details.get("addresses", ())),
            identifiers=tuple((kind, value) for kind, value in details.get("identifiers", ())),
        )

    def schema_of(self, party: int) -> str:
        """Return the FollowTheMoney schema of a party, as far as the index knows it."""
        details = json.loads(self._index.details.get(party) or "{}")
        return str(details.get("schema", SCHEMA_OF_KIND[self._index.parties.kind[party]]))

    def is_other_thing(self, party: int, schema: str) -> bool:
        """Return whether a party is a ship and the schema is not, or the reverse; False if neither tells."""
        listed = self.schema_of(party)
        is_told = EITHER not in (kind_of(schema), kind_of(listed))
        return is_told and (listed in SHIP_SCHEMATA) != (schema in SHIP_SCHEMATA)

    def is_ship(self, party: int) -> bool:
        """Return whether a party is a ship or an aircraft."""
        return self.schema_of(party) in SHIP_SCHEMATA

    def is_contrary(self, query: PartyQuery, party: int) -> bool:
        """Return whether the evidence in a query contradicts the record of a party."""
        return query.has_evidence and contradicts(PartyRecord.of_query(query), self.record(party))

    def with_number(self, query: PartyQuery) -> list[int]:
        """Return the parties that may have a number of the query; for a known party those that have it."""
        keys = dict.fromkeys(lookup_key(value) for _, value in query.identifiers)
        parties = dict.fromkeys(party for key in keys for party in self.by_number.get(key, ()))
        return [p for p in parties if query.has_evidence or self.agreement(query, p).level >= SAME_NUMBER]

    def agreement(self, query: PartyQuery, party: int) -> Agreement:
        """Return how the numbers of a query and of a party agree."""
        return agreement(numbers_of(query.identifiers), numbers_of(self.record(party).identifiers))

    def same_wallet(self, query: PartyQuery, party: int) -> frozenset[str]:
        """Return the addresses of wallets that a query and a party share."""
        own = wallets_of(numbers_of(query.identifiers))
        return own & wallets_of(numbers_of(self.record(party).identifiers)) if own else own

    def has_name(self, party: int, names: set[str]) -> bool:
        """Return whether a party has one of these names, in their exact normal form."""
        get = self._index.name_texts.get
        return bool(names) and any(exact_key(get(number)) in names for number in self.names_of(party))
