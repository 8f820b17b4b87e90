"""The base of views: values whose fields are read from another value, each by the path to its attribute."""

from typing import Annotated, Any, Self

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, WrapSerializer

from overzicht.evidence import Text


class View(BaseModel):
    """A frozen value to show, read from the attributes of another one.

    A field without `at` has the name of the attribute. Properties count as attributes.
    """

    model_config = ConfigDict(
        frozen=True, from_attributes=True, validate_by_alias=True, validate_by_name=True
    )

    @classmethod
    def of(cls, value: Any) -> Self:
        """Return the view of a value; pydantic's ValidationError for a value without the attributes."""
        return cls.model_validate(value)


def at(path: str, default: Any = ..., *, description: str | None = None) -> Any:
    """Return a field that is read at a path such as `state.record.id`; `default` if the path ends early."""
    return Field(default, validation_alias=AliasPath(*path.split(".")), description=description)


def also(**older: str) -> WrapSerializer:
    """Return a mark that repeats fields under older names, which stay valid but are not described."""

    def repeated(written: dict[str, Any]) -> dict[str, Any]:
        return written | {name: written[field] for name, field in older.items()}

    return WrapSerializer(lambda value, write: repeated(write(value)))  # its type stays that of the value


def _in_words(value: Any) -> Any:
    return getattr(value, "text", value)  # a text of a card, in both languages


Sentence = Annotated[Text, BeforeValidator(_in_words)]
