"""Limits of what people and programs send: texts, numbers, amounts and lists of records.

Each field of a request has one of these types, so its limit is here and in the description of the interface.
Both databases can store every value of them. A file has the limits of its upload and of its reader.
"""

from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

T = TypeVar("T")


def _without_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a text cannot contain the character NUL")
    return value


Plain = AfterValidator(_without_nul)  # a text that both databases can store

MOST_DIGITS = 30  # of an amount, with its zeros: sums of amounts stay within decimal arithmetic
MOST_ENTRIES = 1_000  # of a list in a record, such as the lines of an application
MOST_IDENTIFIERS = 100  # of a party

Line = Annotated[str, StringConstraints(max_length=500), Plain]
Key = Annotated[str, StringConstraints(min_length=1, max_length=300), Plain]
Lines = Annotated[str, StringConstraints(max_length=20_000), Plain]
LongText = Annotated[str, StringConstraints(max_length=2_000_000), Plain]  # of a paper
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]  # of an import, a task, a line or an entry
Count = Annotated[int, Field(ge=0, le=10**15)]  # of people or of euros
Words = Annotated[str, Field(min_length=1, max_length=2_000)]
Named = Annotated[str, Field(min_length=2, max_length=500)]  # of a party or a person
Title = Annotated[str, Field(min_length=3, max_length=500)]
Few = Annotated[tuple[T, ...], Field(max_length=MOST_ENTRIES)]
Some = Annotated[tuple[T, ...], Field(min_length=1, max_length=MOST_ENTRIES)]
Identifiers = Annotated[dict[Key, Line], Field(max_length=MOST_IDENTIFIERS)]
Amount = Annotated[
    Decimal,
    Field(max_digits=MOST_DIGITS, allow_inf_nan=False),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": -(10**MOST_DIGITS), "maximum": 10**MOST_DIGITS},
                {"type": "string", "maxLength": 2 * MOST_DIGITS},
            ]
        },
        mode="validation",
    ),
]
