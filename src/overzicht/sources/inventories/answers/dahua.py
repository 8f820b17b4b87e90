"""Dahua DHIP discovery: the JSON that a device sends on UDP 37810, one or many, with or without its header.

Oddities: `Manufacturer` is "Private" or "General" where the firmware is sold without a name; `Vendor` names
the platform. Both are kept as they were filled in.
"""

import re
from typing import Any

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.answers.json_values import as_text, json_values, objects_with
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin, traces_of

TRACES = {
    "Vendor": Trace.BRAND,
    "Manufacturer": Trace.BRAND,
    "DeviceType": Trace.MODEL,
    "SerialNo": Trace.SERIAL,
    "Version": Trace.FIRMWARE,
}
IN_PLACE = {"DeviceClass", "MachineName", "IPv4Address"}


class DahuaReader(InventoryReader):
    """Reads discovery answers of devices that speak Dahua's protocol."""

    kind = "dahua-dhip"
    title = "Dahua DHIP discovery answers (JSON)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether a discovery answer starts in the sample."""
        head = sample.head
        return b"client.notifyDevInfo" in head or (
            re.search(rb'"deviceInfo"\s*:\s*\{', head) is not None and b'"DeviceType"' in head
        )

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per answer; InputFileError when there is no whole answer."""
        answers: list[tuple[str, Any]] = []
        for value in json_values(origin.read_bytes().decode("utf-8", errors="replace")):
            for message in value if isinstance(value, list) else [value]:
                mac = as_text(message.get("mac")) if isinstance(message, dict) else ""
                for _, info in objects_with(message, "deviceInfo"):
                    answers.append((mac, info))
        if not answers:
            raise InputFileError(
                origin.filename, "there is no whole discovery answer in it", fix="capture the answers again"
            )
        sightings, unread = [], []
        for number, (mac, info) in enumerate(answers, start=1):
            place = f"answer {number}"
            if isinstance(info, dict) and (mac or as_text(info.get("DeviceType"))):
                fields = {name: as_text(value) for name, value in info.items()}
                network = info.get("IPv4Address")
                serial, name = fields.get("SerialNo", ""), fields.get("MachineName", "")
                traces = [(trace, fields.get(key)) for key, trace in TRACES.items()]
                sightings.append(
                    Sighting(
                        id=origin.sighting_id(place),
                        citation=origin.cite(place),
                        traces=traces_of([*traces, (Trace.MAC, mac), (Trace.PROTOCOL, "dhip")]),
                        label="" if name == serial else name,
                        address=as_text(network.get("IPAddress")) if isinstance(network, dict) else "",
                        kind=fields.get("DeviceClass", ""),
                        extra={
                            n: v for n, v in fields.items() if v and n not in TRACES and n not in IN_PLACE
                        },
                    )
                )
            else:
                unread.append(InventoryProblem(place, text("The answer holds no MAC address and no model")))
        return InventoryResult(
            self.kind, origin.snapshot, tuple(sightings), len(answers), unread=tuple(unread)
        )
