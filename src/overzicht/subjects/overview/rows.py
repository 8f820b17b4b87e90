"""Devices, makers and places as rows of the report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from ipaddress import ip_address

from overzicht.devices import DeviceKind, Identification, Trace
from overzicht.devices.card import MakerCard
from overzicht.devices.device_marks import mac_addresses
from overzicht.devices.vulnerabilities.affected_products import DeviceVulnerability
from overzicht.evidence import Confidence, Reason, Text
from overzicht.grouping import by_key
from overzicht.register.terms import LifecycleState
from overzicht.reports.overview_report import DeviceRow, MakerRow, Part, PlaceRow, VulnerabilityRow
from overzicht.sources.inventories.tables.products import brand_in_products
from overzicht.subjects.inventories.devices import KnownDevice
from overzicht.subjects.overview.listings import Screened

UNKNOWN = ""
_Alike = tuple[str, DeviceKind, Confidence, bool, Part]  # brand, kind, confidence, relabelled, part


class DeviceRows:
    """Makes the rows of devices; those with an equal answer share its reasons and vulnerabilities."""

    def __init__(self, cards: Mapping[str, MakerCard], screened: Screened) -> None:
        self._names = {maker: card.trade_name for maker, card in cards.items()}
        self._screened = screened
        self._reasons: dict[int, tuple[Identification, tuple[Reason, ...]]] = {}  # by identity
        self._named: dict[tuple[str, ...], tuple[DeviceVulnerability, ...]] = {}

    def row(
        self, device: KnownDevice, result: Identification, matches: Sequence[VulnerabilityRow]
    ) -> DeviceRow:
        """Return the row of a device; `matches` are its vulnerabilities."""
        if id(result) not in self._reasons:
            self._reasons[id(result)] = result, merged_reasons((*result.reasons, *result.kind_reasons))
        vulnerabilities: tuple[DeviceVulnerability, ...] = ()
        if matches:
            ids = tuple(match.id for match in matches)
            if ids not in self._named:
                self._named[ids] = device_vulnerabilities(matches)
            vulnerabilities = self._named[ids]
        reasons = self._reasons[id(result)][1]
        shared = (reasons, vulnerabilities)
        sighting = device.sighting
        brands, models = sighting.values(Trace.BRAND), sighting.values(Trace.MODEL)
        is_sure = result.confidence.rank >= Confidence.MEDIUM.rank  # the headlines do not count leads
        if device.life is LifecycleState.PLANNED:
            part = Part.PLANNED
        elif not result.kind.is_surveillance:
            part = Part.OTHER_EQUIPMENT
        else:
            part = Part.OUT_OF_USE if device.life is LifecycleState.OUT_OF_USE else Part.DEVICE
        # an address if it is an IP address; empty for a host name
        address = sighting.address
        try:
            ip = str(ip_address(address))
        except ValueError:
            ip = ""
        return DeviceRow(
            id=sighting.id,
            label=sighting.label,
            organisation=sighting.organisation,
            site=sighting.site,
            place=sighting.place,
            address=sighting.address,
            # what a scanner calls the product is shown, but is not a trace of a brand: it may name the maker
            brand=result.brand or " / ".join(brands) or brand_in_products(sighting.values(Trace.PRODUCT)),
            model=" / ".join(models),
            mac=", ".join(mac_addresses(sighting)),
            kind=result.kind,
            product_line=result.product_line,
            quantity=sighting.quantity,
            bought=sighting.bought,
            status=sighting.status,
            maker_id=result.maker_id,
            maker_name=self._names.get(result.maker_id, ""),
            undecided=tuple([self._names.get(maker, maker) for maker in result.undecided]),
            confidence=result.confidence,
            is_relabelled=result.is_relabelled and is_sure,
            maker_is_listed=self._screened.claim(result.maker_id).holds if is_sure else None,
            reasons=shared[0],
            conflicts=result.conflicts,
            citations=device.citations,
            ip=ip,
            serial=", ".join(sighting.values(Trace.SERIAL)),
            part=part,
            identity=device.identity,
            firmware=", ".join(sighting.values(Trace.FIRMWARE)),
            latitude=sighting.latitude,
            longitude=sighting.longitude,
            vulnerabilities=shared[1],
        )


def device_vulnerabilities(rows: Iterable[VulnerabilityRow]) -> tuple[DeviceVulnerability, ...]:
    """Return the rows of vulnerabilities as a device names them."""
    return tuple(DeviceVulnerability(row.cve, row.grade, row.id) for row in rows)


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


class DeviceCounts:
    """Devices counted by manufacturer and by site, a row at a time."""

    def __init__(self) -> None:
        self._alike: Counter[tuple[str, _Alike]] = Counter()  # by manufacturer
        self._sites: Counter[tuple[str, str, bool | None]] = (
            Counter()
        )  # with manufacturer, and whether it is listed

    def add(self, row: DeviceRow) -> None:
        """Count the devices of a row."""
        if row.maker_id:
            alike = (row.brand, row.kind, row.confidence, row.is_relabelled, row.part)
            self._alike[row.maker_id, alike] += row.quantity
        if row.part is Part.DEVICE:
            self._sites[row.site, row.maker_id, row.maker_is_listed] += row.quantity

    def makers(self, cards: Mapping[str, MakerCard], screened: Screened, as_of: date) -> tuple[MakerRow, ...]:
        """Return one row per maker, most devices first."""
        by_maker = by_key((maker_id, (alike, count)) for (maker_id, alike), count in self._alike.items())
        rows: list[MakerRow] = []
        for maker_id, counts in by_maker.items():
            card = cards[maker_id]
            reply = card.reply
            by_part = by_key((alike[-1] is Part.DEVICE, (alike, count)) for alike, count in counts)
            devices = by_part.get(True, [])
            relabelled = sum(count for (_, _, _, is_relabelled, _), count in devices if is_relabelled)
            total = sum(count for _, count in devices)
            rows.append(
                MakerRow(
                    maker_id=card.id,
                    name=card.trade_name,
                    country=card.country,
                    devices=total,
                    own_brand=total - relabelled,
                    relabelled=relabelled,
                    by_brand=_counted((alike[0] or card.trade_name, count) for alike, count in devices),
                    by_kind=_counted((kind.value, count) for (_, kind, _, _, _), count in devices),
                    by_confidence=_counted((sure.value, count) for (_, _, sure, _, _), count in devices),
                    is_listed=screened.claim(card.id).holds,
                    owner_is_listed=screened.of_owners(card, cards, as_of).holds,
                    apart=sum(count for _, count in by_part.get(False, [])),
                    schema=card.schema_,
                    reply=reply.summary if reply else "",
                    reply_citation=card.sources[reply.source].cite(f"maker-card:{card.id}", "reply")
                    if reply
                    else None,
                )
            )
        return tuple(sorted(rows, key=lambda row: (-row.devices, row.maker_id)))

    def places(self) -> tuple[PlaceRow, ...]:
        """Return one row per site, by name; devices without a site have an empty name and come last."""
        by_site = by_key((site, (maker, listed, n)) for (site, maker, listed), n in self._sites.items())
        rows = [
            PlaceRow(
                site=site,
                devices=sum(count for _, _, count in counts),
                by_maker=_counted((maker or UNKNOWN, count) for maker, _, count in counts),
                of_listed_makers=sum(count for _, is_listed, count in counts if is_listed),
                unknown=sum(count for maker, _, count in counts if not maker),
            )
            for site, counts in by_site.items()
        ]
        return tuple(sorted(rows, key=lambda row: (not row.site, row.site)))


def _counted(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for name, quantity in pairs:
        counts[name] += quantity
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
