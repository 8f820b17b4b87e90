"""The overview as data: one frozen value that every format renders, so that all say the same.

Texts that are read by people are `Text` (translated when rendered); names of parties, brands and places are
as in their source. Ids are stable for equal input.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from overzicht.dates import LegalDate
from overzicht.devices import DeviceKind
from overzicht.devices.vulnerabilities.affected_products import DeviceVulnerability, Grade
from overzicht.evidence import Answer, Citation, Confidence, Finding, Reason, Text
from overzicht.evidence.account import RecordAccount
from overzicht.evidence.claim import Claim, any_list
from overzicht.grouping import by_key

MOST_ROWS = 10_000  # of one inventory that are named as repetitions, or as rows that are not devices
SCHEMA_VERSION = 4
# 1: first published form
# 2: what counts apart, rows that repeat a device or are not a device, and why rows are one device
# 3: reasons and findings once each; a device names its finding
# 4: the outcome of each record of an input, whether it is complete, its doubts, and a proposed reading


class Part(StrEnum):
    """Part of the count: surveillance equipment in use, or apart from it."""

    DEVICE = "device"
    OTHER_EQUIPMENT = "other equipment"  # a printer, phone, computer, server or switch in the same inventory
    PLANNED = "planned"  # its list says so, or only a notice of a purchase names it
    OUT_OF_USE = "out of use"  # its own inventory states that it is retired or in store


CATALOGUE = "us-cisa-kev"  # the list of known exploited vulnerabilities


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row, host or answer of an input with a remark: a fault, a repetition, why it is not a device."""

    place: str
    reason: Text


@dataclass(frozen=True, slots=True)
class ProposedReading:
    """A guessed reading of a file, which counts after a person accepts it: where, which columns, examples."""

    reason: Text
    records: str
    columns: Mapping[str, str]  # header to field, of the columns that would be used
    examples: tuple[Mapping[str, str], ...]  # fields of the first records


@dataclass(frozen=True, slots=True)
class InputFile:
    """An inventory that went in: its bytes, what was read, and how its columns were understood."""

    filename: str
    sha256: str
    kind: str  # as its reader names it: `table`, `nmap-xml`, `onvif` and so on
    records: RecordAccount  # the outcome of each row, host, answer or entry
    sightings: int
    problems: tuple[RowProblem, ...] = ()
    mapping: Mapping[str, str] | None = None  # header to field; None without headers
    duplicates: tuple[RowProblem, ...] = ()  # rows of a device that another row of the file shows
    left_out: tuple[RowProblem, ...] = ()  # rows that are not devices: totals, titles, notes, empty rows
    unused_columns: int = 0  # how many of the problems, the last ones, are on columns that were not used
    doubts: tuple[RowProblem, ...] = ()  # contradictions inside the file, for a person to decide
    whole: bool | None = None  # whether the file was read to its end; None: its format cannot show that
    end: Text | None = None  # what shows the end, or what is missing
    proposed: ProposedReading | None = None
    more_duplicates: int = 0  # beyond `MOST_ROWS` that are named
    more_left_out: int = 0

    @property
    def row_problems(self) -> tuple[RowProblem, ...]:
        """The problems of rows, hosts and answers, without those on columns that were not used."""
        return self.problems[: len(self.problems) - self.unused_columns]

    @property
    def is_incomplete(self) -> bool:
        """Whether something of the file is unread, unclear, in contradiction, torn or waits for a person."""
        waits = self.row_problems or self.doubts or self.records.unread or self.proposed
        return bool(waits) or self.whole is False


@dataclass(frozen=True, slots=True)
class ListStatus:
    """A list, and whether it covers the date of the report."""

    list_id: str
    title: Text
    basis: str  # `full`, `incomplete`, `starter` or `none`
    answer: Answer  # FOUND: it covers the date; NOT_CHECKED: no version does; COULD_NOT_READ
    note: Text
    published: date | None
    records: int
    is_official: bool
    binds_reader: bool  # whether the list by itself binds a public body in the Netherlands
    effect: Text  # what it does in law and whom it binds, in our words


