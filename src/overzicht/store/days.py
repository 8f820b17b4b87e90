"""Dates of actions: times are stored in UTC, and a date ends by the local clock."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement


def end_of(day: date) -> str:
    """Return the first moment after a date, in the store's format of times."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return midnight.astimezone(UTC).isoformat(timespec="seconds")


def is_by(at: str, day: date | None) -> bool:
    """Return whether a time is before the end of a date (None: any time); False for an empty time."""
    return bool(at) and (day is None or at < end_of(day))


def done_by(column: ColumnElement[str], day: date | None) -> ColumnElement[bool]:
    """Return the condition that a time is set and before the end of a date (None: any time)."""
    return column.is_not(None) if day is None else column < end_of(day)
