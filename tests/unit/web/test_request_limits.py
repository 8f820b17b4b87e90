"""Every field of every request states its limit, in the description of the interface (ASVS 5.0, V2.1.1)."""

from collections.abc import Iterator
from typing import Any

import pytest

from overzicht.composition import Interface
from overzicht.web.openapi import describe

Description = dict[str, Any]
OF_A_TEXT = {"maxLength", "enum", "const"}
OF_A_NUMBER = {"maximum", "exclusiveMaximum", "enum"}
SHAPES = ("anyOf", "oneOf", "allOf")


def is_limited(schema: Description) -> bool:
    """Return whether the values of a schema are not longer or larger than it states."""
    kind = schema.get("type")
    if kind == "string":
        is_file = "contentMediaType" in schema or schema.get("format") in {"date", "date-time", "binary"}
        pattern = schema.get("pattern", "*")
        return bool(OF_A_TEXT & schema.keys()) or is_file or not any(sign in pattern for sign in "*+")
    if kind in {"integer", "number"}:
        return bool(OF_A_NUMBER & schema.keys())
    if kind == "array":
        return "maxItems" in schema
    others = schema.get("additionalProperties", "properties" not in schema)
    return kind != "object" or others is False or "maxProperties" in schema


def unlimited(
    schema: Description, place: str, known: Description, seen: tuple[str, ...] = ()
) -> Iterator[str]:
    """Yield the places of a schema that allow a value of any length or size."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            yield from unlimited(known[name], place, known, (*seen, name))
        return
    if not is_limited(schema):
        yield f"{place}: {schema['type']}"
    for part in (part for shape in SHAPES for part in schema.get(shape, ())):
        yield from unlimited(part, place, known, seen)
    within = {"[]": schema.get("items"), "{}": schema.get("additionalProperties")}
    within |= {f".{name}": value for name, value in schema.get("properties", {}).items()}
    for name, value in within.items():
        if isinstance(value, dict):
            yield from unlimited(value, place + name, known, seen)


def requests(description: Description) -> Iterator[tuple[str, Description]]:
    """Yield each parameter and body of a request: its place, and its schema."""
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            for given in operation.get("parameters", ()):
                named = given.get("$ref", "").rpartition("/")[2]
                parameter = description["components"]["parameters"][named] if named else given
                yield f"{method} {path} {parameter['name']}", parameter["schema"]
            for content in operation.get("requestBody", {}).get("content", {}).values():
                yield f"{method} {path} body", content["schema"]


@pytest.mark.parametrize("interface", list(Interface))
def test_every_field_of_a_request_has_a_limit(interface: Interface) -> None:
    description = describe(interface, {})
    known = description.get("components", {}).get("schemas", {})
    fields = list(requests(description))
    assert len(fields) > 3
    assert [place for name, schema in fields for place in unlimited(schema, name, known)] == []


@pytest.mark.parametrize(
    ("schema", "fault"),
    [
        ({"type": "string"}, ": string"),
        ({"type": "string", "pattern": "^a+$"}, ": string"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, ": object"),
        ({"type": "array", "maxItems": 2, "items": {"anyOf": [{"type": "number"}]}}, "[]: number"),
        ({"$ref": "#/components/schemas/Free"}, ": object"),
    ],
)
def test_a_field_without_a_limit_is_found(schema: Description, fault: str) -> None:
    assert fault in list(unlimited(schema, "", {"Free": {"type": "object"}}))
