"""Lists, their versions, and what differs between two."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, computed_field

from overzicht.evidence import Text
from overzicht.evidence.shown import pairs_as
from overzicht.views.view import View, at
from overzicht.workflows.lists import ListDiff

Values = Annotated[tuple[tuple[str, str], ...], pairs_as("property", "value")]


class SnapshotView(View):
    """A loaded version of a source: the bytes that were seen, by their hash, and what was read in them."""

    sha256: str = at("snapshot.sha256")
    source: str = at("snapshot.source")
    part: str = at("snapshot.part")
    filename: str = at("snapshot.filename")
    size_bytes: int = at("snapshot.size_bytes")
    address: str = at("snapshot.address")
    day: date = at("version.day", description="of its state: published, else retrieved, else added")
    published: date | None = at("snapshot.published")
    retrieved: date | None = at("snapshot.retrieved")
    official: bool = at("snapshot.official")
    complete: bool = at("snapshot.complete")
    starter: bool = at("is_starter", description="facts that ship with the product, not the list's own file")
    records: int = at("record_count")
    ignored: dict[str, int]
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = at("snapshot.remarks")


class KeptSnapshotView(SnapshotView):
    """A snapshot and whether its file can be had here."""

    has_bytes: bool = False


class ListView(View):
    """A list that is read, and whether it covers the day that is asked about."""

    id: str = at("card.id")
    title: Text = at("card.heading")
    publisher: str = at("card.publisher")
    official: bool = at("card.publisher_is_official")
    is_listing: bool = at(
        "card.is_listing", description="false for registers, whose entries are no accusation"
    )
    effect: Text = at("card.effect.text")
    can_tell: bool = at("coverage.covers_date")
    note: Text = at("coverage.note")
    snapshots: tuple[SnapshotView, ...]

    @computed_field
    @property
    def list(self) -> str:
        """The same as `id`, for programs that read it by this name."""
        return self.id


class ListDifference(BaseModel):
    """One record that was listed, delisted or changed; values that came and went, by property."""

    change: Literal["listed", "delisted", "changed"]
    record_id: str
    caption: str
    added: Values = ()
    removed: Values = ()


class DiffView(View):
    """Two versions of a list compared; where `complete` is false, what is absent was not surely removed."""

    before: SnapshotView
    after: SnapshotView
    complete: bool = at("is_complete")
    listed: int
    delisted: int
    changed: int
    items: Sequence[ListDifference]


def differences(found: ListDiff) -> "list[ListDifference]":
    """Return every difference: what came, what went, what changed."""
    came = [ListDifference(change="listed", record_id=r.id, caption=r.caption) for r in found.listed]
    went = [ListDifference(change="delisted", record_id=r.id, caption=r.caption) for r in found.delisted]
    changed = [
        ListDifference(
            change="changed", record_id=c.record_id, caption=c.caption, added=c.added, removed=c.removed
        )
        for c in found.changed
    ]
    return [*came, *went, *changed]


def compared(found: ListDiff, items: Sequence[ListDifference] | None = None) -> DiffView:
    """Return two versions compared, with these differences; left out, with all of them."""
    return DiffView(
        before=SnapshotView.of(found.before),
        after=SnapshotView.of(found.after),
        complete=found.is_complete,
        listed=len(found.listed),
        delisted=len(found.delisted),
        changed=len(found.changed),
        items=differences(found) if items is None else items,
    )
