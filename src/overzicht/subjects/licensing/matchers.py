"""A matcher over a few records in memory: the screening engine with these records as its index."""

from collections.abc import Sequence

from overzicht.entities import PartyMatcher, Record
from overzicht.entities.record import NAME_PROPERTIES, WEAK_NAME_PROPERTIES

_NO_IDENTIFIERS = frozenset({*NAME_PROPERTIES, *WEAK_NAME_PROPERTIES})


def matcher_over(list_id: str, records: Sequence[Record]) -> PartyMatcher:
    """Return a matcher over these records under one list id; names and identifiers count."""
    # the compiler of the engine is loaded only if there are records to search
    from overzicht.screening.engine import ScreeningEngine  # noqa: PLC0415
    from overzicht.screening.index.build import IndexedParty  # noqa: PLC0415

    return ScreeningEngine.of(
        [
            IndexedParty(
                id=record.id,
                schema=record.schema,
                names=record.names,
                list_id=list_id,
                weak_names=record.weak_names,
                identifiers=tuple(
                    (s.prop, s.value) for s in record.statements if s.prop not in _NO_IDENTIFIERS
                ),
            )
            for record in records
        ]
    )
