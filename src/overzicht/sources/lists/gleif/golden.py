"""The golden copy's JSON, converted from XML: every value is in `$`, its language in `@xml:lang`.

Level 1 has the array `records`, the relationships `relations`, the reporting exceptions `exceptions`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from overzicht.sources.json_tree import IGNORED, TAKEN, Spec
from overzicht.sources.lists.gleif.model import ExceptionData, LeiData, Name, Postal, RelationData

_VALUE: Spec = {"$": TAKEN, "@xml:lang": TAKEN, "@type": TAKEN}
_LINES = (
    "FirstAddressLine", "AddressNumber", "AddressNumberWithinBuilding", "MailRouting",
    "AdditionalAddressLine", "PostalCode", "City", "Region",
)  # fmt: skip
_ADDRESS: Spec = {**dict.fromkeys(_LINES, _VALUE), "Country": _VALUE, "@xml:lang": IGNORED, "@type": IGNORED}
_AUTHORITY: Spec = {
    "RegistrationAuthorityID": _VALUE,
    "OtherRegistrationAuthorityID": _VALUE,
    "RegistrationAuthorityEntityID": _VALUE,
}
_SUCCESSOR: Spec = {"SuccessorLEI": _VALUE, "SuccessorEntityName": _VALUE}
LEI_SPEC: Spec = {
    "LEI": _VALUE,
    "Entity": {
        "LegalName": _VALUE,
        "OtherEntityNames": {"OtherEntityName": _VALUE},
        "TransliteratedOtherEntityNames": {"TransliteratedOtherEntityName": _VALUE},
        "LegalAddress": _ADDRESS,
        "HeadquartersAddress": _ADDRESS,
        "OtherAddresses": {"OtherAddress": _ADDRESS},
        "TransliteratedOtherAddresses": IGNORED,
        "RegistrationAuthority": _AUTHORITY,
        "LegalJurisdiction": _VALUE,
        "EntityCategory": _VALUE,
        "EntitySubCategory": IGNORED,
        "LegalForm": {"EntityLegalFormCode": _VALUE, "OtherLegalForm": _VALUE},
        "AssociatedEntity": {"AssociatedLEI": _VALUE, "AssociatedEntityName": _VALUE, "@type": TAKEN},
        "EntityStatus": _VALUE,
        "EntityCreationDate": _VALUE,
        "EntityExpirationDate": _VALUE,
        "EntityExpirationReason": _VALUE,
        "SuccessorEntity": _SUCCESSOR,
        "SuccessorEntities": {"SuccessorEntity": _SUCCESSOR},
        "LegalEntityEvents": IGNORED,
    },
    "Registration": {
        "InitialRegistrationDate": IGNORED,
        "LastUpdateDate": IGNORED,
        "RegistrationStatus": _VALUE,
        "NextRenewalDate": IGNORED,
        "ManagingLOU": IGNORED,
        "ValidationSources": IGNORED,
        "ValidationAuthority": IGNORED,
        "OtherValidationAuthorities": IGNORED,
    },
    "Extension": IGNORED,
}
_NODE: Spec = {"NodeID": _VALUE, "NodeIDType": _VALUE}
RELATION_SPEC: Spec = {
    "RelationshipRecord": {
        "Relationship": {
            "StartNode": _NODE,
            "EndNode": _NODE,
            "RelationshipType": _VALUE,
            "RelationshipPeriods": {
                "RelationshipPeriod": {"StartDate": _VALUE, "EndDate": _VALUE, "PeriodType": _VALUE}
            },
            "RelationshipStatus": _VALUE,
            "RelationshipQualifiers": IGNORED,
            "RelationshipQuantifiers": IGNORED,
        },
        "Registration": {
            "InitialRegistrationDate": IGNORED,
            "LastUpdateDate": _VALUE,
            "RegistrationStatus": _VALUE,
            "NextRenewalDate": IGNORED,
            "ManagingLOU": IGNORED,
            "ValidationSources": _VALUE,
            "ValidationDocuments": IGNORED,
            "ValidationReference": IGNORED,
        },
        "Extension": IGNORED,
    },
    "Extension": IGNORED,
}
EXCEPTION_SPEC: Spec = {
    "LEI": _VALUE,
    "ExceptionCategory": _VALUE,
    "ExceptionReason": _VALUE,
    "ExceptionReference": _VALUE,
    "Extension": IGNORED,
}


def lei_data(item: Mapping[str, Any]) -> LeiData:
    """Return a level 1 record; KeyError names a field that must be there and is not."""
    entity, registration = item["Entity"], item["Registration"]
    authority = entity.get("RegistrationAuthority") or {}
    form = entity.get("LegalForm") or {}
    code = _text(form, "EntityLegalFormCode")
    return LeiData(
        lei=_must(item, "LEI"),
        names=tuple(_names(entity)),
        category=_text(entity, "EntityCategory"),
        status=_text(entity, "EntityStatus"),
        jurisdiction=_text(entity, "LegalJurisdiction"),
        legal_form=(_text(form, "OtherLegalForm"), f"ELF {code}" if code else ""),
        registered_at=_present(
            _text(authority, "RegistrationAuthorityID"), _text(authority, "OtherRegistrationAuthorityID")
        ),
        registered_as=_text(authority, "RegistrationAuthorityEntityID"),
        addresses=tuple(_addresses(entity)),
        created=_text(entity, "EntityCreationDate"),
        expired=_text(entity, "EntityExpirationDate"),
        expiration_reason=_text(entity, "EntityExpirationReason"),
        registration_status=_must(registration, "RegistrationStatus"),
        related=tuple(_related(entity)),
    )


def _names(entity: Mapping[str, Any]) -> Iterable[Name]:
    legal = entity["LegalName"]
    yield Name("LEGAL_NAME", legal["$"], legal.get("@xml:lang", ""))
    others = _items(entity, "OtherEntityNames", "OtherEntityName")
    latin = _items(entity, "TransliteratedOtherEntityNames", "TransliteratedOtherEntityName")
    for other in (*others, *latin):
        yield Name(other.get("@type", ""), other["$"], other.get("@xml:lang", ""))


def _addresses(entity: Mapping[str, Any]) -> Iterable[Postal]:
    own = [entity[name] for name in ("LegalAddress", "HeadquartersAddress") if entity.get(name)]
    for address in (*own, *_items(entity, "OtherAddresses", "OtherAddress")):
        lines = [_value(line) for name in _LINES for line in _list(address.get(name))]
        yield Postal((*lines, _text(address, "Country")), _text(address, "Country"))


def _related(entity: Mapping[str, Any]) -> Iterable[str]:
    for name in ("SuccessorEntity", "SuccessorEntities"):
        below = entity.get(name) or {}
        for successor in _list(below.get("SuccessorEntity", below) if isinstance(below, dict) else below):
            words = _present(_text(successor, "SuccessorLEI"), _text(successor, "SuccessorEntityName"))
            if words:
                yield f"succeeded by: {' '.join(words)}"
    for other in _list(entity.get("AssociatedEntity")):
        words = _present(_text(other, "AssociatedLEI"), _text(other, "AssociatedEntityName"))
        if words:
            yield f"associated entity ({other.get('@type', '')}): {' '.join(words)}"


def relation_data(item: Mapping[str, Any]) -> RelationData:
    """Return a relationship; KeyError names a field that must be there and is not."""
    relation, registration = (
        item["RelationshipRecord"]["Relationship"],
        item["RelationshipRecord"]["Registration"],
    )
    start, end = relation["StartNode"], relation["EndNode"]
    periods = [
        period
        for period in _items(relation, "RelationshipPeriods", "RelationshipPeriod")
        if _text(period, "PeriodType") == "RELATIONSHIP_PERIOD"
    ]
    return RelationData(
        child=_must(start, "NodeID"),
        parent=_must(end, "NodeID"),
        node_types=(_must(start, "NodeIDType"), _must(end, "NodeIDType")),
        kind=_must(relation, "RelationshipType"),
        status=_text(relation, "RelationshipStatus"),
        start=min((_text(period, "StartDate") for period in periods), default=""),
        end=max((_text(period, "EndDate") for period in periods), default=""),
        updated=_text(registration, "LastUpdateDate"),
        registration_status=_must(registration, "RegistrationStatus"),
        corroboration=_text(registration, "ValidationSources"),
    )


def exception_data(item: Mapping[str, Any]) -> ExceptionData:
    """Return a reporting exception; KeyError names a field that must be there and is not."""
    return ExceptionData(
        lei=_must(item, "LEI"),
        category=_must(item, "ExceptionCategory"),
        reasons=_present(*(_value(reason) for reason in _list(item["ExceptionReason"]))),
        references=_present(*(_value(reference) for reference in _list(item.get("ExceptionReference")))),
    )


def _value(node: Any) -> str:
    return str(node.get("$") or "").strip() if isinstance(node, Mapping) else ""


def _text(node: Mapping[str, Any], name: str) -> str:
    return _value(node.get(name))


def _must(node: Mapping[str, Any], name: str) -> str:
    if not (value := _text(node, name)):
        raise KeyError(name)
    return value


def _list(node: Any) -> list[Any]:
    if node is None:
        return []
    return node if isinstance(node, list) else [node]


def _items(node: Mapping[str, Any], group: str, name: str) -> list[Any]:
    return _list((node.get(group) or {}).get(name))


def _present(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)
