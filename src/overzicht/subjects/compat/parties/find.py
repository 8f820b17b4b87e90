"""Search for parties: by a batch of examples, or by the words of a search box."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from followthemoney import model
from followthemoney.exc import InvalidData
from followthemoney.helpers import combine_names
from followthemoney.types import registry

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.errors import OverzichtError
from overzicht.names.normal import exact_key
from overzicht.parties.makers import identified
from overzicht.screening.records.party_record import countries_of
from overzicht.sources.lists.registry import load_card
from overzicht.store import list_records as records
from overzicht.subjects.compat.parties.choose import matches_filter
from overzicht.subjects.compat.parties.context import PartyFilter, PartyQueryContext
from overzicht.subjects.compat.parties.search_text import alternatives
from overzicht.subjects.compat.parties.state import PartyOnDay, Place, parties_on

MOST_NAMES = 20  # of one example
MOST_CANDIDATES = 50  # of one list
_PERSON = "Person"
LOOSE = 0.2  # minimum score of a similar party that is shown
MOST_READ = 2_000  # parties that one search reads; with more the total is a lower bound


class NoExampleError(OverzichtError):
    """Raised if an example of a party is not valid."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"the example {name!r} cannot be read: {reason}",
            fix="name a FollowTheMoney schema that can be matched, and its properties",
        )


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a party as FollowTheMoney properties; `key` is returned with the answer.

    `kinds` are its possible schemata; results have one of these or a schema that can match one.
    """

    key: str
    schema: str
    properties: Mapping[str, Sequence[str]]
    query: PartyQuery
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A party with its match."""

    party: PartyOnDay
    match: PartyMatch

    @property
    def is_match(self) -> bool:
        """Whether it is the party of the example; its listing must be in force on the date."""
        is_in_force = self.party.is_listed or not load_card(self.party.list_id).is_listing
        return self.match.band is Band.MATCH and is_in_force


def example_of(
    key: str, schema: str, properties: Mapping[str, Sequence[Any]], *, kinds: tuple[str, ...] = ()
) -> Example:
    """Return an example with cleaned values; NoExampleError for an unknown schema or property.

    Without `kinds` its schema is the only one.
    """
    known = model.get(schema)
    if known is None or not known.matchable:
        raise NoExampleError(key, f"{schema!r} is not a schema that can be matched")
    proxy = model.make_entity(known)
    proxy.id = key or "example"
    try:
        for prop, values in properties.items():
            proxy.add(prop, [str(value) for value in values if value is not None], fuzzy=True)
    except InvalidData as error:
        raise NoExampleError(key, str(error)) from error
    combine_names(proxy)
    names: list[str] = []
    for prop in ("name", *known.properties):
        own = proxy.schema.get(prop)
        if own is not None and own.type == registry.name and own.matchable:
            names += sorted(proxy.get(own))
    clean = {prop: list(values) for prop, values in sorted(proxy.to_dict()["properties"].items())}
    numbers = (
        (prop.name, value)
        for prop in known.properties.values()
        if prop.type == registry.identifier and prop.matchable  # many parties have the number of a programme
        for value in proxy.get(prop)
    )
    query = PartyQuery(
        id=key,
        names=tuple(dict.fromkeys(names))[:MOST_NAMES],
        schema=schema,
        identifiers=tuple(numbers),
        birth_date=min(proxy.get("birthDate", quiet=True), default=""),
        countries=countries_of(clean),
    )
    return Example(key, schema, clean, query, kinds or (schema,))


