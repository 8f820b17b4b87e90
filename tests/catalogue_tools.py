"""The rules of DCAT-AP-NL 3.0 for a catalogue in JSON-LD, in own words.

They are those of its SHACL shapes (https://github.com/Geonovum/DCAT-AP-NL30/tree/main/shapes/300) for numbers
of values and their classes, and what DCAT-AP also makes mandatory. Lists of codes are not checked.
"""

from collections.abc import Iterator
from typing import Any

Rule = tuple[str, int, int | None, str]  # property, at least, at most (None: any number), class or empty
DESCRIBED: tuple[Rule, ...] = (
    ("dct:title", 1, None, ""), ("dct:description", 1, None, ""), ("dct:publisher", 1, 1, "foaf:Agent"),
    ("dcat:contactPoint", 1, 1, "vcard:Kind"), ("dct:language", 0, None, "dct:LinguisticSystem"),
)  # fmt: skip
OFFERED: tuple[Rule, ...] = (
    ("dct:identifier", 1, 1, ""), ("dct:accessRights", 1, 1, "dct:RightsStatement"),
    ("dcat:theme", 1, None, "skos:Concept"),
)  # fmt: skip
LICENSED: Rule = ("dct:license", 1, 1, "dct:LicenseDocument")
LEGAL: Rule = ("dcatap:applicableLegislation", 0, None, "eli:LegalResource")
RULES: dict[str, tuple[Rule, ...]] = {
    "dcat:Catalog": (*DESCRIBED, LEGAL, ("dcat:dataset", 1, None, "dcat:Dataset"),
                     ("dcat:service", 0, None, "dcat:DataService")),
    "dcat:Dataset": (*DESCRIBED, *OFFERED, LEGAL, ("dct:creator", 1, None, "foaf:Agent"),
                     ("dct:modified", 0, 1, ""), ("dcat:version", 0, 1, ""), ("adms:status", 0, 1, ""),
                     ("dcatap:hvdCategory", 0, None, "skos:Concept"),
                     ("dcat:distribution", 0, None, "dcat:Distribution")),
    "dcat:Distribution": (LICENSED, LEGAL, ("dcat:accessURL", 1, 1, ""), ("dcat:downloadURL", 0, 1, ""),
                          ("dcat:accessService", 0, 1, "dcat:DataService"),
                          ("dcat:spatialResolutionInMeters", 0, 1, ""), ("dcat:temporalResolution", 0, 1, ""),
                          ("dct:format", 0, 1, "dct:MediaTypeOrExtent")),
    "dcat:DataService": (*DESCRIBED, *OFFERED, LICENSED, LEGAL, ("dcat:endpointURL", 1, 1, ""),
                         ("dcat:endpointDescription", 1, 1, ""), ("dct:creator", 0, 1, "foaf:Agent"),
                         ("dct:modified", 0, 1, ""), ("dct:conformsTo", 0, None, "dct:Standard"),
                         ("foaf:page", 0, None, "foaf:Document"),
                         ("dct:rights", 0, None, "dct:RightsStatement"),
                         ("dcat:landingPage", 0, None, "foaf:Document"),
                         ("dcatap:hvdCategory", 0, None, "skos:Concept"),
                         ("adms:identifier", 0, None, "adms:Identifier")),
    "foaf:Agent": (("foaf:name", 1, None, ""),),
    "vcard:Kind": (("vcard:hasEmail", 1, None, ""),),
}  # fmt: skip


TEMPORAL = {"xsd:gYear", "xsd:gYearMonth", "xsd:date", "xsd:dateTime"}  # types of a date in the profile


def broken_rules(catalogue: dict[str, Any]) -> list[str]:
    """Return the rules that a catalogue does not follow, and its names without a meaning in the context."""
    known = catalogue["@context"].keys()
    faults = [
        f"{name}: no namespace"
        for node in nodes(catalogue)
        for name in (*node, node.get("@type", "xsd:string"))
        if not name.startswith("@") and name.partition(":")[0] not in known
    ]
    for node in nodes(catalogue):
        for name, least, most, kind in RULES.get(node.get("@type", ""), ()):
            values = as_list(node.get(name))
            if len(values) < least or (most is not None and len(values) > most):
                faults.append(f"{node['@type']}: {len(values)} times {name}")
            faults += [f"{name} is not {kind}" for value in values if kind and value.get("@type") != kind]
        faults += [
            f"dct:modified is {value!r}"
            for value in as_list(node.get("dct:modified"))
            if not isinstance(value, dict) or value.get("@type") not in TEMPORAL
        ]
        if not isinstance(node.get("dct:identifier", ""), str):
            faults.append("dct:identifier is no text")
    return faults


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Yield a node and all below it, apart from the context."""
    if isinstance(value, dict):
        yield {name: part for name, part in value.items() if name != "@context"}
        for name, part in value.items():
            if name != "@context":
                yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]
