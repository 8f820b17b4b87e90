"""What several resources give: citations, reasons, findings; and the texts that they take."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints


def _is_plain(value: str) -> str:
    if "\x00" in value:
        raise ValueError("a text has no character NUL in it")
    return value


Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(_is_plain)]
Key = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_is_plain)]
Lines = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(_is_plain)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]  # of an import or a task; what the databases can hold
