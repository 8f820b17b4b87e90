"""Forms on pages that call an operation of the interface, with its role, fields and workflow.

The handler has the signature of the operation, so rights and fields are defined in one place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from inspect import Parameter, signature
from typing import Annotated, Any, cast, get_args

from fastapi import APIRouter, Depends, Form, Query, params
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from overzicht.web.asof import OnDay, OnPage
from overzicht.web.fields import Line

START = "/"
BACK_FIELD = Parameter("back", Parameter.KEYWORD_ONLY, default=START, annotation=Annotated[Line, Query()])


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form: its path on the router of the page, the operation, and the address of the next page.

    `after` may contain the parameters of the path, and the result of the operation as `done`. If it is None,
    the query parameter `back` gives the next page.
    """

    path: str
    operation: Callable[..., Any]
    after: str | None


def add_forms(router: APIRouter, *forms: FormOf) -> None:
    """Add the handlers of forms to the router of a page."""
    for form in forms:
        router.add_api_route(form.path, _handler(form), methods=["POST"], response_class=RedirectResponse)


def see_other(address: str) -> RedirectResponse:
    """Return the redirect to the page after a form."""
    return RedirectResponse(address, 303)


def _handler(form: FormOf) -> Callable[..., RedirectResponse]:
    def handle(**values: Any) -> RedirectResponse:
        back = values.pop(BACK_FIELD.name, "") if form.after is None else ""
        done = form.operation(**values)
        return see_other(own_path(back) if form.after is None else form.after.format(**values, done=done))

    original = signature(form.operation, eval_str=True)
    # a parameter as a form sends it: the date of the page, and form fields instead of JSON
    fields: list[Parameter] = []
    for parameter in original.parameters.values():
        kind = parameter.annotation
        if kind == OnDay:
            kind = Annotated[date, Depends(_day_of_page)]
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = Annotated[kind, Form()]
        elif any(type(part) is params.Body for part in get_args(kind)):  # a single field of a JSON body
            parts = [
                Form(default_factory=cast("Callable[[], Any] | None", part.default_factory))
                if type(part) is params.Body
                else part
                for part in get_args(kind)
            ]
            kind = Annotated[tuple(parts)]
        fields.append(parameter.replace(annotation=kind))
    fields += [BACK_FIELD] if form.after is None else []
    handle.__signature__ = original.replace(  # type: ignore[attr-defined]  # FastAPI reads it
        parameters=fields, return_annotation=RedirectResponse
    )
    handle.__doc__ = form.operation.__doc__
    return handle


def _day_of_page(day: OnPage) -> date:
    return day.day


def own_path(address: str) -> str:
    """Return a path of this service, or the first page for an address of another site."""
    is_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_path and address.isprintable() and "\\" not in address else START