@dataclass(frozen=True, slots=True)
class ListingRow:
    """A party's entry on a list, for a maker, for one of its owners, or for a supplier (`relation`)."""

    id: str
    maker_id: str
    party_id: str
    party_name: str
    relation: str  # `maker`, `owner` or `supplier`
    list_id: str
    list_title: Text
    entry_name: str  # the name as the list prints it
    measure: str
    programme: str
    since: LegalDate | None
    until: LegalDate | None
    is_current: bool  # in force on the day of the report, as far as known
    act: str
    act_address: str
    effect: Text  # what it does in law and whom it binds, in our words
    binds_reader: bool
    confidence: Confidence
    reasons: tuple[Reason, ...]
    citation: Citation
    effect_kind: str = "mixed"  # its class, as on list cards: `asset freeze`, `export licence`, …
    effect_applies: date | None = None  # first day on which it binds for this party; None: unknown
    effect_act: str = ""
    effect_address: str = ""
    effect_confidence: Confidence = Confidence.HIGH


@dataclass(frozen=True, slots=True)
class CheckRow:
    """The answer of one list about one party (maker or owner)."""

    party_id: str
    party_name: str
    list_id: str
    answer: Answer
    note: Text


@dataclass(frozen=True, slots=True)
class OwnershipEdge:
    """A stake: both percentages None means that the share is unknown."""

    owner_id: str
    owner_name: str
    asset_id: str
    asset_name: str
    min_percent: float | None
    max_percent: float | None
    relation: str
    since: str
    until: str
    note: str
    owner_is_listed: bool | None  # None: not every list was checked
    citation: Citation
    confidence: Confidence = (
        Confidence.MEDIUM
    )  # by the kind of source: a filing, the party's own word, a report
    owner_schema: str = "LegalEntity"  # of FollowTheMoney: `Person`, `PublicBody`, `Company` and so on
    asset_schema: str = "LegalEntity"


