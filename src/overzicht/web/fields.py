"""Types of texts and numbers in requests. Both databases can store every value of them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from overzicht.evidence.packaged import Plain

Line = Annotated[str, StringConstraints(max_length=500), Plain]
Key = Annotated[str, StringConstraints(min_length=1, max_length=300), Plain]
Lines = Annotated[str, StringConstraints(max_length=20_000), Plain]
LongText = Annotated[str, StringConstraints(max_length=2_000_000), Plain]  # of a paper
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]  # of an import, a task or an entry
FormDate = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]  # of a date field, which may be empty
