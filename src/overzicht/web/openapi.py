"""The OpenAPI 3.1 description of the interface, with every possible answer of an operation."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from overzicht.views.serialiser import with_short_names
from overzicht.web.problems import MEDIA_TYPE, Problem

ABOUT = """
The overview of surveillance equipment for programs. Every error is a problem (RFC 9457). Long answers have
pages, and every answer has an ETag. Send a token as `Authorization: Bearer …`. On the same machine, reading
needs no token if the store is embedded. The language of sentences follows `Accept-Language` (en, nl).
"""
ALWAYS = {
    "401": "not logged in",
    "403": "not allowed",
    "422": "the request is not valid",
    "429": "too many requests",
}
WITH_BODY = {"400": "the body cannot be read", "413": "the body is too large"}
WITH_NAME = {"404": "nothing with that name exists"}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description, built once."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=ABOUT.strip(),
        routes=app.routes,
        openapi_version="3.1.0",
    )
    parts = schema.setdefault("components", {}).setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        parts.pop(unused, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    parts.update(problem.pop("$defs", {}))
    parts["Problem"] = problem
    for path, operations in schema.get("paths", {}).items():
        for method, operation in operations.items():
            _add_problems(path, method, operation)
    app.openapi_schema = with_short_names(schema)
    return app.openapi_schema


def _add_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    meanings = {**ALWAYS, **(WITH_BODY if "requestBody" in operation else {})}
    if "{" in path or operation.pop("x-names", False):
        meanings |= WITH_NAME
    responses = operation["responses"]
    for status, meaning in meanings.items():
        responses[status] = {
            "description": meaning,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if method == "get":
        responses["304"] = {"description": "not changed since the ETag in the request"}