@dataclass(frozen=True, slots=True)
class RegimeRow:
    """Result of one regime's ownership rule for a maker with a listed owner."""

    maker_id: str
    regime: str  # `EU`, `UK`, `OFAC`, `BIS`
    outcome: str  # `owned`, `not owned`, `cannot rule out`, `not in force`, `status unknown`
    statement: Text
    citation: Citation
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class MakerRow:
    """A maker that was found, counted in devices (quantities added)."""

    maker_id: str
    name: str
    country: str
    devices: int
    own_brand: int
    relabelled: int
    by_brand: Mapping[str, int]
    by_kind: Mapping[str, int]
    by_confidence: Mapping[str, int]
    is_listed: bool | None  # an entry of its own, on any list, in force on the day; None: not known
    owner_is_listed: bool | None
    reply: str = ""
    reply_citation: Citation | None = None
    apart: int = 0  # other equipment, planned devices and those out of use, which are in none of the counts
    schema: str = "Company"  # of FollowTheMoney: `Company` or `Organization`


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A site and its devices, counted."""

    site: str
    devices: int
    by_maker: Mapping[str, int]  # maker id, or `` for unknown, to devices
    of_listed_makers: int
    unknown: int


@dataclass(frozen=True, slots=True)
class VulnerabilityRow:
    """A known exploited vulnerability of devices with the same maker, model and firmware.

    `due` is the date by which those whom the catalogue binds must act; None if it states none.
    """

    id: str
    cve: str
    grade: Grade
    title: str  # as the catalogue prints it
    list_id: str
    list_title: Text
    since: LegalDate
    due: date | None
    effect: Text  # what the catalogue does in law and whom it binds, in our words
    binds_reader: bool
    reasons: tuple[Reason, ...]
    citation: Citation


class _Exposed:
    """A device, or several, with known exploited vulnerabilities."""

    __slots__ = ()
    vulnerabilities: tuple[DeviceVulnerability, ...]

    @property
    def is_vulnerable(self) -> bool:
        """Whether a known exploited vulnerability affects its model and firmware."""
        return any(item.grade is Grade.FIRMWARE for item in self.vulnerabilities)

    @property
    def may_be_vulnerable(self) -> bool:
        """Whether only its manufacturer and kind match a known exploited vulnerability."""
        return bool(self.vulnerabilities) and not self.is_vulnerable


@dataclass(frozen=True, slots=True)
class DeviceRow(_Exposed):
    """One device (or a row of several equal ones) with its verdict and reasons."""

    id: str
    label: str
    organisation: str
    site: str
    place: str
    address: str
    brand: str
    model: str
    mac: str
    kind: DeviceKind
    product_line: str
    quantity: int
    bought: date | None
    status: str
    maker_id: str
    maker_name: str
    undecided: tuple[str, ...]  # names of the makers between which the evidence does not choose
    confidence: Confidence
    is_relabelled: bool
    maker_is_listed: bool | None  # None: the maker, or the answer of a list about it, is not known
    reasons: tuple[Reason, ...]
    conflicts: tuple[Text, ...]
    citations: tuple[Citation, ...]  # places of the device in the inputs
    ip: str = ""
    serial: str = ""
    part: Part = Part.DEVICE
    identity: tuple[Reason, ...] = ()  # why several rows are this one device, or others are not
    firmware: str = ""
    latitude: float | None = None  # degrees, WGS 84
    longitude: float | None = None
    vulnerabilities: tuple[DeviceVulnerability, ...] = ()  # known exploited, the surest first


@dataclass(frozen=True, slots=True)
class DeviceTraits(_Exposed):
    """Values of a device that the counts of a report need; many devices share them."""

    part: Part
    has_maker: bool
    lone_brand: str  # of a device whose manufacturer is unknown
    maker_is_listed: bool | None  # None: the maker, or the answer of a list about it, is not known
    is_relabelled: bool
    is_undecided: bool
    confidence: Confidence
    has_conflicts: bool
    vulnerabilities: tuple[DeviceVulnerability, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan of a register to replace or remove devices, and its progress."""

    title: str
    owner: str  # the person who leads it
    due: date | None
    statement: Text


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A supplier of devices as an inventory names it, and what the lists together answer about it.

    `devices` are those of the count. `listings` are its entries in force, or for a possible answer those that
    may be it.
    """

    id: str
    name: str
    devices: int
    answer: Answer
    listings: tuple[ListingRow, ...]


@dataclass(frozen=True)
class OverviewReport:
    """The whole overview.

    Counts are of devices that are there on the day, quantities added. `later` devices were bought or first
    seen after it and are in no row. The findings on devices come first, in the order of the devices.
    `citations` has those that no device, finding or other row states.
    """

    run_id: str
    version: str  # of the product
    as_of: date
    inputs: tuple[InputFile, ...]
    lists: tuple[ListStatus, ...]
    conclusions: tuple[Text, ...]  # the headline sentences, most important first
    makers: tuple[MakerRow, ...]
    places: tuple[PlaceRow, ...]
    devices: Sequence[DeviceRow]
    listings: tuple[ListingRow, ...]
    checks: tuple[CheckRow, ...]
    ownership: tuple[OwnershipEdge, ...]
    regimes: tuple[RegimeRow, ...]
    unknowns: tuple[Text, ...]
    findings: Sequence[Finding]
    citations: tuple[Citation, ...]

    later: int = 0
    vulnerabilities: tuple[VulnerabilityRow, ...] = ()
    plans: tuple[PlanRow, ...] = ()  # of a register
    vulnerability_lists: tuple[ListStatus, ...] = ()  # the catalogue, and the sources of models and versions
    suppliers: tuple[SupplierRow, ...] = ()

    @cached_property
    def by_traits(self) -> Sequence[tuple[DeviceTraits, int]]:
        """The devices by their traits, quantities added."""
        counts: dict[tuple[Any, ...], int] = {}
        for device in self.devices:
            traits = (
                device.part,
                device.maker_id != "",
                "" if device.maker_id or device.undecided else device.brand,
                device.maker_is_listed,
                device.is_relabelled,
                device.undecided != (),
                device.confidence,
                device.conflicts != (),
                device.vulnerabilities,
            )
            counts[traits] = counts.get(traits, 0) + device.quantity
        return [(DeviceTraits(*traits), count) for traits, count in counts.items()]

    def count(self, condition: Callable[[DeviceTraits], bool], part: Part = Part.DEVICE) -> int:
        """Return the devices of a part that fit, quantities added."""
        return sum(n for traits, n in self.by_traits if traits.part is part and condition(traits))

    @property
    def counts(self) -> dict[str, int]:
        """The headline counts by name."""
        return {
            "devices": self.device_count,
            "listed": self.listed_count,
            "not_checked": self.unchecked_count,
            "relabelled": self.relabelled_count,
            "unknown": self.unknown_count,
            "other_equipment": self.count(is_any, Part.OTHER_EQUIPMENT),
            "other_equipment_listed": self.count(is_listed, Part.OTHER_EQUIPMENT),
            "planned": self.count(is_any, Part.PLANNED),
            "planned_listed": self.count(is_listed, Part.PLANNED),
            "out_of_use": self.count(is_any, Part.OUT_OF_USE),
            "out_of_use_listed": self.count(is_listed, Part.OUT_OF_USE),
            "later": self.later,
            "duplicate_rows": sum(len(entry.duplicates) + entry.more_duplicates for entry in self.inputs),
            "rows_left_out": sum(len(entry.left_out) + entry.more_left_out for entry in self.inputs),
        }

    @property
    def vulnerability_counts(self) -> dict[str, int | None]:
        """The headline counts of known exploited vulnerabilities by name; None if that was not checked."""
        count = self.vulnerable_count
        possible = None if count is None else self.count(lambda device: device.may_be_vulnerable)
        return {"vulnerabilities": count, "vulnerabilities_version_unknown": possible}

    @property
    def vulnerable_count(self) -> int | None:
        """Devices whose model and firmware have a known exploited vulnerability; None if not checked."""
        count = self.count(lambda device: device.is_vulnerable)
        is_checked = any(
            entry.answer.covers_date for entry in self.vulnerability_lists if entry.list_id == CATALOGUE
        )
        return count if count or is_checked else None

    @property
    def devices_by_vulnerability(self) -> dict[str, int]:
        """Devices by id of their vulnerabilities, quantities added."""
        counts: dict[str, int] = {}
        for device in self.devices:
            for item in device.vulnerabilities:
                counts[item.id] = counts.get(item.id, 0) + device.quantity
        return counts

    @property
    def device_count(self) -> int:
        """Devices in all."""
        return self.count(is_any)

    @property
    def unknown_count(self) -> int:
        """Devices whose maker is unknown or undecided."""
        return self.count(lambda device: not device.has_maker)

    @property
    def claims_by_party(self) -> dict[str, Claim]:
        """The answer of the lists together about each party."""
        return claims_of(self.checks)

    @property
    def unchecked_count(self) -> int:
        """Devices of a known maker that is not listed on any list, while a list was not checked."""
        return self.count(lambda device: device.has_maker and device.maker_is_listed is None)

    @property
    def listed_count(self) -> int:
        """Devices of makers with an entry of their own on any list."""
        return self.count(is_listed)

    @property
    def relabelled_count(self) -> int:
        """Devices sold under a brand that is not the maker's own."""
        return self.count(lambda device: device.is_relabelled)


def claims_of(checks: Iterable[CheckRow]) -> dict[str, Claim]:
    """Return what the lists together say about each party that they were asked about."""
    answers = by_key((check.party_id, check.answer) for check in checks)
    return {party_id: any_list(own) for party_id, own in answers.items()}


def is_any(device: DeviceTraits) -> bool:
    """Return True: every device fits."""
    del device
    return True


def is_listed(device: DeviceTraits) -> bool:
    """Return whether the maker of a device has an entry of its own on any list."""
    return device.maker_is_listed is True
