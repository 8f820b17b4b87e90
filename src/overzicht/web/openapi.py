"""The OpenAPI 3.1 descriptions of the interfaces, with every possible answer of an operation.

Each interface has a description of its own. Ours follows the Dutch API Design Rules; the others follow the
products whose clients use them. What the rules ask of each operation is added here, so a new route complies.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from fastapi.openapi.utils import get_openapi

from overzicht import __version__
from overzicht.composition import API_PREFIX, Interface
from overzicht.reports.i18n import Language
from overzicht.views.serialiser import with_short_names
from overzicht.web.language import PARAMETER as LANGUAGE
from overzicht.web.problems import MEDIA_TYPE, Problem
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of
from overzicht.web.versions import API_VERSION, NEW_NAMES, SUNSET_AT, VERSION_HEADER

PATHS = {  # of the descriptions; the last is the old one, which answers the same as the first
    path: interface
    for path, interface in (
        (f"{API_PREFIX}/openapi.json", Interface.OWN),
        ("/openapi/yente.json", Interface.YENTE),
        ("/openapi/reconciliation.json", Interface.RECONCILIATION),
        ("/openapi.json", Interface.OWN),
    )
    if any(part.interface is interface for part in PARTS)
}
ABOUT = f"""
The overview of surveillance equipment for programs. Every error is a problem (RFC 9457). Long answers have
pages, and every answer has an ETag. Send a token as `Authorization: Bearer …`. On the same machine, reading
needs no token if the store is embedded. The language of sentences follows `Accept-Language` (en, nl), or
`{LANGUAGE}` in the query. An unknown key in the query is an error.

Old names of keys in the query are accepted until {SUNSET_AT.date()}:
{", ".join(f"`{old}` (now `{new}`)" for old, new in NEW_NAMES.items())}.
An answer to an old name has the headers `Deprecation` and `Sunset`.
"""
TITLES = {
    Interface.OWN: ("Overzicht", ABOUT),
    Interface.YENTE: ("Overzicht: the interface of yente", "Search and match as in the API of yente 5."),
    Interface.RECONCILIATION: (
        "Overzicht: reconciliation",
        "The Reconciliation Service API 0.2, for OpenRefine.",
    ),
}
ALWAYS = {
    "400": "the request is not valid",
    "401": "not logged in",
    "403": "not allowed",
    "429": "too many requests",
}
WITH_BODY = {"413": "the body is too large"}
WITH_NAME = {"404": "nothing with that name exists"}
METHODS = ("get", "post", "put", "patch", "delete")


def describe(interface: Interface, contact: Mapping[str, str], public_address: str = "") -> dict[str, Any]:
    """Return the description of an interface, with addresses relative to its server."""
    schema: dict[str, Any] = json.loads(_description(interface))
    prefix = API_PREFIX if interface is Interface.OWN else ""
    schema["info"]["contact"] = dict(contact)
    schema["servers"] = [{"url": public_address.rstrip("/") + prefix or "/"}]
    return schema


@cache
def _description(interface: Interface) -> str:
    own = interface is Interface.OWN
    routes = [route for part in PARTS if part.interface is interface for route in router_of(part).routes]
    title, about = TITLES[interface]
    schema = get_openapi(
        title=title,
        version=API_VERSION if own else __version__,
        description=about.strip(),
        routes=routes,
        openapi_version="3.1.0",
    )
    parts = schema.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        parts.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    parts.update(problem.pop("$defs", {}))
    parts["Problem"] = problem
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                meanings = {**ALWAYS, **(WITH_BODY if "requestBody" in operation else {})}
                if "{" in path or operation.pop("x-names", False):
                    meanings |= WITH_NAME
                responses = operation["responses"]
                responses.pop("422", None)
                for status, meaning in meanings.items():
                    responses[status] = {
                        "description": meaning,
                        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
                    }
                if method == "get":
                    responses["304"] = {"description": "not changed since the ETag in the request"}
    if own:
        schema["components"]["headers"] = {
            "ApiVersion": {
                "description": "the version of this interface",
                "schema": {"type": "string", "examples": [API_VERSION]},
            }
        }
        schema["components"]["parameters"] = {
            "Language": {
                "name": LANGUAGE,
                "in": "query",
                "description": "language of sentences; default: that of Accept-Language",
                "schema": {"type": "string", "enum": list(Language)},
            }
        }
        for operations in schema["paths"].values():
            for method in METHODS:
                operation = operations.get(method, {"responses": {}})
                parameters = operation.setdefault("parameters", [])
                if all(parameter["name"] != LANGUAGE for parameter in parameters):
                    parameters.append({"$ref": "#/components/parameters/Language"})
                for response in operation["responses"].values():
                    headers = response.setdefault("headers", {})
                    headers[VERSION_HEADER] = {"$ref": "#/components/headers/ApiVersion"}
        for schemas in parts.values():
            _lift_formats(schemas)
    return json.dumps(with_pascal_names(with_short_names(schema)))


def _lift_formats(node: Any) -> None:
    """Repeat the format of a value that may be null beside the alternatives, where programs look for it."""
    if isinstance(node, list):
        for item in node:
            _lift_formats(item)
    elif isinstance(node, dict):
        for value in node.values():
            _lift_formats(value)
        options = node.get("anyOf")
        alternatives = (
            (option for option in options or () if isinstance(option, dict))
            if isinstance(options, list)
            else iter(())
        )
        formats = {kind["format"] for kind in alternatives if "format" in kind}
        if len(formats) == 1 and "format" not in node:
            (node["format"],) = formats


_SCHEMA = re.compile(r"(?<=#/components/schemas/)[^\"/]+")
_PAGE, _BODY = re.compile(r"(?:Checked)?Page_(\w+)_"), re.compile(r"Body_(\w+)_(?:get|post|put|patch|delete)")


def pascal_name(name: str) -> str:
    """Return the name of a schema in UpperCamelCase.

    >>> [pascal_name(n) for n in ("Page_CaseLine_", "Use-Input", "Use-Output", "Body_load_lists_files_post")]
    ['CaseLinePage', 'UseInput', 'Use', 'LoadListsFilesBody']
    """
    if match := _PAGE.fullmatch(name):
        name = f"{match[1]}_Page"
    elif match := _BODY.fullmatch(name):
        name = f"{match[1]}_Body"
    name = name.removesuffix("-Output")
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))


def with_pascal_names(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a description with schemas named in UpperCamelCase; ValueError if two names become equal."""
    schemas = schema["components"]["schemas"]
    names = {name: pascal_name(name) for name in schemas}
    if len(set(names.values())) < len(names):
        raise ValueError("two schemas have the same name in UpperCamelCase")
    text = _SCHEMA.sub(lambda match: names.get(match[0], match[0]), json.dumps(schema))
    renamed: dict[str, Any] = json.loads(text)
    parts = renamed["components"]["schemas"]
    renamed["components"]["schemas"] = {
        names[name]: parts[name] for name in sorted(parts, key=names.__getitem__)
    }
    return renamed
