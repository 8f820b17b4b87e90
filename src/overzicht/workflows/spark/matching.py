"""The driver's side: parts of a batch out to Spark, their matches back in the order of the queries."""

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
from overzicht.workflows.index import engine_code, fresh_index
from overzicht.workflows.spark.codec import matches_from_line, query_to_line
from overzicht.workflows.spark.session import PART, SparkRunError, first_line, opened_session
from overzicht.workflows.spark.shipment import Shipment, pack_index
from overzicht.workflows.spark.worker import RESULT_SCHEMA, match_batches

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JOBS_AT_ONCE = 2  # so that the end of one, when some workers wait, is filled by the next


class SparkMatcher:
    """Matches on Spark, row for row those of the embedded engine, whatever becomes of single executors."""

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
        """Yield the matches of each query, in order; SparkRunError when Spark gives up on a part.

        A part is given when all before it were, so whoever writes down what comes can go on from there.
        """
        shipment = Shipment(self._packed.name, self._sha256, engine_code(), as_of, tuple(lists), threshold)
        parts = self._parts(len(queries))
        running: deque[Future[list[list[PartyMatch]]]] = deque()
        with ThreadPoolExecutor(JOBS_AT_ONCE) as threads:
            for start, end in parts:
                running.append(threads.submit(self._run, queries[start:end], shipment))
                if len(running) >= JOBS_AT_ONCE:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()

    def _parts(self, total: int) -> Iterator[tuple[int, int]]:
        """Yield where each job starts and ends: a task for every core that is there by then."""
        start = 0
        while start < total:
            end = min(total, start + PART * max(1, self._session.sparkContext.defaultParallelism))
            yield start, end
            start = end

    def _run(self, queries: Sequence[PartyQuery], shipment: Shipment) -> list[list[PartyMatch]]:
        import pyarrow  # noqa: PLC0415  # an extra

        numbers = pyarrow.array(range(len(queries)), pyarrow.int64())
        lines = pyarrow.array([query_to_line(query) for query in queries], pyarrow.string())
        asked = self._session.createDataFrame(pyarrow.table({"number": numbers, "query": lines}))
        work = functools.partial(match_batches, shipment=shipment)
        try:
            found = asked.mapInArrow(work, RESULT_SCHEMA).toArrow().sort_by("number")
        except Exception as error:
            if type(error).__module__.startswith(("py4j", "pyspark")):
                raise SparkRunError(first_line(error)) from error
            raise
        if found.column("number").to_pylist() != numbers.to_pylist():
            raise SparkRunError(f"{found.num_rows} of {len(queries)} answers came back")
        return [matches_from_line(line) for line in found.column("matches").to_pylist()]


@contextmanager
def spark_matcher(store: Store, master: str) -> Iterator[SparkMatcher]:
    """Yield a matcher over the index of the store, made anew where lists changed, on a Spark."""
    root = fresh_index(store)
    with tempfile.TemporaryDirectory(prefix="overzicht-spark-") as folder:
        packed, sha256 = pack_index(root, Path(folder))
        with opened_session(master) as session:
            yield SparkMatcher(session, packed, sha256)
