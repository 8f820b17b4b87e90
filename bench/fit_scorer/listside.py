"""What a search meets: disturbed and clean names asked of the list, and the candidates that come up."""

import gzip
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from disturb import disturb
from numpy.typing import NDArray
from pairs import read_parties

from overzicht.screening.features import features
from overzicht.screening.frequencies import packed
from overzicht.screening.index import layout
from overzicht.screening.index.build import PERSON, IndexedParty, build_arrays, kind_of
from overzicht.screening.index.search import candidates
from overzicht.screening.index.variants import new_scratch
from overzicht.screening.pack import name_of

DISTURBED, CLEAN, OTHER_SCRIPT = 9000, 9000, 5000
_CANDIDATES, _KEPT = 50, 12
_LEAST_SHARE = 0.5  # of the best candidate's points


@dataclass(frozen=True, slots=True)
class Query:
    name: str
    schema: str
    target: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of columns of candidates, whether each is right, and the number of its query.

    `clean` is True per query for a name that is on no list, `latin` for one in plain letters.
    """

    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    query: NDArray[np.int32]
    clean: NDArray[np.bool_]
    latin: NDArray[np.bool_]


def asked(folder: Path, seed: int) -> list[Query]:
    """Return the names to ask: none of them, nor its party, is among those for measuring."""
    r = random.Random(seed)
    listed, _ = read_parties(folder)
    found: list[Query] = []
    for party in r.choices(listed, k=DISTURBED):
        name = party.names[0] if r.random() < 0.6 else r.choice(party.names)
        changed, _ = disturb(r, name, is_person=party.schema == "Person")
        if len(changed) > 2:
            found.append(Query(changed, party.schema, party.id))
    clean = _clean(folder, {party.id for party in listed})
    other = [name for name in clean if not name.isascii()]
    found += [Query(name, "Person", None) for name in r.sample(clean, min(len(clean), CLEAN))]
    found += [Query(name, "Person", None) for name in r.sample(other, min(len(other), OTHER_SCRIPT))]
    return found


def _clean(folder: Path, listed: set[str]) -> list[str]:
    """Return names that are on no list, but those for measuring."""
    measured: set[str] = set()
    for name in ("list-clean-dev.jsonl", "list-queries-dev.jsonl"):
        with (folder / name).open(encoding="utf-8") as lines:
            measured |= {json.loads(line)["query"].lower() for line in lines}
    with (folder / "pairs-dev.jsonl").open(encoding="utf-8") as lines:
        measured |= {json.loads(line)[side].lower() for line in lines for side in ("query",)}
    by_source: dict[str, list[str]] = {"wd": [], "neg": []}
    with gzip.open(folder / "targets-100k.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            party = json.loads(line)
            source = party["id"].split("-")[0]
            if source in by_source and party["id"] not in listed:
                by_source[source] += [name for name in party["names"] if name.lower() not in measured]
    return [*by_source["neg"], *by_source["wd"][::2]]


def _index(folder: Path) -> layout.IndexArrays:
    def parties() -> Any:
        with (folder / "targets-ofac.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                party = json.loads(line)
                yield IndexedParty(party["id"], party["schema"], tuple(party["names"]))

    return build_arrays(parties())


def candidates_of(queries: Sequence[Query], folder: Path) -> Found:
    """Return the best candidates of each query as rows of columns."""
    index = _index(folder)
    kinds = [kind_of(query.schema) for query in queries]
    names = packed(
        ((query.name, kind == PERSON) for query, kind in zip(queries, kinds, strict=True)), index.forms
    )
    out = np.full((len(queries), _CANDIDATES), -1, np.int32)
    points = np.zeros((len(queries), _CANDIDATES), np.float32)
    scratch, lists = new_scratch(_CANDIDATES), np.ones(1, np.uint8)
    for i, kind in enumerate(kinds):
        candidates(name_of(names, i), index.target, scratch, kind, lists)
        n = int(scratch.size[0])
        out[i, :n], points[i, :n] = scratch.heap_name[0, :n], scratch.heap[0, :n]
    pairs: list[tuple[int, int]] = []
    right: list[bool] = []
    for i, query in enumerate(queries):
        for k in np.argsort(-points[i], kind="stable")[:_KEPT]:
            name = int(out[i, k])
            if name < 0 or points[i, k] < _LEAST_SHARE * points[i].max():
                continue
            pairs.append((i, name))
            right.append(index.party_ids.get(int(index.postings.party[name])) == query.target)
    numbers = np.array(pairs, np.int32)
    rows = features(names, index.packed, numbers)
    clean = np.array([query.target is None for query in queries])
    latin = np.array([query.name.isascii() for query in queries])
    return Found(rows, np.array(right), numbers[:, 0], clean, latin)
