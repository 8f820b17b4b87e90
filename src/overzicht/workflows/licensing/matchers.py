"""A matcher over a few records in memory, names compared in Latin letters whatever script they came in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from overzicht.entities import PartyMatch, PartyMatcher, PartyQuery, Record, Statement
from overzicht.entities.record import NAME_PROPERTIES
from overzicht.names.analysis import analyse
from overzicht.names.normal import PERSON_SCHEMATA, name_key
from overzicht.screening.exact import ExactMatcher, FoundRecord


def latin_form(name: str, *, is_person: bool = False) -> str:
    """Return a name's words in Latin letters with its legal form in one spelling; empty when none is left.

    So `ООО «Восточный Глаз»` and `Vostochnyy Glaz LLC` give the same.
    """
    taken_apart = analyse(name, is_person=is_person)
    return " ".join([*(word.text for word in taken_apart.words), *taken_apart.forms])


class MemoryLookup:
    """Look-ups over records in memory (implements `screening.exact.RecordLookup`)."""

    def __init__(self, list_id: str, records: Sequence[Record]) -> None:
        self._list_id = list_id
        self._by_pair: dict[tuple[str, str], list[Record]] = defaultdict(list)
        self._by_key: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            for statement in record.statements:
                self._by_pair[(statement.prop, statement.value)].append(record)
            is_person = record.schema in PERSON_SCHEMATA
            for key in {name_key(name, is_person=is_person) for name in record.names}:
                self._by_key[key].append(record)

    def by_identifiers(
        self, pairs: Sequence[tuple[str, str]], lists: Sequence[str] | None
    ) -> list[FoundRecord]:
        """Return the records with one of these (property, value) pairs."""
        return self._found([record for pair in pairs for record in self._by_pair.get(pair, ())], lists)

    def by_name_keys(self, keys: Sequence[str], lists: Sequence[str] | None) -> list[FoundRecord]:
        """Return the records with a name of one of these normal forms."""
        return self._found([record for key in keys for record in self._by_key.get(key, ())], lists)

    def _found(self, records: Sequence[Record], lists: Sequence[str] | None) -> list[FoundRecord]:
        if lists is not None and self._list_id not in lists:
            return []
        unique = {record.id: record for record in records}
        return [FoundRecord(self._list_id, unique[key]) for key in sorted(unique)]


class LatinMatcher:
    """A PartyMatcher that asks another one with the names as given and in Latin letters."""

    def __init__(self, inner: PartyMatcher) -> None:
        self._inner = inner

    def match(
        self, queries: Sequence[PartyQuery], *, as_of: date, lists: Sequence[str] | None = None
    ) -> list[list[PartyMatch]]:
        """Return for each query its matches, best first; see PartyMatcher."""
        spelled = [replace(query, names=_with_latin(query.names, query.schema)) for query in queries]
        return self._inner.match(spelled, as_of=as_of, lists=lists)


def _with_latin(names: Sequence[str], schema: str) -> tuple[str, ...]:
    is_person = schema in PERSON_SCHEMATA
    forms = [latin_form(name, is_person=is_person) for name in names]
    return tuple(dict.fromkeys([*names, *(form for form in forms if form)]))


def matcher_over(list_id: str, records: Sequence[Record]) -> PartyMatcher:
    """Return a matcher over these records under one list id."""
    return LatinMatcher(ExactMatcher(MemoryLookup(list_id, [_spelled(record) for record in records])))


def _spelled(record: Record) -> Record:
    names = [s.value for s in record.statements if s.prop in NAME_PROPERTIES]
    latin = [Statement("alias", form) for form in _with_latin(names, record.schema) if form not in names]
    return replace(record, statements=(*record.statements, *latin))
