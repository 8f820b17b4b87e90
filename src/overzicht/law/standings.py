"""States that an instrument binds: parties, signatories, members and adherents, with dates.

The parties of treaties are rows of `law/data/treaty-parties.csv`, each with the address of its source
(`tools/make_treaty_parties.py` writes it); other positions are on the card. A date from memory has no
effect: between such a date and the first date that a source shows, the answer is unknown.
"""

import csv
import datetime
import io
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from overzicht.dates import Holds
from overzicht.errors import PackagedFactError
from overzicht.evidence.faults import in_words
from overzicht.evidence.packaged import StrictModel, packaged_text
from overzicht.grouping import by_key

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
StandingKind = Literal["party", "signatory", "member", "adherent"]
TABLE = "data/treaty-parties.csv"


class Standings(StrictModel):
    """Countries of one kind: start date (inclusive) and end date (exclusive).

    `all_named` states whether a country that is missing is surely not one, until `told_until` if that is set.
    `never` names some that are not, although others are missing. `read` are the countries whose date was read
    in a source; for the others it is unverified. `sure_from` is the first date on which a source shows a
    country to be one; with a date in `since` only, that date counts. `absent_on` is a date until which a
    source shows that it was not. `also` adds sources for single countries.
    """

    since: dict[Country, datetime.date]
    sure_from: dict[Country, datetime.date | None] = Field(default_factory=dict)
    until: dict[Country, datetime.date] = Field(default_factory=dict)
    absent_on: dict[Country, datetime.date] = Field(default_factory=dict)
    all_named: bool
    told_until: datetime.date | None = None
    never: tuple[Country, ...] = ()
    read: tuple[Country, ...] = ()
    sources: tuple[str, ...] = ()
    also: dict[Country, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_are_known(self) -> "Standings":
        stray = (set(self.read) | set(self.until)) - set(self.since) - set(self.sure_from)
        stray |= set(self.never) & set(self.since)
        if stray:
            raise ValueError(f"countries that do not fit: {', '.join(sorted(stray))}")
        return self

    @property
    def countries(self) -> tuple[str, ...]:
        """Every country that is named, in order."""
        return tuple(sorted({*self.since, *self.sure_from, *self.absent_on, *self.never}))

    def on(self, country: str, day: datetime.date) -> Holds:
        """Return whether a country was one on `day`; unknown if no source shows it."""
        if country in self.since or country in self.sure_from:
            return self._named_on(country, day)
        if country in self.absent_on:
            return Holds.NO if day <= self.absent_on[country] else Holds.UNKNOWN
        is_told = self.all_named and (self.told_until is None or day <= self.told_until)
        return Holds.NO if is_told or country in self.never else Holds.UNKNOWN

    def _named_on(self, country: str, day: datetime.date) -> Holds:
        since = self.since.get(country)
        sure = self.sure_from.get(country, since)
        ended = self.until.get(country)
        if ended is not None and day >= ended:
            return Holds.NO
        if sure is not None and day >= sure:
            return Holds.YES
        return Holds.NO if since is not None and since == sure else Holds.UNKNOWN

    def joined(self, card: "Standings | None") -> "Standings":
        """Return these standings with the notes of a card about the same kind."""
        if card is None:
            return self
        also = {**self.also}
        for country, keys in card.also.items():
            also[country] = (*also.get(country, ()), *keys)
        return self.model_copy(
            update={
                "never": tuple(name for name in card.never if name not in self.countries),
                "all_named": card.all_named,
                "told_until": card.told_until,
                "also": also,
                "sources": card.sources,
            }
        )


class _StateRow(StrictModel):
    instrument: str
    state: Country
    kind: StandingKind
    since: datetime.date | None
    sure_from: datetime.date | None
    until: datetime.date | None
    absent_on: datetime.date | None
    confidence: Literal["read", "secondary", "memory"]
    source: Annotated[str, Field(pattern=r"^https://\S+$")]


@cache
def _rows() -> tuple[_StateRow, ...]:
    """Return every row of the packaged table; PackagedFactError names a row that is not valid."""
    rows = []
    for number, row in enumerate(csv.DictReader(io.StringIO(packaged_text("overzicht.law", TABLE))), start=2):
        try:
            rows.append(_StateRow.model_validate({key: value or None for key, value in row.items()}))
        except ValidationError as error:
            raise PackagedFactError(TABLE, in_words(error.errors()), place=f"line {number}") from error
    return tuple(rows)


def packaged_standings(instrument: str, keys: Mapping[str, str]) -> dict[StandingKind, Standings]:
    """Return the states of an instrument by kind; empty if the table has none.

    `keys` are the sources of its card by address; PackagedFactError if a row cites another one.
    """
    by_kind = by_key((row.kind, row) for row in _rows() if row.instrument == instrument)
    stray = {row.source for rows in by_kind.values() for row in rows} - set(keys)
    if stray:
        raise PackagedFactError(TABLE, f"not a source of {instrument}: {', '.join(sorted(stray))}")
    return {kind: _standings(rows, keys) for kind, rows in by_kind.items()}


def _standings(rows: list[_StateRow], keys: Mapping[str, str]) -> Standings:
    """Return the standings of one kind; of a state that came back, the last period counts."""
    bound = {row.state: row for row in rows if row.absent_on is None}.values()
    return Standings(
        since={row.state: row.since for row in bound if row.since is not None},
        sure_from={row.state: row.sure_from for row in bound},
        until={row.state: row.until for row in bound if row.until is not None},
        absent_on={row.state: row.absent_on for row in rows if row.absent_on is not None},
        all_named=False,
        read=tuple(row.state for row in bound if row.confidence == "read"),
        also={row.state: (keys[row.source],) for row in rows},
    )
