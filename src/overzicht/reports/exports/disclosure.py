"""Devices as others may see them in an export, by the level that the organisation chooses.

| level  | shown                                                     | never shown                          |
| ------ | --------------------------------------------------------- | ------------------------------------ |
| counts | numbers by manufacturer and kind; on a map, a large area  | brand, model, label, site and place  |
| models | the same, also by brand and model                         | label, site and place                |
| full   | each device with its site and place; on a map, its point  | addresses, serial numbers, firmware  |

Reasons and citations of devices quote addresses and file names, and suppliers may be persons, so they are in
none. A device at a home has no place at any level. The levels are those of `register publish`.
"""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from overzicht.evidence import Text, text
from overzicht.grouping import by_key
from overzicht.register.merging import Level
from overzicht.reports.exports.device_values import uuid_of
from overzicht.reports.overview_report import DeviceRow, OverviewReport
from overzicht.reports.vocabulary import BRANDS_ALONE, SUPPLIERS_LISTED

CELL = 0.2  # degrees: 22 km by 13 km in the Netherlands, more than nearly every municipality there
SHORTEST_MARK = 4  # characters of a number or address that identify a device inside another text
_NUMBERS = re.compile(
    r"(?<!\d)\d{1,3}(?:[._-]\d{1,3}){3}(?!\d)"
    r"|(?<![0-9A-Za-z])[0-9A-Fa-f]{2}(?:[:._-]?[0-9A-Fa-f]{2}){5}(?![0-9A-Za-z])"
    r"|(?:[0-9A-Fa-f]{1,4}:){4,7}[0-9A-Fa-f]{1,4}"
)
_HOME = re.compile(
    r"\b(?:\w{0,30}woning(?:en)?|woonhuis|woonadres|huisadres|thuis|thuisadres|priv[eé]adres|residence|dwelling"
    r"|private home|home address|at home|wohnung|wohnhaus|privatadresse|domicile|logement)\b",
    re.IGNORECASE,
)
_GROUP = (
    "part", "maker_id", "maker_name", "undecided", "brand", "model", "product_line", "kind", "confidence",
    "is_relabelled", "maker_is_listed", "latitude", "longitude",
)  # fmt: skip
_TEXTS = ("label", "organisation", "site", "place", "brand", "model", "product_line")
_BRANDS_UNNAMED = text(
    "{count} devices have only a brand: no maker card or loaded list names their manufacturer."
)
_ON_SUPPLIERS = (SUPPLIERS_LISTED.template,)


def disclosed(report: OverviewReport, level: Level, *, by_area: bool = False) -> OverviewReport:
    """Return the report with only what others may see of its devices.

    Below `full` equal devices are one row with their number. `by_area` counts them by area; latitude and
    longitude are then the centre of a cell of `CELL` degrees, and None otherwise.
    """
    devices: Iterable[DeviceRow] = map(_without_numbers, report.devices)
    if level is not Level.FULL:
        rows: list[DeviceRow] = []
        for device in devices:
            names = _TEXTS if level is Level.COUNTS else ("label", "organisation", "site", "place")
            blank: dict[str, Any] = dict.fromkeys(names, "")
            rows.append(
                replace(
                    device,
                    bought=None,
                    latitude=_centre(device.latitude, device.longitude) if by_area else None,
                    longitude=_centre(device.longitude, device.latitude) if by_area else None,
                    **blank,
                )
            )
        # one row for equal devices, with their number and an id of what they share
        groups = by_key((tuple(str(getattr(device, name)) for name in _GROUP), device) for device in rows)
        devices = (
            replace(alike[0], id=uuid_of("group", *key), quantity=sum(row.quantity for row in alike))
            for key, alike in sorted(groups.items())
        )
    plans = tuple(replace(plan, title="", owner="") for plan in report.plans)
    hidden: dict[str, Any] = dict.fromkeys(("inputs", "places", "findings", "citations", "suppliers"), ())
    return replace(
        report,
        devices=tuple(devices),
        plans=plans,
        conclusions=tuple(_open_sentences(report.conclusions, level)),
        unknowns=tuple(_open_sentences(report.unknowns, level)),
        **hidden,
    )


def _open_sentences(sentences: Iterable[Text], level: Level) -> Iterator[Text]:
    """Yield sentences without those on suppliers, who may be persons, and without brands at `counts`."""
    for sentence in sentences:
        if level is Level.COUNTS and sentence.template == BRANDS_ALONE.template:
            yield _BRANDS_UNNAMED.filled(count=dict(sentence.values)["count"])
        elif sentence.template not in _ON_SUPPLIERS:
            yield sentence


def _without_numbers(device: DeviceRow) -> DeviceRow:
    """Return a device without the numbers that identify it, also where they are part of another text."""
    named = (device.address, device.ip, device.serial, device.firmware, *device.mac.split(", "))
    marks = tuple(mark.casefold() for mark in named if len(mark) >= SHORTEST_MARK)
    texts: dict[str, Any] = {}
    for name in _TEXTS:
        value = getattr(device, name)
        plain = value.casefold()
        texts[name] = "" if _NUMBERS.search(value) or any(mark in plain for mark in marks) else value
    hidden: dict[str, Any] = (
        {"label": "", "site": "", "place": "", "latitude": None, "longitude": None}
        if is_home(device.label, device.site, device.place)
        else {}
    )
    return replace(
        device,
        address="",
        ip="",
        mac="",
        serial="",
        firmware="",
        status="",
        reasons=(),
        conflicts=(),
        citations=(),
        identity=(),
        vulnerabilities=(),
        **(texts | hidden),
    )


def is_home(*texts: str) -> bool:
    """Return whether the texts of a device (label, site, place) state that it is at a home."""
    return any(_HOME.search(value) for value in texts)


def _centre(degrees: float | None, other: float | None) -> float | None:
    return None if degrees is None or other is None else area_centre(degrees)


def area_centre(degrees: float) -> float:
    """Return the centre of the cell of a coordinate: half a cell above a whole number of cells."""
    return round((math.floor(degrees / CELL) + 0.5) * CELL, 6)
