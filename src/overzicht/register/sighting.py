"""Sightings in the register: to and from JSON, and field by field."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from overzicht.devices import Sighting, Trace
from overzicht.devices.combining import FIRST_KIND
from overzicht.devices.device_marks import mac_addresses
from overzicht.devices.vocabulary import State, state_in
from overzicht.evidence import Citation
from overzicht.names.normal import name_key
from overzicht.register.terms import LifecycleState

TEXTS = ("label", "organisation", "site", "place", "address", "kind", "status")
SUPPLIER_HEADERS = frozenset(
    {"leverancier", "supplier", "geleverd door", "supplied by", "reseller", "dealer"}
)
NOTICE_KINDS = frozenset({"ted-xml", "eforms", "ocds"})  # they state purchases, not present devices
ENDED = (LifecycleState.REPLACED, LifecycleState.REMOVED)
DECIDED = (LifecycleState.IN_USE, LifecycleState.OUT_OF_USE)  # if the inventory states it as before


def life_by(evidence: Mapping[str, Sighting]) -> LifecycleState:
    """Return the lifecycle state from the evidence.

    A device that only notices name is planned. Else its list decides, if it states a status: planned, out of
    use (retired or in store) or in use. Without one, a status in any file is enough.
    """
    if evidence and NOTICE_KINDS.issuperset(evidence):
        return LifecycleState.PLANNED
    listed = evidence.get(FIRST_KIND)
    telling = [listed] if listed is not None and listed.status else evidence.values()
    states = {state_in(sighting.status) for sighting in telling if sighting.status}
    if State.OUT_OF_USE in states:
        return LifecycleState.OUT_OF_USE
    return LifecycleState.PLANNED if State.PLANNED in states else LifecycleState.IN_USE


def next_life(
    life: LifecycleState, before: Mapping[str, Sighting], evidence: Mapping[str, Sighting]
) -> LifecycleState:
    """Return the state after new evidence; what a person recorded stays if it states the same as before."""
    stated = life_by(evidence)
    is_decided = bool(before) and stated is life_by(before) and life in DECIDED
    is_over = stated is LifecycleState.OUT_OF_USE and life in ENDED
    return life if stated is LifecycleState.PLANNED or is_decided or is_over else stated


def sighting_to_json(sighting: Sighting) -> dict[str, Any]:
    """Return the JSON form that `sighting_from_json` reads back; empty fields are left out."""
    data: dict[str, Any] = {name: getattr(sighting, name) for name in ("id", *TEXTS)}
    data |= {
        "traces": {trace.value: list(values) for trace, values in sighting.traces.items()},
        "bought": sighting.bought.isoformat() if sighting.bought else "",
        "quantity": sighting.quantity if sighting.quantity != 1 else "",
        "latitude": sighting.latitude,
        "longitude": sighting.longitude,
        "extra": dict(sighting.extra),
        "source": sighting.citation.snapshot,
        "file": sighting.citation.title,
        "row": sighting.citation.place,
    }
    return {name: value for name, value in data.items() if value not in ("", None, {})}


def sighting_from_json(data: Mapping[str, Any]) -> Sighting:
    """Return the sighting that `sighting_to_json` wrote, with its citation."""
    return Sighting(
        id=data.get("id", ""),
        citation=Citation(
            source="inventory",
            title=data.get("file", ""),
            place=data.get("row", ""),
            snapshot=data.get("source", ""),
        ),
        traces={Trace(name): tuple(values) for name, values in data.get("traces", {}).items()},
        bought=date.fromisoformat(data["bought"]) if data.get("bought") else None,
        quantity=data.get("quantity", 1),
        latitude=data.get("latitude"),
        longitude=data.get("longitude"),
        extra=data.get("extra", {}),
        **{name: data.get(name, "") for name in TEXTS},
    )


def sightings_agree(left: Sighting, right: Sighting) -> bool:
    """Return whether two sightings agree on a device, whatever their place."""
    return replace(left, id=right.id, citation=right.citation) == right


def evidence_agrees(left: Mapping[str, Sighting], right: Mapping[str, Sighting]) -> bool:
    """Return whether the same kinds of sources state the same of a device."""
    return left.keys() == right.keys() and all(sightings_agree(left[kind], right[kind]) for kind in left)


def fields_of(sighting: Sighting) -> dict[str, str]:
    """Return the fields to compare and show as text; empty if not stated."""
    fields = {name: getattr(sighting, name) for name in ("label", "site", "place", "address", "status")}
    fields["kind"] = sighting.kind
    fields["bought"] = sighting.bought.isoformat() if sighting.bought else ""
    fields["quantity"] = str(sighting.quantity)
    fields["supplier"] = supplier_of(sighting)
    fields["mac"] = ", ".join(mac_addresses(sighting))
    for trace in Trace:
        if trace is not Trace.MAC:
            fields[trace.value] = " / ".join(sighting.values(trace))
    return fields


def supplier_of(sighting: Sighting) -> str:
    """Return the supplier, or several with semicolons, if a column states it; empty otherwise."""
    named = [
        value
        for header, value in sighting.extra.items()
        if header.rpartition("!")[2].strip().casefold() in SUPPLIER_HEADERS
    ]
    return named[0] if named else ""


def suppliers_of(sighting: Sighting) -> tuple[str, ...]:
    """Return each supplier that a column states; a notice may state several."""
    names = (name.strip() for name in supplier_of(sighting).split(";"))
    return tuple(dict.fromkeys(name for name in names if name_key(name)))
