"""A public document that a packaged fact rests on."""

import datetime
import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from overzicht.dates import read_legal_date
from overzicht.evidence.citation import Citation
from overzicht.evidence.finding import Confidence


class Source(BaseModel):
    """A document a reader can open: title, full address, its own date where it has one, the day we read it.

    `date` is an ISO day, month or year, as far as the document says. `official` is True for the party
    itself, a registry, or an authority speaking of its own acts. `kind` is `filing` for what a register or a
    stock exchange made the party file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=3)
    address: Annotated[str, Field(pattern=r"^https?://\S+$")]
    date: str = ""
    read: datetime.date
    official: bool = False
    kind: Literal["", "filing"] = ""

    @field_validator("date")
    @classmethod
    def _is_iso_prefix(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
            raise ValueError(f"{value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        return value

    @property
    def stated_on(self) -> datetime.date:
        """The last day on which it can have said so: by its own date, else the day we read it."""
        return min(read_legal_date(self.date).day, self.read) if self.date else self.read

    @property
    def confidence(self) -> Confidence:
        """How far it proves a fact: a filing more than the party's own word, that more than a report."""
        if self.kind == "filing":
            return Confidence.HIGH
        return Confidence.MEDIUM if self.official else Confidence.LOW

    def cite(self, owner: str, place: str) -> Citation:
        """Return the citation of this document for a fact at `place` of the card `owner`."""
        published = datetime.date.fromisoformat(self.date) if len(self.date) == len("2021-03-22") else None
        return Citation(
            source=owner,
            title=self.title,
            place=place,
            address=self.address,
            published=published,
            retrieved=self.read,
            official=self.official,
        )
