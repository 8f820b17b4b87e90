"""The clock of the service; the layers below take times and days as arguments."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day by the local clock."""
    return datetime.now().astimezone().date()
