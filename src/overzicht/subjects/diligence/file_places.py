"""The devices of an organisation as places on its map: makers, unknown makers, brands and suppliers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from overzicht.evidence import (
    Answer,
    Citation,
    Confidence,
    Finding,
    FindingKind,
    Reason,
    Text,
    finding_id,
    text,
)
from overzicht.evidence.text import Value
from overzicht.grouping import by_key
from overzicht.identifiers.slug import slug
from overzicht.subjects.diligence.mapping import MapPlace
from overzicht.subjects.diligence.step_terms import RiskKind


@dataclass(frozen=True, slots=True)
class HeldDevice:
    """A device (or several equal ones), or a row of an inventory, with the data for a map.

    `brand` is empty for the maker's own brand; `maker_id` is empty if the maker is unknown.
    """

    maker_id: str
    maker: str
    quantity: int
    brand: str = ""
    supplier: str = ""
    is_listed: bool = False
    is_low: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """The organisation with the devices, the date, and the files that show them.

    `counts_rows`: the counts are rows of inventories, because a run does not store quantities.
    """

    name: str
    as_of: date
    citations: tuple[Citation, ...]
    counts_rows: bool = False


def places_of(devices: Sequence[HeldDevice], holder: Holder) -> tuple[MapPlace, ...]:
    """Return the places: makers, unknown makers, brands and suppliers, each with most devices first."""
    makers: list[MapPlace] = []
    of_makers = [device for device in devices if device.maker_id]
    for maker, own in _grouped(of_makers, lambda device: device.maker_id):
        name = own[0].maker
        values: dict[str, Value] = {
            "organisation": holder.name,
            "count": _count(own),
            "maker": name,
            "relabelled": _count(device for device in own if device.brand),
        }
        statement = text(
            "{organisation} has {count} devices made by {maker}; {relabelled} of them carry another brand"
        )
        if holder.counts_rows:
            statement = text(
                "{count} rows in the inventories of {organisation} are devices made by {maker}; "
                "{relabelled} of them carry another brand"
            )
        low = _count(device for device in own if device.is_low)
        makers.append(
            MapPlace(
                kind=RiskKind.OWN_USE,
                party=maker,
                title=text("Use of devices made by {maker}", maker=name),
                devices=_devices(own, holder),
                finding=_finding(holder, maker, statement.filled(**values), low=low),
            )
        )
    unknown: list[MapPlace] = []
    unidentified = [device for device in devices if not device.maker_id]
    if unidentified:
        counts: dict[str, Value] = {"organisation": holder.name, "count": _count(unidentified)}
        unknown_says = text("the manufacturer of {count} devices of {organisation} is unknown or undecided")
        if holder.counts_rows:
            unknown_says = text(
                "the manufacturer of {count} rows in the inventories of {organisation} is unknown "
                "or undecided"
            )
        unknown.append(
            MapPlace(
                kind=RiskKind.UNKNOWN_MAKER,
                party="",
                title=text("Use of devices with an unknown manufacturer"),
                devices=_devices(unidentified, holder),
                finding=_finding(holder, "unknown", unknown_says.filled(**counts), is_found=False),
            )
        )
    return (
        *makers,
        *unknown,
        *_brands([device for device in devices if device.brand], holder),
        *_suppliers([device for device in devices if device.supplier], holder),
    )


def _grouped(
    devices: Iterable[HeldDevice], key: Callable[[HeldDevice], str]
) -> list[tuple[str, list[HeldDevice]]]:
    groups = by_key((key(device), device) for device in devices)
    return sorted(groups.items(), key=lambda pair: (-_count(pair[1]), pair[0]))


def _count(devices: Iterable[HeldDevice]) -> int:
    return sum(device.quantity for device in devices)


def _spelt(names: Iterable[str]) -> str:
    """Return the most frequent spelling; of equal ones the first in order."""
    counted = Counter(names)
    return min(counted, key=lambda name: (-counted[name], name))


def _devices(devices: Iterable[HeldDevice], holder: Holder) -> int | None:
    return None if holder.counts_rows else _count(devices)


def shown_by_inventories(holder: Holder) -> Reason:
    """Return the reason that cites the inventories of an organisation."""
    return Reason(text("shown by the inventories"), Confidence.HIGH, holder.citations)


def _finding(
    holder: Holder, subject: str, statement: Text, *, low: int = 0, is_found: bool = True
) -> Finding:
    """Return a finding about the holder's devices; `low` of them have a maker with low confidence."""
    shown = shown_by_inventories(holder)
    doubt = Reason(
        text("the manufacturer of {count} of these is a lead with low confidence", count=low), against=True
    )
    return Finding(
        id=finding_id(FindingKind.MAKER, holder.name, subject, holder.as_of.isoformat()),
        kind=FindingKind.MAKER,
        subject=slug(holder.name),
        object=subject,
        answer=Answer.FOUND if is_found else Answer.NOT_FOUND,
        statement=statement,
        as_of=holder.as_of,
        confidence=Confidence.HIGH if is_found else Confidence.NONE,
        reasons=(shown, doubt) if low else (shown,),
    )


def _brands(devices: Sequence[HeldDevice], holder: Holder) -> Iterator[MapPlace]:
    for key, own in _grouped(devices, lambda device: slug(device.brand) or device.brand):
        brand = _spelt(device.brand for device in own)
        makers = ", ".join(sorted({device.maker for device in own}))
        values: dict[str, Value] = {"count": _count(own), "brand": brand, "makers": makers}
        statement = text("{count} devices were sold as {brand} and made by {makers}")
        if holder.counts_rows:
            statement = text("{count} rows are devices sold as {brand} and made by {makers}")
        yield MapPlace(
            kind=RiskKind.BRAND,
            party=key,
            title=text(
                "{brand}, the brand under which devices of {makers} were sold", brand=brand, makers=makers
            ),
            devices=_devices(own, holder),
            finding=_finding(holder, f"brand {key}", statement.filled(**values)),
            makers=tuple(sorted({device.maker_id for device in own})),
        )


def _suppliers(devices: Sequence[HeldDevice], holder: Holder) -> Iterator[MapPlace]:
    for key, own in _grouped(devices, lambda device: slug(device.supplier) or device.supplier):
        supplier = _spelt(" ".join(device.supplier.split()) for device in own)
        listed = [device for device in own if device.is_listed]
        statement = text(
            "{supplier} supplied {count} devices; {listed} of them were made by a listed manufacturer",
            supplier=supplier,
            count=_count(own),
            listed=_count(listed),
        )
        yield MapPlace(
            kind=RiskKind.SUPPLIER,
            party=key,
            title=text("{supplier}, supplier of devices", supplier=supplier),
            devices=_devices(own, holder),
            finding=_finding(holder, f"supplier {key}", statement),
            makers=tuple(sorted({device.maker_id for device in listed if device.maker_id})),
        )
