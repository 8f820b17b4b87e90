"""The driver's side: it sends parts of a batch to Spark and returns the matches in query order."""

import functools
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from overzicht.entities import PartyMatch, PartyQuery
from overzicht.store.database import Store
from overzicht.subjects.screening.spark.session import (
    PART,
    SparkRunError,
    first_line,
    opened_session,
)
from overzicht.subjects.screening.spark.shipment import Shipment, pack_index
from overzicht.subjects.screening.spark.worker import (
    RESULT_SCHEMA,
    match_batches,
    matches_from_line,
    query_to_line,
)
from overzicht.workflows.index import engine_code, fresh_index

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JOBS_AT_ONCE = 2  # at the end of one job, when some workers are idle, the next one uses them


class SparkMatcher:
    """Matcher on Spark, with the same matches as the embedded engine; it survives the loss of executors."""

    def __init__(self, session: "SparkSession", packed: Path, sha256: str) -> None:
        self._session = session
        self._packed = packed
        self._sha256 = sha256
        session.sparkContext.addFile(str(packed))

    def match_each(
        self,
        queries: Sequence[PartyQuery],
        *,
        as_of: date,
        lists: tuple[str, ...],
        threshold: float | None = None,
    ) -> Iterator[list[PartyMatch]]:
        """Yield the matches of each query, in order; SparkRunError if Spark fails on a part.

        All earlier parts come before a part, so that an interrupted run can continue after the last one.
        """
        shipment = Shipment(self._packed.name, self._sha256, engine_code(), as_of, tuple(lists), threshold)
        running: deque[Future[list[list[PartyMatch]]]] = deque()
        start = 0
        with ThreadPoolExecutor(JOBS_AT_ONCE) as threads:
            while start < len(queries):
                end = start + PART * max(1, self._session.sparkContext.defaultParallelism)  # a task per core
                running.append(threads.submit(self._run, queries[start:end], shipment))
                start = end
                if len(running) >= JOBS_AT_ONCE:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()

    def _run(self, queries: Sequence[PartyQuery], shipment: Shipment) -> list[list[PartyMatch]]:
        import pyarrow  # noqa: PLC0415  # an extra

        numbers = pyarrow.array(range(len(queries)), pyarrow.int64())
        lines = pyarrow.array([query_to_line(query) for query in queries], pyarrow.string())
        frame = self._session.createDataFrame(pyarrow.table({"number": numbers, "query": lines}))
        work = functools.partial(match_batches, shipment=shipment)
        try:
            results = frame.mapInArrow(work, RESULT_SCHEMA).toArrow().sort_by("number")
        except Exception as error:
            if type(error).__module__.startswith(("py4j", "pyspark")):
                raise SparkRunError(first_line(error)) from error
            raise
        if results.column("number").to_pylist() != numbers.to_pylist():
            raise SparkRunError(f"it returned {results.num_rows} of {len(queries)} answers")
        return [matches_from_line(line) for line in results.column("matches").to_pylist()]


@contextmanager
def spark_matcher(store: Store, master: str) -> Iterator[SparkMatcher]:
    """Yield a matcher on Spark over the index of the store, which is rebuilt if lists changed."""
    root = fresh_index(store)
    with tempfile.TemporaryDirectory(prefix="overzicht-spark-") as folder:
        packed, sha256 = pack_index(root, Path(folder))
        with opened_session(master) as session:
            yield SparkMatcher(session, packed, sha256)
