"""The devices of a report in their order: a tuple, or packed if they are very many.

A device takes 0.8 kB of memory as a row and a tenth of that packed. Values that devices share, such as
reasons, are stored once. Packed rows are made again, a batch at a time, in each pass over them.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from heapq import merge
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import Any

from overzicht.evidence import Citation
from overzicht.isolation.packed import LEVEL, Packed
from overzicht.isolation.packing import MOST_UNPACKED
from overzicht.reports.overview_report import DeviceRow

BATCH = 1_000
RUN = 50 * BATCH  # rows that are sorted together
Values = list[Any]  # of a row, those that it shares by their number

_NAMES = tuple(field.name for field in fields(DeviceRow))
_values = attrgetter(*_NAMES)
_PLAIN = frozenset({str, int, float, bool, type(None)})
_SHARED = tuple(
    _NAMES.index(name)
    for name in ("kind", "bought", "undecided", "confidence", "reasons", "conflicts", "part", "identity",
                 "vulnerabilities")
)  # fmt: skip
_CITED = _NAMES.index("citations")
_ORDER = ("site", "place", "label", "id")
_by_order = attrgetter(*_ORDER)
_values_by_order = itemgetter(*map(_NAMES.index, _ORDER))
_document = attrgetter(*(field.name for field in fields(Citation) if field.name != "place"))
_PLACE = tuple(field.name for field in fields(Citation)).index("place")


def in_order(rows: Iterable[DeviceRow]) -> Sequence[DeviceRow]:
    """Return the rows of devices by site, place, label and id."""
    waiting: list[DeviceRow] = []
    packing = _Packing()
    for row in rows:
        waiting.append(row)
        if len(waiting) > (RUN if packing.runs else max(RUN, MOST_UNPACKED)):
            packing.add_run(waiting)
            waiting = []
    if not packing.runs:
        return tuple(sorted(waiting, key=_by_order))
    packing.add_run(waiting)
    return packing.merged()


class _Shared:
    """Values that rows share, by number. Each is kept, so that its identity stays its own."""

    def __init__(self) -> None:
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}  # by identity
        self._documents: dict[tuple[Any, ...], int] = {}
        self._days: dict[date, int] = {}

    def values(self, row: DeviceRow) -> Values:
        """Return the values of a row, those that rows share by their number."""
        values = list(_values(row))
        for place in _SHARED:
            value = values[place]
            number = self._numbers.get(id(value))
            values[place] = self._number(value) if number is None else number
        values[_CITED] = [(self._document(citation), citation.place) for citation in row.citations]
        return values

    def _number(self, value: object) -> int:
        """Return the number of another value; equal days have one."""
        number = len(self._objects)
        if isinstance(value, date):
            number = self._days.setdefault(value, number)
            if number < len(self._objects):
                return number
        self._objects.append(value)
        self._numbers[id(value)] = number
        return number

    def _document(self, citation: Citation) -> int:
        key = _document(citation)
        if key not in self._documents:
            self._documents[key] = len(self._objects)
            self._objects.append((key[:_PLACE], key[_PLACE:]))
        return self._documents[key]

    def row(self, values: Values) -> DeviceRow:
        """Return the row of its values."""
        objects = self._objects
        for place in _SHARED:
            values[place] = objects[values[place]]
        cited = []
        for number, place_in_it in values[_CITED]:
            before, after = objects[number]
            values_of: tuple[Any, ...] = (*before, place_in_it, *after)
            cited.append(Citation(*values_of))
        values[_CITED] = tuple(cited)
        return DeviceRow(*values)

    def rows(self, batch: bytes) -> list[DeviceRow]:
        """Return the rows of a packed batch."""
        return list(map(self.row, _opened(batch)))


class _Packing:
    """Rows that are packed in sorted runs, and merged at the end."""

    def __init__(self) -> None:
        self.runs: list[list[bytes]] = []
        self._shared = _Shared()

    def add_run(self, rows: list[DeviceRow]) -> None:
        """Add rows in any order."""
        rows.sort(key=_by_order)
        batches: list[bytes] = []
        values = map(self._shared.values, rows)
        while batch := list(islice(values, BATCH)):
            batches.append(_closed(batch))
        self.runs.append(batches)

    def merged(self) -> Packed[DeviceRow]:
        """Return all rows in order."""
        runs = [chain.from_iterable(map(_opened, run)) for run in self.runs]
        batches, counts = [], []
        ordered = merge(*runs, key=_values_by_order)
        while batch := list(islice(ordered, BATCH)):
            batches.append(_closed(batch))
            counts.append(len(batch))
        return Packed(batches, counts, self._shared.rows)


def _closed(batch: list[Values]) -> bytes:
    return zlib.compress(json.dumps(batch).encode(), LEVEL)


def _opened(batch: bytes) -> list[Values]:
    values: list[Values] = json.loads(zlib.decompress(batch))
    return values
