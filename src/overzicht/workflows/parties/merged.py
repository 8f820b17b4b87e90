"""Records of one answer that are one party: the same numbers, names and decisions as in the engine."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection

from overzicht.parties.links import links_of_record
from overzicht.parties.variants import name_variants
from overzicht.screening.index.resolve import DECISION, Links, key_of, resolve
from overzicht.store.sameparty import confirmed
from overzicht.workflows.parties.state import PartyOnDay, Place

Item = TypeVar("Item")


def grouped(
    connection: Connection, items: Sequence[Item], party_of: Callable[[Item], PartyOnDay]
) -> list[list[Item]]:
    """Return items of the same party as one group: groups in the order of their first item."""
    if not items:
        return []
    decisions = _decisions(connection)
    keys = [sorted(_keys(party_of(item), decisions)) for item in items]
    at = np.cumsum([0, *map(len, keys)]).astype(np.int64)
    root = resolve(Links(at, np.array([key for of_party in keys for key in of_party], np.uint64))).root
    groups: dict[int, list[Item]] = {}
    for number, item in zip(root.tolist(), items, strict=True):
        groups.setdefault(number, []).append(item)
    return list(groups.values())


def _keys(party: PartyOnDay, decisions: dict[Place, list[str]]) -> Iterable[int]:
    names = dict.fromkeys(variant for name in party.record.names for variant in name_variants(name))
    links = [
        *links_of_record(party.record, names),
        *((DECISION, id_) for id_ in decisions.get(party.place, ())),
    ]
    return {key_of(*link) for link in links}


def _decisions(connection: Connection) -> dict[Place, list[str]]:
    """Return by record the ids of the merges that a person confirmed."""
    decisions: dict[Place, list[str]] = {}
    for merge, _ in confirmed(connection):
        for place in (merge.first, merge.second):
            decisions.setdefault(place, []).append(merge.id)
    return decisions
