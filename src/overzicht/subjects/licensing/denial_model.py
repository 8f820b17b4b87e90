"""A denial: what a state refused, to whom, on what ground; confidential, reviewed every three years."""

from calendar import isleap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.json_marks import shown_as
from overzicht.evidence.limited import Few, Line, Lines, Some, Words
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.law.export_rules import export_rules
from overzicht.subjects.licensing.model import (
    ControlCode,
    Country,
    Money,
    Parameter,
    Party,
    Quantity,
    Role,
)


class DenialKind(WordedEnum):
    """Kind of decision (Article 16(1), (3), (4))."""

    REFUSAL = "refusal", text("refusal")
    ANNULMENT = "annulment", text("annulment")
    SUSPENSION = "suspension", text("suspension")
    LIMITATION = "limitation", text("limitation")
    REVOCATION = "revocation", text("revocation")
    NOT_TO_BE_AUTHORISED = "not to be authorised", text("not to be authorised")
    TRANSIT = "transit", text("transit")
    BROKERING = "brokering", text("brokering")
    ASSISTANCE = "assistance", text("technical assistance")


class DenialItem(StrictModel):
    """An item of a denial: its code with the list version, and its key parameters with units."""

    description: Words
    code: ControlCode | None = None
    list_version: Line = ""
    parameters: Few[Parameter] = ()
    commodity_code: Line = ""
    quantity: Quantity | None = None
    value: Money | None = None


class Denial(StrictModel):
    """The record that is notified. `supersedes` names an earlier denial that this one replaces."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
    issuing_state: Country
    notified_on: date
    kind: DenialKind
    parties: Some[Party]
    items: Some[DenialItem]
    destination: Country
    end_use: Lines = ""
    grounds: Some[Words]
    supersedes: Line = ""
    revoked_on: date | None = None

    @model_validator(mode="after")
    def _does_not_contradict_itself(self) -> "Denial":
        roles = {party.role for party in self.parties}
        if not roles & {Role.END_USER, Role.CONSIGNEE}:
            raise ValueError("a denial names an end-user or a consignee; this one names neither")
        if self.supersedes == self.id:
            raise ValueError("a denial cannot replace itself")
        if self.revoked_on and self.revoked_on < self.notified_on:
            raise ValueError(f"revoked on {self.revoked_on}, before it was notified on {self.notified_on}")
        return self

    def to_json(self) -> dict[str, Any]:
        """Return the record as JSON; numbers are texts, days ISO, so that it is the same everywhere."""
        data: dict[str, Any] = self.model_dump(mode="json", by_alias=True)
        return data


class ReviewOutcome(WordedEnum):
    """Outcome of a review of a denial (Article 16(2))."""

    RENEW = "renew", text("renewed")
    AMEND = "amend", text("amended")
    REVOKE = "revoke", text("revoked")


class ReviewRecord(StrictModel):
    """A review that was held: when, with which outcome, and why."""

    on: date
    outcome: ReviewOutcome
    reasons: str = ""
    by: str = ""


class ReviewWithoutReasonsError(OverzichtError):
    """From the third review on, a state that keeps its denial must say why."""

    def __init__(self, denial: str, number: int) -> None:
        super().__init__(
            f"denial {denial}: review {number} keeps the denial without reasons (Article 16(2))",
            fix="give them with --reason",
        )


@dataclass(frozen=True, slots=True)
class Review:
    """A review that is or was due: its number, the last day, and whether reasons are owed for keeping it."""

    number: int
    due: date
    needs_reasons: bool
    record: Annotated[ReviewRecord | None, shown_as("held")] = None

    def is_overdue_on(self, day: date) -> bool:
        """Return whether the last day has passed without a review."""
        return self.record is None and day > self.due


def years_later(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February gives 28 February where that year has none."""
    if (day.month, day.day) == (2, 29) and not isleap(day.year + years):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def reviews(denial: Denial, records: Sequence[ReviewRecord], until: date) -> tuple[Review, ...]:
    """Return the reviews due from the notification up to the first one after `until`, in order.

    All due dates count from the notification. A completed review answers the first open one; after a
    revocation no review is due.
    """
    rule = export_rules().denial_reviews
    done = sorted(records, key=lambda review: review.on)
    due_reviews: list[Review] = []
    number = 0
    while True:
        number += 1
        due = years_later(denial.notified_on, number * rule.every_years)
        record = done[number - 1] if number <= len(done) else None
        due_reviews.append(Review(number, due, _owes_reasons(number, due), record))
        if record is not None and record.outcome is ReviewOutcome.REVOKE:
            return tuple(due_reviews)
        if due > until and number > len(done):
            return tuple(due_reviews)


def check_review(denial: Denial, records: Sequence[ReviewRecord], new: ReviewRecord) -> int:
    """Return the number of the review that `new` is; ReviewWithoutReasonsError where reasons are owed."""
    number = len(records) + 1
    owed = _owes_reasons(number, new.on)
    if owed and new.outcome is not ReviewOutcome.REVOKE and not new.reasons.strip():
        raise ReviewWithoutReasonsError(denial.id, number)
    return number


def _owes_reasons(number: int, day: date) -> bool:
    rule = export_rules().denial_reviews
    return number >= rule.reasons_from_review and day >= rule.reasons_since


def is_valid_on(denial: Denial, records: Sequence[ReviewRecord], day: date) -> bool:
    """Return whether a denial was in force on `day`; a late review does not end it."""
    ends = [record.on for record in records if record.outcome is ReviewOutcome.REVOKE]
    ends += [denial.revoked_on] if denial.revoked_on else []
    return denial.notified_on <= day and not any(end <= day for end in ends)
