"""The statistics of a year from the cases in the store."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from overzicht.store.database import Store
from overzicht.subjects.licensing import case_records as licences
from overzicht.subjects.licensing.case_records import StoredCase
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.licensing.states import DECIDED, Status
from overzicht.subjects.licensing.statistics import (
    SMALLEST_CELL,
    CountedCase,
    YearStatistics,
    outcome_name,
    year_statistics,
)

NOT_LISTED, NOT_CLASSIFIED = "not listed", "not classified"


def statistics_of(store: Store, year: int, day: date, smallest_cell: int = SMALLEST_CELL) -> YearStatistics:
    """Return the statistics of a year as known on `day`; the last decision of a case in the year counts."""
    with store.reading() as connection:
        cases = licences.cases_on(connection, day)
    filed, decided = [], []
    for case in cases:
        if _last(case, year, (Status.SUBMITTED,)) is not None:
            filed.append(_counted(case.application, ""))
        if (status := _last(case, year, DECIDED)) is not None:
            decided.append(_counted(case.application, outcome_name(status)))
    return year_statistics(year, filed, decided, smallest_cell)


def _last(case: StoredCase, year: int, statuses: Collection[Status]) -> Status | None:
    decided = [
        Status(event.payload["to"])
        for event in case.of_kind("status")
        if event.day.year == year and event.payload["to"] in statuses
    ]
    return decided[-1] if decided else None


def _counted(application: Application, outcome: str) -> CountedCase:
    entries: dict[str, dict[str, Decimal]] = {}
    for item in application.items:
        name = item.code.split(".")[0] if item.code else NOT_LISTED if item.not_listed else NOT_CLASSIFIED
        values = entries.setdefault(name, defaultdict(Decimal))
        if item.value is not None:
            values[item.value.currency] += item.value.amount
    return CountedCase(application.transaction.value, application.destination, entries, outcome)
