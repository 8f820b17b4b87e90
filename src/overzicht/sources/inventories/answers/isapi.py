"""Hikvision ISAPI: `System/deviceInfo` as the XML a device sends, or inside a JSON capture of answers.

Oddities: `manufacturer` is absent, null or filled in lower case; the namespace is hikvision.com, std-cgi.com
or isapi.org, and clones declare it too, so it is a detail and not a trace of a maker. The MAC
address of a capture may have been changed by its owner.
"""

import re

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.answers.json_values import as_text, load_json, objects_with
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin, traces_of
from overzicht.sources.inventories.xml import local_name, named, parse_document, starts_as_xml

ANSWER = "DeviceInfo"
TRACES = {
    "manufacturer": Trace.BRAND,
    "model": Trace.MODEL,
    "macAddress": Trace.MAC,
    "serialNumber": Trace.SERIAL,
    "firmwareVersion": Trace.FIRMWARE,
    "systemContact": Trace.DESCRIPTION,
}
BUILD = "firmwareReleasedDate"
IN_PLACE = {"deviceName", "deviceType"}  # the label and the kind


class IsapiReader(InventoryReader):
    """Reads the device information that Hikvision's interface gives."""

    kind = "hikvision-isapi"
    title = "Hikvision ISAPI device information (XML or JSON)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether a `DeviceInfo` answer starts in the sample."""
        head = sample.head
        if re.search(rb"<(\w+:)?DeviceInfo[\s>]", head):
            return b"XMLSchema" in head or b"deviceType" in head
        return re.search(rb'"DeviceInfo"\s*:\s*\{', head) is not None

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per `DeviceInfo`; InputFileError when the capture holds none."""
        answers_by_place: list[tuple[str, dict[str, str]]] = []
        data = origin.read_bytes()
        if starts_as_xml(data):
            root = parse_document(data, origin.filename)
            for number, element in enumerate(named(root, ANSWER), start=1):
                fields = {local_name(child): (child.text or "").strip() for child in element}
                fields["xmlns"] = element.nsmap.get(None) or ""
                answers_by_place.append((f"{ANSWER} {number}", fields))
        else:
            for path, answer in objects_with(load_json(origin), ANSWER):
                if isinstance(answer, dict):
                    answers_by_place.append(
                        (
                            path.strip("/"),
                            {name.removeprefix("@"): as_text(value) for name, value in answer.items()},
                        )
                    )
        answers = tuple(answers_by_place)
        if not answers:
            raise InputFileError(
                origin.filename, "there is no answer to System/deviceInfo in it", fix="capture that request"
            )
        marked = [a for a in answers if any(map(a[1].get, ("model", "serialNumber", "macAddress")))]
        sightings: list[Sighting] = []
        for place, fields in marked:
            stated = dict(fields)
            if fields.get("firmwareVersion"):  # the build is the date of the version: `V5.2.0 build 140721`
                stated["firmwareVersion"] = f"{fields['firmwareVersion']} {fields.get(BUILD, '')}"
            traces = [(trace, stated.get(name)) for name, trace in TRACES.items()]
            sightings.append(
                Sighting(
                    id=origin.sighting_id(place),
                    citation=origin.cite(place),
                    traces=traces_of([*traces, (Trace.PROTOCOL, "isapi")]),
                    label=fields.get("deviceName", ""),
                    kind=fields.get("deviceType", ""),
                    extra={n: v for n, v in fields.items() if v and n not in TRACES and n not in IN_PLACE},
                )
            )
        return InventoryResult(
            self.kind,
            origin.snapshot,
            tuple(sightings),
            len(answers),
            unread=tuple(
                InventoryProblem(place, text("The answer holds no model, serial number or MAC address"))
                for place, fields in answers
                if (place, fields) not in marked
            ),
        )
