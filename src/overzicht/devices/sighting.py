"""Devices as inventories show them (sightings), and the conclusions about them (identification)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from overzicht.evidence import Citation, Confidence, Reason, Text


class DeviceKind(StrEnum):
    """Type of device; `unknown` is a valid answer."""

    CAMERA = "camera"
    THERMAL_CAMERA = "thermal camera"
    TEMPERATURE_CAMERA = "temperature camera"
    RECORDER = "recorder"
    NUMBER_PLATE_READER = "number-plate reader"
    BODY_CAMERA = "body-worn camera"
    ACCESS_CONTROL = "access control"
    INTERCOM = "intercom"
    ENCODER = "encoder"
    RADIO = "radio"
    SOFTWARE = "software"
    OTHER = "other"
    UNKNOWN = "unknown"
    PRINTER = "printer"
    PHONE = "phone"
    COMPUTER = "computer"
    SERVER = "server"
    NETWORK_EQUIPMENT = "network equipment"
    BUILDING_EQUIPMENT = "office or building equipment"

    @property
    def is_surveillance(self) -> bool:
        """Whether it is, or may be, surveillance equipment; False for printers, servers and the like."""
        return self not in OTHER_EQUIPMENT


OTHER_EQUIPMENT = frozenset({
    DeviceKind.PRINTER, DeviceKind.PHONE, DeviceKind.COMPUTER, DeviceKind.SERVER,
    DeviceKind.NETWORK_EQUIPMENT, DeviceKind.BUILDING_EQUIPMENT,
})  # fmt: skip


class Trace(StrEnum):
    """The kinds of trace that an inventory can hold about a device."""

    BRAND = "brand"  # the name on the box, or a manufacturer field as it was filled in
    MODEL = "model"  # model or type number
    MAC = "mac"  # one MAC address, any notation
    MAC_REGISTRANT = "mac registrant"  # the vendor name that a scanner printed with the MAC address
    SERIAL = "serial"
    FIRMWARE = "firmware"
    BANNER = "banner"  # `service: text`, such as `http: DNVRS-Webs` or `rtsp: Hipcam`
    HTTP_TITLE = "http title"
    FAVICON_MURMUR3 = "favicon murmur3"  # signed 32-bit, as text
    FAVICON_MD5 = "favicon md5"
    ONVIF_SCOPE = "onvif scope"
    CERTIFICATE = "certificate"  # subject or issuer of an X.509 certificate
    PROTOCOL = "protocol"  # a protocol only some makers speak: `isapi`, `dhip`
    PRODUCT = "product"  # a scanner's product string, such as `Hikvision IPCam control port`
    OS_GUESS = "os guess"  # a scanner's guess, never more than a hint
    DESCRIPTION = "description"  # free text


@dataclass(frozen=True, slots=True)
class Sighting:
    """One device as one row, host or answer of an inventory shows it.

    `id` is stable for equal input. `traces` are values by kind, in order, as printed, never empty. `extra`
    are unknown columns by header. `bought` is the day, or the first day of the year, of purchase; `quantity`
    is the number of equal devices in the row.
    """

    id: str
    citation: Citation
    traces: Mapping[Trace, tuple[str, ...]]
    label: str = ""  # what the organisation calls it: asset number, host name
    organisation: str = ""
    site: str = ""
    place: str = ""  # where on the site
    address: str = ""  # network address
    kind: str = ""  # the kind of device in the source's own words
    status: str = ""
    bought: date | None = None
    quantity: int = 1
    latitude: float | None = None
    longitude: float | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def values(self, trace: Trace) -> tuple[str, ...]:
        """Return the values of a kind of trace; empty when there is none."""
        return self.traces.get(trace, ())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A maker that some traces point at, with every reason for and against, strongest first."""

    maker_id: str
    confidence: Confidence
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Identification:
    """The maker of a device as far as its traces show it.

    `maker_id` is the id of a maker card, or empty if the maker is unknown or undecided; `undecided` then
    lists the candidates. `brand` is the usual spelling of the name on the box; `is_relabelled` is True if the
    maker does not own that brand. `conflicts` are sentences on traces of other makers.
    """

    sighting_id: str
    maker_id: str
    confidence: Confidence
    kind: DeviceKind
    product_line: str = ""
    brand: str = ""
    is_relabelled: bool = False
    undecided: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    kind_reasons: tuple[Reason, ...] = ()
    conflicts: tuple[Text, ...] = ()
    candidates: tuple[Candidate, ...] = ()
