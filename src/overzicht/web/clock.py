"""The clock of the service. The layers below get times and dates as arguments."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date of the local clock."""
    return datetime.now().astimezone().date()
