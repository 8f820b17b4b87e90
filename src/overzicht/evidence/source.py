"""A public document that a packaged fact rests on."""

import datetime
import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from overzicht.evidence.citation import Citation


class Source(BaseModel):
    """A document a reader can open: title, full address, its own date where it has one, the day we read it.

    `date` is an ISO day, month or year, as far as the document says. `official` is True for the party
    itself, a registry, or an authority speaking of its own acts.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = Field(min_length=3)
    address: Annotated[str, Field(pattern=r"^https?://\S+$")]
    date: str = ""
    read: datetime.date
    official: bool = False

    @field_validator("date")
    @classmethod
    def _is_iso_prefix(cls, value: str) -> str:
        if value and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
            raise ValueError(f"{value!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        return value

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
