"""One device seen in several inventories: the spreadsheet row and the scanned host with the same MAC address.

Only rows of different files are put together, only on a trace that is unique within each file, and never
against a contradicting MAC address. Where a trace would join what contradicts each other, it joins nothing.
Which sightings are one device does not depend on the order of the files; what is shown first does. Nothing is
lost: the traces of all sightings stand side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Citation
from overzicht.identifiers import mac

MIN_SERIAL_CHARACTERS = 6
KEY_KINDS = ("mac", "serial", "address")  # the surest first
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeenDevice:
    """A device with the traces of all its sightings together, and where each of them stands."""

    sighting: Sighting
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Sightings taken for one device: their numbers in order, their files, and their MAC addresses."""

    numbers: tuple[int, ...]
    files: frozenset[str]
    macs: frozenset[str]

    def is_at_odds_with(self, other: "_Group") -> bool:
        if self.files & other.files:
            return True
        return bool(self.macs and other.macs) and not self.macs & other.macs


def merge(sightings: Sequence[Sighting]) -> list[SeenDevice]:
    """Return one device per group of sightings, in the order in which they first appear."""
    groups = [
        _Group((number,), frozenset({sighting.citation.snapshot}), frozenset(mac_addresses(sighting)))
        for number, sighting in enumerate(sightings)
    ]
    for _, numbers in sorted(_shared_keys(sightings).items(), key=lambda pair: _order(pair[0])):
        _join(groups, numbers)
    distinct = dict.fromkeys(groups)
    return [_combined([sightings[number] for number in group.numbers]) for group in distinct]


def _join(groups: list[_Group], numbers: Sequence[int]) -> None:
    """Make the groups of these sightings one, unless two of them contradict each other."""
    found = list(dict.fromkeys(groups[number] for number in numbers))
    if len(found) == 1 or any(one.is_at_odds_with(other) for one, other in combinations(found, 2)):
        return
    joined = _Group(
        tuple(sorted(number for group in found for number in group.numbers)),
        frozenset().union(*(group.files for group in found)),
        frozenset().union(*(group.macs for group in found)),
    )
    for number in joined.numbers:
        groups[number] = joined


def _shared_keys(sightings: Sequence[Sighting]) -> dict[Key, list[int]]:
    """Return the sightings of each key that is unique within each file; keys of one sighting are left out."""
    found: dict[Key, list[int]] = defaultdict(list)
    in_file: Counter[tuple[str, Key]] = Counter()
    for number, sighting in enumerate(sightings):
        for key in _keys(sighting):
            found[key].append(number)
            in_file[(sighting.citation.snapshot, key)] += 1
    unique = {
        key: [number for number in numbers if in_file[(sightings[number].citation.snapshot, key)] == 1]
        for key, numbers in found.items()
    }
    return {key: numbers for key, numbers in unique.items() if len(numbers) > 1}


def _order(key: Key) -> tuple[int, str]:
    kind, value = key
    return KEY_KINDS.index(kind), value


def mac_addresses(sighting: Sighting) -> tuple[str, ...]:
    """Return the MAC addresses of a sighting in normal form, those that are none left out."""
    found = (mac.normalize(value) for value in sighting.values(Trace.MAC))
    return tuple(dict.fromkeys(value for value in found if value))


def _keys(sighting: Sighting) -> Iterable[Key]:
    """Return what a device can be known by, each once."""
    if sighting.quantity != 1:
        return ()
    keys = [("mac", address) for address in mac_addresses(sighting)]
    serials = (serial.strip().upper() for serial in sighting.values(Trace.SERIAL))
    keys += [("serial", serial) for serial in serials if _tells_apart(serial)]
    keys += [("address", sighting.address)] if sighting.address else []
    return dict.fromkeys(keys)


def _tells_apart(serial: str) -> bool:
    """Return whether it can be a device's own number: long enough, and no filler such as `000000`."""
    return len(serial) >= MIN_SERIAL_CHARACTERS and len(set(serial)) > 1


def _combined(sightings: Sequence[Sighting]) -> SeenDevice:
    first = sightings[0]
    citations = tuple({s.citation.key: s.citation for s in sightings}.values())
    if len(sightings) == 1:
        return SeenDevice(first, citations)
    traces: dict[Trace, dict[str, None]] = defaultdict(dict)
    for sighting in sightings:
        for trace, values in sighting.traces.items():
            traces[trace].update(dict.fromkeys(values))
    filled = {
        name: next((value for s in sightings if (value := getattr(s, name))), getattr(first, name))
        for name in ("label", "organisation", "site", "place", "address", "kind", "status", "bought")
    }
    extra = {key: value for s in reversed(sightings) for key, value in s.extra.items()}
    merged = {trace: tuple(values) for trace, values in traces.items()}
    own_id = min(s.id for s in sightings)  # in any order of the files, so that a judgement stays with it
    return SeenDevice(replace(first, id=own_id, traces=merged, extra=extra, **filled), citations)
