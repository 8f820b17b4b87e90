"""Imports of inventories: the file, how it was read, and what each row comes to."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

Choice = Annotated[
    str, StringConstraints(pattern=r"^(|new|skip|(replaces:)?device-[0-9a-f]{16})$", max_length=60)
]


class RowChoice(BaseModel):
    """What a row is: a device's id, `new`, `skip`, or `replaces:` with a device's id; empty takes it back."""

    choice: Choice


class Rejecting(BaseModel):
    """Why an import is rejected."""

    reason: Annotated[str, StringConstraints(max_length=500)] = ""
