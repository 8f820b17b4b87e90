"""The routes and forms of declared operations: fields from the signature, rights from the declaration."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from importlib import import_module
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

from fastapi import APIRouter, Body, Depends, File, Form, Query, UploadFile, params
from pydantic import BaseModel, BeforeValidator, create_model
from starlette.responses import RedirectResponse

from overzicht.kit.operation import (
    BACK,
    OPERATIONS,
    CheckedPart,
    Operation,
    Paging,
    Param,
    Part,
    Route,
    Upload,
    kind_of,
    param_of,
)
from overzicht.store.jobs import Job
from overzicht.web.asof import OnDay
from overzicht.web.auth import Require, RequireOnPage
from overzicht.web.clock import today
from overzicht.web.context import RequestContext
from overzicht.web.forms import BACK_FIELD, own_path, see_other
from overzicht.web.paging import CheckedPage, Page, Paged
from overzicht.web.problems import HAS_NAMES
from overzicht.web.uploads import copies_of, read_small
from overzicht.workflows.typed_files import checked, load_text

CONTEXT, DAY, PAGING, BODY = "context", "day", "paging", "request"  # parameters of a handler
FILES = (Upload, Path)  # types of a parameter that is a file of a request
NO_DATE = BeforeValidator(lambda given: given or None)  # of a form, which sends every field


@cache
def routes_of(module: str, tag: str) -> APIRouter:
    """Return the router with the routes of the operations in a module below `overzicht`; it is made once."""
    router = APIRouter(tags=[tag])
    for operation in _operations_in(module):
        route = operation.route
        if route is not None:
            # the status of a success: a job was started, a thing was made, nothing is answered, or else
            if operation.result is Job and route.method != "GET":
                status_code = 202
            else:
                status_code = 204 if route.is_silent else 201 if route.is_new else 200
            router.add_api_route(
                route.path,
                _route_handler(operation, route),
                methods=[route.method],
                status_code=status_code,
                summary=route.summary,
                openapi_extra=HAS_NAMES if route.has_names else None,
            )
    return router


def add_forms_of(router: APIRouter, module: str) -> None:
    """Add the forms of the operations in a module to the router of a page without a prefix."""
    for operation in _operations_in(module):
        route, form = operation.route, operation.form
        if route is not None and form is not None:
            path = form.path or route.path
            handler = _form_handler(operation, route)
            router.add_api_route(path, handler, methods=["POST"], response_class=RedirectResponse)


def _operations_in(module: str) -> Sequence[Operation]:
    import_module(f"overzicht.{module}")
    return OPERATIONS[f"overzicht.{module}"]


def _route_handler(operation: Operation, route: Route) -> Callable[..., Any]:
    """Return the handler that FastAPI reads: its signature has the caller, the day, and the fields."""
    result = operation.result
    part = get_origin(result)
    is_checked, is_part = part is CheckedPart, part in (Part, CheckedPart)
    parameters = [_keyword(CONTEXT, Annotated[RequestContext, Depends(Require(route.rights))])]
    if operation.is_dated:
        parameters.append(_keyword(DAY, OnDay))
    fields = {name: field for name, field in operation.parameters.items() if field.annotation is not Paging}
    if len(fields) < len(operation.parameters):
        parameters.append(_keyword(PAGING, Paged))
    in_path = {name for name in fields if f"{{{name}}}" in route.path or f"{{{name}:path}}" in route.path}
    parameters += [_keyword(name, fields[name].annotation) for name in fields if name in in_path]
    sent = {name: field for name, field in fields.items() if name not in in_path}
    # the parameters of a handler for what a request sends: a query, a JSON object, or a form
    if route.body is not None:
        # the model of the JSON object that a request sends, with the fields of the operation
        body = route.body
        if body.model is not None:
            model = body.model  # which the kit does not load
        else:
            values: dict[str, Any] = {
                name: (field.annotation, ... if field.default is Parameter.empty else field.default)
                for name, field in sent.items()
            }
            model = create_model(
                body.name, __doc__=body.meaning, __module__=operation.function.__module__, **values
            )
        parameters.append(_keyword(BODY, model))
    else:
        has_file = any(kind_of(field) in FILES for field in sent.values())
        for name, field in sent.items():
            words, kind = param_of(field), kind_of(field)
            if _is_placed(field):
                parameters.append(_keyword(name, field.annotation, field.default))
            elif kind in FILES:
                parameters.append(_file(name, words))
            elif _is_model(field):
                parameters.append(_keyword(name, field.annotation))
            else:
                is_read = route.method == "GET"
                sent_as: Any = Form() if has_file else Body(embed=True)
                first, *rest = name.split("_")
                camel = first + "".join(word.capitalize() for word in rest)  # `dueBefore` for `due_before`
                place = Query(alias=words.query or camel) if is_read else sent_as
                parameters.append(_keyword(name, Annotated[field.annotation, place], field.default))

    def handle(**given: Any) -> Any:
        context: RequestContext = given.pop(CONTEXT)
        body = given.pop(BODY, None)
        if body is not None:
            given |= {name: getattr(body, name) for name in type(body).model_fields}
        if operation.is_dated:
            context = context.on(given.pop(DAY))
        with _read_files(operation, given):
            value = operation.function(context, **given)
        if route.is_silent:
            return None
        if not is_part:
            return operation.shown(value)
        page = given[PAGING].envelope(operation.shown(list(value.rows)), value.total)
        return CheckedPage.of(page, value.problems) if is_checked else page

    return _as_declared(handle, operation, parameters, None if route.is_silent else _answer(operation))


def _answer(operation: Operation) -> Any:
    """Return the type of what a route answers; that of a page is made at run time."""
    result, view = operation.result, operation.view
    part = get_origin(result)
    if part in (Part, CheckedPart):
        return (CheckedPage if part is CheckedPart else Page)[view or get_args(result)[0]]
    if view is None:
        return result
    return list[view] if part is list else view  # type: ignore[valid-type]  # a type of the declaration


def _is_placed(field: Parameter) -> bool:
    """Return whether a parameter states itself where a request has it, as files of a job do."""
    return any(
        isinstance(part, params.Param | params.Body | params.Depends) for part in get_args(field.annotation)
    )


def _is_model(field: Parameter) -> bool:
    kind = kind_of(field)
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _file(name: str, words: Param) -> Parameter:
    """Return the parameter of a handler for a file."""
    return _keyword(name, Annotated[UploadFile, File(description=words.help or None)])


@contextmanager
def _read_files(operation: Operation, given: dict[str, Any]) -> Iterator[None]:
    """Replace the files among the values of a request by their content, model or path, within its limit."""
    for name, field in operation.parameters.items():
        is_model = _is_model(field) and not isinstance(given.get(name), BaseModel)
        if is_model or kind_of(field) is Upload:
            file = Upload(*read_small(given[name], param_of(field).limit))
            given[name] = (
                checked(kind_of(field), load_text(file.content, file.name), file.name) if is_model else file
            )
    kept = [name for name, field in operation.parameters.items() if kind_of(field) is Path and name in given]
    with ExitStack() as stack:
        if kept:  # a request without files makes no folder
            paths = stack.enter_context(copies_of([given[name] for name in kept]))
            given |= zip(kept, paths, strict=True)
        yield


def _form_handler(operation: Operation, route: Route) -> Callable[..., Any]:
    """Return the handler of a form: the fields of the route as a form sends them, then the next page."""
    form = operation.form
    assert form is not None  # noqa: S101 - the caller looked
    path, goes_back = form.path or route.path, form.after == BACK
    parameters = [_keyword(CONTEXT, Annotated[RequestContext, Depends(RequireOnPage(route.rights))])]
    for name, field in operation.parameters.items():
        if f"{{{name}}}" in path:
            parameters.append(_keyword(name, field.annotation))
        elif _is_placed(field):
            parameters.append(_keyword(name, field.annotation, field.default))
        elif kind_of(field) in FILES or _is_model(field):
            parameters.append(_file(name, param_of(field)))
        else:
            kind = field.annotation if kind_of(field) is not date else Annotated[field.annotation, NO_DATE]
            # FastAPI takes a text that was emptied for one that was not sent, and a form sends every field
            default = "" if field.default is None and kind_of(field) is str else field.default
            parameters.append(_keyword(name, Annotated[kind, Form()], default))
    if goes_back:
        parameters.append(BACK_FIELD)

    def handle(**given: Any) -> RedirectResponse:
        context: RequestContext = given.pop(CONTEXT)
        back = given.pop(BACK_FIELD.name, "")
        with _read_files(operation, given):
            value = operation.function(context if operation.is_dated else context.on(today()), **given)
        return see_other(own_path(back) if goes_back else form.after.format(**given, done=value))

    return _as_declared(handle, operation, parameters, RedirectResponse)


def _as_declared(
    handle: Callable[..., Any], operation: Operation, parameters: list[Parameter], answer: Any
) -> Callable[..., Any]:
    """Return a handler with the name, the meaning and this signature of an operation, which FastAPI reads."""
    handle.__name__, handle.__doc__ = operation.name, operation.meaning
    handle.__signature__ = Signature(parameters, return_annotation=answer)  # type: ignore[attr-defined]
    return handle


def _keyword(name: str, kind: Any, default: Any = Parameter.empty) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind, default=default)
