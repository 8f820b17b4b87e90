"""Types of texts and numbers in requests. Both databases can store every value of them."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from overzicht.evidence.packaged import Plain

Line = Annotated[str, StringConstraints(max_length=500), Plain]
Key = Annotated[str, StringConstraints(min_length=1, max_length=300), Plain]
Lines = Annotated[str, StringConstraints(max_length=20_000), Plain]
LongText = Annotated[str, StringConstraints(max_length=2_000_000), Plain]  # of a paper
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]  # of an import, a task or an entry


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
