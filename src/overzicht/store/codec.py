"""Records as JSON and back, with nothing lost; empty fields are left out."""

from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.entities import Listing, Record, Statement

STATEMENT = ("prop", "value", "lang", "original")
LISTING = ("id", "list_id", "measure", "programme", "act", "act_address", "reason")


def storable(value: str, length: int) -> str:
    """Return a text of outside as both databases can store it: cut, without NUL and halves of characters."""
    whole = value.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\x00", "\N{REPLACEMENT CHARACTER}")[:length]


def record_to_json(record: Record) -> dict[str, Any]:
    """Return the JSON form of a record."""
    return _fields_to_json(record)


def _fields_to_json(value: Any) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name in _compared_fields(value.__class__):
        item = getattr(value, name)
        if item is None or isinstance(item, str):
            data[name] = item
        elif isinstance(item, tuple):
            data[name] = [_fields_to_json(part) for part in item]
        else:
            data[name] = item.isoformat() if isinstance(item, date) else _fields_to_json(item)
    return {name: item for name, item in data.items() if item not in ("", [], {}, None)}


@cache
def _compared_fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)


def record_from_json(data: dict[str, Any]) -> Record:
    """Return the record that `record_to_json` wrote."""
    statements: list[Statement] = []
    for item in data.get("statements", ()):
        texts = {name: item.get(name, "") for name in STATEMENT}
        statements.append(Statement(**texts, period=_period_from_json(item.get("period", {}))))
    listings: list[Listing] = []
    for item in data.get("listings", ()):
        texts = {name: item.get(name, "") for name in LISTING}
        listings.append(Listing(**texts, period=_period_from_json(item.get("period", {}))))
    return Record(
        id=data.get("id", ""),
        schema=data.get("schema", ""),
        place=data.get("place", ""),
        statements=tuple(statements),
        listings=tuple(listings),
    )


def _period_from_json(data: dict[str, Any]) -> Period:
    return Period(_legal_date_from_json(data.get("start")), _legal_date_from_json(data.get("end")))


def _legal_date_from_json(data: dict[str, str] | None) -> LegalDate | None:
    if data is None:
        return None
    return LegalDate(date.fromisoformat(data["day"]), DateBasis(data["basis"]), data.get("rule", ""))
