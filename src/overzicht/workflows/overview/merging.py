"""One device seen in several inventories: the spreadsheet row and the scanned host with the same MAC address.

Only rows of different files are put together, only on a trace that is unique within each file, and never
against a contradicting MAC address. Nothing is lost: the traces of all sightings stand side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Citation
from overzicht.identifiers import mac

MIN_SERIAL_CHARACTERS = 6
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SeenDevice:
    """A device with the traces of all its sightings together, and where each of them stands."""

    sighting: Sighting
    citations: tuple[Citation, ...]


@dataclass(slots=True)
class _Group:
    sightings: list[Sighting] = field(default_factory=list)

    def takes(self, sighting: Sighting) -> bool:
        if any(s.citation.snapshot == sighting.citation.snapshot for s in self.sightings):
            return False
        ours = {address for s in self.sightings for address in mac_addresses(s)}
        theirs = set(mac_addresses(sighting))
        return not (ours and theirs) or bool(ours & theirs)


def merge(sightings: Sequence[Sighting]) -> list[SeenDevice]:
    """Return one device per group of sightings, in the order in which they first appear."""
    usable = _unique_keys(sightings)
    groups: list[_Group] = []
    by_key: dict[Key, _Group] = {}
    for sighting in sightings:
        keys = [key for key in _keys(sighting) if (sighting.citation.snapshot, key) in usable]
        group = next((by_key[key] for key in keys if key in by_key and by_key[key].takes(sighting)), None)
        if group is None:
            group = _Group()
            groups.append(group)
        group.sightings.append(sighting)
        for key in keys:
            by_key.setdefault(key, group)
    return [_combined(group.sightings) for group in groups]


def mac_addresses(sighting: Sighting) -> tuple[str, ...]:
    """Return the MAC addresses of a sighting in normal form, those that are none left out."""
    found = (mac.normalize(value) for value in sighting.values(Trace.MAC))
    return tuple(dict.fromkeys(value for value in found if value))


def _keys(sighting: Sighting) -> list[Key]:
    """Return what a device can be known by, the surest first."""
    if sighting.quantity != 1:
        return []
    keys = [("mac", address) for address in mac_addresses(sighting)]
    serials = (serial.strip().upper() for serial in sighting.values(Trace.SERIAL))
    keys += [("serial", serial) for serial in serials if len(serial) >= MIN_SERIAL_CHARACTERS]
    return keys + ([("address", sighting.address)] if sighting.address else [])


def _unique_keys(sightings: Iterable[Sighting]) -> set[tuple[str, Key]]:
    counts: Counter[tuple[str, Key]] = Counter()
    for sighting in sightings:
        counts.update((sighting.citation.snapshot, key) for key in dict.fromkeys(_keys(sighting)))
    return {key for key, count in counts.items() if count == 1}


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
    return SeenDevice(replace(first, traces=merged, extra=extra, **filled), citations)
