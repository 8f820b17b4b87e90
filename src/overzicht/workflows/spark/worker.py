"""The Python workers of Spark: an engine opened once per process, batches in, matches out."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.policy import possible_score
from overzicht.workflows.index import engine_code
from overzicht.workflows.spark.codec import matches_to_line, query_from_line
from overzicht.workflows.spark.shipment import EngineMismatchError, Shipment, unpacked

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
