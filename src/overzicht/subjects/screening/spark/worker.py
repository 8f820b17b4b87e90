"""The Python workers of Spark: an engine opened once per process, batches in, matches out."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.evidence import Reason
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.policy import possible_score
from overzicht.subjects.screening.spark.shipment import EngineMismatchError, Shipment, unpacked
from overzicht.workflows.index import engine_code

if TYPE_CHECKING:
    import pyarrow

RESULT_SCHEMA = "number long, matches string"  # as Spark writes it


@lru_cache(maxsize=1)
def _engine(file: str, sha256: str) -> ScreeningEngine:
    """Return the engine of this process; Spark reuses the process for later tasks."""
    from pyspark import SparkFiles  # noqa: PLC0415  # an extra, installed on every node that runs this

    return ScreeningEngine.open(unpacked(Path(SparkFiles.get(file)), sha256))


def match_batches(
    batches: "Iterator[pyarrow.RecordBatch]", shipment: Shipment
) -> "Iterator[pyarrow.RecordBatch]":
    """Yield for each batch (`number`, `query`) one of (`number`, `matches`), in its order.

    EngineMismatchError if this node's code would give other scores than the driver's.
    """
    import pyarrow  # noqa: PLC0415  # an extra, installed on every node that runs this

    if engine_code() != shipment.code:
        raise EngineMismatchError("engine", engine_code(), shipment.code)
    engine = _engine(shipment.file, shipment.sha256)
    for batch in batches:
        queries = [query_from_line(line) for line in batch.column("query").to_pylist()]
        results = engine.match(
            queries,
            as_of=shipment.as_of,
            lists=shipment.lists,
            threshold=shipment.threshold,
            possible=possible_score(),
        )
        lines = [matches_to_line(matches) for matches in results]
        yield pyarrow.RecordBatch.from_arrays(
            [batch.column("number"), pyarrow.array(lines, pyarrow.string())], names=["number", "matches"]
        )


def query_to_line(query: PartyQuery) -> str:
    """Return the line that `query_from_line` reads back to an equal query."""
    return json.dumps(asdict(query), ensure_ascii=False)


def query_from_line(line: str) -> PartyQuery:
    """Return the query of a line; KeyError or TypeError if it is not a query."""
    data: dict[str, Any] = json.loads(line)
    identifiers = tuple((prop, value) for prop, value in data["identifiers"])
    texts = {key: tuple(data[key]) for key in ("names", "not_the_same_as", "tentative_names", "countries")}
    return PartyQuery(**{**data, **texts, "identifiers": identifiers})


def matches_to_line(matches: list[PartyMatch]) -> str:
    """Return the line that `matches_from_line` reads back to equal matches, in their order."""
    rows = [
        (
            match.query_id,
            match.record_id,
            match.list_id,
            float(match.score),  # Python writes every bit of a float to JSON, so scores remain equal
            match.matched_on,
            [reason.to_json() for reason in match.reasons],
            match.band,
        )
        for match in matches
    ]
    return json.dumps(rows, ensure_ascii=False)


def matches_from_line(line: str) -> list[PartyMatch]:
    """Return the matches of a line, best first."""
    return [
        PartyMatch(query_id, record_id, list_id, score, on, tuple(map(Reason.from_json, reasons)), Band(band))
        for query_id, record_id, list_id, score, on, reasons, band in json.loads(line)
    ]
