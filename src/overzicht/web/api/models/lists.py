"""Lists, their versions, and what differs between two."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Form
from pydantic import BaseModel, Field

from overzicht.views.lists import ListDifference, SnapshotView
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.paging import Page


class DiffPage(Page[ListDifference]):
    """Two versions of a list compared; where `complete` is false, what is absent was not surely removed."""

    before: SnapshotView
    after: SnapshotView
    complete: bool
    listed: int
    delisted: int
    changed: int


class UpdateAsked(BaseModel):
    """Which lists to fetch; none named means all."""

    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LoadAsked:
    """How files of lists are to be read; the fields of a form beside its files."""

    list_id: Annotated[Line, Form(alias="list", description="empty: recognise it")] = ""
    published: Annotated[date | None, Form()] = None
    official: Annotated[bool, Form()] = True
    partial: Annotated[bool, Form(description="keep the good records of a damaged file")] = False
    force: Annotated[bool, Form(description="take too few or too many records")] = False
