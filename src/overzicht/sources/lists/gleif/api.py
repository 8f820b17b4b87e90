"""Answers of GLEIF's API (JSON:API): a page of LEI records, relationships or reporting exceptions."""

from collections.abc import Iterable, Mapping
from typing import Any

from overzicht.sources.json_tree import IGNORED, TAKEN, Spec
from overzicht.sources.lists.gleif.model import ExceptionData, LeiData, Name, Postal, RelationData

_NAME: Spec = {"name": TAKEN, "language": TAKEN, "type": TAKEN}
_BEFORE = ("addressNumber", "addressNumberWithinBuilding", "mailRouting")
_AFTER = ("postalCode", "city", "region")
_ADDRESS: Spec = {
    "addressLines": TAKEN,
    "country": TAKEN,
    **dict.fromkeys((*_BEFORE, *_AFTER), TAKEN),
    "language": IGNORED,
    "type": IGNORED,
}
_PARTY: Spec = {"lei": TAKEN, "name": TAKEN}
_ENVELOPE: Spec = {"type": TAKEN, "id": TAKEN, "relationships": IGNORED, "links": IGNORED}
LEI_SPEC: Spec = {
    **_ENVELOPE,
    "attributes": {
        "lei": TAKEN,
        "entity": {
            "legalName": _NAME,
            "otherNames": _NAME,
            "transliteratedOtherNames": _NAME,
            "legalAddress": _ADDRESS,
            "headquartersAddress": _ADDRESS,
            "otherAddresses": _ADDRESS,
            "registeredAt": {"id": TAKEN, "other": TAKEN},
            "registeredAs": TAKEN,
            "jurisdiction": TAKEN,
            "category": TAKEN,
            "subCategory": IGNORED,
            "legalForm": {"id": TAKEN, "other": TAKEN},
            "associatedEntity": _PARTY,
            "status": TAKEN,
            "expiration": {"date": TAKEN, "reason": TAKEN},
            "successorEntity": _PARTY,
            "successorEntities": _PARTY,
            "creationDate": TAKEN,
            "eventGroups": IGNORED,
        },
        "registration": {
            "initialRegistrationDate": IGNORED,
            "lastUpdateDate": IGNORED,
            "status": TAKEN,
            "nextRenewalDate": IGNORED,
            "managingLou": IGNORED,
            "corroborationLevel": IGNORED,
            "validatedAt": IGNORED,
            "validatedAs": IGNORED,
            "otherValidationAuthorities": IGNORED,
        },
        "bic": TAKEN,
        "mic": IGNORED,
        "ocid": IGNORED,
        "qcc": IGNORED,
        "spglobal": IGNORED,
        "conformityFlag": IGNORED,
    },
}
_NODE: Spec = {"id": TAKEN, "type": TAKEN}
RELATION_SPEC: Spec = {
    **_ENVELOPE,
    "attributes": {
        "validFrom": IGNORED,
        "validTo": IGNORED,
        "relationship": {
            "startNode": _NODE,
            "endNode": _NODE,
            "type": TAKEN,
            "status": TAKEN,
            "periods": {"startDate": TAKEN, "endDate": TAKEN, "type": TAKEN},
        },
        "registration": {
            "initialRegistrationDate": IGNORED,
            "lastUpdateDate": TAKEN,
            "status": TAKEN,
            "nextRenewalDate": IGNORED,
            "managingLou": IGNORED,
            "corroborationLevel": TAKEN,
            "corroborationDocuments": IGNORED,
            "corroborationReference": IGNORED,
        },
        "extension": {"deletedAt": TAKEN},
    },
}
EXCEPTION_SPEC: Spec = {
    **_ENVELOPE,
    "attributes": {
        "validFrom": IGNORED,
        "validTo": IGNORED,
        "lei": TAKEN,
        "category": TAKEN,
        "reason": TAKEN,
        "reference": TAKEN,
    },
}