def match_parties(
    context: PartyQueryContext,
    examples: Sequence[Example],
    party_filter: PartyFilter,
    *,
    threshold: float | None,
    cutoff: float,
) -> list[list[Scored]]:
    """Return for each example the similar parties with a score of at least `cutoff`, matches first.

    `threshold` is the minimum score of a match (None: that of the policy). The engine gets all examples as
    one batch.
    """
    queries = [identified(example.query) for example in examples]
    results = context.engine.match(
        queries,
        as_of=context.day,
        lists=party_filter.lists,
        threshold=threshold,
        possible=min(cutoff, context.engine.threshold if threshold is None else threshold),
        most=MOST_CANDIDATES,
    )
    places = [(match.list_id, match.record_id) for matches in results for match in matches]
    parties = parties_on(context.loaded_lists, places, context.day)
    answers: list[list[Scored]] = []
    for example, matches in zip(examples, results, strict=True):
        high = [match for match in matches if match.score >= cutoff]
        kinds = [model[kind] for kind in example.kinds]
        chosen = []
        for match in high:
            party = parties.get((match.list_id, match.record_id))
            if party is None or not matches_filter(party, party_filter):
                continue
            schema = model[party.record.schema]
            # a party of a schema may be one of these kinds; a LegalEntity is a party of any kind
            if not any(
                (kind.name == "LegalEntity" and schema.matchable)
                or schema.is_a(kind)
                or kind.can_match(schema)
                for kind in kinds
            ):
                continue
            chosen.append(Scored(party, match))
        answers.append(sorted(chosen, key=lambda scored: (not scored.is_match, -scored.match.score)))
    return answers


@dataclass(frozen=True, slots=True)
class Searched:
    """Result of a search, in order; `is_whole` is False if there are more parties than were read."""

    parties: tuple[PartyOnDay, ...]
    is_whole: bool


SORTS: dict[str, Callable[[PartyOnDay], Any]] = {
    "caption": lambda party: party.record.caption.casefold(),
    "id": lambda party: party.record.id,
    "first_seen": lambda party: party.first_seen,
    "last_seen": lambda party: party.last_seen,
    "last_change": lambda party: party.last_change,
}


def search_parties(
    context: PartyQueryContext,
    text: str,
    party_filter: PartyFilter,
    *,
    fuzzy: bool = False,
    is_prefix: bool = False,
) -> Searched:
    """Return the parties with all words of a text in one name, or with the text as a number or id.

    Names that match in the engine are included, with `fuzzy` also similar names. With `is_prefix` the last
    word may be incomplete. An empty text gives every party. A party that only a version
    of a later date names, without a start date, is left out: nothing shows that it was listed on the date.
    For the operators see `search_text`; SearchTextError for one that is not supported.
    """
    scores: dict[Place, float] = {}
    for part in alternatives(text):
        scored: dict[Place, float] = {}
        has_operators = bool(part.phrases or part.excluded or part.is_prefix)
        if part.words and not has_operators:
            known = [
                place
                for place in records.lists_of(context.connection, [part.words[:300]])
                if place[0] in party_filter.lists
            ]
            scored = dict.fromkeys(known, 2.0)
            query = PartyQuery(
                id="",
                names=(part.words,),
                schema=_PERSON if party_filter.schema == _PERSON else "LegalEntity",
                identifiers=tuple((prop, part.words.strip()) for prop in _numbers()),
            )
            (matches,) = context.engine.match(
                [identified(query)],
                as_of=context.day,
                lists=party_filter.lists,
                threshold=LOOSE if fuzzy else None,
                most=MOST_CANDIDATES,
            )
            alike = {(match.list_id, match.record_id): match.score for match in matches}
            scored |= alike
        is_open = is_prefix or part.is_prefix
        for place in context.engine.with_words(part.words, lists=party_filter.lists, is_prefix=is_open):
            scored.setdefault(place, 0.0)
        for words in part.excluded:
            for place in context.engine.with_words(words, lists=party_filter.lists):
                scored.pop(place, None)
        for phrase in part.phrases:
            context.loaded_lists.preload([record_id for _, record_id in scored])
            sought = f" {exact_key(phrase)} "
            for place in list(scored):
                there = [record for _, record in context.loaded_lists.stored_versions(place[1])]
                if not any(sought in f" {exact_key(name)} " for record in there for name in record.names):
                    del scored[place]
        for place, score in scored.items():
            scores[place] = max(score, scores.get(place, 0.0))
    places = sorted(scores, key=lambda place: -scores[place])
    read = parties_on(context.loaded_lists, places[:MOST_READ], context.day)
    parties = [
        party for party in read.values() if not party.is_unsure and matches_filter(party, party_filter)
    ]
    parties.sort(key=lambda party: (-scores.get(party.place, 0.0), len(party.record.caption), party.place))
    return Searched(tuple(parties), is_whole=len(places) <= MOST_READ)


@lru_cache(maxsize=1)
def _numbers() -> tuple[str, ...]:
    return tuple(sorted({p.name for p in model.properties if p.type == registry.identifier and p.matchable}))
