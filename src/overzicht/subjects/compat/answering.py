"""Batches of the reconciliation interface: candidates for queries, and properties of entities."""

from collections.abc import Mapping, Sequence
from typing import Any

from overzicht.entities import Band
from overzicht.evidence import Answer, Confidence
from overzicht.names.normal import name_key
from overzicht.reports.i18n import Words
from overzicht.screening.policy import confidence_of
from overzicht.store import list_records as records
from overzicht.subjects.compat import entity_words as vocabulary
from overzicht.subjects.compat.datasets import bad_request, lists_of
from overzicht.subjects.compat.parties.context import PartyFilter, PartyQueryContext
from overzicht.subjects.compat.parties.features import features_of
from overzicht.subjects.compat.parties.find import (
    LOOSE,
    NoExampleError,
    example_of,
    match_parties,
)
from overzicht.subjects.compat.parties.proxies import sanctions_of
from overzicht.subjects.compat.parties.state import PartyOnDay, parties_on
from overzicht.subjects.compat.reconcile_models import (
    CandidateModel,
    ExtendQuery,
    Query,
    ResultModel,
)

MIN_DISTANCE = 0.05  # to the next candidate, unless that has the same name on another list
MAX_SCORE = 100


def candidates(
    context: PartyQueryContext, dataset: str, batch: Mapping[str, Query], words: Words
) -> dict[str, ResultModel]:
    """Return the candidates for every query, best first; the engine matches all queries as one batch."""
    lists = lists_of(context.loaded_lists, dataset)
    # a query as an example; None if all it states are properties that no party has. Clients send
    # properties and types of other services too. Such a property finds nothing and excludes nothing. A
    # type that parties must have and none has is refused: no result would look like an answer.
    examples = []
    for key, each_query in batch.items():
        unknown = [name for name in each_query.types if not vocabulary.is_type(name)]
        if unknown and each_query.type_strict != "should":
            raise bad_request(f"{key}: there is no type {unknown[0]!r}")
        types = [name for name in each_query.types if name not in unknown]
        schema = types[0] if len(types) == 1 else vocabulary.ANY_PARTY
        properties: dict[str, list[str]] = {"name": [each_query.query]} if each_query.query.strip() else {}
        for values in each_query.properties:
            prop = vocabulary.property_named(schema, values.pid)
            if prop is not None and not vocabulary.is_reference(prop):
                properties.setdefault(prop.name, []).extend(values.texts())
        if not properties and not each_query.properties:
            raise bad_request(f"{key}: the query and the properties are missing")
        if properties or any(vocabulary.is_property(values.pid) for values in each_query.properties):
            try:
                examples.append(example_of(key, schema, properties, kinds=tuple(types) or ("Thing",)))
            except NoExampleError as error:
                raise bad_request(error.message, error.fix) from error
    matches = match_parties(context, examples, PartyFilter(lists), threshold=None, cutoff=LOOSE)
    by_id = _parties_by_id(context, lists, [query.query.strip() for query in batch.values()])
    results = {key: ResultModel(result=[]) for key in batch}
    for example, scored in zip(examples, matches, strict=True):
        query = batch[example.key]
        own_id = query.query.strip()
        others = [match for match in scored if match.party.record.id != own_id]
        models = [
            _candidate(
                match.party,
                match.match.score,
                {name: f.score for name, f in features_of(example.query, match.match).items()},
                words,
            )
            for match in others
        ]
        if own_id in by_id:
            models.insert(0, _candidate(by_id[own_id], 1.0, {}, words))
        models = models[: query.most]
        if own_id in by_id or (others and others[0].match.band is Band.MATCH):
            # whether the first candidate can be accepted without a check
            first, *certain_others = models
            close = [
                other for other in certain_others if first.score - other.score < MIN_DISTANCE * MAX_SCORE
            ]
            models[0].match = confidence_of(first.score / MAX_SCORE) is Confidence.HIGH and all(
                name_key(other.name) == name_key(first.name) for other in close
            )
        results[example.key] = ResultModel(result=models)
    return results


def _parties_by_id(
    context: PartyQueryContext, lists: Sequence[str], ids: Sequence[str]
) -> dict[str, PartyOnDay]:
    places = [place for place in records.lists_of(context.connection, ids) if place[0] in lists]
    parties = parties_on(context.loaded_lists, places, context.day)
    return {party.record.id: party for party in parties.values()}


def _candidate(
    party: PartyOnDay, score: float, features: Mapping[str, float], words: Words
) -> CandidateModel:
    return CandidateModel(
        id=party.record.id,
        name=party.record.caption,
        description=description_of(party, words),
        type=[vocabulary.type_of(party.record.schema)],
        score=round(score * MAX_SCORE, 2),
        features=[{"id": name, "value": value} for name, value in features.items()],
        match=False,
    )


def description_of(party: PartyOnDay, words: Words) -> str:
    """Return one line that distinguishes a party from others with its name."""
    parts = [*party.record.values("country")[:3], *party.record.values("birthDate")[:1]]
    for line in party.listings:
        if line.state.answer is Answer.FOUND:
            since = words.legal_date(line.state.since)
            parts.append(f"{line.card.title}: {line.state.listing.measure} ({since})")
    return " · ".join(parts or [party.list_id])


def extension(context: PartyQueryContext, dataset: str, query: ExtendQuery) -> dict[str, Any]:
    """Return the requested properties of each entity; an unknown property or value is an empty list."""
    parties = _parties_by_id(context, lists_of(context.loaded_lists, dataset), query.ids)
    rows = {
        entity_id: {
            prop.id: _values(parties[entity_id], prop.id)[: prop.most] if entity_id in parties else []
            for prop in query.properties
        }
        for entity_id in query.ids
    }
    metas: list[dict[str, Any]] = []
    for prop in query.properties:
        name = prop.id
        plain = name.rpartition(":")[2]
        label = next((prop.name for prop in vocabulary.properties_called(plain) if prop.id == plain), plain)
        meta: dict[str, Any] = {"id": name, "name": label}
        if plain == vocabulary.SANCTIONS:
            meta["type"] = {"id": "Sanction", "name": vocabulary.type_of("Sanction").name}
        metas.append(meta)
    return {"meta": metas, "rows": rows}


def _values(party: PartyOnDay, name: str) -> list[dict[str, str]]:
    plain = name.rpartition(":")[2]
    if plain == vocabulary.SANCTIONS:
        return [
            {
                "id": entity["id"],
                "name": f"{entity['caption']}: {'; '.join(entity['properties']['provisions'])}",
            }
            for entity in sanctions_of(party)
        ]
    values = party.record.values(plain)
    prop = vocabulary.property_named(party.record.schema, plain)
    if prop is not None and vocabulary.is_reference(prop):
        return [{"id": value, "name": value} for value in values]
    return [{"str": value} for value in values]
