"""Records as JSON and back, with nothing lost."""

from datetime import date
from typing import Any

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.entities import Listing, Record, Statement


def record_to_json(record: Record) -> dict[str, Any]:
    """Return the JSON form of a record; empty fields are left out."""
    return _without_empty(
        {
            "id": record.id,
            "schema": record.schema,
            "place": record.place,
            "statements": [_statement_to_json(statement) for statement in record.statements],
            "listings": [_listing_to_json(listing) for listing in record.listings],
        }
    )


def record_from_json(data: dict[str, Any]) -> Record:
    """Return the record that `record_to_json` wrote."""
    return Record(
        id=data.get("id", ""),
        schema=data.get("schema", ""),
        place=data.get("place", ""),
        statements=tuple(_statement_from_json(item) for item in data.get("statements", ())),
        listings=tuple(_listing_from_json(item) for item in data.get("listings", ())),
    )


def _statement_to_json(statement: Statement) -> dict[str, Any]:
    return _without_empty(
        {
            "prop": statement.prop,
            "value": statement.value,
            "lang": statement.lang,
            "original": statement.original,
            "period": _period_to_json(statement.period),
        }
    )


def _statement_from_json(data: dict[str, Any]) -> Statement:
    return Statement(
        prop=data.get("prop", ""),
        value=data.get("value", ""),
        lang=data.get("lang", ""),
        original=data.get("original", ""),
        period=_period_from_json(data.get("period", {})),
    )


def _listing_to_json(listing: Listing) -> dict[str, Any]:
    return _without_empty(
        {
            "id": listing.id,
            "list_id": listing.list_id,
            "measure": listing.measure,
            "period": _period_to_json(listing.period),
            "programme": listing.programme,
            "act": listing.act,
            "act_address": listing.act_address,
            "reason": listing.reason,
        }
    )


def _listing_from_json(data: dict[str, Any]) -> Listing:
    texts = {name: data.get(name, "") for name in ("programme", "act", "act_address", "reason")}
    return Listing(
        id=data.get("id", ""),
        list_id=data.get("list_id", ""),
        measure=data.get("measure", ""),
        period=_period_from_json(data.get("period", {})),
        **texts,
    )


def _period_to_json(period: Period) -> dict[str, Any]:
    ends = {"start": period.start, "end": period.end}
    return {name: legal_date_to_json(value) for name, value in ends.items() if value is not None}


def _period_from_json(data: dict[str, Any]) -> Period:
    return Period(legal_date_from_json(data.get("start")), legal_date_from_json(data.get("end")))


def legal_date_to_json(value: LegalDate) -> dict[str, str]:
    """Return the JSON form of a legal date."""
    return _without_empty({"day": value.day.isoformat(), "basis": value.basis.value, "rule": value.rule})


def legal_date_from_json(data: dict[str, str] | None) -> LegalDate | None:
    """Return the legal date that `legal_date_to_json` wrote, or None for None."""
    if data is None:
        return None
    return LegalDate(date.fromisoformat(data["day"]), DateBasis(data["basis"]), data.get("rule", ""))


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [], {}, None)}
