"""A public document that a packaged fact is based on."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from overzicht.dates import PARTIAL_DATE, read_legal_date
from overzicht.evidence.citation import Citation
from overzicht.evidence.finding import Confidence
from overzicht.evidence.packaged import StrictModel


class Document(StrictModel):
    """A document that a reader can open: title, full address, and its own date if it has one.

    `date` is an ISO date, month or year, as far as the document states; `read` the date of reading, None for
    an address alone. `official` is True for the party itself, a registry, or an authority about its own acts.
    `kind` is `filing` for a document that a register or stock exchange required the party to file.
    """

    title: str = Field(min_length=3)
    address: Annotated[str, Field(pattern=r"^https?://\S+$")]
    date: Annotated[
        str, Field(pattern=r"^(\d{4}(-\d{2}(-\d{2})?)?)?$", json_schema_extra={"format": PARTIAL_DATE})
    ] = ""
    read: datetime.date | None = None
    official: bool = False
    kind: Literal["", "filing"] = ""

    @property
    def confidence(self) -> Confidence:
        """How far it proves a fact: a filing more than the party's own statement, that more than a report."""
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


class Source(Document):
    """A document that was read, with the date of reading."""

    read: datetime.date

    @property
    def stated_on(self) -> datetime.date:
        """The latest date on which it can have stated this: its own date, else the date of reading."""
        return min(read_legal_date(self.date).day, self.read) if self.date else self.read
