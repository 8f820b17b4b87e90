"""The devices on a map, as GeoJSON (RFC 7946), never finer than the level allows.

At level full a feature is a device at its point. Below it, a feature is a square of `CELL` degrees with a
number of devices, so that a map does not show a point that is not known. The geometry of a device without a
known place is null, as section 3.2 of the RFC has it.
"""

from collections.abc import Iterator
from typing import Any

from overzicht.register.merging import Level
from overzicht.reports.exports.device_values import Conclusions, filled, json_pieces
from overzicht.reports.exports.disclosure import CELL
from overzicht.reports.i18n import Language
from overzicht.reports.overview_report import DeviceRow, OverviewReport

Position = tuple[float, float]  # longitude, latitude
SHOWN = ("label", "organisation", "site", "place", "brand", "model", "product_line")


def render_geojson(report: OverviewReport, language: Language, level: Level | None) -> Iterator[str]:
    """Yield the features of a disclosed report as one collection; the language changes nothing."""
    del language
    conclusions = Conclusions(report)
    head = {
        "type": "FeatureCollection",
        "overzicht": {
            "as_of": report.as_of.isoformat(),
            "level": level.value if level else "",
            "devices": sum(device.quantity for device in report.devices),
            "devices_without_place": sum(
                device.quantity for device in report.devices if _position(device) is None
            ),
        },
    }
    is_point = level is Level.FULL
    features = (
        {
            "type": "Feature",
            "id": device.id,
            "geometry": _geometry(device, is_point=is_point),
            "properties": _properties(device, conclusions),
        }
        for device in report.devices
    )
    return json_pieces(head, "features", features)


def _properties(device: DeviceRow, conclusions: Conclusions) -> dict[str, Any]:
    concluded = conclusions.of(device)
    return filled(
        {
            **{name: getattr(device, name) for name in SHOWN},
            "kind": device.kind.value,
            "quantity": device.quantity,
            "counted_as": device.part.value,
            "bought": device.bought.isoformat() if device.bought else "",
            "identified_manufacturer": concluded.get("manufacturer", ""),
            "identified_manufacturer_confidence": concluded.get("confidence", ""),
            "identified_manufacturer_listed": concluded.get("listed", ""),
            "sold_under_another_brand": concluded.get("relabelled", ""),
            "possible_manufacturers": concluded.get("candidates", []),
        }
    )


def _position(device: DeviceRow) -> Position | None:
    if device.latitude is None or device.longitude is None:
        return None
    return device.longitude, device.latitude


def _geometry(device: DeviceRow, *, is_point: bool) -> dict[str, Any] | None:
    position = _position(device)
    if position is None:
        return None
    if is_point:
        return {"type": "Point", "coordinates": list(position)}
    # the ring of a cell around its centre: closed, counterclockwise, within the range of degrees
    (longitude, latitude), half = position, CELL / 2
    west, east = max(-180.0, longitude - half), min(180.0, longitude + half)
    south, north = max(-90.0, latitude - half), min(90.0, latitude + half)
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in ring]]}
