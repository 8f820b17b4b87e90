"""Lists, their versions, and what differs between two."""

from typing import Annotated

from pydantic import BaseModel, Field

from overzicht.views.lists import ListDifference, SnapshotView
from overzicht.web.api.models.shared import Key
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
