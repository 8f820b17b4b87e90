"""The finding on the manufacturer of each device, made from its row when it is needed."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, Text, text
from overzicht.reports.overview_report import DeviceRow, OverviewReport

UNKNOWN_MAKER = text("the manufacturer is unknown")
IN_INVENTORY = text("the inventory states this about the device")


class Made(Protocol):
    """A device with what is known of its manufacturer."""

    @property
    def maker_id(self) -> str:
        """Id of the manufacturer; empty if it is unknown or undecided."""

    @property
    def brand(self) -> str:
        """Name on the box."""

    @property
    def model(self) -> str:
        """Model number."""

    @property
    def mac(self) -> str:
        """MAC addresses."""

    @property
    def is_relabelled(self) -> bool:
        """Whether the manufacturer does not own the brand."""

    @property
    def undecided(self) -> Sequence[str]:
        """The manufacturers between which the evidence does not choose."""


def all_findings(report: OverviewReport) -> Iterator[Finding]:
    """Yield the finding on the manufacturer of each device, in their order, then the other findings."""
    yield from (maker_finding(device, report.as_of) for device in report.devices)
    yield from report.findings


def finding_id(kind: FindingKind, *parts: str) -> str:
    """Return an id of a finding that is equal for equal parts."""
    digest = hashlib.sha256("|".join((kind.value, *parts)).encode()).hexdigest()
    return f"{kind.value.replace(' ', '-')}-{digest[:12]}"


def maker_finding(device: DeviceRow, as_of: date) -> Finding:
    """Return the finding on the manufacturer of a device; its last reason cites the rows of the device."""
    return Finding(
        id=maker_finding_id(device, as_of),
        kind=FindingKind.MAKER,
        subject=device.id,
        object=device.maker_id,
        answer=maker_answer(device),
        statement=maker_statement(device, device.maker_name),
        as_of=as_of,
        confidence=device.confidence,
        reasons=(
            *device.reasons,
            *map(_conflict, device.conflicts),
            inventory_reason(device.citations),
        ),
    )


def maker_finding_id(device: DeviceRow, as_of: date) -> str:
    """Return the id of the finding on the manufacturer of a device."""
    return finding_id(FindingKind.MAKER, device.id, as_of.isoformat())


@lru_cache(maxsize=10_000)
def _conflict(sentence: Text) -> Reason:
    return Reason(sentence, Confidence.MEDIUM, against=True)


def maker_answer(device: Made) -> Answer:
    """Return whether the maker was found; a device without brand, model and MAC was not checked."""
    if device.maker_id:
        return Answer.FOUND
    return Answer.NOT_FOUND if device.brand or device.model or device.mac else Answer.NOT_CHECKED


def inventory_reason(citations: tuple[Citation, ...]) -> Reason:
    """Return the reason that cites the rows of a device in inventories."""
    return Reason(IN_INVENTORY, Confidence.HIGH, citations)


def maker_statement(device: Made, maker: str) -> Text:
    """Return the sentence on a device's maker, which is called `maker`."""
    if device.maker_id:
        return _made_by(maker, device.brand if device.is_relabelled else None)
    if device.undecided:
        makers = ", ".join(device.undecided)
        return text("made by one of {makers}; the evidence does not show which", makers=makers)
    return UNKNOWN_MAKER


@lru_cache(maxsize=10_000)
def _made_by(maker: str, brand: str | None) -> Text:
    """Return the sentence on a maker, and on the brand of a relabelled device."""
    if brand is None:
        return text("made by {maker}", maker=maker)
    return text("made by {maker}, sold as {brand}", maker=maker, brand=brand)
