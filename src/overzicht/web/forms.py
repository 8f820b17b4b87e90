"""Forms of pages that do what an operation of the interface does: its role, its fields, its workflow.

A page names the operation and where it leads; the handler is made of the operation's own signature. So what
somebody may do, and what a request must say, is written down in one place for both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from inspect import Parameter, signature
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form
from pydantic import BaseModel
from starlette.responses import RedirectResponse

from overzicht.web.asof import OnDay, OnPage


@dataclass(frozen=True, slots=True)
class FormOf:
    """A form: its path on the page's router, what it does, and the page that follows.

    `after` may name the parameters of the path, and as `done` what the operation returned.
    """

    path: str
    operation: Callable[..., Any]
    after: str


def add_forms(router: APIRouter, *forms: FormOf) -> None:
    """Let pages of a router take these forms."""
    for form in forms:
        router.add_api_route(form.path, _handler(form), methods=["POST"], response_class=RedirectResponse)


def _handler(form: FormOf) -> Callable[..., RedirectResponse]:
    def handle(**given: Any) -> RedirectResponse:
        done = form.operation(**given)
        return RedirectResponse(form.after.format(**given, done=done), 303)

    asked = signature(form.operation, eval_str=True)
    fields = [_of_form(parameter) for parameter in asked.parameters.values()]
    handle.__signature__ = asked.replace(  # type: ignore[attr-defined]  # FastAPI reads it
        parameters=fields, return_annotation=RedirectResponse
    )
    handle.__doc__ = form.operation.__doc__
    return handle


def _of_form(parameter: Parameter) -> Parameter:
    """Return a parameter as a form gives it: the day of the page, and fields in the place of JSON."""
    kind = parameter.annotation
    if kind == OnDay:
        kind = Annotated[date, Depends(_day_of_page)]
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        kind = Annotated[kind, Form()]
    return parameter.replace(annotation=kind)


def _day_of_page(day: OnPage) -> date:
    return day.day
