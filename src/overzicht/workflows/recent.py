"""Matches of recent queries: a draft, a page and a watch ask about the same parties again and again."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

from overzicht.entities import PartyMatch, PartyQuery

MOST_QUERIES = 256  # a longer batch is a file of names, which are not asked again
MOST_MATCHES = 20_000  # kept in all; some tens of megabytes

Matches = list[PartyMatch]
Settings = tuple[object, ...]  # what else the matches depend on: the index, and the minimum scores


class RecentMatches:
    """The matches of recent queries of a store, without the oldest ones; for several threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Settings, PartyQuery], Matches] = OrderedDict()
        self._count = 0
        self._lock = threading.Lock()

    def of(
        self,
        queries: Sequence[PartyQuery],
        settings: Settings,
        match: Callable[[Sequence[PartyQuery]], list[Matches]],
    ) -> list[Matches]:
        """Return the matches of each query, in order; `match` finds those that are not kept."""
        if len(queries) > MOST_QUERIES:
            return match(queries)
        with self._lock:
            matched = {
                query: self._kept[settings, query] for query in queries if (settings, query) in self._kept
            }
        unknown = [query for query in dict.fromkeys(queries) if query not in matched]
        if unknown:
            matched.update(zip(unknown, match(unknown), strict=True))
        with self._lock:
            for query in dict.fromkeys(queries):
                self._keep((settings, query), matched[query])
        return [list(matched[query]) for query in queries]

    def _keep(self, key: tuple[Settings, PartyQuery], matches: Matches) -> None:
        """Make a query the newest, and leave out the oldest ones beyond the limits."""
        if key not in self._kept:
            self._kept[key] = matches
            self._count += len(matches)
        self._kept.move_to_end(key)
        while len(self._kept) > MOST_QUERIES or self._count > MOST_MATCHES:
            _, oldest = self._kept.popitem(last=False)
            self._count -= len(oldest)
