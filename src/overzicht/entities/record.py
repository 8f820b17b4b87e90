"""Records: one entry of one source, in the FollowTheMoney vocabulary, with dated statements.

A record is the statement of one source. That two records are of the same party is a finding or a person's
judgement, never an edit.
"""

from dataclasses import dataclass
from typing import Any

from overzicht.dates import Period

NO_DATES = Period()

NAME_PROPERTIES = ("name", "alias", "previousName", "abbreviation")
WEAK_NAME_PROPERTIES = ("weakAlias",)


@dataclass(frozen=True, slots=True)
class Statement:
    """One property value of a record: a FollowTheMoney property name and a cleaned value.

    `lang` is an ISO 639-3 code if the source states the language. `original` is the source's spelling if
    cleaning changed it. `period` has the dates that the source states for this value.
    """

    prop: str
    value: str
    lang: str = ""
    original: str = ""
    period: Period = NO_DATES


@dataclass(frozen=True, slots=True)
class Listing:
    """A party's entry on an official list, with its act, programme and dates.

    `id` is stable over snapshots of the same list (an official reference if there is one). `measure` is the
    list's own word for its effect (`Asset freeze`, `Entity List`). `reason` stays in the user's copy of the
    list; it is not part of the product.
    """

    id: str
    list_id: str
    measure: str
    period: Period
    programme: str = ""
    act: str = ""
    act_address: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of one source.

    `id` starts with the list id and is stable over snapshots (`eu-fsf-128226`). `schema` is a
    FollowTheMoney schema; relations (`Ownership`) are records too. `place` is its place in the file in
    words (`sanctionEntity logicalId 128226`, `row 12`).
    """

    id: str
    schema: str
    statements: tuple[Statement, ...]
    place: str
    listings: tuple[Listing, ...] = ()

    def values(self, prop: str) -> tuple[str, ...]:
        """Return the values of a property in the source's order."""
        return tuple(statement.value for statement in self.statements if statement.prop == prop)

    def first(self, prop: str) -> str:
        """Return the first value of a property, or an empty text."""
        return next((statement.value for statement in self.statements if statement.prop == prop), "")

    @property
    def caption(self) -> str:
        """The first name, else the first other name, else the id."""
        for prop in NAME_PROPERTIES + WEAK_NAME_PROPERTIES:
            if value := self.first(prop):
                return value
        return self.id

    @property
    def names(self) -> tuple[str, ...]:
        """Every strong name (legal, alias, former, short), in order, without duplicates."""
        return tuple(dict.fromkeys(s.value for s in self.statements if s.prop in NAME_PROPERTIES))

    @property
    def weak_names(self) -> tuple[str, ...]:
        """Names the source itself calls weak or low quality."""
        return tuple(dict.fromkeys(s.value for s in self.statements if s.prop in WEAK_NAME_PROPERTIES))

    def to_ftm(self) -> dict[str, Any]:
        """Return the entity as FollowTheMoney JSON (`id`, `caption`, `schema`, `properties`)."""
        properties: dict[str, list[str]] = {}
        for statement in self.statements:
            values = properties.setdefault(statement.prop, [])
            if statement.value not in values:
                values.append(statement.value)
        return {"id": self.id, "caption": self.caption, "schema": self.schema, "properties": properties}
