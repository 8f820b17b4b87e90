"""Schemata of FollowTheMoney: the type of each property.

The table is written from the library's model (`tools/make_schemata.py`), because the library takes half a
second and 85 MB to import. Import its model where entities are made or checked.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def schemata() -> Mapping[str, Mapping[str, str]]:
    """Return the name of the type of each property (`identifier`, `country`), by schema and property."""
    table = files("overzicht.entities") / "data" / "schemata.json"
    result: dict[str, dict[str, str]] = json.loads(table.read_text(encoding="utf-8"))
    return result


@cache
def properties_of_type(schema: str, kind: str) -> frozenset[str]:
    """Return the properties of a schema with values of a type; KeyError for an unknown schema."""
    return frozenset(name for name, type_name in schemata()[schema].items() if type_name == kind)
