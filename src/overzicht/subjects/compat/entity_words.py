"""The types and properties of the reconciliation interface, which are those of FollowTheMoney."""

from functools import cache, lru_cache

from followthemoney import model
from followthemoney.property import Property
from followthemoney.types import registry

from overzicht.subjects.compat.reconcile_models import NamedModel, TypeModel

ANY_PARTY = "LegalEntity"
SANCTIONS = "sanctions"  # the listings of a party, a reversed property in FollowTheMoney
DEFAULT_TYPES = ("LegalEntity", "Company", "Organization", "Person", "PublicBody", "Vessel", "Airplane")
SCHEMA_SPACE = "https://followthemoney.tech/explorer/schemata/"


def is_type(name: str) -> bool:
    """Return whether a party can be of a type."""
    schema = model.get(name)
    return schema is not None and schema.matchable


@lru_cache(maxsize=256)
def type_of(name: str) -> TypeModel:
    """Return a type with its broader types; KeyError if it is not a schema."""
    schema = model[name]
    broader = sorted(schema.extends, key=lambda parent: parent.name)
    models = [TypeModel(id=parent.name, name=parent.label) for parent in broader]
    return TypeModel(id=schema.name, name=schema.label, broader=models or None)


@cache
def _types() -> tuple[NamedModel, ...]:
    schemata = sorted((s for s in model.schemata.values() if s.matchable), key=lambda schema: schema.label)
    return tuple(NamedModel(id=s.name, name=s.label, description=s.description or "") for s in schemata)


def types_called(prefix: str) -> list[NamedModel]:
    """Return the types whose name or label starts with a text, by label; all for an empty text."""
    return [named for named in _types() if _starts(named, prefix)]


def properties_called(prefix: str) -> list[NamedModel]:
    """Return the properties of any type whose name or label starts with a text, by label."""
    return [named for named in _properties() if _starts(named, prefix)]


@cache
def _properties() -> tuple[NamedModel, ...]:
    by_id: dict[str, NamedModel] = {}
    for schema in _types():
        for prop in properties_of(schema.id):
            by_id.setdefault(prop.id, prop)
    return tuple(sorted(by_id.values(), key=lambda prop: (prop.name, prop.id)))


def properties_of(schema: str) -> list[NamedModel]:
    """Return the properties of a schema with values of their own, and the listings, by label."""
    properties = sorted(model[schema].properties.values(), key=lambda prop: (prop.label, prop.name))
    return [
        NamedModel(id=prop.name, name=prop.label, description=prop.description or "")
        for prop in properties
        if prop.name == SANCTIONS or not (is_reference(prop) or prop.hidden)
    ]


def _starts(named: NamedModel, prefix: str) -> bool:
    words = (named.id, named.name, *named.name.split())
    return any(word.casefold().startswith(prefix.strip().casefold()) for word in words)


def property_named(schema: str, name: str) -> Property | None:
    """Return a property of a schema by its name, or by `Schema:name`; None if the schema has none."""
    return model[schema].get(name.rpartition(":")[2])


def is_property(name: str) -> bool:
    """Return whether any schema has a property with this name."""
    return name.rpartition(":")[2] in {prop.name for prop in model.properties}


def is_reference(prop: Property) -> bool:
    """Return whether the values of a property are entities."""
    return bool(prop.type == registry.entity)
