"""Pages about the service itself: the interface for programs with forms to try it, and accessibility."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.composition import API_PREFIX, Interface
from overzicht.grouping import by_key
from overzicht.web.accessibility import CRITERIA, TESTED
from overzicht.web.auth import PageReader
from overzicht.web.forms import see_other
from overzicht.web.openapi import METHODS, describe
from overzicht.web.page import render
from overzicht.web.problems import not_found

router = APIRouter()
MAX_DEPTH = 4  # of an example body


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A parameter: `place` is path, query or header."""

    name: str
    place: str
    is_required: bool
    kind: str
    choices: tuple[str, ...]
    description: str


@dataclass(frozen=True, slots=True)
class OperationLine:
    """An operation; `body` is an example of its JSON, None for none; `fields` are those of its form."""

    id: str
    tag: str
    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[ParameterLine, ...]
    body: Any
    fields: tuple[str, ...]
    statuses: tuple[str, ...]

    @property
    def is_reading(self) -> bool:
        """Whether it can be tried from the page: it reads, and takes no body."""
        return self.method == "get"


@router.get("/docs", response_class=HTMLResponse)
def interface(context: PageReader, request: Request) -> HTMLResponse:
    """Show all operations of the interface by subject."""
    groups = by_key((operation.tag, operation) for operation in operations_of(describe(Interface.OWN, {})))
    return context.render("interface.html", groups=dict(sorted(groups.items())), host=str(request.base_url))


@router.get("/accessibility", response_class=HTMLResponse)
def accessibility(request: Request) -> HTMLResponse:
    """Show the accessibility statement, also without a login."""
    return render(request, "accessibility.html", criteria=CRITERIA, tested=TESTED)


@router.get("/docs/try/{operation_id}")
def attempt(context: PageReader, request: Request, operation_id: str) -> RedirectResponse:
    """Go to the address of a reading operation with the fields of the form in its path and query."""
    known = {operation.id: operation for operation in operations_of(describe(Interface.OWN, {}))}
    operation = known.get(operation_id)
    if operation is None or not operation.is_reading:
        raise not_found("operation", operation_id)
    path, query = operation.path, []
    for parameter in operation.parameters:
        value = request.query_params.get(parameter.name, "").strip()
        if parameter.place == "path":
            path = path.replace(f"{{{parameter.name}}}", quote(value or "-", safe=""))
        elif value and parameter.place == "query":
            query.append((parameter.name, value))
    return see_other(f"{path}?{urlencode(query)}" if query else path)


def operations_of(description: Mapping[str, Any]) -> Iterator[OperationLine]:
    """Yield the operations of a description of our own interface, in its order."""
    components = description.get("components", {})
    for path, methods in description["paths"].items():
        for method in METHODS:
            if (given := methods.get(method)) is None:
                continue
            contents = given.get("requestBody", {}).get("content", {})
            form: Mapping[str, Any] = next(
                (c["schema"] for kind, c in contents.items() if "form" in kind), {}
            )
            body = contents.get("application/json", {}).get("schema")
            yield OperationLine(
                id=given["operationId"],
                tag=next(iter(given.get("tags", ())), "other"),
                method=method,
                path=API_PREFIX + path,
                summary=given.get("summary", ""),
                description=given.get("description", ""),
                parameters=tuple(_parameter(item, components) for item in given.get("parameters", ())),
                body=None if body is None else example_of(body, components),
                fields=tuple(_resolved(form, components).get("properties", ())),
                statuses=tuple(given["responses"]),
            )


def _parameter(given: Mapping[str, Any], components: Mapping[str, Any]) -> ParameterLine:
    given = _resolved(given, components)
    schema = _resolved(given.get("schema", {}), components)
    options = [schema, *(_resolved(option, components) for option in schema.get("anyOf", ()))]
    choices = next((option["enum"] for option in options if "enum" in option), ())
    kinds = [str(option["type"]) for option in options if option.get("type", "null") != "null"]
    return ParameterLine(
        given["name"],
        given["in"],
        bool(given.get("required")),
        str(schema.get("format") or " / ".join(kinds)),
        tuple(map(str, choices)),
        given.get("description", schema.get("description", "")),
    )


def _resolved(part: Mapping[str, Any], components: Mapping[str, Any]) -> Mapping[str, Any]:
    *_, section, name = ("", *str(part.get("$ref", "")).split("/"))
    resolved: Mapping[str, Any] = components.get(section, {}).get(name, part)
    return resolved


def example_of(schema: Mapping[str, Any], components: Mapping[str, Any], depth: int = 0) -> Any:
    """Return a value with the form of a schema; None below the greatest depth."""
    schema = _resolved(schema, components)
    options = [option for name in ("anyOf", "oneOf", "allOf") for option in schema.get(name, ())]
    stated = [schema[name] for name in ("example", "default", "const") if name in schema]
    stated += schema.get("enum", ())
    if stated or depth > MAX_DEPTH:
        return stated[0] if stated else None
    if options:
        return example_of(options[0], components, depth + 1)
    if "properties" in schema:
        return {name: example_of(part, components, depth + 1) for name, part in schema["properties"].items()}
    simple = {"integer": 0, "number": 0, "boolean": False, "object": {}, "string": schema.get("format", "")}
    kind = str(schema.get("type"))
    return (
        [example_of(schema.get("items", {}), components, depth + 1)] if kind == "array" else simple.get(kind)
    )
