"""Values stored as JSON by their fields: one form to write, and to read back to an equal value."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from overzicht.evidence.text import SAY, Text

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class JsonRecord:
    """A frozen dataclass whose JSON form has its fields by name; dates are ISO."""

    __slots__ = ()

    def to_json(self) -> dict[str, Any]:
        """Return the form that `from_json` reads back."""
        kind: Any = type(self)
        token = SAY.set(Text.to_json)
        try:
            data: dict[str, Any] = _adapter(kind).dump_python(self, mode="json")
        finally:
            SAY.reset(token)
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the value that `to_json` wrote; ValueError if a field is missing or has another type."""
        kind: Any = cls
        value: Self = _adapter(kind).validate_python(data)
        return value


@cache
def _adapter(kind: type[Any]) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - what only reads names must not load it

    return TypeAdapter(kind)
