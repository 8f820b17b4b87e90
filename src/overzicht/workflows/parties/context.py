"""Who answers questions about parties: an engine, the lists as one connection sees them, and a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.screening.engine import ScreeningEngine
from overzicht.workflows.listings import LoadedLists


@dataclass(frozen=True, slots=True)
class PartyQueryContext:
    """What a question is answered with; for one thread, as long as the connection is open."""

    connection: Connection
    loaded_lists: LoadedLists
    engine: ScreeningEngine
    day: date


@dataclass(frozen=True, slots=True)
class PartyFilter:
    """Which parties are wanted: of which lists, and which not; what is empty limits nothing.

    `schema` takes in what is a kind of it; of `topics` and `countries` one is enough unless `all_of`.
    """

    lists: tuple[str, ...]
    schema: str = ""
    without_schemata: tuple[str, ...] = ()
    without_ids: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()  # property, value
    changed_since: date | None = None
    is_listed: bool | None = None
    all_of: bool = False
