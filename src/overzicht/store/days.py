"""The day on which something was done: times are kept in UTC, and a day ends by the local clock."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement


def end_of(day: date) -> str:
    """Return the first moment after a day, as the store writes times."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    return midnight.astimezone(UTC).isoformat(timespec="seconds")


def is_by(at: str, day: date | None) -> bool:
    """Return whether something was done by the end of a day (None: by now); an empty time is never."""
    return bool(at) and (day is None or at < end_of(day))


def done_by(column: ColumnElement[str], day: date | None) -> ColumnElement[bool]:
    """Return the condition that a time is there and lies before the end of a day (None: any time)."""
    return column.is_not(None) if day is None else column < end_of(day)
