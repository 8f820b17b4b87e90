"""Batches of the reconciliation interface: queries to candidates, and entities to their properties."""

from collections.abc import Mapping, Sequence
from typing import Any

from overzicht.evidence import Answer
from overzicht.names.normal import name_key
from overzicht.reports.i18n import Words
from overzicht.store import records
from overzicht.web.faces import vocabulary
from overzicht.web.faces.desks import bad_request
from overzicht.web.faces.reconcile_models import CandidateModel, ExtendQuery, Query, ResultModel
from overzicht.workflows.parties.context import PartyFilter, PartyQueryContext
from overzicht.workflows.parties.features import features_of
from overzicht.workflows.parties.find import (
    LOOSE,
    Example,
    NoExampleError,
    Scored,
    example_of,
    match_parties,
)
from overzicht.workflows.parties.proxies import sanctions_of
from overzicht.workflows.parties.state import PartyOnDay, parties_on

SURE = 0.9  # a score from which a candidate may be taken without a look
APART = 0.05  # what another candidate must be behind, unless it has the same name on another list
WHOLE = 100  # scores run to here
_ANY = ("Thing",)


def candidates(
    context: PartyQueryContext, lists: Sequence[str], batch: Mapping[str, Query], words: Words
) -> dict[str, ResultModel]:
    """Return the candidates for every query, best first; all go through the engine as one batch."""
    examples = [_example(key, query) for key, query in batch.items()]
    found = match_parties(context, examples, PartyFilter(tuple(lists)), threshold=None, cutoff=LOOSE)
    named = _named(context, lists, [query.query.strip() for query in batch.values()])
    answers = {}
    for example, query, scored in zip(examples, batch.values(), found, strict=True):
        held = [each for each in scored if each.party.record.id != query.query.strip()]
        models = [_candidate(example, each, words) for each in held]
        if own := named.get(query.query.strip()):
            models.insert(0, _model(own, 1.0, {}, words))
        models = models[: query.most]
        if models:
            models[0].match = _is_sure(models)
        answers[example.key] = ResultModel(result=models)
    return answers


def _example(key: str, query: Query) -> Example:
    """Return a query as an example; a problem for types or properties that there are not."""
    for name in query.types:
        if not vocabulary.is_type(name):
            raise bad_request(f"{key}: there is no type {name!r}")
    schema = query.types[0] if len(query.types) == 1 else vocabulary.ANY_PARTY
    properties: dict[str, list[str]] = {"name": [query.query]} if query.query.strip() else {}
    for each in query.properties:
        prop = vocabulary.property_named(schema, each.pid)
        if prop is not None and not vocabulary.is_reference(prop):
            properties.setdefault(prop.name, []).extend(each.texts())
        elif not vocabulary.is_property(each.pid):
            raise bad_request(f"{key}: there is no property {each.pid!r}")
    if not properties and not query.properties:
        raise bad_request(f"{key}: neither a query nor properties came along")
    try:
        return example_of(key, schema, properties, kinds=tuple(query.types) or _ANY)
    except NoExampleError as error:
        raise bad_request(error.message, error.fix) from error


def _named(context: PartyQueryContext, lists: Sequence[str], ids: Sequence[str]) -> dict[str, PartyOnDay]:
    """Return by id the parties whose own id was asked for."""
    places = [place for place in records.lists_of(context.connection, ids) if place[0] in lists]
    return {each.record.id: each for each in parties_on(context.loaded_lists, places, context.day).values()}


def _candidate(example: Example, found: Scored, words: Words) -> CandidateModel:
    features = {name: each.score for name, each in features_of(example.query, found.match).items()}
    return _model(found.party, found.match.score, features, words)


def _model(party: PartyOnDay, score: float, features: Mapping[str, float], words: Words) -> CandidateModel:
    return CandidateModel(
        id=party.record.id, name=party.record.caption, description=description_of(party, words),
        type=[vocabulary.type_of(party.record.schema)], score=round(score * WHOLE, 2),
        features=[{"id": name, "value": value} for name, value in features.items()], match=False,
    )  # fmt: skip


def _is_sure(found: Sequence[CandidateModel]) -> bool:
    """Return whether the first may be taken without a look: it fits, and no other nearly as well."""
    first, *others = found
    close = [each for each in others if first.score - each.score < APART * WHOLE]
    return first.score >= SURE * WHOLE and all(name_key(o.name) == name_key(first.name) for o in close)


def description_of(party: PartyOnDay, words: Words) -> str:
    """Return in one line by what a party can be told from another of its name."""
    told = [*party.record.values("country")[:3], *party.record.values("birthDate")[:1]]
    for each in party.listings:
        if each.state.answer is Answer.FOUND:
            told.append(
                f"{each.card.title}: {each.state.listing.measure} ({words.legal_date(each.state.since)})"
            )
    return " · ".join(told or [party.list_id])


def extension(context: PartyQueryContext, lists: Sequence[str], asked: ExtendQuery) -> dict[str, Any]:
    """Return the properties that were asked for, of each entity; what is not known is an empty list."""
    for each in asked.properties:
        if not vocabulary.is_property(each.id):
            raise bad_request(f"there is no property {each.id!r}")
    found = _named(context, lists, asked.ids)
    rows = {
        entity_id: {
            each.id: _values(found[entity_id], each.id)[: each.most] if entity_id in found else []
            for each in asked.properties
        }
        for entity_id in asked.ids
    }
    return {"meta": [_meta(each.id) for each in asked.properties], "rows": rows}


def _meta(name: str) -> dict[str, Any]:
    plain = name.rpartition(":")[2]
    label = next((each.name for each in vocabulary.properties_called(plain) if each.id == plain), plain)
    found: dict[str, Any] = {"id": name, "name": label}
    if plain == vocabulary.SANCTIONS:
        found["type"] = {"id": "Sanction", "name": vocabulary.type_of("Sanction").name}
    return found


def _values(party: PartyOnDay, name: str) -> list[dict[str, str]]:
    plain = name.rpartition(":")[2]
    if plain == vocabulary.SANCTIONS:
        return [
            {"id": each["id"], "name": f"{each['caption']}: {'; '.join(each['properties']['provisions'])}"}
            for each in sanctions_of(party)
        ]
    prop = vocabulary.property_named(party.record.schema, plain)
    if prop is not None and vocabulary.is_reference(prop):
        return [{"id": value, "name": value} for value in party.record.values(plain)]
    return [{"str": value} for value in party.record.values(plain)]
