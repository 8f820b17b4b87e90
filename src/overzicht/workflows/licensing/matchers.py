"""A matcher over a few records in memory: the screening engine, with the denials' parties as its index."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from overzicht.entities import PartyMatcher, Record
from overzicht.entities.record import NAME_PROPERTIES, WEAK_NAME_PROPERTIES

if TYPE_CHECKING:
    from overzicht.screening.index.build import IndexedParty

_NO_IDENTIFIERS = frozenset({*NAME_PROPERTIES, *WEAK_NAME_PROPERTIES})


def matcher_over(list_id: str, records: Sequence[Record]) -> PartyMatcher:
    """Return a matcher over these records under one list id; names and identifiers count."""
    # the compiler behind the engine is loaded only where there is something to search
    from overzicht.screening.engine import ScreeningEngine  # noqa: PLC0415

    return ScreeningEngine.of([_indexed(list_id, record) for record in records])


def _indexed(list_id: str, record: Record) -> "IndexedParty":
    from overzicht.screening.index.build import IndexedParty  # noqa: PLC0415

    return IndexedParty(
        id=record.id,
        schema=record.schema,
        names=record.names,
        list_id=list_id,
        weak_names=record.weak_names,
        identifiers=tuple((s.prop, s.value) for s in record.statements if s.prop not in _NO_IDENTIFIERS),
    )
