"""Pairing of the rows of a corrected list with those of the list that it replaces.

A pair lets a device stay the same device; it decides no count. Each row has at most one partner. Rows that
are alike are paired by their number, so that two equal devices never become one.

| stage               | the rows have the same                                                       |
| ------------------- | ---------------------------------------------------------------------------- |
| whole row           | cells                                                                        |
| label and its place | label, product and place: only a number of its own was put right             |
| own number          | serial number, or MAC address                                                |
| label               | label, and at most one of product, place and own number differs              |
| all but one cell    | cells but one, which is not the label, with at least two others              |

Without a label, a column whose values all differ in both lists is the label.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from overzicht.devices import Sighting
from overzicht.devices.device_marks import Mark, Marks, folded
from overzicht.register.sighting import fields_of

FEWEST_CELLS = 2  # that agree, in addition to the one that was put right
SURE = frozenset({"label", "serial", "mac", "model", "brand", "kind"})  # cells that are corrected least


@dataclass(frozen=True, slots=True)
class Pair:
    """The row of the earlier list that a row corrects, and the mark by which it is the same."""

    before: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row to pair: its cells and its marks."""

    cells: Mapping[str, str]
    label: str
    product: str
    where: tuple[str, str]
    serials: frozenset[str]
    macs: frozenset[str]

    def differences(self, other: "_Entry") -> int:
        """Return how many of product, place and own numbers both rows state, and differently."""
        return sum(
            (
                bool(self.product and other.product) and self.product != other.product,
                any(self.where) and any(other.where) and self.where != other.where,
                _contradict(self.serials, other.serials) or _contradict(self.macs, other.macs),
            )
        )


def _contradict(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left) and bool(right) and not left & right


def pair_rows(before: Sequence[Sighting], now: Sequence[Sighting]) -> dict[int, Pair]:
    """Return the earlier row of each row that corrects one, by number; other rows are left out."""
    # the first column whose values all differ in both lists; empty for none, or with labels
    label_column = ""
    if not any(sighting.label for sighting in (*before, *now)):
        for header in dict.fromkeys(header for sighting in (*before, *now) for header in sighting.extra):
            columns = [[folded(row.extra.get(header, "")) for row in rows] for rows in (before, now)]
            if all(len(set(values)) == len(values) and "" not in values for values in columns):
                label_column = header
                break
    entries: list[_Entry] = []
    for sighting in (*before, *now):
        marks = Marks.of(sighting)
        cells = {name: value for name, value in fields_of(sighting).items() if value}
        cells |= {f"column {header}": value for header, value in sighting.extra.items() if value}
        if cells["quantity"] == "1":
            del cells["quantity"]
        if sighting.latitude is not None:
            cells["point"] = f"{sighting.latitude} {sighting.longitude}"
        label = marks.label or folded(sighting.extra.get(label_column, ""))
        where = (marks.site, marks.place)
        numbers = frozenset(marks.serials), frozenset(marks.macs)
        entries.append(_Entry(cells, label, marks.product, where, *numbers))
    old, new = entries[: len(before)], entries[len(before) :]
    pairing = _Pairing(old, new)
    pairing.join(Mark.ROW, lambda entry: tuple(sorted(entry.cells.items())))
    pairing.join(Mark.LABEL, lambda entry: (entry.label, entry.product, entry.where) if entry.label else None)
    pairing.join(Mark.SERIAL, lambda entry: entry.serials or None)
    pairing.join(Mark.MAC, lambda entry: entry.macs or None)
    pairing.join(Mark.LABEL, lambda entry: entry.label or None, most=1)
    own = {"label", f"column {label_column}"}
    names = {name for entry in (*old, *new) for name in entry.cells} - own
    for name in sorted(names, key=lambda name: (name in SURE, name)):
        pairing.join(Mark.ROW, lambda entry, name=name: _all_but(entry, name))  # type: ignore[misc]
    return pairing.pairs


class _Pairing:
    def __init__(self, old: Sequence[_Entry], new: Sequence[_Entry]) -> None:
        self._old, self._new = old, new
        self._free = dict.fromkeys(range(len(old)))  # in order
        self.pairs: dict[int, Pair] = {}

    def join(self, mark: Mark, key: Callable[[_Entry], Hashable | None], *, most: int | None = None) -> None:
        """Pair the free rows that share a key, in order.

        With `most`, only the one row on each side that has the key, if at most that number of facts differs.
        """
        old = _by_key((number, key(self._old[number])) for number in self._free)
        new = _by_key((n, key(entry)) for n, entry in enumerate(self._new) if n not in self.pairs)
        for value in (value for value in old if value in new):
            is_one = len(old[value]) == len(new[value]) == 1
            for left, right in zip(old[value], new[value], strict=False):
                if most is None or (is_one and self._old[left].differences(self._new[right]) <= most):
                    self.pairs[right] = Pair(left, mark)
                    del self._free[left]


def _by_key(pairs: Iterable[tuple[int, Hashable | None]]) -> dict[Hashable, list[int]]:
    numbers: dict[Hashable, list[int]] = defaultdict(list)
    for number, value in pairs:
        if value is not None:
            numbers[value].append(number)
    return numbers


def _all_but(entry: _Entry, name: str) -> Hashable | None:
    rest = tuple(sorted((other, value) for other, value in entry.cells.items() if other != name))
    return (name, rest) if len(rest) >= FEWEST_CELLS else None
