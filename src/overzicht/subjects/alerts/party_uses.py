"""Where a party is used: what subjects add to the parties that alerts watch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.composition import Slot
from overzicht.entities import PartyQuery
from overzicht.evidence import Text
from overzicht.store.alerts import UseKind
from overzicht.store.rows import StoredRecordError


@dataclass(frozen=True, slots=True)
class Use:
    """Where a party is used; `key` is stable when the same file or case is checked again."""

    kind: UseKind
    key: str
    subject: str
    about: Text


Uses = Iterator[tuple[PartyQuery, Use]]
Added = Callable[[Connection, date, list[StoredRecordError] | None], Uses]  # as of `watched_parties`
ADDED: Slot[Added] = Slot("watched parties")
