"""Published data as a catalogue: DCAT-AP-NL 3.0 in JSON-LD, which portals of open data read.

It has what the profile makes mandatory, and what helps a reader to choose: date, form, size and checksum. The
profile and its SHACL shapes: https://geonovum.github.io/DCAT-AP-NL30/.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

AUTHORITY = "http://publications.europa.eu/resource/authority"
PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
UNKNOWN_LICENSE = "http://standaarden.overheid.nl/owms/terms/licentieonbekend"
OPEN, RESTRICTED = f"{AUTHORITY}/access-right/PUBLIC", f"{AUTHORITY}/access-right/RESTRICTED"
THEME = f"{AUTHORITY}/data-theme/GOVE"
JSON_TYPE = "https://www.iana.org/assignments/media-types/application/json"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Publisher:
    """The body that publishes, its contact for questions, and the address of the licence of its data."""

    name: str
    email: str
    license: str = UNKNOWN_LICENSE
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class PublishedData:
    """A published file or answer: its address, what it is, the date that it is about, and its bytes.

    `creator` is the body that the data are about, empty for the publisher. `size` is in bytes. Without a
    size and a checksum the data are made at each request.
    """

    address: str
    title: str
    description: str
    day: date
    creator: str = ""
    size: int | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class DataService:
    """A service that gives the data to programs: its address, and that of its OpenAPI description."""

    address: str
    title: str
    description: str
    openapi: str


def catalogue(
    address: str,
    publisher: Publisher,
    data: Sequence[PublishedData],
    *,
    access: str = OPEN,
    service: DataService | None = None,
) -> Node:
    """Return the catalogue of an address as JSON-LD; `access` is the access right of all its data."""
    sets: list[Node] = []
    for own in data:
        day = {"@type": "xsd:date", "@value": own.day.isoformat()}
        sets.append(
            {
                "@id": f"{own.address}#dataset",
                "@type": "dcat:Dataset",
                "dct:identifier": own.address,
                "dct:title": _english(own.title),
                "dct:description": _english(own.description),
                "dct:accessRights": _node(access, "dct:RightsStatement"),
                "dct:publisher": _agent(publisher.name, publisher.homepage),
                "dct:creator": _agent(own.creator)
                if own.creator
                else _agent(publisher.name, publisher.homepage),
                "dcat:contactPoint": _contact(publisher),
                "dcat:theme": _theme(),
                "dct:modified": day,
                "dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": day, "dcat:endDate": day},
                "dcat:distribution": _distribution(own, publisher),
            }
        )
    shared = {
        "dct:publisher": _agent(publisher.name, publisher.homepage),
        "dcat:contactPoint": _contact(publisher),
        "dct:language": [_node(f"{AUTHORITY}/language/ENG", "dct:LinguisticSystem")],
    }
    whole: Node = {
        "@context": CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _english(f"Published data of {publisher.name}"),
        "dct:description": _english(
            "Registers of surveillance equipment and overviews of a census, as they are published."
        ),
        "dct:conformsTo": _node(PROFILE, "dct:Standard"),
        "dct:license": _license(publisher),
        "dcat:themeTaxonomy": _node(f"{AUTHORITY}/data-theme", "skos:ConceptScheme"),
        **shared,
        "dcat:dataset": sets,
    }
    if service is not None:
        whole["dcat:service"] = {
            "@id": service.address,
            "@type": "dcat:DataService",
            "dct:identifier": service.address,
            "dct:title": _english(service.title),
            "dct:description": _english(service.description),
            "dcat:endpointURL": {"@id": service.address},
            "dcat:endpointDescription": {"@id": service.openapi},
            "dct:accessRights": _node(access, "dct:RightsStatement"),
            "dct:license": _license(publisher),
            "dcat:theme": _theme(),
            **shared,
            "dcat:servesDataset": [{"@id": own["@id"]} for own in sets],
        }
    return whole


def _distribution(own: PublishedData, publisher: Publisher) -> Node:
    node: Node = {
        "@id": f"{own.address}#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _english(own.title),
        "dcat:accessURL": {"@id": own.address},
        "dct:license": _license(publisher),
        "dct:format": _node(f"{AUTHORITY}/file-type/JSON", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": _node(JSON_TYPE, "dct:MediaType"),
    }
    if own.size is not None:
        node["dcat:downloadURL"] = {"@id": own.address}
        node["dcat:byteSize"] = {"@type": "xsd:nonNegativeInteger", "@value": str(own.size)}
        node["spdx:checksum"] = {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _node(
                "http://spdx.org/rdf/terms#checksumAlgorithm_sha256", "spdx:ChecksumAlgorithm"
            ),
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": own.sha256},
        }
    return node


def _english(words: str) -> Mapping[str, str]:
    return {"@language": "en", "@value": words}


def _node(address: str, kind: str) -> Node:
    return {"@id": address, "@type": kind}


def _agent(name: str, homepage: str = "") -> Node:
    return {
        "@type": "foaf:Agent",
        "foaf:name": name,
        **({"foaf:homepage": _node(homepage, "foaf:Document")} if homepage else {}),
    }


def _contact(publisher: Publisher) -> Node:
    email = {"@id": f"mailto:{publisher.email}"}
    return {"@type": "vcard:Kind", "vcard:fn": publisher.name, "vcard:hasEmail": email}


def _license(publisher: Publisher) -> Node:
    return _node(publisher.license, "dct:LicenseDocument")


def _theme() -> Node:
    return _node(THEME, "skos:Concept")
