"""The fields of both layouts: the golden copy (JSON made from XML, a value in `$`) and answers of the API.

Each table maps our field names to dotted paths, separated by blanks; lists have no step of their own. Paths
of the API are below `attributes`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from overzicht.sources.json_tree import IGNORED, TAKEN, Spec

Paths = Mapping[str, str]
_ENTITY, _RELATION = "Entity", "RelationshipRecord"
GOLDEN_LEI: Paths = {
    "lei": "LEI",
    "legal_name": f"{_ENTITY}.LegalName",
    "other_names": f"{_ENTITY}.OtherEntityNames.OtherEntityName "
    f"{_ENTITY}.TransliteratedOtherEntityNames.TransliteratedOtherEntityName",
    "addresses": f"{_ENTITY}.LegalAddress {_ENTITY}.HeadquartersAddress "
    f"{_ENTITY}.OtherAddresses.OtherAddress",
    "registered_at": f"{_ENTITY}.RegistrationAuthority.RegistrationAuthorityID "
    f"{_ENTITY}.RegistrationAuthority.OtherRegistrationAuthorityID",
    "registered_as": f"{_ENTITY}.RegistrationAuthority.RegistrationAuthorityEntityID",
    "jurisdiction": f"{_ENTITY}.LegalJurisdiction",
    "category": f"{_ENTITY}.EntityCategory",
    "legal_form": f"{_ENTITY}.LegalForm.OtherLegalForm",
    "legal_form_code": f"{_ENTITY}.LegalForm.EntityLegalFormCode",
    "status": f"{_ENTITY}.EntityStatus",
    "created": f"{_ENTITY}.EntityCreationDate",
    "expired": f"{_ENTITY}.EntityExpirationDate",
    "expiration_reason": f"{_ENTITY}.EntityExpirationReason",
    "successors": f"{_ENTITY}.SuccessorEntity {_ENTITY}.SuccessorEntities.SuccessorEntity",
    "associated": f"{_ENTITY}.AssociatedEntity",
    "registration_status": "Registration.RegistrationStatus",
}
API_LEI: Paths = {
    "lei": "lei",
    "legal_name": "entity.legalName",
    "other_names": "entity.otherNames entity.transliteratedOtherNames",
    "addresses": "entity.legalAddress entity.headquartersAddress entity.otherAddresses",
    "registered_at": "entity.registeredAt.id entity.registeredAt.other",
    "registered_as": "entity.registeredAs",
    "jurisdiction": "entity.jurisdiction",
    "category": "entity.category",
    "legal_form": "entity.legalForm.other",
    "legal_form_code": "entity.legalForm.id",
    "status": "entity.status",
    "created": "entity.creationDate",
    "expired": "entity.expiration.date",
    "expiration_reason": "entity.expiration.reason",
    "successors": "entity.successorEntity entity.successorEntities",
    "associated": "entity.associatedEntity",
    "registration_status": "registration.status",
    "bic": "bic",
}
GOLDEN_RELATION: Paths = {
    "child": f"{_RELATION}.Relationship.StartNode.NodeID",
    "parent": f"{_RELATION}.Relationship.EndNode.NodeID",
    "child_type": f"{_RELATION}.Relationship.StartNode.NodeIDType",
    "parent_type": f"{_RELATION}.Relationship.EndNode.NodeIDType",
    "kind": f"{_RELATION}.Relationship.RelationshipType",
    "status": f"{_RELATION}.Relationship.RelationshipStatus",
    "periods": f"{_RELATION}.Relationship.RelationshipPeriods.RelationshipPeriod",
    "updated": f"{_RELATION}.Registration.LastUpdateDate",
    "registration_status": f"{_RELATION}.Registration.RegistrationStatus",
    "corroboration": f"{_RELATION}.Registration.ValidationSources",
}
API_RELATION: Paths = {
    "child": "relationship.startNode.id",
    "parent": "relationship.endNode.id",
    "child_type": "relationship.startNode.type",
    "parent_type": "relationship.endNode.type",
    "kind": "relationship.type",
    "status": "relationship.status",
    "periods": "relationship.periods",
    "updated": "registration.lastUpdateDate",
    "registration_status": "registration.status",
    "corroboration": "registration.corroborationLevel",
    "deleted": "extension.deletedAt",
}
GOLDEN_EXCEPTION: Paths = {
    "lei": "LEI", "category": "ExceptionCategory", "reasons": "ExceptionReason",
    "references": "ExceptionReference",
}  # fmt: skip
API_EXCEPTION: Paths = {"lei": "lei", "category": "category", "reasons": "reason", "references": "reference"}
# The fields of a name, an address, a party and a period.
GOLDEN_PARTS: Paths = {
    "text": "$", "kind": "@type", "lang": "@xml:lang", "lines": "FirstAddressLine AdditionalAddressLine",
    "building": "AddressNumber AddressNumberWithinBuilding MailRouting", "town": "PostalCode City Region",
    "country": "Country", "start": "StartDate", "end": "EndDate", "period_kind": "PeriodType",
    "party": "SuccessorLEI SuccessorEntityName AssociatedLEI AssociatedEntityName",
}  # fmt: skip
API_PARTS: Paths = {
    "text": "name", "kind": "type", "lang": "language", "lines": "addressLines",
    "building": "addressNumber addressNumberWithinBuilding mailRouting", "town": "postalCode city region",
    "country": "country", "start": "startDate", "end": "endDate", "period_kind": "type", "party": "lei name",
}  # fmt: skip


def _tree(paths: Paths, leaf: Any, ignored: str = "", **groups: Any) -> Spec:
    """Return the layout with these paths; `groups` are the parts of a field, `ignored` further paths."""
    tree: dict[str, Any] = {}
    for name, joined in {**paths, "": ignored}.items():
        for path in joined.split():
            *above, last = path.split(".")
            node = tree
            for step in above:
                node = node.setdefault(step, {})
            node[last] = groups.get(name, leaf) if name else IGNORED
    return tree


def _part(paths: Paths, leaf: Any, *names: str, ignored: str = "") -> Spec:
    return _tree({name: paths[name] for name in names}, leaf, ignored)


_VALUE = {"$": TAKEN, "@xml:lang": TAKEN, "@type": TAKEN}
_ADDRESS = ("lines", "building", "town", "country")
_PERIOD = ("start", "end", "period_kind")
_DATES = "InitialRegistrationDate NextRenewalDate ManagingLOU"
GOLDEN_LEI_SPEC = _tree(
    GOLDEN_LEI,
    _VALUE,
    f"{_ENTITY}.TransliteratedOtherAddresses {_ENTITY}.EntitySubCategory {_ENTITY}.LegalEntityEvents "
    "Extension "
    + " ".join(
        f"Registration.{name}"
        for name in f"{_DATES} LastUpdateDate ValidationSources ValidationAuthority "
        "OtherValidationAuthorities".split()
    ),
    addresses=_part(GOLDEN_PARTS, _VALUE, *_ADDRESS, ignored="@xml:lang @type"),
    successors={"SuccessorLEI": _VALUE, "SuccessorEntityName": _VALUE},
    associated={"AssociatedLEI": _VALUE, "AssociatedEntityName": _VALUE, "@type": TAKEN},
)
GOLDEN_RELATION_SPEC = _tree(
    GOLDEN_RELATION,
    _VALUE,
    f"{_RELATION}.Relationship.RelationshipQualifiers {_RELATION}.Relationship.RelationshipQuantifiers "
    f"{_RELATION}.Extension Extension "
    + " ".join(
        f"{_RELATION}.Registration.{name}"
        for name in f"{_DATES} ValidationDocuments ValidationReference".split()
    ),
    periods=_part(GOLDEN_PARTS, _VALUE, *_PERIOD),
)
GOLDEN_EXCEPTION_SPEC = _tree(GOLDEN_EXCEPTION, _VALUE, "Extension")
_ENVELOPE: Spec = {"type": TAKEN, "id": TAKEN, "relationships": IGNORED, "links": IGNORED}
_API_DATES = "registration.initialRegistrationDate registration.nextRenewalDate registration.managingLou "
API_LEI_SPEC: Spec = {
    **_ENVELOPE,
    "attributes": _tree(
        API_LEI,
        TAKEN,
        "entity.subCategory entity.eventGroups mic ocid qcc spglobal conformityFlag "
        "registration.lastUpdateDate "
        f"registration.corroborationLevel registration.validatedAt registration.validatedAs {_API_DATES}"
        "registration.otherValidationAuthorities",
        legal_name=(_name := _part(API_PARTS, TAKEN, "text", "kind", "lang")),
        other_names=_name,
        addresses=_part(API_PARTS, TAKEN, *_ADDRESS, ignored="language type"),
        successors=(_party := _part(API_PARTS, TAKEN, "party")),
        associated=_party,
    ),
}
API_RELATION_SPEC: Spec = {
    **_ENVELOPE,
    "attributes": _tree(
        API_RELATION,
        TAKEN,
        f"validFrom validTo {_API_DATES} registration.corroborationDocuments "
        "registration.corroborationReference",
        periods=_part(API_PARTS, TAKEN, *_PERIOD),
    ),
}
API_EXCEPTION_SPEC: Spec = {**_ENVELOPE, "attributes": _tree(API_EXCEPTION, TAKEN, "validFrom validTo")}


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one item by our names; `parts` are the paths below a name, address, party or period."""

    item: Mapping[str, Any]
    paths: Paths
    parts: Paths

    def _nodes(self, name: str) -> Iterator[Any]:
        for path in self.paths.get(name, "").split():
            nodes: list[Any] = [self.item]
            for step in path.split("."):
                below = [node.get(step) for node in nodes if isinstance(node, Mapping)]
                nodes = [item for node in below for item in (node if isinstance(node, list) else [node])]
            yield from (node for node in nodes if node)

    def all(self, name: str) -> tuple[str, ...]:
        """Return the texts of a field, without empty ones."""
        values = (node.get("$") or "" if isinstance(node, Mapping) else node for node in self._nodes(name))
        return tuple(text for value in values if (text := str(value).strip()))

    def first(self, name: str) -> str:
        """Return the first text of a field, or an empty text."""
        return next(iter(self.all(name)), "")

    def must(self, name: str) -> str:
        """Return the first text of a field; KeyError names the path that has none."""
        if not (value := self.first(name)):
            raise KeyError(self.paths[name])
        return value

    def below(self, name: str) -> Iterator["Fields"]:
        """Yield the names, addresses, parties or periods of a field."""
        for node in self._nodes(name):
            yield Fields(node, self.parts, self.parts)
