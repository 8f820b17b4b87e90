"""Sightings in the register: as JSON and back, several of one device together, and field by field."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Citation
from overzicht.identifiers import mac
from overzicht.register.model import Life

MIN_SERIAL_CHARACTERS = 6
FILLED = ("label", "organisation", "site", "place", "address", "kind", "status", "bought")
TEXTS = ("label", "organisation", "site", "place", "address", "kind", "status")
SUPPLIER_HEADERS = frozenset(
    {"leverancier", "supplier", "geleverd door", "supplied by", "reseller", "dealer"}
)
FIRST_KIND = "table"  # what people keep is shown before what devices answer
NOTICE_KINDS = frozenset({"ted-xml", "eforms", "ocds"})  # they tell what is bought, not what is there


def life_by(evidence: Mapping[str, Sighting]) -> Life:
    """Return where a device stands in its life by what was seen of it: what only notices name is planned."""
    return Life.PLANNED if evidence and NOTICE_KINDS.issuperset(evidence) else Life.IN_USE


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


def filled_up(newer: Sighting, older: Sighting) -> Sighting:
    """Return the newer sighting with what only the older one says: silence takes nothing back."""
    values = {name: getattr(newer, name) or getattr(older, name) for name in FILLED}
    for name in ("latitude", "longitude"):
        values[name] = getattr(older if getattr(newer, name) is None else newer, name)
    return replace(
        newer, traces={**older.traces, **newer.traces}, extra={**older.extra, **newer.extra}, **values
    )


def says_the_same(one: Sighting, other: Sighting) -> bool:
    """Return whether two sightings say the same of a device, wherever they stand."""
    return replace(one, id=other.id, citation=other.citation) == other


def together(evidence: Mapping[str, Sighting]) -> Sighting:
    """Return all that is known of one device: the table's word first, then the other kinds by name.

    Traces of all kinds of source stand side by side, each value once.
    """
    kinds = sorted(evidence, key=lambda kind: (kind != FIRST_KIND, kind))
    found = [evidence[kind] for kind in kinds]
    if len(found) == 1:
        return found[0]
    traces: dict[Trace, dict[str, None]] = defaultdict(dict)
    for sighting in found:
        for trace, values in sighting.traces.items():
            traces[trace].update(dict.fromkeys(values))
    filled = {
        name: next((value for each in found if (value := getattr(each, name))), getattr(found[0], name))
        for name in FILLED
    }
    extra = {key: value for each in reversed(found) for key, value in each.extra.items()}
    return replace(
        found[0], traces={trace: tuple(values) for trace, values in traces.items()}, extra=extra, **filled
    )


def fields_of(sighting: Sighting) -> dict[str, str]:
    """Return what is compared and shown, field by field, as text; empty where nothing is said."""
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


def mac_addresses(sighting: Sighting) -> tuple[str, ...]:
    """Return the MAC addresses of a sighting in normal form, those that are none left out."""
    found = (mac.normalize(value) for value in sighting.values(Trace.MAC))
    return tuple(dict.fromkeys(value for value in found if value))


def serials(sighting: Sighting) -> tuple[str, ...]:
    """Return the serial numbers that can tell devices apart: long enough, and no filler such as `000000`."""
    found = (value.strip().upper() for value in sighting.values(Trace.SERIAL))
    return tuple(value for value in found if len(value) >= MIN_SERIAL_CHARACTERS and len(set(value)) > 1)


def supplier_of(sighting: Sighting) -> str:
    """Return from whom it was bought, where a column says so; empty otherwise."""
    named = [value for header, value in sighting.extra.items() if _is_supplier(header)]
    return named[0] if named else ""


def _is_supplier(header: str) -> bool:
    return header.rpartition("!")[2].strip().casefold() in SUPPLIER_HEADERS
