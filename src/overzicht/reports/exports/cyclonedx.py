"""The devices as a hardware bill of materials: CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/.

A component of type `device` is a device of the overview; its firmware is a component of its own in it. What
has a name in the `cdx:device` taxonomy uses it; the other properties are in the namespace `overzicht`. The
manufacturer is our conclusion. The name on the box is the property `overzicht:device:brand`, which our reader
takes, so that a conclusion never comes back as evidence.
"""

from collections.abc import Iterator
from typing import Any

from overzicht.register.merging import Level
from overzicht.reports.exports.device_values import (
    UNKNOWN,
    Conclusions,
    filled,
    is_sure,
    json_pieces,
    uuid_of,
)
from overzicht.reports.i18n import Language
from overzicht.reports.overview_report import DeviceRow, OverviewReport

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
VERSION = "1.6"
Properties = list[dict[str, str]]


def render_cyclonedx(report: OverviewReport, language: Language, level: Level | None) -> Iterator[str]:
    """Yield the bill of materials; the language changes nothing.

    Equal reports give equal bytes (`cdx:reproducible`): no time, and a serial number of the content.
    """
    del language
    conclusions = Conclusions(report)
    countries = {maker.maker_id: maker.country for maker in report.makers}
    serial = uuid_of(
        "bom", report.as_of.isoformat(), level or "", *(f"{d.id} {d.quantity}" for d in report.devices)
    )
    head = {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": VERSION,
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "lifecycles": [{"phase": "operations"}],
            "tools": {
                "components": [{"type": "application", "name": "Overzicht", "version": report.version}]
            },
            "properties": [
                _property("cdx:reproducible", "true"),
                _property("overzicht:as-of", report.as_of.isoformat()),
                *([_property("overzicht:level", level.value)] if level else ()),
            ],
        },
    }
    components = (
        _component(device, countries.get(device.maker_id, ""), conclusions) for device in report.devices
    )
    return json_pieces(head, "components", components)


def _property(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


def _component(device: DeviceRow, country: str, conclusions: Conclusions) -> dict[str, Any]:
    manufacturer = filled(
        {"name": device.maker_name, "address": {"country": country.upper()} if country else {}}
    )
    if not device.firmware:
        firmware = []
    else:
        firmware = [
            {
                "type": "firmware",
                "bom-ref": f"{device.id}-firmware",
                "name": "firmware",
                "version": device.firmware,
            }
        ]
    identity = (
        [{"field": "name", "concludedValue": device.model}] if device.model and device.citations else []
    )
    occurrences = [
        {"location": ", ".join(part for part in (citation.title, citation.place) if part)}
        for citation in device.citations
    ]
    evidence = filled({"identity": identity, "occurrences": occurrences})
    concluded = conclusions.of(device)
    is_relabelled = concluded.get("relabelled")
    values = (
        ("cdx:device:quantity", str(device.quantity)),
        ("cdx:device:function", device.kind.value),
        ("cdx:device:serialNumber", device.serial),
        *(("cdx:device:macAddress", mac) for mac in device.mac.split(", ")),
        ("overzicht:device:label", device.label or UNKNOWN),
        ("overzicht:device:brand", device.brand or UNKNOWN),
        ("overzicht:device:model", device.model or UNKNOWN),
        ("overzicht:device:productLine", device.product_line),
        ("overzicht:device:organisation", device.organisation),
        ("overzicht:device:site", device.site),
        ("overzicht:device:place", device.place),
        ("overzicht:device:address", device.address),
        ("overzicht:device:status", device.status),
        ("overzicht:device:bought", device.bought.isoformat() if device.bought else ""),
        ("overzicht:device:countedAs", device.part.value),
        ("overzicht:manufacturer:confidence", concluded.get("confidence", "")),
        ("overzicht:manufacturer:listed", concluded.get("listed", "")),
        ("overzicht:manufacturer:relabelled", "" if is_relabelled is None else str(is_relabelled).lower()),
        *(("overzicht:manufacturer:candidate", name) for name in concluded.get("candidates", ())),
        *(("overzicht:manufacturer:reason", str(reason.text)) for reason in device.reasons),
    )
    return filled(
        {
            "type": "device",
            "bom-ref": device.id,
            "manufacturer": manufacturer if is_sure(device) else {},
            "supplier": {"name": device.brand} if device.brand else {},
            "name": device.model or device.brand or device.kind.value,
            "components": firmware,
            "evidence": evidence,
            "properties": [_property(name, value) for name, value in values if value],
        }
    )
