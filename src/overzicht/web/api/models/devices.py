"""Devices: one line, all that bears on one, and counts."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from overzicht.register.model import LifecycleState
from overzicht.web.api.models.shared import Line


class LifeChange(BaseModel):
    """Another life of a device from a day on; `replaced_by` is needed with `replaced`, and only then."""

    life: LifecycleState
    reason: Line = ""
    replaced_by: Line = ""
    day: date | None = Field(default=None, description="default: today")


ExportForm = Annotated[Literal["csv", "json", "xlsx"], Field(description="the kind of file")]
