"""Tasks: what is to be done, by whom and before when."""

from datetime import date

from pydantic import BaseModel

from overzicht.web.api.models.shared import Key, Line


class TaskAsked(BaseModel):
    """A task to keep."""

    subject: Key
    title: Key
    owner: Line = ""
    due: date | None = None


class TaskChange(BaseModel):
    """Another owner or due day of a task; what is left out stays."""

    owner: Line | None = None
    due: date | None = None


class Reopening(BaseModel):
    """Why a task is opened again."""

    reason: Key
