"""Types of fields in requests: those of `overzicht.evidence.limited`, and dates of forms."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from overzicht.evidence.limited import Key, Line, Lines, LongText, Number

__all__ = ["FormDate", "FormNumber", "Key", "Line", "Lines", "LongText", "Number"]


def _day_or_empty(given: str) -> str:
    """Return the text of a date field; a fault if it is not empty and names no day of the calendar."""
    try:
        return given and date.fromisoformat(given).isoformat()
    except ValueError as error:
        raise PydanticCustomError("date_parsing", "it is not a date") from error


FormDate = Annotated[  # of a date field, which may be empty
    str,
    AfterValidator(_day_or_empty),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}-\d{2}-\d{2})?$"}),
]


FormNumber = Annotated[  # of a field for a whole number, which may be empty
    str, StringConstraints(pattern=r"^\d{0,9}$")
]


def _part_or_empty(given: str) -> str:
    """Return a year, a month or a day, or an empty text; a fault for another text."""
    if given and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", given, re.ASCII):
        raise PydanticCustomError("date_parsing", "it is not a date")
    return given


PartOfDate = Annotated[  # of a field for a date that may be known in part, or be empty
    str,
    AfterValidator(_part_or_empty),
    WithJsonSchema({"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"}),
]
