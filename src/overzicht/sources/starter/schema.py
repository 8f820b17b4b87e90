"""Starter listings: the schema of the YAML files in this package, one per list.

A starter file states known facts on some parties, so that a first run is useful without a download. It does
not show that another party is not listed.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from overzicht.dates import DateBasis
from overzicht.evidence.packaged import StrictModel
from overzicht.evidence.source import Source

ListId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Address = Annotated[str, Field(pattern=r"^https?://\S+$")]


class StarterName(StrictModel):
    """A name as the list prints it; `lang` is an ISO 639-3 code where the script tells it."""

    name: str = Field(min_length=2)
    prop: Literal["name", "alias", "previousName", "abbreviation"] = "name"
    lang: Literal["", "eng", "zho"] = ""


class StarterValue(StrictModel):
    """A FollowTheMoney property and its value (`uscCode`, `isinCode`, `birthDate`, `country`)."""

    prop: Annotated[str, Field(pattern=r"^[a-z][A-Za-z]+$")]
    value: str = Field(min_length=1)


class StarterListing(StrictModel):
    """One listing: measure, act, dates with their basis, and the reason in our words.

    `rule` explains a date that the list does not state; every other basis than `stated` requires it. `until`
    is the first day on which the party is no longer listed. `certainty` is whether we read the act or the
    list, a description of it, or know it from memory.
    """

    id: str = Field(min_length=3)
    measure: str = Field(min_length=3)
    programme: str = ""
    since: date
    basis: DateBasis = DateBasis.STATED
    rule: str = ""
    until: date | None = None
    act: str = ""
    act_address: Address | Literal[""] = ""
    reason: str = Field(min_length=20)
    certainty: Literal["read", "secondary", "memory"] = "read"

    @model_validator(mode="after")
    def _dates_make_sense(self) -> "StarterListing":
        if self.basis is not DateBasis.STATED and not self.rule:
            raise ValueError(f"the date {self.since} is {self.basis.value}, so `rule` must say by what rule")
        if self.until is not None and self.until <= self.since:
            raise ValueError(f"the end {self.until} is not after the start {self.since}")
        return self


class StarterEntry(StrictModel):
    """A party on a part of the list. `id` is that of the full list's record if the list has stable ids.

    `part` is the reader's name for the file with the record; empty if the list has one part.
    """

    id: ListId
    part: Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$")] = ""
    schema_: Literal["Company", "LegalEntity", "PublicBody", "Person", "Organization"] = Field(alias="schema")
    names: tuple[StarterName, ...] = Field(min_length=1)
    values: tuple[StarterValue, ...] = ()
    listings: tuple[StarterListing, ...] = Field(min_length=1)
    place: str = Field(min_length=3)
    source: str


class StarterFile(StrictModel):
    """The starter listings of one list, with their sources."""

    list_id: ListId
    checked: date  # the last day on which somebody compared the whole file with its sources
    entries: tuple[StarterEntry, ...] = Field(min_length=1)
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _adds_up(self) -> "StarterFile":
        seen: set[str] = set()
        for entry in self.entries:
            if not entry.id.startswith(f"{self.list_id}-"):
                raise ValueError(f"the id {entry.id!r} does not start with {self.list_id!r}")
            if entry.id in seen:
                raise ValueError(f"the id {entry.id!r} occurs twice")
            if entry.source not in self.sources:
                raise ValueError(f"{entry.id}: there is no source {entry.source!r}")
            seen.add(entry.id)
        unused = sorted(set(self.sources) - {entry.source for entry in self.entries})
        if unused:
            raise ValueError(f"no entry uses the sources {', '.join(unused)}")
        return self
