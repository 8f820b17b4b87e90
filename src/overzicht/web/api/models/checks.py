"""What admins ask of the store and of the packaged facts, and which parties are one."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from overzicht.web.api.models.shared import Key
from overzicht.workflows.cards import CardProblem


class CheckAsked(BaseModel):
    """What to prove: `anchor` is a hash of the log that was written down before (or its start)."""

    anchor: Annotated[str, Field(pattern=r"^([0-9a-f]{12,64})?$")] = ""
    reindex: Annotated[bool, Field(description="first write what look-ups use anew from the records")] = False


class CardsModel(BaseModel):
    """Whether the packaged facts are sound on the day, and how many maker cards there are."""

    as_of: date
    sound: bool
    makers: int
    problems: tuple[CardProblem, ...]


class SameAsked(BaseModel):
    """Which lists to compare (none: all) and the score from which names make a suggestion (null: 0.8)."""

    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
    threshold: Annotated[float | None, Field(ge=0, le=1)] = None
