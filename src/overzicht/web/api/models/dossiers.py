"""Dossiers: claims with their status, steps, replies, presence, and every entry with its versions."""

from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from overzicht.dossiers.model import EntryKind
from overzicht.web.api.models.shared import Key, Line, Lines

EntryName = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=60)]
MOST_FIELDS = 60


class HeadAsked(BaseModel):
    """A dossier to begin; without a Dutch title the other stands for both."""

    id: EntryName
    about: Key
    title: Line
    title_nl: Line = ""
    names: list[Line] = Field(default_factory=list, max_length=50)


class EntryAsked(BaseModel):
    """An entry to add: its kind and fields as texts, as the command takes them; without an id one is made."""

    kind: EntryKind
    id: EntryName = ""
    fields: dict[Key, Lines] = Field(max_length=MOST_FIELDS)


class CorrectionAsked(BaseModel):
    """What changes of an entry, and why."""

    fields: dict[Key, Lines] = Field(max_length=MOST_FIELDS)
    reason: Line


class WithdrawalAsked(BaseModel):
    """Why an entry is withdrawn."""

    reason: Line


class EntryKept(BaseModel):
    """The entry that was added or changed."""

    dossier: str
    entry: str


class DocumentKept(BaseModel):
    """The hash by which the bytes of a document are kept."""

    sha256: str
