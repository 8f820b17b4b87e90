"""Compares two OpenAPI descriptions: what a program that fits the old one would miss in the new one."""

from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "post", "put", "patch", "delete")
Description = Mapping[str, Any]


def breaks(old: Description, new: Description) -> list[str]:
    """Return each removed path, operation, parameter, answer and property, and each narrowed type."""
    return sorted(set(_breaks(old, new)))


def _breaks(old: Description, new: Description) -> Iterator[str]:
    for path, operations in old["paths"].items():
        for method in METHODS:
            if method not in operations:
                continue
            name = f"{method} {path}"
            operation = new["paths"].get(path, {}).get(method)
            if operation is None:
                yield f"{name}: removed"
                continue
            yield from _parameters(name, old, operations[method], new, operation)
            for status in operations[method]["responses"]:
                if status.startswith("2") and status not in operation["responses"]:
                    yield f"{name}: the answer {status} is removed"
    schemas = new["components"]["schemas"]
    for name, schema in old["components"]["schemas"].items():
        if name not in schemas:
            yield f"{name}: the schema is removed"
        else:
            yield from _narrowed(name, schema, schemas[name])


def _parameters(
    name: str, old: Description, before: Description, new: Description, after: Description
) -> Iterator[str]:
    known = {key: p for p in after.get("parameters", ()) if (key := _key(new, p))}
    stored = {_key(old, p): p for p in before.get("parameters", ())}
    for key, parameter in stored.items():
        if key not in known:
            yield f"{name}: the parameter {key[1]} is removed"
        elif "schema" in parameter and "schema" in known[key]:
            yield from _narrowed(f"{name} {key[1]}", parameter["schema"], known[key]["schema"])
    for key, parameter in known.items():
        if parameter.get("required") and not stored.get(key, {}).get("required"):
            yield f"{name}: the parameter {key[1]} is required now"


def _key(description: Description, parameter: Description) -> tuple[str, str]:
    if "$ref" in parameter:
        parameter = description["components"]["parameters"][parameter["$ref"].rpartition("/")[2]]
    return parameter["in"], parameter["name"]


def _narrowed(name: str, old: Description, new: Description) -> Iterator[str]:
    for prop, schema in old.get("properties", {}).items():
        if prop not in new.get("properties", {}):
            yield f"{name}.{prop}: removed"
        else:
            yield from _narrowed(f"{name}.{prop}", schema, new["properties"][prop])
    if "type" in old and "type" in new and old["type"] != new["type"]:
        yield f"{name}: the type {old['type']} became {new['type']}"
    if "$ref" in old and "$ref" in new and old["$ref"] != new["$ref"]:
        yield f"{name}: the schema became another"
    for value in old.get("enum", ()):
        if "enum" in new and value not in new["enum"]:
            yield f"{name}: the value {value} is removed"
    if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
        yield from _narrowed(f"{name}[]", old["items"], new["items"])
