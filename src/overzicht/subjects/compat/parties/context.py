"""Context and filter of queries about parties."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from overzicht.screening.engine import ScreeningEngine
from overzicht.subjects.lists.listings import LoadedLists


@dataclass(frozen=True, slots=True)
class PartyQueryContext:
    """Engine, loaded lists and date of a query; for one thread, while the connection is open."""

    connection: Connection
    loaded_lists: LoadedLists
    engine: ScreeningEngine
    day: date


@dataclass(frozen=True, slots=True)
class PartyFilter:
    """Filter for parties. An empty field does not restrict the result.

    `schema` includes its subtypes; one of `topics` and of `countries` is enough unless `all_of`.
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
