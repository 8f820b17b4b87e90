"""Records of one answer that are one party: the same numbers, names and decisions as in the engine."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from sqlalchemy import Connection

from overzicht.grouping import by_key
from overzicht.parties.links import links_of_record
from overzicht.parties.variants import name_variants
from overzicht.screening.index.ambiguous import without_ambiguous
from overzicht.screening.index.build import PERSON, kind_of
from overzicht.screening.index.resolve import DECISION, Links, key_of, resolve
from overzicht.screening.texts import Blob
from overzicht.store.sameparty import confirmed_by_place
from overzicht.subjects.compat.parties.state import PartyOnDay

Item = TypeVar("Item")


def grouped(
    connection: Connection, items: Sequence[Item], party_of: Callable[[Item], PartyOnDay]
) -> list[list[Item]]:
    """Return items of the same party as one group: groups in the order of their first item."""
    if not items:
        return []
    decisions = confirmed_by_place(connection)
    parties = [party_of(item) for item in items]
    keys: list[list[int]] = []
    for party in parties:
        variants = dict.fromkeys(variant for name in party.record.names for variant in name_variants(name))
        own = [
            *links_of_record(party.record, variants),
            *((DECISION, id_) for id_ in decisions.get(party.place, ())),
        ]
        keys.append(sorted({key_of(*link) for link in own}))
    at = np.cumsum([0, *map(len, keys)]).astype(np.int64)
    links = Links(at, np.array([key for of_party in keys for key in of_party], np.uint64))
    # the links without names that one list gives to several of the parties, as in the engine
    numbers = {name: number for number, name in enumerate(dict.fromkeys(p.list_id for p in parties))}
    lists = np.array([numbers[party.list_id] for party in parties], np.uint16)
    owner = np.repeat(np.arange(len(parties), dtype=np.int32), [len(p.record.names) for p in parties])
    skipped = np.array([kind_of(party.record.schema) == PERSON for party in parties], np.bool_)
    names = Blob(name for party in parties for name in party.record.names)
    clear = without_ambiguous(links, lists, names.texts(), owner, skipped)
    root = resolve(clear).root
    groups = by_key(zip(root.tolist(), items, strict=True))
    return list(groups.values())
