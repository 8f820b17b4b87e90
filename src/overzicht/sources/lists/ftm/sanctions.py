"""A `Sanction` entity as a listing of its party.

The dates are those of the authority. The dates on which OpenSanctions first or last saw the entry are not
legal dates and are not used.
"""

from collections.abc import Iterable

from overzicht.dates import DateBasis, LegalDate, Period, read_legal_date
from overzicht.entities import Listing
from overzicht.sources.lists.ftm.model import LIST_ID, Entity, record_id

EARLIEST = "the earliest of the listing and start dates given"
LATEST = "the latest of the end dates given"


def listing_of(sanction: Entity) -> Listing:
    """Return the listing; UnreadableDateError if a date cannot be read.

    Without a stated start, the period has none. A status such as `Inactive` has no date and is part of the
    measure.
    """
    measure = "; ".join(sanction.texts("provisions")) or "sanction"
    if status := "; ".join(sanction.texts("status")):
        measure = f"{measure} (status: {status})"
    authority = "; ".join(sanction.texts("authority") or sanction.texts("publisher"))
    programme = "; ".join(sanction.texts("program") or sanction.texts("programId"))
    return Listing(
        id=record_id(sanction.id),
        list_id=LIST_ID,
        measure=measure,
        period=Period(_start(sanction), _chosen(sanction.texts("endDate"), LATEST, first=False)),
        programme=": ".join(part for part in (authority, programme) if part),
        act="; ".join(sanction.texts("authorityId") + sanction.texts("unscId")),
        act_address=next(iter(sanction.texts("sourceUrl") + sanction.texts("programUrl")), ""),
        reason="; ".join(sanction.texts("reason") + sanction.texts("summary")),
    )


def _start(sanction: Entity) -> LegalDate | None:
    return _chosen(sanction.texts("startDate") + sanction.texts("listingDate"), EARLIEST, first=True)


def _chosen(texts: Iterable[str], rule: str, *, first: bool) -> LegalDate | None:
    days = sorted(
        {read_legal_date(text) for text in texts}, key=lambda legal_date: (legal_date.day, legal_date.rule)
    )
    if not days:
        return None
    chosen = days[0] if first else days[-1]
    if len({legal_date.day for legal_date in days}) > 1 and chosen.basis is DateBasis.STATED:
        return LegalDate(chosen.day, DateBasis.DERIVED, rule)
    return chosen
