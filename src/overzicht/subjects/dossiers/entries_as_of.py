"""The entries of dossiers as of two dates: that of the file and that of the world."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import TypeVar

from sqlalchemy import Connection

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.vocabulary import squashed
from overzicht.grouping import by_key
from overzicht.subjects.dossiers import records as store
from overzicht.subjects.dossiers.model import (
    MODELS,
    Claim,
    DatedEntry,
    Entry,
    EntryKind,
    SourceDocument,
    sources_of,
)
from overzicht.subjects.dossiers.records import StoredDossier
from overzicht.subjects.dossiers.sentences import says_of
from overzicht.subjects.dossiers.versions import EntryHistory, Version, histories_on
from overzicht.subjects.dossiers.views import VersionView

E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Folder:
    """One dossier with the versions recorded until `known_on`, for the world on `as_of`."""

    stored: StoredDossier
    as_of: date
    entries: tuple[EntryHistory, ...]

    @cached_property
    def documents(self) -> dict[str, SourceDocument]:
        """All documents by key, including withdrawn ones, which give names but no evidence."""
        entries = (kept.last.entry for kept in self.entries)
        return {entry.id: entry for entry in entries if isinstance(entry, SourceDocument)}

    @cached_property
    def sources(self) -> dict[str, SourceDocument]:
        """The documents that were not withdrawn, by key."""
        gone = {kept.last.entry_id for kept in self.entries if kept.last.is_withdrawn}
        return {key: document for key, document in self.documents.items() if key not in gone}

    def standing(self, kind: EntryKind) -> Iterator[EntryHistory]:
        """Yield the entries of a kind that were not withdrawn and are dated until `as_of`."""
        for kept in self.entries:
            entry = kept.last.entry
            has_happened = not isinstance(entry, DatedEntry | Claim) or entry.when.day <= self.as_of
            if kept.last.kind is kind and not kept.last.is_withdrawn and has_happened:
                yield kept

    def rests(self, entry: Entry) -> bool:
        """Return whether an entry still has a document; a note in the dossier needs none.

        A claim cites every document that reported it; the original of a report is not cited.
        """
        if isinstance(entry, Claim):
            return any(report.source in self.sources for report in entry.reports)
        named = sources_of(entry)
        return not named or all(name in self.sources for name in named)

    def resting(self, kind: EntryKind) -> Iterator[EntryHistory]:
        """Yield the `standing` entries of a kind that have a document."""
        return (kept for kept in self.standing(kind) if self.rests(kept.last.entry))

    def supported(self, model: type[E]) -> Iterator[tuple[EntryHistory, E]]:
        """Yield the `standing` entries of a type that have a document, with their history."""
        kind = next(kind for kind, known in MODELS.items() if known is model)
        for kept in self.resting(kind):
            if isinstance(kept.last.entry, model):
                yield kept, kept.last.entry

    def without_source(self) -> Iterator[EntryHistory]:
        """Yield the `standing` entries whose every document was withdrawn."""
        for kind in EntryKind:
            yield from (kept for kept in self.standing(kind) if not self.rests(kept.last.entry))


def folders(
    connection: Connection, as_of: date, known_on: date | None, dossier_id: str | None = None
) -> list[Folder]:
    """Return all dossiers, or one, by id; those begun after `known_on` are left out."""
    heads = (
        store.all_dossiers(connection) if dossier_id is None else [store.get_dossier(connection, dossier_id)]
    )
    by_dossier = by_key(
        (kept.last.dossier_id, kept)
        for kept in histories_on(store.versions_of(connection, dossier_id), known_on)
    )
    return [
        Folder(head, as_of, tuple(by_dossier.get(head.head.id, ())))
        for head in heads
        if known_on is None or date.fromisoformat(head.at[:10]) <= known_on or dossier_id is not None
    ]


def version_view(version: Version) -> VersionView:
    """Return a version as a reader sees it."""
    return VersionView(
        dossier_id=version.dossier_id,
        entry_id=version.entry_id,
        kind=version.kind,
        number=version.number,
        sentence=says_of(version.entry),
        is_withdrawn=version.is_withdrawn,
        reason=version.reason,
        actor=version.actor,
        recorded_on=version.recorded_on,
    )


def earlier(kept: EntryHistory) -> tuple[VersionView, ...]:
    """Return the versions that a correction replaced, oldest first, with the fields that it changed."""
    pairs = zip(kept.versions[:-1], kept.versions[1:], strict=True)
    views = []
    for old, new in pairs:
        before, after = old.entry.model_dump(), new.entry.model_dump()
        views.append(
            replace(
                version_view(old), changed=tuple(name for name in before if before[name] != after.get(name))
            )
        )
    return tuple(views)


def party_name(about: str, names: Sequence[str] = ()) -> str:
    """Return the name of a party: the trade name on its card, else the first name given, else its id."""
    card = load_knowledge().makers.get(about)
    if card is not None:
        return card.trade_name
    return names[0] if names else about


def names_of(connection: Connection, party: str) -> frozenset[str]:
    """Return all names and ids of a party in folded form, from maker cards and dossiers."""
    return names_of_each(connection, (party,))[party]


def names_of_each(connection: Connection, parties: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return all names and ids of each of several parties in folded form."""
    groups = [*_names_on_cards()]
    groups += [
        frozenset(squashed(name) for name in (dossier.head.id, dossier.head.about, *dossier.head.names))
        for dossier in store.all_dossiers(connection)
    ]
    named = {party: squashed(party) for party in parties}
    return {
        party: frozenset({own}.union(*(group for group in groups if own in group)))
        for party, own in named.items()
    }


@cache
def _names_on_cards() -> tuple[frozenset[str], ...]:
    return tuple(
        frozenset({squashed(card.id), *(squashed(name.name) for name in card.names)})
        for card in load_knowledge().makers.values()
    )
