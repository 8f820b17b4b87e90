"""Lists, their versions, and the differences between two."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, computed_field

from overzicht.evidence import Text
from overzicht.evidence.json_marks import pairs_as
from overzicht.sources.interface import RecordProblem
from overzicht.sources.lists.interface import Account, LeftOut, ReadReport
from overzicht.subjects.lists.updating import ListDiff
from overzicht.views.view import View, at

if TYPE_CHECKING:
    from overzicht.sources.lists.mapped.preview import PartyLine

Values = Annotated[tuple[tuple[str, str], ...], pairs_as("property", "value")]


class SnapshotView(View):
    """A loaded version of a source: its file by hash, and the records in it."""

    sha256: str = at("snapshot.sha256")
    source: str = at("snapshot.source")
    part: str = at("snapshot.part")
    filename: str = at("snapshot.filename")
    size_bytes: int = at("snapshot.size_bytes")
    address: str = at("snapshot.address")
    day: date | None = at("snapshot.published", description="date of its contents; null: undated")
    published: date | None = at("snapshot.published")
    newest: date | None = at("newest", description="date of the newest entry of an undated file")
    retrieved: date | None = at("snapshot.retrieved")
    official: bool = at("snapshot.official")
    complete: bool = at("snapshot.complete")
    doubt: str = at("doubt", description="why it does not prove that a party is absent; empty if it does")
    starter: bool = at("is_starter", description="packaged facts, not the list's own file")
    records: int = at("record_count")
    ignored: dict[str, int]
    problems: tuple[str, ...]
    remarks: tuple[str, ...] = at("snapshot.remarks")


class KeptSnapshotView(SnapshotView):
    """A snapshot, and whether its file is stored here."""

    has_bytes: bool = False


class LeftOutView(BaseModel):
    """Records of a file that became no party, or values that could not be read: how many, and examples."""

    reason: str
    count: int
    examples: tuple[str, ...]


class AccountView(BaseModel):
    """The records of a file of an own list: `read` is the sum of the others."""

    read: int
    parties: int
    merged: int
    left_out: tuple[LeftOutView, ...]
    unread: tuple[str, ...]
    values_not_read: tuple[LeftOutView, ...]
    end: str
    stated: int | None


def account_view(account: Account, problems: Sequence[RecordProblem]) -> AccountView:
    """Return the account of a file of an own list."""
    return AccountView(
        read=account.read,
        parties=account.parties,
        merged=account.merged,
        left_out=_left_out(account.left_out),
        unread=tuple(map(str, problems)),
        values_not_read=_left_out(account.unread),
        end=account.end,
        stated=account.stated,
    )


def _left_out(groups: Mapping[str, LeftOut]) -> tuple[LeftOutView, ...]:
    return tuple(
        LeftOutView(reason=reason, count=group.count, examples=tuple(group.examples))
        for reason, group in groups.items()
    )


class PartyLineView(BaseModel):
    """A party of an own list as its mapping reads it; the fields are those of the file."""

    name: str
    aliases: tuple[str, ...]
    previous_names: tuple[str, ...]
    kind: str
    birth: tuple[str, ...]
    listed: str
    until: str
    ids: tuple[str, ...]
    numbers: Annotated[tuple[tuple[str, str], ...], pairs_as("kind", "number")]
    countries: tuple[str, ...]
    programme: str
    record_id: str
    place: str


class PreviewView(BaseModel):
    """Parties of a file by a mapping before anything is stored, and the sum of its records.

    `not_taken` are fields of the file that the mapping leaves out, with their number.
    """

    account: AccountView
    parties: tuple[PartyLineView, ...]
    not_taken: dict[str, int]
    remarks: tuple[str, ...]


def preview_view(lines: "Sequence[PartyLine]", report: ReadReport, most: int) -> PreviewView:
    """Return a preview with at most this number of parties."""
    return PreviewView(
        account=account_view(report.account or Account(), report.problems),
        parties=tuple(map(party_view, lines[:most])),
        not_taken=dict(report.ignored.most_common()),
        remarks=tuple(report.remarks),
    )


def party_view(line: "PartyLine") -> PartyLineView:
    """Return a party of an own list as a line of a preview."""
    return PartyLineView.model_validate(asdict(line))


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
