"""Organisations as a tree, their sites, and what was said of them in public."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from overzicht.web.api.models.shared import Key, Line

Name = Annotated[Key, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
OrganisationId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class OrganisationAsked(BaseModel):
    """An organisation to keep; without an id one is made of the name."""

    name: Name
    id: OrganisationId = ""
    parent: Line = Field(default="", description="the id of the one above; none: takes a grant for all")
    country: Country = "NL"
    note: Line = ""
    since: date | None = Field(default=None, description="the first day it counts for; default: today")


class OrganisationChange(BaseModel):
    """What changes of an organisation; what is left out stays. An empty parent means none."""

    name: Name | None = None
    parent: Line | None = None
    note: Line | None = None
