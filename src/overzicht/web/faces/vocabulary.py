"""The types and properties of the reconciliation interface: FollowTheMoney's, by name and label."""

from functools import cache, lru_cache

from followthemoney import model
from followthemoney.property import Property
from followthemoney.schema import Schema
from followthemoney.types import registry

from overzicht.web.faces.reconcile_models import ThingModel, TypeModel

ANY_PARTY = "LegalEntity"
SANCTIONS = "sanctions"  # the listings of a party, which FollowTheMoney knows as what points at it
DEFAULT_TYPES = ("LegalEntity", "Company", "Organization", "Person", "PublicBody", "Vessel", "Airplane")
SCHEMA_SPACE = "https://followthemoney.tech/explorer/schemata/"


def is_type(name: str) -> bool:
    """Return whether there is a type of that name that parties can be of."""
    schema = model.get(name)
    return schema is not None and schema.matchable


@lru_cache(maxsize=256)
def type_of(name: str) -> TypeModel:
    """Return a type with those it is a kind of; KeyError for no schema."""
    schema = model[name]
    wider = [TypeModel(id=each.name, name=each.label) for each in _wider(schema)]
    return TypeModel(id=schema.name, name=schema.label, broader=wider or None)


def _wider(schema: Schema) -> list[Schema]:
    return sorted(schema.extends, key=lambda each: each.name)


@cache
def _types() -> tuple[ThingModel, ...]:
    schemata = sorted((s for s in model.schemata.values() if s.matchable), key=lambda each: each.label)
    return tuple(ThingModel(id=s.name, name=s.label, description=s.description or "") for s in schemata)


def types_called(prefix: str) -> list[ThingModel]:
    """Return the types whose name or label begins with a text, by label; all for an empty one."""
    return [each for each in _types() if _begins(each, prefix)]


def properties_called(prefix: str) -> list[ThingModel]:
    """Return the properties of any type whose name or label begins with a text, by label."""
    return [each for each in _properties() if _begins(each, prefix)]


@cache
def _properties() -> tuple[ThingModel, ...]:
    found: dict[str, ThingModel] = {}
    for each in _types():
        for prop in properties_of(each.id):
            found.setdefault(prop.id, prop)
    return tuple(sorted(found.values(), key=lambda each: (each.name, each.id)))


def properties_of(schema: str) -> list[ThingModel]:
    """Return the properties of a schema that have values of their own, and the listings, by label."""
    held = sorted(model[schema].properties.values(), key=lambda prop: (prop.label, prop.name))
    return [
        _thing(prop) for prop in held if prop.name == SANCTIONS or not (is_reference(prop) or prop.hidden)
    ]


def _thing(prop: Property) -> ThingModel:
    return ThingModel(id=prop.name, name=prop.label, description=prop.description or "")


def _begins(thing: ThingModel, prefix: str) -> bool:
    wanted = prefix.strip().casefold()
    words = (thing.id, thing.name, *thing.name.split())
    return any(word.casefold().startswith(wanted) for word in words)


def property_named(schema: str, name: str) -> Property | None:
    """Return a property of a schema by its name, or by `Schema:name`; None where the schema has none."""
    return model[schema].get(name.rpartition(":")[2])


def is_property(name: str) -> bool:
    """Return whether any schema has a property of that name."""
    return name.rpartition(":")[2] in {prop.name for prop in model.properties}


def is_reference(prop: Property) -> bool:
    """Return whether the values of a property are entities."""
    return bool(prop.type == registry.entity)
