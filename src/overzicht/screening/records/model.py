"""A party as one record has it, and how it is read from JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from followthemoney import model

from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.records.spellings import spelt_out

MOST_NAMES = 48  # names compared per record; longer lists of aliases are cut
_NAMES = ("name",)
_ALIASES = ("alias", "previousName", "abbreviation")
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "flag", "birthCountry")
_OWN_KEYS = ("names", "aliases", "weak_names", "birth_dates", "countries", "addresses")


class Name(NamedTuple):
    """A name to compare: `place` is that of the text it is from, among the texts of its record."""

    text: str
    place: int
    is_weak: bool


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A party. `identifiers` are pairs of FollowTheMoney property and number, as the record has it.

    Dates are ISO, perhaps a year or a month alone; countries ISO codes. Anything may be empty but the names,
    without which nothing but numbers is compared.
    """

    id: str = ""
    schema: str = "LegalEntity"
    names: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    weak_names: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_json(cls, data: Any) -> "PartyRecord":
        """Return the record in a JSON object: a FollowTheMoney entity (`properties`), or keys as these.

        The key `ids` has the numbers, by property. ValueError says what is not in form.
        """
        data = _mapping(data, "the record")
        schema = data.get("schema", "LegalEntity")
        if not isinstance(schema, str) or schema not in model.schemata:
            raise ValueError(f"unknown FollowTheMoney schema {schema!r}")
        if "properties" in data:
            return _from_entity(str(data.get("id", "")), schema, _mapping(data["properties"], "properties"))
        texts = {key: _texts(data.get(key), key) for key in _OWN_KEYS}
        numbers = {
            key: _texts(values, f"ids.{key}")
            for key, values in _mapping(data.get("ids") or {}, "ids").items()
        }
        return cls(id=str(data.get("id", "")), schema=schema, identifiers=_pairs(numbers), **texts)

    def named(self) -> list[Name]:
        """Return the names to compare, at most MOST_NAMES, without duplicates."""
        result: dict[str, Name] = {}
        written = [(text, False) for text in (*self.names, *self.aliases)]
        for place, (text, is_weak) in enumerate([*written, *((text, True) for text in self.weak_names)]):
            for part in spelt_out(text, is_person=self.schema in PERSON_SCHEMATA):
                result.setdefault(part, Name(part, place, is_weak))
        return list(result.values())[:MOST_NAMES]


def _from_entity(entity_id: str, schema: str, properties: Mapping[str, Any]) -> PartyRecord:
    texts = {key: _texts(values, key) for key, values in properties.items()}
    every = model.schemata[schema].properties

    def of(*keys: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key in keys for value in texts.get(key, ())))

    numbers = {
        key: values
        for key, values in texts.items()
        if (every[key].type.name == "identifier" if key in every else key.endswith(("Number", "Code")))
    }
    return PartyRecord(
        id=entity_id,
        schema=schema,
        names=of(*_NAMES),
        aliases=of(*_ALIASES),
        weak_names=of("weakAlias"),
        birth_dates=of("birthDate"),
        countries=of(*_COUNTRIES),
        addresses=of("address"),
        identifiers=_pairs(numbers),
    )


def _pairs(numbers: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, values in numbers.items() for value in values)


def _mapping(result: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(result, Mapping):
        raise ValueError(f"{name} is not a JSON object")  # noqa: TRY004 - a wrong value, as the others are
    return result


def _texts(values: Any, key: str) -> tuple[str, ...]:
    """Return texts of a list or a single text, without empty ones; ValueError for anything else."""
    if values is None:
        return ()
    if isinstance(values, str):
        values = [values]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{key} is not a list of texts")
    return tuple(value for value in values if value.strip())
