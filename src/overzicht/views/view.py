"""The base of views: values whose fields are read from the attributes of another value."""

from typing import Annotated, Any, Self

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, WrapSerializer

from overzicht.evidence import Text


class View(BaseModel):
    """A frozen value, read from the attributes of another one.

    A field without `at` has the name of the attribute, which may be a property.
    """

    model_config = ConfigDict(
        frozen=True, from_attributes=True, validate_by_alias=True, validate_by_name=True
    )

    @classmethod
    def of(cls, value: Any) -> Self:
        """Return the view of a value; ValidationError if it lacks an attribute."""
        return cls.model_validate(value)


def at(path: str, default: Any = ..., *, key: str | None = None, description: str | None = None) -> Any:
    """Return a field that is read from a path such as `state.record.id`; `default` if the path is missing.

    `key` is the name in JSON, if it is not the name of the field.
    """
    alias = AliasPath(*path.split("."))
    return Field(default, validation_alias=alias, serialization_alias=key, description=description)


def also(**older: str) -> WrapSerializer:
    """Return an annotation that repeats fields under older names, which the schema does not describe."""

    def repeated(written: dict[str, Any]) -> dict[str, Any]:
        return written | {name: written[field] for name, field in older.items()}

    return WrapSerializer(lambda value, write: repeated(write(value)))  # its type stays that of the value


def _in_words(value: Any) -> Any:
    return getattr(value, "text", value)  # a text of a card, in both languages


Sentence = Annotated[Text, BeforeValidator(_in_words)]
