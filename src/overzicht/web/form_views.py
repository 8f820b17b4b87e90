"""The form of a declared operation as a page draws it: fields, words and address from the declaration."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from inspect import Parameter
from typing import Any
from urllib.parse import quote

from overzicht.evidence.worded_enum import WordedEnum
from overzicht.kit.operation import kind_of, operation_named, param_of
from overzicht.reports.i18n import Words


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of a form; `options` are the values and words of a choice, empty for other fields."""

    name: str
    label: str  # empty for a field that the page fills in itself
    type: str  # of the element `input`
    value: str
    is_required: bool
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FormView:
    """A form: its address, its button and its fields; `name` is the start of the ids of its fields."""

    name: str
    action: str
    button: str
    fields: tuple[FieldView, ...]


def form_of(words: Words, place: str, values: Mapping[str, Any] | None = None, **in_path: object) -> FormView:
    """Return the form of an operation by its module and name, as `register.tasks.close`.

    `values` fill in its fields, `in_path` the parameters of its address.
    """
    operation = operation_named(f"overzicht.subjects.{place}")
    form, route = operation.form, operation.route
    if form is None or route is None or form.button is None:
        raise LookupError(f"{place} is declared without a form")
    path = form.path or route.path
    given = values or {}
    shown_fields: list[FieldView] = []
    for name, parameter in operation.parameters.items():
        if f"{{{name}}}" not in path:
            value = given.get(name, "")
            kind, label = kind_of(parameter), param_of(parameter).label
            shown = "" if value is None else str(value.value if isinstance(value, Enum) else value)
            shown_fields.append(
                FieldView(
                    name,
                    words.say(label) if label else "",
                    "hidden"
                    if label is None
                    else "date"
                    if kind is date
                    else "number"
                    if kind is int
                    else "text",
                    shown,
                    parameter.default is Parameter.empty,
                    tuple((member.value, words.say(member.words)) for member in kind)
                    if isinstance(kind, type) and issubclass(kind, WordedEnum)
                    else (),
                )
            )
    fields = tuple(shown_fields)
    action = path.format(**{name: quote(str(value), safe="") for name, value in in_path.items()})
    return FormView(path.rpartition("/")[2], action, words.say(form.button), fields)
