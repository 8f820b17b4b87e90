"""Records of parties, read from JSON, from a list or from a query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from overzicht.entities import PartyQuery, Record
from overzicht.entities.schemata import schemata
from overzicht.identifiers import wallet
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.screening.records.numbers import WALLET
from overzicht.screening.records.spellings import spelt_out

MOST_NAMES = 48  # names compared per record; longer lists of aliases are cut
_ALIASES = ("alias", "previousName", "abbreviation")
_COUNTRIES = ("country", "jurisdiction", "mainCountry", "flag", "birthCountry")  # not the nationality
_OWN_KEYS = ("names", "aliases", "weak_names", "birth_dates", "countries", "addresses")


class Name(NamedTuple):
    """A name to compare; `place` is the place of its text among the texts of the record."""

    text: str
    place: int
    is_weak: bool


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """A party in one record. `identifiers` are pairs of FollowTheMoney property and number, as written.

    Dates are ISO dates, months or years; countries are ISO codes of birth or registration. Any field may be
    empty; without names only numbers are compared.
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
        """Return the record in a JSON object: a FollowTheMoney entity (`properties`), or fields as here.

        The key `ids` has the numbers, by property. ValueError if the object is not valid.
        """
        data = _mapping(data, "the record")
        schema = data.get("schema", "LegalEntity")
        if not isinstance(schema, str) or schema not in schemata():
            raise ValueError(f"unknown FollowTheMoney schema {schema!r}")
        if "properties" in data:
            return _from_entity(str(data.get("id", "")), schema, _mapping(data["properties"], "properties"))
        texts = {key: _texts(data.get(key), key) for key in _OWN_KEYS}
        numbers = {
            key: _texts(values, f"ids.{key}")
            for key, values in _mapping(data.get("ids") or {}, "ids").items()
        }
        return cls(id=str(data.get("id", "")), schema=schema, identifiers=_pairs(numbers), **texts)

    @classmethod
    def of_record(cls, record: Record) -> "PartyRecord":
        """Return a record of a list, with the wallets that its remarks name."""
        properties: dict[str, list[str]] = record.to_ftm()["properties"]
        listed = _from_entity(record.id, record.schema, properties)
        noted = (address for note in properties.get("notes", ()) for address in wallet.addresses_in(note))
        wallets = tuple((WALLET, address) for address in dict.fromkeys(noted))
        return replace(listed, identifiers=(*listed.identifiers, *wallets)) if wallets else listed

    @classmethod
    def of_query(cls, query: PartyQuery) -> "PartyRecord":
        """Return a query as a record."""
        return cls(
            id=query.id,
            schema=query.schema,
            names=query.names,
            birth_dates=(query.birth_date,) if query.birth_date else (),
            countries=query.countries,
            identifiers=query.identifiers,
        )

    def named(self) -> list[Name]:
        """Return the names to compare, at most MOST_NAMES, without duplicates."""
        result: dict[str, Name] = {}
        written = [(text, False) for text in (*self.names, *self.aliases)]
        for place, (text, is_weak) in enumerate([*written, *((text, True) for text in self.weak_names)]):
            for part in spelt_out(text, is_person=self.schema in PERSON_SCHEMATA):
                result.setdefault(part, Name(part, place, is_weak))
        return list(result.values())[:MOST_NAMES]


def countries_of(properties: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the countries of birth or registration in FollowTheMoney properties, without duplicates."""
    return tuple(dict.fromkeys(value for key in _COUNTRIES for value in properties.get(key, ())))


def _from_entity(entity_id: str, schema: str, properties: Mapping[str, Any]) -> PartyRecord:
    texts = {key: _texts(values, key) for key, values in properties.items()}
    types = schemata()[schema]

    def of(*keys: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key in keys for value in texts.get(key, ())))

    numbers = {
        key: values
        for key, values in texts.items()
        if (types[key] == "identifier" if key in types else key.endswith(("Number", "Code")))
    }
    return PartyRecord(
        id=entity_id,
        schema=schema,
        names=of("name"),
        aliases=of(*_ALIASES),
        weak_names=of("weakAlias"),
        birth_dates=of("birthDate"),
        countries=countries_of(texts),
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