def lei_data(item: Mapping[str, Any]) -> LeiData:
    """Return a level 1 record; KeyError names a field that must be there and is not."""
    attributes = item["attributes"]
    entity = attributes["entity"]
    form, register = entity.get("legalForm") or {}, entity.get("registeredAt") or {}
    expiration = entity.get("expiration") or {}
    code = _text(form.get("id"))
    return LeiData(
        lei=attributes["lei"],
        names=tuple(_names(entity)),
        category=_text(entity.get("category")),
        status=_text(entity.get("status")),
        jurisdiction=_text(entity.get("jurisdiction")),
        legal_form=(_text(form.get("other")), f"ELF {code}" if code else ""),
        registered_at=_present(register.get("id"), register.get("other")),
        registered_as=_text(entity.get("registeredAs")),
        addresses=tuple(_addresses(entity)),
        created=_text(entity.get("creationDate")),
        expired=_text(expiration.get("date")),
        expiration_reason=_text(expiration.get("reason")),
        registration_status=attributes["registration"]["status"],
        related=tuple(_related(entity)),
        bic=_present(*(attributes.get("bic") or ())),
    )


def _names(entity: Mapping[str, Any]) -> Iterable[Name]:
    legal = entity["legalName"]
    yield Name("LEGAL_NAME", legal["name"], _text(legal.get("language")))
    for other in (*(entity.get("otherNames") or ()), *(entity.get("transliteratedOtherNames") or ())):
        kind = _text(other.get("type"))
        if "TRANSLITERATED" in kind and not kind.endswith("_LEGAL_NAME"):
            kind += "_LEGAL_NAME"  # the API shortens what the golden copy writes in full
        yield Name(kind, other["name"], _text(other.get("language")))


def _addresses(entity: Mapping[str, Any]) -> Iterable[Postal]:
    own = [entity[name] for name in ("legalAddress", "headquartersAddress") if entity.get(name)]
    for address in (*own, *(entity.get("otherAddresses") or ())):
        first, *rest = address.get("addressLines") or [""]
        before = (address.get(name) for name in _BEFORE)
        after = (address.get(name) for name in (*_AFTER, "country"))
        lines = _present(first, *before, *rest, *after)
        yield Postal(lines, _text(address.get("country")))


def _related(entity: Mapping[str, Any]) -> Iterable[str]:
    for successor in (entity.get("successorEntity") or {}, *(entity.get("successorEntities") or ())):
        if words := _present(successor.get("lei"), successor.get("name")):
            yield f"succeeded by: {' '.join(words)}"
    other = entity.get("associatedEntity") or {}
    if words := _present(other.get("lei"), other.get("name")):
        yield f"associated entity: {' '.join(words)}"


def relation_data(item: Mapping[str, Any]) -> RelationData:
    """Return a relationship; KeyError names a field that must be there and is not."""
    attributes = item["attributes"]
    relation, registration = attributes["relationship"], attributes["registration"]
    start, end = relation["startNode"], relation["endNode"]
    periods = [period for period in relation["periods"] if period["type"] == "RELATIONSHIP_PERIOD"]
    is_deleted = bool((attributes.get("extension") or {}).get("deletedAt"))
    return RelationData(
        child=start["id"],
        parent=end["id"],
        node_types=(start["type"], end["type"]),
        kind=relation["type"],
        status=_text(relation.get("status")),
        start=min((_text(period.get("startDate")) for period in periods), default=""),
        end=max((_text(period.get("endDate")) for period in periods), default=""),
        updated=_text(registration.get("lastUpdateDate")),
        registration_status="ANNULLED" if is_deleted else registration["status"],
        corroboration=_text(registration.get("corroborationLevel")),
    )


def exception_data(item: Mapping[str, Any]) -> ExceptionData:
    """Return a reporting exception; KeyError names a field that must be there and is not."""
    attributes = item["attributes"]
    return ExceptionData(
        lei=attributes["lei"],
        category=attributes["category"],
        reasons=_present(attributes["reason"]),
        references=_present(attributes.get("reference")),
    )


def _text(value: Any) -> str:
    return str(value).strip() if value is not None else ""


def _present(*texts: Any) -> tuple[str, ...]:
    return tuple(value for text in texts if (value := _text(text)))
