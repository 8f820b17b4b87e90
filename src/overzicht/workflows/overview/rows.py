"""Devices, makers and places as rows of the report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from ipaddress import ip_address

from overzicht.devices import Identification, Trace
from overzicht.devices.card import MakerCard, Owner
from overzicht.devices.marks import mac_addresses
from overzicht.devices.vulnerabilities.model import DeviceVulnerability
from overzicht.evidence import Confidence, Reason, Text
from overzicht.grouping import by_key
from overzicht.parties.stakes import all_owners
from overzicht.register.model import LifecycleState
from overzicht.reports.model import DeviceRow, MakerRow, Part, PlaceRow, VulnerabilityRow
from overzicht.workflows.overview.known import KnownDevice
from overzicht.workflows.overview.listings import Screened

UNKNOWN = ""


def device_rows(
    devices: Sequence[KnownDevice],
    identifications: Sequence[Identification],
    cards: Mapping[str, MakerCard],
    screened: Screened,
    vulnerabilities: Sequence[Sequence[VulnerabilityRow]],
) -> tuple[DeviceRow, ...]:
    """Return one row per device, by site, place and label; `vulnerabilities` are those of each device."""
    named = {id(matches): device_vulnerabilities(matches) for matches in vulnerabilities}
    reasons: dict[int, tuple[Reason, ...]] = {}  # by identity: devices with equal traces share one answer
    names = {maker: card.trade_name for maker, card in cards.items()}
    rows = []
    for device, result, matches in zip(devices, identifications, vulnerabilities, strict=True):
        if id(result) not in reasons:
            reasons[id(result)] = merged_reasons((*result.reasons, *result.kind_reasons))
        row = _device_row(device, result, reasons[id(result)], names, screened)
        rows.append(replace(row, vulnerabilities=named[id(matches)]) if matches else row)
    return tuple(sorted(rows, key=lambda row: (row.site, row.place, row.label, row.id)))


def device_vulnerabilities(rows: Iterable[VulnerabilityRow]) -> tuple[DeviceVulnerability, ...]:
    """Return the rows of vulnerabilities as a device names them."""
    return tuple(DeviceVulnerability(row.cve, row.grade, row.id) for row in rows)


def _device_row(
    device: KnownDevice,
    result: Identification,
    reasons: tuple[Reason, ...],
    names: Mapping[str, str],
    screened: Screened,
) -> DeviceRow:
    sighting = device.sighting
    brands, models = sighting.values(Trace.BRAND), sighting.values(Trace.MODEL)
    is_sure = result.confidence.rank >= Confidence.MEDIUM.rank  # the headlines do not count leads
    return DeviceRow(
        id=sighting.id,
        label=sighting.label,
        organisation=sighting.organisation,
        site=sighting.site,
        place=sighting.place,
        address=sighting.address,
        brand=result.brand or " / ".join(brands),
        model=" / ".join(models),
        mac=", ".join(mac_addresses(sighting)),
        kind=result.kind,
        product_line=result.product_line,
        quantity=sighting.quantity,
        bought=sighting.bought,
        status=sighting.status,
        maker_id=result.maker_id,
        maker_name=names.get(result.maker_id, ""),
        undecided=tuple(names.get(maker, maker) for maker in result.undecided),
        confidence=result.confidence,
        is_relabelled=result.is_relabelled and is_sure,
        maker_is_listed=is_sure and bool(result.maker_id) and screened.is_listed(result.maker_id),
        reasons=reasons,
        conflicts=result.conflicts,
        citations=device.citations,
        ip=_ip(sighting.address),
        serial=", ".join(sighting.values(Trace.SERIAL)),
        part=_part(device, result),
        identity=device.identity,
        firmware=", ".join(sighting.values(Trace.FIRMWARE)),
        latitude=sighting.latitude,
        longitude=sighting.longitude,
    )


def _part(device: KnownDevice, result: Identification) -> Part:
    if device.life is LifecycleState.PLANNED:
        return Part.PLANNED
    if not result.kind.is_surveillance:
        return Part.OTHER_EQUIPMENT
    return Part.OUT_OF_USE if device.life is LifecycleState.OUT_OF_USE else Part.DEVICE


def _ip(address: str) -> str:
    """Return an address if it is an IP address; empty for a host name."""
    try:
        return str(ip_address(address))
    except ValueError:
        return ""


def merged_reasons(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Return the reasons without duplicate sentences, each with the sources of all its duplicates."""
    merged: dict[tuple[Text, bool], Reason] = {}
    for reason in reasons:
        known = merged.get((reason.text, reason.against))
        if known is None:
            merged[(reason.text, reason.against)] = reason
            continue
        citations = {c.key: c for c in (*known.citations, *reason.citations)}
        merged[(reason.text, reason.against)] = replace(known, citations=tuple(citations.values()))
    return tuple(merged.values())


def maker_rows(
    devices: Sequence[DeviceRow], cards: Mapping[str, MakerCard], screened: Screened, as_of: date
) -> tuple[MakerRow, ...]:
    """Return one row per maker, most devices first."""
    by_maker = by_key((device.maker_id, device) for device in devices if device.maker_id)
    rows = [
        _maker_row(cards[maker_id], rows, screened, all_owners(cards[maker_id], cards, as_of))
        for maker_id, rows in by_maker.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.devices, row.maker_id)))


def _maker_row(
    card: MakerCard, devices: Sequence[DeviceRow], screened: Screened, owners: Iterable[Owner]
) -> MakerRow:
    reply = card.reply
    apart = sum(device.quantity for device in devices if device.part is not Part.DEVICE)
    devices = [device for device in devices if device.part is Part.DEVICE]
    relabelled = sum(device.quantity for device in devices if device.is_relabelled)
    total = sum(device.quantity for device in devices)
    return MakerRow(
        maker_id=card.id,
        name=card.trade_name,
        country=card.country,
        devices=total,
        own_brand=total - relabelled,
        relabelled=relabelled,
        by_brand=_counted((device.brand or card.trade_name, device.quantity) for device in devices),
        by_kind=_counted((device.kind.value, device.quantity) for device in devices),
        by_confidence=_counted((device.confidence.value, device.quantity) for device in devices),
        is_listed=screened.is_listed(card.id),
        owner_is_listed=any(screened.is_listed(owner.id) for owner in owners),
        apart=apart,
        schema=card.schema_,
        reply=reply.summary if reply else "",
        reply_citation=card.sources[reply.source].cite(f"maker-card:{card.id}", "reply") if reply else None,
    )


def place_rows(devices: Sequence[DeviceRow]) -> tuple[PlaceRow, ...]:
    """Return one row per site, by name; devices without a site have an empty name and come last."""
    by_site = by_key((device.site, device) for device in devices if device.part is Part.DEVICE)
    rows = [
        PlaceRow(
            site=site,
            devices=sum(device.quantity for device in rows),
            by_maker=_counted((device.maker_id or UNKNOWN, device.quantity) for device in rows),
            of_listed_makers=sum(device.quantity for device in rows if device.maker_is_listed),
            unknown=sum(device.quantity for device in rows if not device.maker_id),
        )
        for site, rows in by_site.items()
    ]
    return tuple(sorted(rows, key=lambda row: (not row.site, row.site)))


def _counted(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for name, quantity in pairs:
        counts[name] += quantity
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
