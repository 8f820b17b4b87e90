"""Sentences that can be shown in more than one language: a template and its values.

Engines make reasons and findings once; people read them in Dutch or English. So an engine never formats a
sentence. It returns the English template (the key of the translation catalogue) and the values.
"""

import string
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Union

Value = Union[str, int, float, date, "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence: `template` with `{name}` fields, and the values for them, sorted by name."""

    template: str
    values: tuple[tuple[str, Value], ...] = ()

    def render(
        self, translate: Callable[[str], str] = str, show: Callable[[str | int | float | date], str] = str
    ) -> str:
        """Return the sentence; `translate` maps the template, `show` formats dates and numbers.

        Raises KeyError for a field without a value, and ValueError for a template that is not plain: one of
        a file could fill the memory with a width, or read attributes of a value.
        """
        shown = {
            name: value.render(translate, show) if isinstance(value, Text) else show(value)
            for name, value in self.values
        }
        return _plain(translate(self.template)).format_map(shown)

    def filled(self, **values: Value) -> "Text":
        """Return the sentence with these values added, or in place of its own."""
        return text(self.template, **{**dict(self.values), **values})

    def __str__(self) -> str:
        """Return the sentence in English, dates as ISO days."""
        return self.render()

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> Any:
        """Return how pydantic reads a stored sentence, and writes one in the form of `SAY`."""
        from pydantic_core import core_schema  # noqa: PLC0415 - what only reads names must not load it

        return core_schema.no_info_plain_validator_function(
            lambda data: data if isinstance(data, cls) else cls.from_json(data),
            serialization=core_schema.plain_serializer_function_ser_schema(_serialized),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _core: Any, _handler: Any) -> dict[str, Any]:
        """Describe a sentence as text, its form in one language."""
        return {"type": "string"}

    def to_json(self) -> dict[str, Any]:
        """Return a JSON form that `from_json` reads back to an equal sentence."""
        values: dict[str, Any] = {}
        for name, value in self.values:
            if isinstance(value, Text):
                values[name] = {"text": value.to_json()}
            else:
                values[name] = {"date": value.isoformat()} if isinstance(value, date) else value
        return {"template": self.template, "values": values}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Text":
        """Return the sentence that `to_json` wrote; KeyError if a field is missing."""
        values: dict[str, Value] = {}
        for name, value in data["values"].items():
            if isinstance(value, dict):
                values[name] = (
                    Text.from_json(value["text"]) if "text" in value else date.fromisoformat(value["date"])
                )
            else:
                values[name] = value  # a plain JSON scalar
        return text(data["template"], **values)


def plain_text(sentence: str) -> Text:
    """Return a sentence of data as it is, braces too; the catalogue translates those that it has."""
    return Text(sentence.replace("{", "{{").replace("}", "}}"))


@lru_cache(4096)
def _plain(template: str) -> str:
    """Return the template if its fields are names alone, without attributes, conversions and widths."""
    for _, name, width, conversion in string.Formatter().parse(template):
        if name is not None and (width or conversion or not name.isidentifier()):
            raise ValueError(f"the field {{{name}}} of a sentence is not a plain name")
    return template


def _serialized(sentence: Text) -> Any:
    return SAY.get()(sentence)


SAY: ContextVar[Callable[[Text], Any]] = ContextVar("say", default=str)  # how output words a sentence


def text(template: str, /, **values: Value) -> Text:
    """Return a sentence; the template is collected for translation by this function's name."""
    return Text(template, tuple(sorted(values.items())))
