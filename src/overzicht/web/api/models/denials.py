"""Denials: the register of what authorities refused."""

from pydantic import BaseModel, Field

from overzicht.exportcontrol.denials.model import ReviewOutcome
from overzicht.store.control.denials import SaveResult
from overzicht.web.api.models.shared import Lines


class KeptModel(BaseModel):
    """What keeping a denial came to."""

    denial: str
    kept: SaveResult


class ImportedModel(BaseModel):
    """What became of the denials of an exchange file, by id."""

    new: list[str]
    new_version: list[str]
    known: list[str]

    @classmethod
    def of(cls, done: dict[SaveResult, list[str]]) -> "ImportedModel":
        """Return the form of an import."""
        return cls(
            new=done[SaveResult.NEW], new_version=done[SaveResult.NEW_VERSION], known=done[SaveResult.KNOWN]
        )


class ReviewAsked(BaseModel):
    """A review held on the day; from the third on, keeping a denial needs reasons."""

    outcome: ReviewOutcome
    reasons: Lines = Field(default="")


class ReviewedModel(BaseModel):
    """A review that was kept, and which one it is."""

    denial: str
    review: int
    outcome: ReviewOutcome
