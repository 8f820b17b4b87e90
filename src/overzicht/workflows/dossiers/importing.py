"""Dossiers as files: read strictly, entry by entry, so that good ones load beside bad ones.

A file is YAML or JSON: `dossier` (the head), then lists by kind (`sources`, `claims`, `responses`, `steps`,
`asked`, `replies`, `presence`). What differs from what is kept becomes a new version; what a person corrected
or withdrew since stays as that person left it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from overzicht.dossiers.model import MODELS, DossierHead, Entry, EntryKind
from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.reports.model import RowProblem
from overzicht.store import dossiers as kept
from overzicht.store.database import Store, Transaction
from overzicht.store.dossiers import DossierError, content_hash
from overzicht.workflows.dossiers.keeping import add_checked, check_references
from overzicht.workflows.typed_files import MAX_BYTES, load_text, problems_of, read_limited

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
EXAMPLES = ("overzicht.dossiers", "data")
EXAMPLE_ACTOR = "overzicht"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file: entries added, changed and known already, and those that could not be taken."""

    dossier_id: str
    added: int = 0
    changed: int = 0
    known: int = 0
    problems: tuple[RowProblem, ...] = ()


def import_file(store: Store, path: Path, actor: Actor, *, is_example: bool = False) -> Imported:
    """Take a dossier from a file into the store, beginning it where it is new.

    InputFileError where the file is none of ours; single bad entries are told and left out.
    """
    return import_bytes(store, read_limited(path, MAX_BYTES), path.name, actor, is_example=is_example)


def import_bytes(store: Store, raw: bytes, name: str, actor: Actor, *, is_example: bool = False) -> Imported:
    """Take a dossier from the bytes of a file called `name`; see `import_file`."""
    data = load_text(raw, name)
    head = _head(data, name)
    taking = _Taking(name, head.id)
    entries = list(_entries(data, taking))
    with store.writing(actor.name, actor.at) as tx:
        found = kept.find_dossier(tx.connection, head.id)
        if found is None:
            kept.add_dossier(tx, head, is_example=is_example)
        elif found.head != head:
            taking.refuse(HEAD, f"dossier {head.id} is kept with another head; the head was left as it is")
        for place, entry in entries:
            taking.take(tx, place, entry)
    return taking.done()


def ensure_examples(store: Store, actor: Actor) -> tuple[Imported, ...]:
    """Take the shipped dossiers into the store, marked as examples; a dossier of one's own is left alone."""
    found = []
    for name, raw in example_files():
        head = _head(load_text(raw, name), name)
        with store.reading() as connection:
            own = kept.find_dossier(connection, head.id)
        if own is not None and not own.is_example:
            taking = _Taking(name, head.id)
            taking.refuse(HEAD, f"dossier {head.id} is one of your own; the example was left out")
            found.append(taking.done())
        else:
            found.append(import_bytes(store, raw, name, actor, is_example=True))
    return tuple(found)


def example_files() -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each shipped dossier, by name."""
    folder = files(EXAMPLES[0]).joinpath(EXAMPLES[1])
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.name.endswith(".yaml"):
            yield each.name, each.read_bytes()


def _head(data: Any, name: str) -> DossierHead:
    if not isinstance(data, dict) or not isinstance(data.get(HEAD), dict):
        raise InputFileError(
            name, "it has no head", fix="begin it with `dossier:` and give id, about and title"
        )
    unknown = sorted(str(key) for key in data.keys() - {HEAD, *SECTIONS})
    if unknown:
        raise InputFileError(
            name, f"there is no part {', '.join(unknown)}", fix=f"parts: {HEAD}, {', '.join(SECTIONS)}"
        )
    try:
        return DossierHead.model_validate(data[HEAD])
    except ValidationError as error:
        raise InputFileError(name, problems_of(error), record=HEAD, fix="correct these") from error


def _entries(data: Mapping[str, Any], taking: "_Taking") -> Iterator[tuple[str, Entry]]:
    """Yield the entries that can be read, sources first, then what names them; tell of the others."""
    for section, kind in SECTIONS.items():
        rows = data.get(section) or []
        if not isinstance(rows, list):
            taking.refuse(section, "it is no list")
            continue
        for number, row in enumerate(rows, start=1):
            named = f" ({row['id']})" if isinstance(row, dict) and row.get("id") else ""
            place = f"{section} {number}{named}"
            try:
                yield place, MODELS[kind].model_validate(row)
            except ValidationError as error:
                taking.refuse(place, problems_of(error))


@dataclass(slots=True)
class _Taking:
    """Takes entries one by one and counts what came of them."""

    filename: str
    dossier_id: str
    counts: dict[str, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "known": 0})
    problems: list[RowProblem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, tx: Transaction, place: str, entry: Entry) -> None:
        """Add, correct or recognise an entry; a DossierError becomes a problem of its place."""
        if entry.id in self.seen:
            self.refuse(place, f"the id {entry.id} stands twice in the file")
            return
        self.seen.add(entry.id)
        try:
            self.counts[self._kept(tx, entry)] += 1
        except DossierError as error:
            self.refuse(place, error.message)

    def _kept(self, tx: Transaction, entry: Entry) -> str:
        versions = kept.versions_of(tx.connection, self.dossier_id, entry.id)
        if not versions:
            add_checked(tx, self.dossier_id, entry)
            return "added"
        if content_hash(entry) in {content_hash(version.entry) for version in versions}:
            return "known"  # whoever corrected or withdrew it since knew this
        newest = versions[-1]
        if newest.is_withdrawn:
            raise DossierError(f"{entry.id} was withdrawn by {newest.actor} on {newest.at[:10]}")
        if type(newest.entry) is not type(entry):
            raise DossierError(f"{entry.id} is kept as a {newest.kind}")
        check_references(tx.connection, self.dossier_id, entry, newest.entry)
        kept.add_version(tx, self.dossier_id, entry, reason=f"as the file {self.filename} has it")
        return "changed"

    def refuse(self, place: str, reason: str) -> None:
        """Note why something of the file was left out."""
        self.problems.append(RowProblem(place, text("{reason}", reason=reason)))

    def done(self) -> Imported:
        """Return what came of it."""
        return Imported(self.dossier_id, **self.counts, problems=tuple(self.problems))
