"""Every answer of the overview about a maker or an owner as a finding, with its reasons."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from overzicht.devices.vulnerabilities.affected_products import Grade
from overzicht.entities.ownership import UNKNOWN_SHARE, Share
from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, text
from overzicht.evidence.text import Value
from overzicht.parties.ownership import owns_text
from overzicht.reports.findings import finding_id
from overzicht.reports.overview_report import (
    ListingRow,
    OwnershipEdge,
    SupplierRow,
    VulnerabilityRow,
)
from overzicht.sources.lists.registry import load_card
from overzicht.subjects.overview.listings import Screened


def findings_of(
    screened: Screened,
    ownership: Sequence[OwnershipEdge],
    *,
    suppliers: Sequence[SupplierRow] = (),
    as_of: date,
) -> tuple[Finding, ...]:
    """Return the findings of an overview by kind, in the order of its rows, without duplicates.

    Those on devices are made of the rows, see `reports.findings`. Of suppliers these are the
    listings of those that are listed.
    """
    supplied = (listing for row in suppliers if row.answer is Answer.FOUND for listing in row.listings)
    # the finding for a list without a listing of the party
    checked: list[Finding] = []
    for check in screened.checks:
        if check.answer is not Answer.FOUND:
            values: dict[str, Value] = {"party": check.party_name, "list": load_card(check.list_id).heading}
            if check.answer is Answer.NOT_FOUND:
                statement = text("{party} is not listed on {list}", **values)
            elif check.answer is Answer.POSSIBLE:
                statement = text("{party} is possibly listed on {list}", **values)
            else:
                statement = text("{party} was not checked against {list}", **values)
            checked.append(
                Finding(
                    id=finding_id(FindingKind.LISTING, check.party_id, check.list_id, as_of.isoformat()),
                    kind=FindingKind.LISTING,
                    subject=check.party_id,
                    object=check.list_id,
                    answer=check.answer,
                    statement=statement,
                    as_of=as_of,
                    reasons=(Reason(check.note, strength=Confidence.HIGH),),
                )
            )
    owned: list[Finding] = []
    for edge in ownership:
        published, source = edge.citation.published, edge.citation.title
        stated = text("stated by {source}", source=source)
        if published is not None and published > as_of:
            stated = text(
                "stated by {source}, dated {day}, about an earlier date", source=source, day=published
            )
        share = UNKNOWN_SHARE
        if edge.min_percent is not None and edge.max_percent is not None:
            share = Share(Decimal(str(edge.min_percent)), Decimal(str(edge.max_percent)))
        owned.append(
            Finding(
                id=finding_id(FindingKind.OWNERSHIP, edge.owner_id, edge.asset_id, *edge.citation.key),
                kind=FindingKind.OWNERSHIP,
                subject=edge.asset_id,
                object=edge.owner_id,
                answer=Answer.FOUND,
                statement=owns_text(edge.owner_name, share, edge.asset_name),
                as_of=as_of,
                confidence=edge.confidence,
                reasons=(Reason(stated, strength=edge.confidence, citations=(edge.citation,)),),
            )
        )
    findings = [
        *(_listing(row, as_of) for row in (*screened.listings, *supplied)),
        *checked,
        *owned,
    ]
    return tuple({finding.id: finding for finding in findings}.values())


def _listing(row: ListingRow, as_of: date) -> Finding:
    kind = FindingKind.OWNER_LISTING if row.relation == "owner" else FindingKind.LISTING
    values: dict[str, Value] = {"party": row.party_name, "title": row.list_title, "measure": row.measure}
    if row.is_current and row.since is not None:
        statement = text("{party} is listed on {title} ({measure}) since {day}", day=row.since.day, **values)
    elif row.is_current:
        statement = text("{party} is listed on {title} ({measure}); the start date is not stated", **values)
    elif row.until is not None:
        statement = text("{party} was listed on {title} ({measure}) until {day}", day=row.until.day, **values)
    else:
        statement = text("{party} is listed on {title} ({measure}), but not certainly on this date", **values)
    return Finding(
        id=finding_id(kind, row.id, as_of.isoformat()),
        kind=kind,
        subject=row.party_id,
        object=row.id,
        answer=Answer.FOUND if row.is_current else Answer.NOT_FOUND,
        statement=statement,
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


def vulnerability_finding(row: VulnerabilityRow, as_of: date) -> Finding:
    """Return the finding that the catalogue has a vulnerability, with the files and records behind it."""
    return Finding(
        id=finding_id(FindingKind.LISTING, row.id, as_of.isoformat()),
        kind=FindingKind.LISTING,
        subject=row.id,
        object=row.list_id,
        answer=Answer.FOUND,
        statement=row.reasons[0].text,
        as_of=as_of,
        confidence=Confidence.HIGH if row.grade is Grade.FIRMWARE else Confidence.LOW,
        reasons=row.reasons,
    )
