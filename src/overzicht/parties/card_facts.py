"""Facts of the maker cards, and of the names in other scripts, about known parties.

They are stored together as JSON, because reading and checking the cards takes ten times as long.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from overzicht.derived import Bytes, code_of, derived
from overzicht.entities import PartyQuery
from overzicht.names.analysis import segment, split_name
from overzicht.names.chinese import readings
from overzicht.names.latin import HAN, script_of_word, transliterated
from overzicht.names.normal import exact_key, name_key
from overzicht.parties.party import KnownParty

_MADE_BY = ("overzicht.names", "overzicht.parties")
_CARDS = (("overzicht.devices", "makers"), ("overzicht.devices", "card.py"))
_LIBRARIES = ("pyicu", "rigour")  # they divide names


@dataclass(frozen=True, slots=True)
class KnownFacts:
    """Known parties by id, and what names mean, by their keys.

    `ids` has the id of the one party with a name; `meanings` the Latin names that a name without a certain
    party may mean; `differences`, by exact name, the names that a card states to be of other parties. `han`
    are the Chinese words of all names in Latin letters.
    """

    parties: Mapping[str, KnownParty]
    ids: Mapping[str, str]
    meanings: Mapping[str, tuple[str, ...]]
    differences: Mapping[str, tuple[str, ...]]
    han: Mapping[str, str]


@lru_cache(maxsize=1)
def known_facts() -> KnownFacts:
    """Return the packaged facts; PackagedFactError names the file and the place that is wrong."""
    return derived(
        f"known-parties-{facts_code()}",
        lambda: json.dumps(asdict(made_facts()), ensure_ascii=False).encode(),
        _read,
    )


@lru_cache(maxsize=1)
def facts_code() -> str:
    """Return the hash of the code, the files and the libraries that the facts follow from."""
    places = (*map(files, _MADE_BY), *(files(package) / name for package, name in _CARDS))
    return code_of(places, _LIBRARIES)


def made_facts() -> KnownFacts:
    """Return the facts as the packaged files state them; PackagedFactError if one is faulty."""
    from overzicht.devices.knowledge import load_maker_cards  # noqa: PLC0415 - slow to load, needed once
    from overzicht.parties.names import load_names  # noqa: PLC0415
    from overzicht.parties.ownership import parties_of  # noqa: PLC0415

    cards = load_maker_cards()
    parties = {party.id: party for party in parties_of(cards, cards)}
    for named in load_names():
        if named.certain_names:
            names = (*named.latin, *named.certain_names)
            known = parties.get(named.id)
            if known is None:
                query = PartyQuery(named.id, names, schema="Organization", party_id=named.id)
                parties[named.id] = KnownParty(named.id, names[0], query, ())
            else:
                query = replace(known.query, names=tuple(dict.fromkeys((*known.query.names, *names))))
                parties[named.id] = replace(known, query=query)
    # the id of the party with each name; a name of two parties is left out
    owners: dict[str, set[str]] = {}
    for party in parties.values():
        for written in party.query.names:
            for key in {exact_key(written), name_key(written)}:
                owners.setdefault(key, set()).add(party.id)
    ids = {key: min(having) for key, having in sorted(owners.items()) if len(having) == 1}
    meant: dict[str, dict[str, None]] = {}
    for named in load_names():
        for name in named.names:
            for key in {exact_key(name.name), name_key(name.name)} - ids.keys():
                meant.setdefault(key, {}).update(dict.fromkeys(named.latin))
    others: dict[str, dict[str, None]] = {}
    for card in cards.values():
        own = [name.name for name in card.names]
        apart = [other.name for other in card.not_the_same_as]
        for written in own:
            others.setdefault(exact_key(written), {}).update(dict.fromkeys(apart))
        for key in set(map(exact_key, apart)) - set(map(exact_key, own)):
            others.setdefault(key, {}).update(dict.fromkeys(own))
    of_parties = (name for party in parties.values() for name in party.query.names if not name.isascii())
    spelled = (reading for name in of_parties for reading in (name, *readings(name)))
    words = (word for name in spelled for part in split_name(name)[0] for word in segment(part))
    han_words = {word: transliterated(word, HAN) for word in words if script_of_word(word) == HAN}
    return KnownFacts(parties, ids, _tuples(meant), _tuples(others), han_words)


def _tuples(names: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(others) for key, others in sorted(names.items()) if others}


def _read(content: Bytes) -> KnownFacts:
    """Return the stored facts; ValueError if they lack a field."""
    facts = json.loads(content[:])
    try:
        parties: dict[str, KnownParty] = {}
        for key, values in facts["parties"].items():
            written: dict[str, Any] = values["query"]
            query: dict[str, Any] = {
                name: tuple(value) if isinstance(value, list) else value for name, value in written.items()
            }
            query["identifiers"] = tuple(map(tuple, written["identifiers"]))
            ids = tuple(values["maker_ids"])
            parties[key] = KnownParty(values["id"], values["name"], PartyQuery(**query), ids)
        meanings, differences = _tuples(facts["meanings"]), _tuples(facts["differences"])
        return KnownFacts(parties, facts["ids"], meanings, differences, facts["han"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"the stored facts lack a field: {error!r}") from error
