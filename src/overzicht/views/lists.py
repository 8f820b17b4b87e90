"""Lists, their versions, and the differences between two."""

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
    """A loaded version of a source: its file by hash, and the records in it."""

    sha256: str = at("snapshot.sha256")
    source: str = at("snapshot.source")
    part: str = at("snapshot.part")
    filename: str = at("snapshot.filename")
    size_bytes: int = at("snapshot.size_bytes")
    address: str = at("snapshot.address")
    day: date = at("version.day", description="date of its contents: published, else retrieved, else added")
    published: date | None = at("snapshot.published")
    retrieved: date | None = at("snapshot.retrieved")
    official: bool = at("snapshot.official")
    complete: bool = at("snapshot.complete")
    starter: bool = at("is_starter", description="packaged facts, not the list's own file")
    records: int = at("record_count")
    ignored: dict[str, int]
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = at("snapshot.remarks")


class KeptSnapshotView(SnapshotView):
    """A snapshot, and whether its file is stored here."""

    has_bytes: bool = False


class ListView(View):
    """A list, and whether it covers the date."""

    id: str = at("card.id")
    title: Text = at("card.heading")
    publisher: str = at("card.publisher")
    official: bool = at("card.publisher_is_official")
    is_listing: bool = at(
        "card.is_listing", description="false for registers, whose entries are not an accusation"
    )
    effect: Text = at("card.effect.text")
    can_tell: bool = at("coverage.covers_date")
    note: Text = at("coverage.note")
    snapshots: tuple[SnapshotView, ...]

    @computed_field
    @property
    def list(self) -> str:
        """The same as `id`, under an earlier name."""
        return self.id


class ListDifference(BaseModel):
    """A record that was listed, delisted or changed, with the added and removed values by property."""

    change: Literal["listed", "delisted", "changed"]
    record_id: str
    caption: str
    added: Values = ()
    removed: Values = ()


class DiffView(View):
    """Two versions of a list compared. If `complete` is false, an absent record may still be listed."""

    before: SnapshotView
    after: SnapshotView
    complete: bool = at("is_complete")
    listed: int
    delisted: int
    changed: int
    items: Sequence[ListDifference]


def differences(diff: ListDiff) -> "list[ListDifference]":
    """Return every difference: listed records, delisted records, changed records."""
    listed = [ListDifference(change="listed", record_id=r.id, caption=r.caption) for r in diff.listed]
    delisted = [ListDifference(change="delisted", record_id=r.id, caption=r.caption) for r in diff.delisted]
    changed = [
        ListDifference(
            change="changed", record_id=c.record_id, caption=c.caption, added=c.added, removed=c.removed
        )
        for c in diff.changed
    ]
    return [*listed, *delisted, *changed]


def compared(diff: ListDiff, items: Sequence[ListDifference] | None = None) -> DiffView:
    """Return two versions compared, with these differences (default: all of them)."""
    return DiffView(
        before=SnapshotView.of(diff.before),
        after=SnapshotView.of(diff.after),
        complete=diff.is_complete,
        listed=len(diff.listed),
        delisted=len(diff.delisted),
        changed=len(diff.changed),
        items=differences(diff) if items is None else items,
    )
