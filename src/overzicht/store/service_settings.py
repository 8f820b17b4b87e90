"""Settings that an administrator changes while the service runs; each change is in the log."""

from typing import Any

from sqlalchemy import Connection, select

from overzicht.store.database import Transaction
from overzicht.store.tables.accounts import service_setting


def setting(connection: Connection, name: str, default: Any) -> Any:
    """Return the value of a setting as JSON; `default` if it was never set."""
    row = connection.execute(select(service_setting.c.value).where(service_setting.c.name == name)).first()
    return default if row is None else row.value


def set_setting(tx: Transaction, name: str, value: Any) -> None:
    """Set a setting, and log it."""
    tx.delete(service_setting, service_setting.c.name == name)
    tx.insert(service_setting, name=name, value=value)
    tx.log("change setting", name, value=value)
