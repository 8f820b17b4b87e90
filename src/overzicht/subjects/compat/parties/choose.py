"""Filters for parties, and counts of their values."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from followthemoney import model

from overzicht.subjects.compat.parties.context import PartyFilter
from overzicht.subjects.compat.parties.proxies import topics_of
from overzicht.subjects.compat.parties.state import PartyOnDay


@lru_cache(maxsize=1024)
def properties_of_type(schema: str, kind: str) -> tuple[str, ...]:
    """Return the properties of a schema with values of a FollowTheMoney type, such as `country`."""
    return tuple(prop.name for prop in model[schema].properties.values() if prop.type.name == kind)


def values_of_type(party: PartyOnDay, kind: str) -> tuple[str, ...]:
    """Return the values of a type in a party's record, in order, without duplicates."""
    properties = properties_of_type(party.record.schema, kind)
    return tuple(dict.fromkeys(s.value for s in party.record.statements if s.prop in properties))


def matches_filter(party: PartyOnDay, party_filter: PartyFilter) -> bool:
    """Return whether a party passes a filter."""
    record = party.record
    schema = model[record.schema]
    if party_filter.schema and not schema.is_a(party_filter.schema):
        return False
    if record.schema in party_filter.without_schemata or record.id in party_filter.without_ids:
        return False
    if party_filter.is_listed is not None and party.is_listed is not party_filter.is_listed:
        return False
    if party_filter.changed_since is not None and party.last_change < party_filter.changed_since:
        return False
    checks: list[tuple[Sequence[str], Callable[[], Iterable[str]]]] = [
        (party_filter.topics, lambda: topics_of(party)),
        (party_filter.countries, lambda: values_of_type(party, "country")),
    ]
    for prop in dict.fromkeys(prop for prop, _ in party_filter.values):
        values = tuple(value for name, value in party_filter.values if name == prop)
        checks.append((values, lambda prop=prop: record.values(prop)))  # type: ignore[misc]
    for expected, read in checks:
        if expected:
            matching = set(expected) & set(read())
            if not matching or (party_filter.all_of and matching != set(expected)):
                return False
    return True


FACETS: dict[str, Callable[[PartyOnDay], Iterable[str]]] = {
    "countries": lambda party: values_of_type(party, "country"),
    "topics": topics_of,
    "datasets": lambda party: (party.list_id,),
    "schema": lambda party: (party.record.schema,),
    "identifiers": lambda party: values_of_type(party, "identifier"),
    "genders": lambda party: values_of_type(party, "gender"),
}


def counts(parties: Iterable[PartyOnDay], facet: str) -> list[tuple[str, int]]:
    """Return the number of parties per value of a facet, highest first; KeyError for an unknown facet."""
    values = FACETS[facet]
    totals = Counter(value for party in parties for value in dict.fromkeys(values(party)))
    return sorted(totals.items(), key=lambda item: (-item[1], item[0]))
