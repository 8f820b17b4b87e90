"""What cites the list, and what a new version re-opens: nothing but what cites a touched provision."""

from collections.abc import Iterable
from dataclasses import dataclass

from overzicht.subjects.control_list.diff import Change, ListComparison
from overzicht.subjects.control_list.path import ControlPath, entry_of, overlap, sort_key


@dataclass(frozen=True, slots=True)
class CitingRecord:
    """A record that cites a provision: a licence, the use of a general authorisation, a classification.

    `kind` is its name for users; closed, expired or withdrawn records are not open and are never re-opened.
    """

    record_id: str
    kind: str
    path: ControlPath
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Reopening:
    """A record to look at again: which of its provisions are touched, and by which changes."""

    record_id: str
    kind: str
    cited: tuple[ControlPath, ...]
    changes: tuple[Change, ...]


def reopenings(comparison: ListComparison, cited: Iterable[CitingRecord]) -> tuple[Reopening, ...]:
    """Return the open records that cite a touched provision, by kind and id.

    A change touches a citation if one of the two provisions contains the other. Sibling points are not
    touched.
    """
    by_entry: dict[ControlPath, list[tuple[ControlPath, Change]]] = {}
    for change in comparison.changes:
        for path in change.touched:
            by_entry.setdefault(entry_of(path), []).append((path, change))
    hits: dict[tuple[str, str], list[tuple[ControlPath, Change]]] = {}
    for citing in cited:
        if not citing.is_open:
            continue
        for path, change in by_entry.get(entry_of(citing.path), ()):
            if overlap(path, citing.path):
                hits.setdefault((citing.kind, citing.record_id), []).append((citing.path, change))
    return tuple(_reopening(kind, record_id, changes) for (kind, record_id), changes in sorted(hits.items()))


def _reopening(kind: str, record_id: str, hits: list[tuple[ControlPath, Change]]) -> Reopening:
    paths = sorted({path for path, _ in hits}, key=sort_key)
    changes = dict.fromkeys(change for _, change in hits)
    ordered = sorted(changes, key=lambda change: (sort_key(change.path), change.kind))
    return Reopening(record_id, kind, tuple(paths), tuple(ordered))
