"""Every answer of the overview as a finding: about a device, a maker or an owner, with its reasons."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, Text, text
from overzicht.evidence.text import Value
from overzicht.reports.model import CheckRow, DeviceRow, ListingRow, OwnershipEdge


def findings_of(
    *,
    devices: Sequence[DeviceRow],
    listings: Sequence[ListingRow],
    checks: Sequence[CheckRow],
    ownership: Sequence[OwnershipEdge],
    as_of: date,
) -> tuple[Finding, ...]:
    """Return the findings of an overview by kind, in the order of its rows; each id once."""
    found = [
        *(_maker(device, as_of) for device in devices),
        *(_listing(row, as_of) for row in listings),
        *_checks(checks, as_of),
        *(_ownership(edge, as_of) for edge in ownership),
    ]
    return tuple({finding.id: finding for finding in found}.values())


def citations_of(findings: Iterable[Finding], devices: Iterable[DeviceRow]) -> tuple[Citation, ...]:
    """Return every citation, each once, in order of first use."""
    seen = {citation.key: citation for finding in findings for citation in finding.citations}
    for device in devices:
        seen.update({citation.key: citation for citation in device.citations})
    return tuple(seen.values())


def _id(kind: FindingKind, *parts: str) -> str:
    digest = hashlib.sha256("|".join((kind.value, *parts)).encode()).hexdigest()
    return f"{kind.value.replace(' ', '-')}-{digest[:12]}"


def _maker(device: DeviceRow, as_of: date) -> Finding:
    return Finding(
        id=_id(FindingKind.MAKER, device.id, as_of.isoformat()),
        kind=FindingKind.MAKER,
        subject=device.id,
        object=device.maker_id,
        answer=_maker_answer(device),
        statement=_maker_statement(device),
        as_of=as_of,
        confidence=device.confidence,
        reasons=(
            *device.reasons,
            *(Reason(conflict, strength=Confidence.MEDIUM, against=True) for conflict in device.conflicts),
            Reason(
                text("this is what the inventory says of it"),
                strength=Confidence.HIGH,
                citations=device.citations,
            ),
        ),
    )


def _maker_answer(device: DeviceRow) -> Answer:
    if device.maker_id:
        return Answer.FOUND
    return Answer.NOT_FOUND if device.brand or device.model or device.mac else Answer.NOT_CHECKED


def _maker_statement(device: DeviceRow) -> Text:
    if device.maker_id and device.is_relabelled:
        return text("made by {maker}, sold as {brand}", maker=device.maker_name, brand=device.brand)
    if device.maker_id:
        return text("made by {maker}", maker=device.maker_name)
    if device.undecided:
        return text(
            "made by one of {makers}; the evidence does not choose", makers=", ".join(device.undecided)
        )
    return text("the maker is unknown")


def _listing(row: ListingRow, as_of: date) -> Finding:
    kind = FindingKind.LISTING if row.relation == "maker" else FindingKind.OWNER_LISTING
    return Finding(
        id=_id(kind, row.id, as_of.isoformat()),
        kind=kind,
        subject=row.party_id,
        object=row.id,
        answer=Answer.FOUND if row.is_current else Answer.NOT_FOUND,
        statement=_listing_statement(row),
        as_of=as_of,
        confidence=row.confidence,
        reasons=(
            Reason(
                text("the list has the entry {entry}", entry=row.entry_name),
                strength=Confidence.HIGH,
                citations=(row.citation,),
            ),
            *row.reasons,
        ),
    )


def _listing_statement(row: ListingRow) -> Text:
    values: dict[str, Value] = {"party": row.party_name, "title": row.list_title, "measure": row.measure}
    if row.is_current and row.since is not None:
        return text("{party} stands on {title} ({measure}) since {day}", day=row.since.day, **values)
    if row.is_current:
        return text("{party} stands on {title} ({measure}); since when is not stated", **values)
    if row.until is not None:
        return text("{party} stood on {title} ({measure}) until {day}", day=row.until.day, **values)
    return text("{party} stands on {title} ({measure}); not shown to hold on this day", **values)


def _checks(checks: Sequence[CheckRow], as_of: date) -> Iterator[Finding]:
    for check in checks:
        if check.answer is Answer.FOUND:
            continue  # the listing itself is the finding
        yield Finding(
            id=_id(FindingKind.LISTING, check.party_id, check.list_id, as_of.isoformat()),
            kind=FindingKind.LISTING,
            subject=check.party_id,
            object=check.list_id,
            answer=check.answer,
            statement=_check_statement(check),
            as_of=as_of,
            reasons=(Reason(check.note, strength=Confidence.HIGH),),
        )


def _check_statement(check: CheckRow) -> Text:
    if check.answer is Answer.NOT_FOUND:
        return text("{party} was not found on {list}", party=check.party_name, list=check.list_id)
    if check.answer is Answer.POSSIBLE:
        return text("{party} is possibly listed on {list}", party=check.party_name, list=check.list_id)
    return text("{party} was not checked against {list}", party=check.party_name, list=check.list_id)


def _ownership(edge: OwnershipEdge, as_of: date) -> Finding:
    return Finding(
        id=_id(FindingKind.OWNERSHIP, edge.owner_id, edge.asset_id, *edge.citation.key),
        kind=FindingKind.OWNERSHIP,
        subject=edge.asset_id,
        object=edge.owner_id,
        answer=Answer.FOUND,
        statement=_ownership_statement(edge),
        as_of=as_of,
        confidence=edge.confidence,
        reasons=(Reason(_source_says(edge, as_of), strength=edge.confidence, citations=(edge.citation,)),),
    )


def _source_says(edge: OwnershipEdge, as_of: date) -> Text:
    published = edge.citation.published
    if published is not None and published > as_of:
        return text(
            "so says {source} of {day}, of a day before its own", source=edge.citation.title, day=published
        )
    return text("so says {source}", source=edge.citation.title)


def _ownership_statement(edge: OwnershipEdge) -> Text:
    values = {"owner": edge.owner_name, "asset": edge.asset_name}
    if edge.min_percent is None or edge.max_percent is None:
        return text("{owner} holds a share of {asset} that is not stated", **values)
    if edge.min_percent == edge.max_percent:
        return text("{owner} holds {percent} % of {asset}", percent=edge.min_percent, **values)
    return text(
        "{owner} holds {low} to {high} % of {asset}", low=edge.min_percent, high=edge.max_percent, **values
    )
