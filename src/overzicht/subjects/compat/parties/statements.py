"""Values of records with their list and the dates of the versions that have them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from overzicht.entities.record import Statement
from overzicht.subjects.compat.parties.state import Place
from overzicht.subjects.lists.listings import LoadedLists


@dataclass(frozen=True, slots=True)
class DatedStatement:
    """A value of a record, and the dates of the first and last loaded version with it.

    `party_id` is the record by which the statement was requested.
    """

    party_id: str
    place: Place
    schema: str
    statement: Statement
    first_seen: date
    last_seen: date

    @property
    def id(self) -> str:
        """An id that depends on the record and the value alone."""
        parts = (*self.place, self.statement.prop, self.statement.value, self.statement.lang)
        return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def statements_of(
    loaded_lists: LoadedLists, party_id: str, places: Sequence[Place], day: date
) -> list[DatedStatement]:
    """Return the values of records in versions until a date, by property, value and list."""
    loaded_lists.preload([record_id for _, record_id in places])
    by_id: dict[str, DatedStatement] = {}
    for place in places:
        for stored, record in loaded_lists.stored_versions(place[1]):
            seen = stored.version.day
            if stored.snapshot.source != place[0] or seen > day:
                continue
            for statement in record.statements:
                new = DatedStatement(party_id, place, record.schema, statement, seen, seen)
                old = by_id.get(new.id, new)
                days = (seen, old.first_seen, old.last_seen)
                by_id[new.id] = replace(new, first_seen=min(days), last_seen=max(days))
    return sorted(
        by_id.values(), key=lambda dated: (dated.statement.prop, dated.statement.value, dated.place)
    )
