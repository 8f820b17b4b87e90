"""What a device can be known again by, and what speaks against two sightings being of one device."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Text, text
from overzicht.register.sighting import mac_addresses, serials

MAC, SERIAL, LABEL, ADDRESS, PLACE = "mac", "serial", "label", "network address", "place and model"
STRONG = (MAC, SERIAL)  # a device's own; nothing else has them
WORDS: Mapping[str, Text] = {
    MAC: text("MAC address"),
    SERIAL: text("serial number"),
    LABEL: text("label"),
    ADDRESS: text("network address"),
    PLACE: text("place and model"),
}


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of one sighting, in a form that compares: no letter case, no double spaces."""

    macs: frozenset[str]
    serials: frozenset[str]
    label: str
    address: str
    site: str
    place: str
    product: str  # brand and model
    kind: str

    @classmethod
    def of(cls, sighting: Sighting) -> "Marks":
        """Return the marks of a sighting."""
        is_one = sighting.quantity == 1  # a row of several devices has no address of its own
        product = (*sighting.values(Trace.BRAND), *sighting.values(Trace.MODEL))
        return cls(
            macs=frozenset(mac_addresses(sighting) if is_one else ()),
            serials=frozenset(serials(sighting) if is_one else ()),
            label=_plain(sighting.label),
            address=_plain(sighting.address) if is_one else "",
            site=_plain(sighting.site),
            place=_plain(sighting.place),
            product=_plain(" ".join(product)),
            kind=_plain(sighting.kind),
        )

    def keys(self, kind: str) -> tuple[str, ...]:
        """Return the values by which a device can be found under this kind of key; empty for none."""
        if kind == MAC:
            return tuple(sorted(self.macs))
        if kind == SERIAL:
            return tuple(sorted(self.serials))
        if kind == PLACE:
            parts = (self.site, self.place, self.product, self.kind)
            return ("|".join(parts),) if any(parts) else ()
        value = self.label if kind == LABEL else self.address
        return (value,) if value else ()

    @property
    def is_told_apart(self) -> bool:
        """Whether anything but place and product tells the device from another of the same kind."""
        return bool(self.macs or self.serials or self.label or self.address)

    def contradiction(self, other: "Marks") -> str:
        """Return the kind of key by which the two cannot be one device; empty for none.

        A label differs by itself only where nothing stronger agrees: people renumber their devices.
        """
        if self.macs and other.macs and not self.macs & other.macs:
            return MAC
        if self.serials and other.serials and not self.serials & other.serials:
            return SERIAL
        is_same = bool(self.macs & other.macs or self.serials & other.serials)
        if not is_same and self.label and other.label and self.label != other.label:
            return LABEL
        return ""


class Index:
    """Finds devices, or rows, by the value of one kind of key."""

    def __init__(self, kind: str, marks: Iterable[tuple[int, Marks]]) -> None:
        self._found: dict[str, list[int]] = defaultdict(list)
        for number, each in marks:
            for value in each.keys(kind):
                self._found[value].append(number)

    def having(self, values: Sequence[str]) -> list[int]:
        """Return the numbers of those with one of the values, each once, in order."""
        return sorted({number for value in values for number in self._found.get(value, ())})

    def groups(self) -> list[tuple[str, list[int]]]:
        """Return each value with the numbers that have it, by value."""
        return sorted(self._found.items())


def repeated(kind: str, marks: Iterable[Marks]) -> frozenset[str]:
    """Return the values that more than one of these has: such a value tells nothing apart."""
    counted = Counter(value for each in marks for value in each.keys(kind))
    return frozenset(value for value, count in counted.items() if count > 1)


def _plain(value: str) -> str:
    return " ".join(value.casefold().split())
