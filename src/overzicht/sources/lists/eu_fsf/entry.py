"""An entry of the list as both layouts give it: the entity, its last act, and its details."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from overzicht.dates import DateBasis, LegalDate, Period, read_day_first_date, read_iso_date
from overzicht.entities.record import Listing
from overzicht.sources.lists.values import collapse
from overzicht.sources.strict import Row

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
DETAIL_KINDS = ("nameAlias", "citizenship", "birthdate", "address", "identification")


@dataclass(frozen=True, slots=True)
class Detail:
    """One name, citizenship, birth date, address or document of an entity, as printed.

    `fields` are the attributes by XML name. `act_published` is the publication date of the cited act, ISO.
    `contacts` are pairs of kind (PHONE, FAX, EMAIL, WEB) and value.
    """

    kind: str
    fields: Row
    remarks: tuple[str, ...] = ()
    act_published: str = ""
    contacts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One `sanctionEntity`. Days are ISO texts as printed; missing values are empty.

    `act_*` describe the last act that changed the entry, not the act that listed it.
    """

    place: str
    logical_id: str
    reference: str
    un_id: str
    designated: str
    designation_details: str
    delisted: str
    subject: str
    remarks: tuple[str, ...]
    act_number: str
    act_published: str
    act_address: str
    programme: str
    details: tuple[Detail, ...]


LIST_ID = "eu-fsf"
MEASURE = "Asset freeze"  # the one measure that this list carries

DETAILS_RULE = "read from the words of the entry's designation details, as it states no designation date"
REMARK_RULE = (
    "read from the words 'date of listing' in a remark of the entry, as it states no designation date"
)
OLDEST_ACT_RULE = (
    "the entry states no designation date; it was listed not later than the publication of the oldest act "
    "that it cites"
)

_DAY = r"(\d{1,2}[./]\d{1,2}[./]\d{4})"
_DETAILS = re.compile(rf"(?:date of (?:listing|designation) ?:? ?)?{_DAY}\.?", re.IGNORECASE)
# "Date of UN designation" and "date of designation referred to in ..." are days of the United Nations.
_REMARK = re.compile(rf"date of (?:listing|designation) ?:? ?{_DAY}", re.IGNORECASE)


def listed_since(entry: Entry) -> LegalDate:
    """Return the listing date; UnreadableDateError when a date in the entry is impossible or implausible."""
    if entry.designated:
        return LegalDate(read_iso_date(entry.designated))
    if match := _DETAILS.fullmatch(collapse(entry.designation_details)):
        return LegalDate(read_day_first_date(match[1]), DateBasis.DERIVED, DETAILS_RULE)
    days = {day for remark in entry.remarks for day in _REMARK.findall(collapse(remark))}
    if len(days) == 1:
        return LegalDate(read_day_first_date(days.pop()), DateBasis.DERIVED, REMARK_RULE)
    return LegalDate(min(_cited_days(entry)), DateBasis.NOT_LATER_THAN, OLDEST_ACT_RULE)


def _cited_days(entry: Entry) -> list[date]:
    cited = (entry.act_published, *(detail.act_published for detail in entry.details))
    return [read_iso_date(day) for day in cited if day]


def listing_of(entry: Entry, *, repeated: bool) -> Listing:
    """Return the entry's listing; one that `repeated` an id under another programme carries the programme."""
    listing_id = entry.reference or entry.logical_id
    delisted = LegalDate(read_iso_date(entry.delisted)) if entry.delisted else None
    return Listing(
        id=f"{listing_id}/{entry.programme}" if repeated else listing_id,
        list_id=LIST_ID,
        measure=MEASURE,
        period=Period(listed_since(entry), delisted),
        programme=entry.programme,
        act=entry.act_number,
        act_address=entry.act_address,
    )


def validity(start: str, end: str) -> Period:
    """Return the days a document or citizenship holds, from ISO texts; `end` is its last day."""
    return Period(
        LegalDate(read_iso_date(start)) if start else None,
        LegalDate(read_iso_date(end) + timedelta(days=1)) if end else None,
    )
