"""A denial: what a state refused, to whom, on what ground; confidential, reviewed every three years."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, model_validator

from overzicht.evidence import text
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.worded import WordedEnum
from overzicht.exportcontrol.licensing.model import (
    ControlCode,
    Country,
    Money,
    Parameter,
    Party,
    Quantity,
    Role,
    Words,
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
    list_version: str = ""
    parameters: tuple[Parameter, ...] = ()
    commodity_code: str = ""
    quantity: Quantity | None = None
    value: Money | None = None


class Denial(StrictModel):
    """The record that is notified. `supersedes` names an earlier denial that this one replaces."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$")]
    issuing_state: Country
    notified_on: date
    kind: DenialKind
    parties: tuple[Party, ...] = Field(min_length=1)
    items: tuple[DenialItem, ...] = Field(min_length=1)
    destination: Country
    end_use: str = ""
    grounds: tuple[Words, ...] = Field(min_length=1)
    supersedes: str = ""
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
