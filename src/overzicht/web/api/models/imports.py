"""Imports of inventories: the file, how it was read, and what each row comes to."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Form
from pydantic import BaseModel, StringConstraints

from overzicht.web.api.models.shared import Key, Line, Lines

Choice = Annotated[
    str, StringConstraints(pattern=r"^(|new|skip|(replaces:)?device-[0-9a-f]{16})$", max_length=60)
]


class RowChoice(BaseModel):
    """What a row is: a device's id, `new`, `skip`, or `replaces:` with a device's id; empty takes it back."""

    choice: Choice


class Rejecting(BaseModel):
    """Why an import is rejected."""

    reason: Annotated[str, StringConstraints(max_length=500)] = ""


@dataclass(frozen=True, slots=True)
class OfferAsked:
    """How an inventory is to be read; the fields of a form beside its file."""

    organisation: Annotated[Key, Form(description="whose equipment it is: an organisation's id")]
    site: Annotated[Line, Form(description="the one site that it is about")] = ""
    day: Annotated[date | None, Form(description="the day on which it was so; default: today")] = None
    mapping: Annotated[Lines, Form(description="lines of `Column=field`")] = ""
    sheet: Annotated[Line, Form()] = ""
    kind: Annotated[Line, Form()] = ""
    is_whole: Annotated[bool | None, Form(description="whether what it leaves out is gone")] = None
    again: Annotated[bool, Form(description="take a file that was accepted before once more")] = False
