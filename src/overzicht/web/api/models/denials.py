"""Denials: the register of what authorities refused."""

from datetime import date
from typing import Any

from pydantic import BaseModel, Field

from overzicht.exportcontrol.denials.model import ReviewOutcome
from overzicht.store.control.denials import Purpose, Reading, SaveResult
from overzicht.web.api.models.shared import Line
from overzicht.workflows.licensing.register import DenialStanding


class ReviewModel(BaseModel):
    """A review that is or was due (Article 16(2)); `held` and `outcome` are null until it was held."""

    number: int
    due: date
    needs_reasons: bool
    held: date | None
    outcome: ReviewOutcome | None


class DenialModel(BaseModel):
    """A denial on the day; `record` is what is notified."""

    id: str
    state: str
    origin: str
    kind: str
    notified_on: date
    in_force: bool
    overdue: bool
    sha256: str
    versions: int
    reviews: list[ReviewModel]
    record: dict[str, Any]

    @classmethod
    def of(cls, found: DenialStanding) -> "DenialModel":
        """Return the form of a denial."""
        stored = found.stored
        return cls(
            id=stored.denial.id, state=stored.denial.issuing_state, origin=stored.origin.value,
            kind=stored.denial.kind.value, notified_on=stored.denial.notified_on, in_force=found.is_valid,
            overdue=found.is_overdue, sha256=stored.sha256, versions=stored.versions,
            reviews=[
                ReviewModel(
                    number=due.number, due=due.due, needs_reasons=due.needs_reasons,
                    held=due.held.on if due.held else None, outcome=due.held.outcome if due.held else None,
                )
                for due in found.reviews
            ],
            record=stored.denial.to_json(),
        )  # fmt: skip


class ReadingModel(BaseModel):
    """That somebody was shown a denial: when, who, as of which day, and for what."""

    at: str
    by: str
    day: date
    purpose: Purpose
    case: str = Field(description="the licence case that was the reason; empty for none")

    @classmethod
    def of(cls, one: Reading) -> "ReadingModel":
        """Return the form of a reading."""
        return cls(at=one.at, by=one.actor, day=one.day, purpose=one.purpose, case=one.case)


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
    reasons: Line = Field(default="")


class ReviewedModel(BaseModel):
    """A review that was kept, and which one it is."""

    denial: str
    review: int
    outcome: ReviewOutcome
