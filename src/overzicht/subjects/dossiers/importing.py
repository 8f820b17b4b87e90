"""Import of dossiers from files, entry by entry: valid entries are imported, the others are reported.

A file is YAML or JSON: `dossier` (the head), then lists by kind (`sources`, `claims`, `responses`, `steps`,
`asked`, `replies`, `presence`). An entry that differs from the stored one becomes a new version, unless a
person corrected or withdrew it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.evidence.faults import in_words
from overzicht.reports.overview_report import RowProblem
from overzicht.store.database import Store, Transaction
from overzicht.subjects.dossiers import records as stored
from overzicht.subjects.dossiers.model import MODELS, DossierHead, Entry, EntryKind
from overzicht.subjects.dossiers.records import DossierError, content_hash
from overzicht.workflows.typed_files import MAX_BYTES, checked, load_text, read_limited

SECTIONS: Mapping[str, EntryKind] = {
    "sources": EntryKind.SOURCE,
    "claims": EntryKind.CLAIM,
    "responses": EntryKind.RESPONSE,
    "steps": EntryKind.STEP,
    "asked": EntryKind.ASKED,
    "replies": EntryKind.REPLY,
    "presence": EntryKind.PRESENCE,
}
HEAD = "dossier"
EXAMPLES = ("overzicht.subjects.dossiers", "data")


@dataclass(frozen=True, slots=True)
class Imported:
    """Result of importing a file: entries added, changed and known, and entries that were refused."""

    dossier_id: str
    added: int = 0
    changed: int = 0
    known: int = 0
    problems: tuple[RowProblem, ...] = ()


def import_file(store: Store, path: Path, actor: Actor, *, is_example: bool = False) -> Imported:
    """Import a dossier from a file; a new dossier is created.

    InputFileError for a file that is not a dossier; single wrong entries are reported and left out.
    """
    return import_bytes(store, read_limited(path, MAX_BYTES), path.name, actor, is_example=is_example)


def import_bytes(store: Store, raw: bytes, name: str, actor: Actor, *, is_example: bool = False) -> Imported:
    """Import a dossier from the bytes of a file called `name`; see `import_file`."""
    data = load_text(raw, name)
    head = _head(data, name)
    importer = _Importer(name, head.id)
    entries = list(_entries(data, importer))
    with store.writing(actor.name, actor.at) as tx:
        existing = stored.find_dossier(tx.connection, head.id)
        if existing is None:
            stored.add_dossier(tx, head, is_example=is_example)
        elif existing.head != head:
            importer.refuse(HEAD, f"dossier {head.id} has another head, which was not changed")
        for place, entry in entries:
            importer.add(tx, place, entry)
    return importer.result()


def ensure_examples(store: Store, actor: Actor) -> tuple[Imported, ...]:
    """Import the shipped dossiers, marked as examples; the user's own dossiers do not change."""
    results = []
    for name, raw in example_files():
        head = _head(load_text(raw, name), name)
        with store.reading() as connection:
            own = stored.find_dossier(connection, head.id)
        if own is not None and not own.is_example:
            importer = _Importer(name, head.id)
            importer.refuse(HEAD, f"dossier {head.id} is one of your own; the example was left out")
            results.append(importer.result())
        else:
            results.append(import_bytes(store, raw, name, actor, is_example=True))
    return tuple(results)


def example_files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each shipped dossier, by name."""
    folder = files(EXAMPLES[0]).joinpath(EXAMPLES[1])
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            yield file.name, file.read_bytes()


def _head(data: Any, name: str) -> DossierHead:
    if not isinstance(data, dict) or not isinstance(data.get(HEAD), dict):
        raise InputFileError(name, "it has no head", fix="add `dossier:` with id, about and title")
    unknown = sorted(str(key) for key in data.keys() - {HEAD, *SECTIONS})
    if unknown:
        raise InputFileError(
            name, f"unknown part {', '.join(unknown)}", fix=f"parts: {HEAD}, {', '.join(SECTIONS)}"
        )
    return checked(DossierHead, data[HEAD], name, HEAD)


def _entries(data: Mapping[str, Any], importer: "_Importer") -> Iterator[tuple[str, Entry]]:
    """Yield the valid entries, sources first, then the entries that cite them; report the others."""
    for section, kind in SECTIONS.items():
        rows = data.get(section) or []
        if not isinstance(rows, list):
            importer.refuse(section, "it is not a list")
            continue
        for number, row in enumerate(rows, start=1):
            named = f" ({row['id']})" if isinstance(row, dict) and row.get("id") else ""
            place = f"{section} {number}{named}"
            try:
                yield place, MODELS[kind].model_validate(row)
            except ValidationError as error:
                importer.refuse(place, in_words(error.errors()))


@dataclass(slots=True)
class _Importer:
    """Imports entries one by one and counts the results."""

    filename: str
    dossier_id: str
    counts: dict[str, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "known": 0})
    problems: list[RowProblem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, tx: Transaction, place: str, entry: Entry) -> None:
        """Add, correct or recognise an entry; a DossierError becomes a problem of its place."""
        if entry.id in self.seen:
            self.refuse(place, f"the id {entry.id} occurs twice in the file")
            return
        self.seen.add(entry.id)
        try:
            self.counts[self._store(tx, entry)] += 1
        except DossierError as error:
            self.refuse(place, error.message)

    def _store(self, tx: Transaction, entry: Entry) -> str:
        versions = stored.versions_of(tx.connection, self.dossier_id, entry.id)
        if not versions:
            stored.add_entry(tx, self.dossier_id, entry)
            return "added"
        if content_hash(entry) in {content_hash(version.entry) for version in versions}:
            return "known"  # a later correction or withdrawal was made in view of this version
        newest = versions[-1]
        if newest.is_withdrawn:
            raise DossierError(f"{entry.id} was withdrawn by {newest.actor} on {newest.at[:10]}")
        if type(newest.entry) is not type(entry):
            raise DossierError(f"{entry.id} is stored as a {newest.kind}")
        stored.check_references(tx.connection, self.dossier_id, entry, newest.entry)
        stored.add_version(tx, self.dossier_id, entry, reason=f"as the file {self.filename} has it")
        return "changed"

    def refuse(self, place: str, reason: str) -> None:
        """Record why a part of the file was left out."""
        self.problems.append(RowProblem(place, text("{reason}", reason=reason)))

    def result(self) -> Imported:
        """Return the result of the import."""
        return Imported(self.dossier_id, **self.counts, problems=tuple(self.problems))
