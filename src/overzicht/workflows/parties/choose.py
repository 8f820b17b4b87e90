"""Whether a party is one of those wanted, and what can be counted of many."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from followthemoney import model

from overzicht.workflows.parties.context import PartyFilter
from overzicht.workflows.parties.proxies import topics_of
from overzicht.workflows.parties.state import PartyOnDay


@lru_cache(maxsize=1024)
def properties_of_type(schema: str, kind: str) -> tuple[str, ...]:
    """Return the properties of a schema that hold values of a FollowTheMoney type, such as `country`."""
    return tuple(prop.name for prop in model[schema].properties.values() if prop.type.name == kind)


def values_of_type(party: PartyOnDay, kind: str) -> tuple[str, ...]:
    """Return the values of a type that a party's record has, each once, in order."""
    wanted = properties_of_type(party.record.schema, kind)
    return tuple(dict.fromkeys(s.value for s in party.record.statements if s.prop in wanted))


def matches_filter(party: PartyOnDay, party_filter: PartyFilter) -> bool:
    """Return whether a party is one of those wished for."""
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
        asked = tuple(value for name, value in party_filter.values if name == prop)
        checks.append((asked, lambda prop=prop: record.values(prop)))  # type: ignore[misc]
    return all(_has(asked, held, all_of=party_filter.all_of) for asked, held in checks if asked)


def _has(asked: Sequence[str], held: Callable[[], Iterable[str]], *, all_of: bool) -> bool:
    values = set(held())
    return all(each in values for each in asked) if all_of else any(each in values for each in asked)


FACETS: dict[str, Callable[[PartyOnDay], Iterable[str]]] = {
    "countries": lambda party: values_of_type(party, "country"),
    "topics": topics_of,
    "datasets": lambda party: (party.list_id,),
    "schema": lambda party: (party.record.schema,),
    "identifiers": lambda party: values_of_type(party, "identifier"),
    "genders": lambda party: values_of_type(party, "gender"),
}


def counts(parties: Iterable[PartyOnDay], facet: str) -> list[tuple[str, int]]:
    """Return how many parties have each value of a facet, the most frequent first; KeyError for no facet."""
    values = FACETS[facet]
    found = Counter(value for party in parties for value in dict.fromkeys(values(party)))
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
