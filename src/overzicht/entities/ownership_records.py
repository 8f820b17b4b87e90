"""Ownership statements from the `Ownership` records of a source, as ranges and periods."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from overzicht.dates import LegalDate, Period, read_legal_date
from overzicht.entities.ownership import (
    NOTHING,
    UNKNOWN_SHARE,
    WHOLE,
    OwnershipStatement,
    Share,
    combine,
)
from overzicht.entities.record import NO_DATES, Record
from overzicht.errors import UnreadableDateError
from overzicht.evidence import Citation

OWNERSHIP = "Ownership"

_NUMBER = r"(\d{1,3}(?:[.,]\d+)?)"
_EXACT = re.compile(rf"{_NUMBER}\s*(?:%|percent|per cent)?")
_RANGE = re.compile(rf"{_NUMBER}\s*%?\s*(?:-|–|to|tot)\s*{_NUMBER}\s*(?:%|percent|per cent)?")
_AT_LEAST = re.compile(
    rf"(?:>=?|≥|over|more than|at least|meer dan)\s*{_NUMBER}\s*%?"
    rf"|{_NUMBER}\s*%?\s*(?:\+|or more|of meer)"
)
_AT_MOST = re.compile(rf"(?:<=?|≤|under|less than|at most|minder dan)\s*{_NUMBER}\s*%?")


def read_share(text: str) -> Share:
    """Return the share that a text such as `60`, `33,3 %`, `25-50` or `>50` states; unknown for other texts.

    Half-open ranges (`more than 50`) are read as closed, which errs on the side of uncertainty.
    """
    plain = text.strip().lower()
    if match := _EXACT.fullmatch(plain):
        return _range(match[1], match[1])
    if match := _RANGE.fullmatch(plain):
        return _range(match[1], match[2])
    if match := _AT_LEAST.fullmatch(plain):
        return _range(match[1] or match[2], "100")
    if match := _AT_MOST.fullmatch(plain):
        return _range("0", match[1])
    return UNKNOWN_SHARE


def _range(low: str, high: str) -> Share:
    first, last = Decimal(low.replace(",", ".")), Decimal(high.replace(",", "."))
    return Share(first, last) if NOTHING <= first <= last <= WHOLE else UNKNOWN_SHARE


def statements_of(
    record: Record, citation: Citation | None = None, stated_on: date | None = None
) -> tuple[OwnershipStatement, ...]:
    """Return the statements of an `Ownership` record, one per owner and asset; empty for other schemata.

    `stated_on` is the date of the source, by default the citation's published or retrieved date. Several
    percentages are combined. The period of the owner's own statement replaces the record's start and end;
    several of those give the widest period.
    """
    if record.schema != OWNERSHIP:
        return ()
    if stated_on is None and citation is not None:
        stated_on = citation.published or citation.retrieved
    percentages = [read_share(value) for value in record.values("percentage")]
    share = combine(percentages)[0] if percentages else UNKNOWN_SHARE
    kind = record.first("ownershipType") or record.first("role")
    starts = list(_days(record.values("startDate")))
    ends = list(_days(record.values("endDate")))
    stated = Period(
        start=min(starts, key=lambda date: date.day, default=None),
        end=max(ends, key=lambda date: date.day, default=None),
    )
    return tuple(
        OwnershipStatement(
            owner=owner.value,
            asset=asset.value,
            share=share,
            period=owner.period if owner.period != NO_DATES else stated,
            stated_on=stated_on,
            kind=kind,
            citation=citation,
        )
        for owner in record.statements
        if owner.prop == "owner"
        for asset in record.statements
        if asset.prop == "asset"
    )


def _days(values: Iterable[str]) -> Iterator[LegalDate]:
    for value in values:
        try:
            yield read_legal_date(value)
        except UnreadableDateError:  # a date that is not valid leaves that side of the period open
            continue
