"""Several sightings of one device as one: the same whatever their order, and nothing that counts is lost."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from overzicht.devices.device_marks import WORDS, Mark
from overzicht.devices.identity import Doubt, Identity, OneDevice
from overzicht.devices.sighting import Sighting, Trace
from overzicht.evidence import Confidence, Reason, text
from overzicht.grouping import by_key

FIRST_KIND = "table"  # what people keep is shown before what devices answer
FILLED = ("label", "organisation", "site", "place", "address", "kind", "status", "bought")
MOST_PLACES = 5  # named in one sentence


def combined(sightings: Sequence[Sighting]) -> Sighting:
    """Return one sighting with everything that the sightings of one kind of source state.

    All values of a trace are kept. For other fields: the shortest label, an IPv4 address before another, the
    longest text, the earliest purchase and the largest quantity, so that the order does not matter.
    """
    if len(sightings) == 1:
        return sightings[0]
    first = min(sightings, key=lambda sighting: (sighting.id, sighting.citation.key))
    words: dict[str, Any] = {
        name: _best((getattr(sighting, name) for sighting in sightings), max)
        for name in ("organisation", "site", "place", "kind", "status")
    }
    points = [
        (sighting.latitude, sighting.longitude) for sighting in sightings if sighting.latitude is not None
    ]
    latitude, longitude = min(points, key=str, default=(None, None))
    return replace(
        first,
        traces=_side_by_side(sightings),
        label=_best((sighting.label for sighting in sightings), min),
        address=min((sighting.address for sighting in sightings), key=_address_rank),
        **words,
        bought=min((sighting.bought for sighting in sightings if sighting.bought), default=None),
        quantity=max(sighting.quantity for sighting in sightings),
        latitude=latitude,
        longitude=longitude,
        extra=dict(sorted({pair for sighting in sightings for pair in sighting.extra.items()}, reverse=True)),
    )


def together(evidence: Mapping[str, Sighting]) -> Sighting:
    """Return one sighting with everything known of a device: first the table, then other kinds by name."""
    kinds = sorted(evidence, key=lambda kind: (kind != FIRST_KIND, kind))
    ordered = [evidence[kind] for kind in kinds]
    if len(ordered) == 1:
        return ordered[0]
    filled: dict[str, Any] = {
        name: next(
            (value for sighting in ordered if (value := getattr(sighting, name))), getattr(ordered[0], name)
        )
        for name in FILLED
    }
    extra = {key: value for sighting in reversed(ordered) for key, value in sighting.extra.items()}
    return replace(ordered[0], traces=_side_by_side(ordered), extra=extra, **filled)


def day_evidence(
    before: Mapping[str, Sighting], new_sightings: Iterable[tuple[str, Sighting]]
) -> dict[str, Sighting]:
    """Return the latest statement of each kind of source: `new_sightings` of one date added to `before`.

    New sightings of one kind are combined. They replace earlier values of that kind and keep what they omit.
    """
    by_kind = by_key(new_sightings)
    newer = {kind: combined(sightings) for kind, sightings in by_kind.items()}
    for kind in newer.keys() & before.keys():
        kept = newer[kind]
        older = before[kind]
        values: dict[str, Any] = {name: getattr(kept, name) or getattr(older, name) for name in FILLED}
        for name in ("latitude", "longitude"):
            values[name] = getattr(older if getattr(kept, name) is None else kept, name)
        newer[kind] = replace(
            kept, traces={**older.traces, **kept.traces}, extra={**older.extra, **kept.extra}, **values
        )
    return {**before, **newer}


def _side_by_side(sightings: Iterable[Sighting]) -> dict[Trace, tuple[str, ...]]:
    values: dict[Trace, set[str]] = {}
    for sighting in sightings:
        for trace, trace_values in sighting.traces.items():
            values.setdefault(trace, set()).update(trace_values)
    return {trace: tuple(sorted(values[trace])) for trace in Trace if trace in values}


def _best(values: Iterable[str], choose: Callable[..., str]) -> str:
    return choose((value for value in values if value), key=lambda value: (len(value), value), default="")


def _address_rank(address: str) -> tuple[int, int, str]:
    """Rank an IPv4 address before a host name, a name before an IPv6 address, and no address last."""
    is_ipv4 = re.fullmatch(r"(?:\d{1,3}\.){3}\d{1,3}", address) is not None
    rank = 3 if not address else 0 if is_ipv4 else 2 if ":" in address else 1
    return rank, len(address), address


def reasons_of(device: OneDevice, places: Sequence[str], doubts: Iterable[Doubt]) -> tuple[Reason, ...]:
    """Return why these sightings are one device, and why others with a shared mark are not.

    `places` give the location of each sighting, by its number.
    """
    own = set(device.members)
    joined = [
        Reason(
            text(
                "{places}: one device by the same {mark}",
                places=_named(link.members, places),
                mark=WORDS[link.mark],
            ),
            Confidence.HIGH if link.mark in {Mark.SERIAL, Mark.MAC, Mark.ROW} else Confidence.MEDIUM,
        )
        for link in device.links
    ]
    apart = [
        Reason(
            text(
                "{places}: the same {mark}, but another {against}; counted as another device",
                places=_named([n for n in doubt.members if n not in own], places),
                mark=WORDS[doubt.mark],
                against=WORDS[doubt.against],
            ),
            Confidence.MEDIUM,
            against=True,
        )
        for doubt in doubts
        if doubt.mark in {Mark.SERIAL, Mark.MAC, Mark.LABEL} and doubt.against in TOLD
    ]
    return (*joined, *apart)


TOLD = {
    Mark.SERIAL,
    Mark.MAC,
    Mark.PRODUCT,
}  # the same label on several sites or rows does not indicate one device


def _named(members: Sequence[int], places: Sequence[str]) -> str:
    named = sorted({places[number] for number in members})
    return "; ".join(named[:MOST_PLACES] + ["…"] * (len(named) > MOST_PLACES))


def doubts_by_member(identity: Identity) -> Mapping[int, Sequence[Doubt]]:
    """Return the doubts about each sighting, by number."""
    doubts: dict[int, list[Doubt]] = {}
    for doubt in identity.doubts:
        for number in doubt.members:
            doubts.setdefault(number, []).append(doubt)
    return doubts
