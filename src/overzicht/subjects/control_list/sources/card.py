"""The card of the control list: what a file must hold, which acts changed the list, and what copies miss."""

from datetime import date
from functools import cache
from typing import Annotated

from pydantic import Field

from overzicht.evidence import Text, text
from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.evidence.text import plain_text
from overzicht.sources.lists.card import Range

CARD = "card.yml"


class Stale(StrictModel):
    """Words that a later act took out, and that copies of an older text still show."""

    act: str
    address: Annotated[str, Field(pattern=r"^https://\S+$")]
    since: date
    authorisations: tuple[str, ...]
    strike: tuple[str, ...]


class Act(StrictModel):
    """An act that set or changed the list, with its first day; `version` is the usual name of its text."""

    act: str
    since: date
    address: Annotated[str, Field(pattern=r"^https://\S+$")]
    version: str = ""
    unverified: bool = False

    @property
    def dated(self) -> Text:
        """The name of the act with its first day."""
        return text("{act} ({since})", act=plain_text(self.act), since=self.since)


class ControlListCard(StrictModel):
    """The card: official address, licence, counts, later changes that copies miss, and the list's history."""

    id: str
    title: str
    title_nl: str
    publisher: str
    address: Annotated[str, Field(pattern=r"^https://\S+$")]
    licence: str
    entries: Range
    provisions: Range
    stale: tuple[Stale, ...] = ()
    history: tuple[Act, ...] = Field(min_length=1)

    def start_of(self, version: str) -> date | None:
        """Return the first day of a version by name, or None."""
        return next((act.since for act in self.history if act.version == version), None)

    def changes_between(self, start: date, day: date) -> tuple[Act, ...]:
        """Return the acts that changed the list after `start` and up to and including `day`."""
        return tuple(act for act in self.history if start < act.since <= day)

    def newest_until(self, day: date) -> Act | None:
        """Return the newest act that set or changed the list by `day`; None if there is none."""
        return max(self.changes_between(date.min, day), key=lambda act: act.since, default=None)


@cache
def control_list_card() -> ControlListCard:
    """Return the packaged card, read once; PackagedFactError where it is wrong."""
    return packaged_facts(ControlListCard, "overzicht.subjects.control_list.sources", CARD)
