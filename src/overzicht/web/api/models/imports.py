"""Imports of inventories: the file, how it was read, and what each row comes to."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from overzicht.register.model import Outcome, Status
from overzicht.reports.i18n import Words
from overzicht.store.register.imports import RowView, StoredImport


class ColumnModel(BaseModel):
    """What a column was taken for; an empty field means that it was not understood and is kept as it is."""

    sheet: str
    column: str
    field: str


class ImportModel(BaseModel):
    """An import; `decided_by` is empty while it is a preview."""

    number: int
    organisation: str
    site: str
    day: date
    is_whole: bool
    filename: str
    sha256: str
    kind: str
    records: int
    counts: dict[str, int] = Field(description="rows by outcome")
    columns: list[ColumnModel]
    status: Status
    by: str
    at: str
    decided_by: str
    decided_at: str
    reason: str

    @classmethod
    def of(cls, found: StoredImport) -> "ImportModel":
        """Return the form of an import."""
        return cls(
            number=found.id, organisation=found.organisation_id, site=found.site, day=found.day,
            is_whole=found.is_whole, filename=found.filename, sha256=found.sha256, kind=found.kind,
            records=found.records, counts=dict(found.counts),
            columns=[ColumnModel(**each) for each in found.columns], status=found.status, by=found.actor,
            at=found.at, decided_by=found.decided_by, decided_at=found.decided_at, reason=found.reason,
        )  # fmt: skip


class ChangeModel(BaseModel):
    """A field that differs: as the register has it, and as the inventory says it."""

    field: str
    old: str
    new: str


class RowModel(BaseModel):
    """A row of an import and what it comes to."""

    number: int
    outcome: Outcome
    place: str
    device: str
    matched_by: str
    changes: list[ChangeModel]
    candidates: list[str] = Field(description="of what is unclear: the devices it may be")
    choice: str
    why: str
    values: dict[str, str] = Field(description="what the row says, field by field")

    @classmethod
    def of(cls, row: RowView, values: dict[str, str], words: Words) -> "RowModel":
        """Return the form of a row in a language."""
        return cls(
            number=row.number, outcome=row.outcome, place=row.place, device=row.device_id,
            matched_by=row.matched_by,
            changes=[ChangeModel(field=each.field, old=each.old, new=each.new) for each in row.changes],
            candidates=list(row.candidates), choice=row.choice, why=words.say(row.why) if row.why else "",
            values=values,
        )  # fmt: skip


Choice = Annotated[
    str, StringConstraints(pattern=r"^(|new|skip|(replaces:)?device-[0-9a-f]{16})$", max_length=60)
]


class RowChoice(BaseModel):
    """What a row is: a device's id, `new`, `skip`, or `replaces:` with a device's id; empty takes it back."""

    choice: Choice


class Rejecting(BaseModel):
    """Why an import is rejected."""

    reason: Annotated[str, StringConstraints(max_length=500)] = ""
