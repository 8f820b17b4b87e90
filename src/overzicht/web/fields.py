"""Types of texts and numbers in requests. Both databases can store every value of them."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints


def _without_nul(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a text cannot contain the character NUL")
    return value


Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(_without_nul)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_without_nul)]
Lines = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_without_nul)]
LongText = Annotated[str, StringConstraints(max_length=2_000_000), AfterValidator(_without_nul)]  # of a paper
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]  # of an import, a task or an entry
FormDate = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]  # of a date field, which may be empty
