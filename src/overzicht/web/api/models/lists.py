"""Lists, their versions, and what differs between two."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from overzicht.reports.i18n import Words
from overzicht.store.snapshots import StoredSnapshot
from overzicht.web.api.models.shared import Key
from overzicht.web.paging import Page
from overzicht.workflows.lists import ListDiff, ListState


class VersionModel(BaseModel):
    """A loaded version of (a part of) a list."""

    sha256: str
    part: str
    day: date
    published: date | None
    records: int
    official: bool
    complete: bool
    starter: bool = Field(description="facts that ship with the product, not the list's own file")

    @classmethod
    def of(cls, stored: StoredSnapshot) -> "VersionModel":
        """Return the form of a stored snapshot."""
        return cls(
            sha256=stored.snapshot.sha256, part=stored.snapshot.part, day=stored.version.day,
            published=stored.snapshot.published, records=stored.record_count,
            official=stored.snapshot.official, complete=stored.snapshot.complete, starter=stored.is_starter,
        )  # fmt: skip


class ListModel(BaseModel):
    """A list that is read, and how far it can tell for the day asked about."""

    id: str
    title: str
    publisher: str
    official: bool
    is_listing: bool = Field(description="false for registers, whose entries are no accusation")
    effect: str
    can_tell: bool
    note: str
    versions: list[VersionModel]

    @classmethod
    def of(cls, state: ListState, words: Words) -> "ListModel":
        """Return the form of a list in a language."""
        card = state.card
        return cls(
            id=card.id, title=words.either(card.title, card.title_nl), publisher=card.publisher,
            official=card.publisher_is_official, is_listing=card.is_listing,
            effect=words.either(card.effect.summary, card.effect.summary_nl),
            can_tell=state.coverage.can_tell, note=words.say(state.coverage.note),
            versions=[VersionModel.of(each) for each in state.snapshots],
        )  # fmt: skip


class DifferenceModel(BaseModel):
    """One record that was listed, delisted or changed; values that came and went as (property, value)."""

    change: Literal["listed", "delisted", "changed"]
    record: str
    caption: str
    added: list[tuple[str, str]] = Field(default_factory=list)
    removed: list[tuple[str, str]] = Field(default_factory=list)


class DiffPage(Page[DifferenceModel]):
    """Two versions of a list compared; where `complete` is false, what is absent was not surely removed."""

    before: VersionModel
    after: VersionModel
    complete: bool
    listed: int
    delisted: int
    changed: int


def differences(found: ListDiff) -> list[DifferenceModel]:
    """Return every difference: what came, what went, what changed."""
    came = [DifferenceModel(change="listed", record=r.id, caption=r.caption) for r in found.listed]
    went = [DifferenceModel(change="delisted", record=r.id, caption=r.caption) for r in found.delisted]
    changed = [
        DifferenceModel(
            change="changed", record=each.record_id, caption=each.caption, added=list(each.added),
            removed=list(each.removed),
        )
        for each in found.changed
    ]  # fmt: skip
    return [*came, *went, *changed]


class UpdateAsked(BaseModel):
    """Which lists to fetch; none named means all."""

    lists: Annotated[list[Key], Field(max_length=50)] = Field(default_factory=list)
