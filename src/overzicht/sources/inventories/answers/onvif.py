"""ONVIF: discovery scopes as JSON, ProbeMatch envelopes, and GetDeviceInformation answers (XML or JSON).

Scopes stay as they were sent (percent-encoded); `devices` weighs what they say about a maker. The name,
brand, model and MAC address that they spell out are also those of the answer.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from overzicht.devices import Sighting, Trace
from overzicht.devices.evidence import scope_traces
from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.vocabulary import load_vocabulary, plain
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.answers.json_values import as_text, load_json
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin, traces_of
from overzicht.sources.inventories.xml import local_name, named, parse_document, starts_as_xml

TRACES = {
    "manufacturer": Trace.BRAND,
    "model": Trace.MODEL,
    "serialnumber": Trace.SERIAL,
    "firmwareversion": Trace.FIRMWARE,
}
MARKS = (b"onvif://", b"GetDeviceInformationResponse", b"ProbeMatch")
_LINK_LOCAL = re.compile(r"169\.254\.|fe80:", re.IGNORECASE)
_MAC_SCOPE = re.compile(r"/mac/([0-9a-f]{2}(?:[-:]?[0-9a-f]{2}){5})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Answer:
    place: str
    fields: Mapping[str, str]
    scopes: tuple[str, ...]
    address: str


class OnvifReader(InventoryReader):
    """Reads what ONVIF devices state about themselves."""

    kind = "onvif"
    title = "ONVIF discovery or device information (XML or JSON)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample is XML or JSON that speaks ONVIF."""
        start = sample.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        return start in (b"<", b"{", b"[") and any(mark in sample.head for mark in MARKS)

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per answer that says something; InputFileError when there is no answer."""
        answers = tuple(_answers(origin))
        if not answers:
            raise InputFileError(
                origin.filename,
                "there is no ONVIF answer in it",
                fix="save the discovery or its answer again",
            )
        informative = [answer for answer in answers if answer.scopes or any(map(answer.fields.get, TRACES))]
        silent = [answer for answer in answers if answer not in informative]
        return InventoryResult(
            self.kind,
            origin.snapshot,
            tuple(_sighting(origin, answer) for answer in informative),
            len(answers),
            unread=tuple(
                InventoryProblem(a.place, text("The answer says nothing of the device")) for a in silent
            ),
        )


def _answers(origin: Origin) -> Iterator[_Answer]:
    data = origin.read_bytes()
    if starts_as_xml(data):
        root = parse_document(data, origin.filename)
        for number, match in enumerate(named(root, "ProbeMatch"), start=1):
            parts = {local_name(child): (child.text or "").strip() for child in match}
            yield _Answer(
                f"ProbeMatch {number}",
                {"types": parts.get("Types", "")},
                tuple(parts.get("Scopes", "").split()),
                _host(parts.get("XAddrs", "")),
            )
        for number, answer in enumerate(named(root, "GetDeviceInformationResponse"), start=1):
            fields = {local_name(child).lower(): (child.text or "").strip() for child in answer}
            yield _Answer(f"GetDeviceInformationResponse {number}", fields, (), "")
        return
    document = load_json(origin)
    for number, item in enumerate(document if isinstance(document, list) else [document], start=1):
        if isinstance(item, dict):
            # take the keys in any letter case, with or without underscores
            place = f"answer {number}"
            by_name = {re.sub(r"[_\s-]", "", key).lower(): value for key, value in item.items()}
            scopes = _words(by_name.pop("scopes", ""))
            addresses = _words(by_name.pop("xaddrs", by_name.pop("xaddresses", "")))
            fields = {name: as_text(value) for name, value in by_name.items()}
            yield _Answer(place, fields, tuple(scopes), _host(" ".join(addresses)))


def _words(value: Any) -> list[str]:
    """Return the texts of a JSON list, or the words of a text as the XML form has them."""
    items = value if isinstance(value, list) else as_text(value).split()
    return [shown for item in items if (shown := as_text(item))]


def _host(addresses: str) -> str:
    """Return the first host; one that a device gave itself (169.254) only if there is no other."""
    hosts = []
    for address in addresses.split():
        try:
            hosts.append(urlsplit(address).hostname or "")
        except ValueError:
            continue
    hosts = [host for host in hosts if host]
    return next((host for host in hosts if not _LINK_LOCAL.match(host)), next(iter(hosts), ""))


def _brand_before(name: str) -> str:
    """Return the first word of a name with more behind it, if it is a known brand; else an empty text."""
    word, _, rest = name.partition(" ")
    is_common = plain(word) in load_vocabulary().generic_words
    return word if rest and not is_common and load_knowledge().brands.find(word) else ""


def _sighting(origin: Origin, answer: _Answer) -> Sighting:
    stated = traces_of(pair for scope in answer.scopes for pair in scope_traces(scope))
    name = next(iter(stated.get(Trace.PRODUCT, ())), "")
    brand = next(iter(stated.get(Trace.BRAND, ())), "") or _brand_before(name)
    macs = [parts[1] for scope in answer.scopes if (parts := _MAC_SCOPE.search(scope))]
    of_scopes = {Trace.BRAND: brand, Trace.MODEL: next(iter(stated.get(Trace.MODEL, ())), "")}
    traces = [
        *((trace, answer.fields.get(key) or of_scopes.get(trace)) for key, trace in TRACES.items()),
        *((Trace.MAC, mac) for mac in [*macs, answer.fields.get("mac"), answer.fields.get("macaddress")]),
        *((Trace.ONVIF_SCOPE, scope) for scope in answer.scopes),
    ]
    ignored = {*TRACES, "mac", "macaddress", "n"}
    return Sighting(
        id=origin.sighting_id(answer.place),
        citation=origin.cite(answer.place),
        traces=traces_of(traces),
        label=name,
        address=answer.address,
        extra={name: value for name, value in answer.fields.items() if value and name not in ignored},
    )
