"""The description of the interface: OpenAPI 3.1, with every way an operation can end."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from overzicht.views.serialiser import with_short_names
from overzicht.web.problems import MEDIA_TYPE, Problem

ABOUT = """
The overview of surveillance equipment for programs. Every answer that is no success is a problem (RFC 9457).
Long answers come in pages; every answer has an ETag. Send a token as `Authorization: Bearer …`; on the
machine itself an embedded store answers readers without one. Sentences follow `Accept-Language` (en, nl).
"""
ALWAYS = {
    "401": "not logged in",
    "403": "not allowed",
    "422": "the request does not fit",
    "429": "asked too often",
}
WITH_BODY = {"400": "the body cannot be read", "413": "the body is too large"}
WITH_NAME = {"404": "there is none of that name"}
COMMON = {  # for every module of the interface, by FastAPI's own form
    304: {"description": "not changed since the ETag that was sent along"},
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description, made once."""
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
    found = {**ALWAYS, **(WITH_BODY if "requestBody" in operation else {})}
    if "{" in path or operation.pop("x-names", False):
        found |= WITH_NAME
    responses = operation["responses"]
    for status, meaning in found.items():
        responses[status] = {
            "description": meaning,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
    if method == "get":
        responses["304"] = COMMON[304]
