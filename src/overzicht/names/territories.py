"""Countries and other territories by code or name, in any spelling that the library `rigour` has.

The library needs more than a second to bring its 26,000 names in one form, so the result is stored.
"""

from functools import lru_cache
from importlib.metadata import version

from rigour.territories import get_territory, lookup_by_identifier
from rigour.territories.lookup import _get_territory_names
from rigour.territories.territory import Territory
from rigour.territories.util import normalize_territory_name

from overzicht.derived import Table, derived, table_content


@lru_cache(maxsize=16_384)
def territory_called(text: str) -> Territory | None:
    """Return the territory with this code or name, None if there is none; as `lookup_territory` of rigour."""
    territory: Territory | None = lookup_by_identifier(text)
    if territory is None and (code := _codes().get(normalize_territory_name(text))):
        territory = get_territory(code)
    return territory


@lru_cache(maxsize=1)
def _codes() -> Table:
    """Return the code of the territory with each name."""
    return derived(
        f"territories-{version('rigour')}",
        lambda: table_content((name, territory.code) for name, territory in _get_territory_names().items()),
        Table,
    )
