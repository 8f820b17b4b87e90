"""Replacement plans and how far they are."""

from datetime import date

from pydantic import BaseModel, Field

from overzicht.web.api.models.shared import Key, Line


class PlanAsked(BaseModel):
    """A plan to make of the devices that fit now: those of the organisation that the other values choose."""

    title: Key
    organisation: Line = Field(default="", description="empty: all, which takes a grant for all")
    owner: Line = ""
    due: date | None = None
    reason: Line = ""
    site: Line = ""
    maker: Line = ""
    kind: Line = ""
    model: Line = ""
    listed: bool | None = None
    relabelled: bool | None = None


class Closing(BaseModel):
    """What came of it."""

    outcome: Key
