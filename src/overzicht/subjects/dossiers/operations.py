"""Dossiers: claims about a party, steps, its replies, and who is active where; old versions remain."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, ValidationError
from sqlalchemy import Connection

from overzicht.dates import FIRST, LAST
from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, Finding, Text, text
from overzicht.evidence.faults import in_words
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.limited import Key, Line, Lines
from overzicht.kit.ask import EDITOR, READER, Ask
from overzicht.kit.operation import Body, Command, Form, Paging, Param, Part, Route, Upload, operation
from overzicht.store.snapshots import keep_bytes
from overzicht.subjects.dossiers import fields as typed_fields
from overzicht.subjects.dossiers import records as store
from overzicht.subjects.dossiers.activity import active_in
from overzicht.subjects.dossiers.dossier_lines import activity_lines, list_lines
from overzicht.subjects.dossiers.entries_as_of import version_view
from overzicht.subjects.dossiers.importing import Imported, ensure_examples, import_bytes
from overzicht.subjects.dossiers.model import MODELS, EntryKind
from overzicht.subjects.dossiers.records import DossierError
from overzicht.subjects.dossiers.showing import list_dossiers, show_dossier, show_entry
from overzicht.subjects.dossiers.versions import Version
from overzicht.subjects.dossiers.views import DossierLine, DossierView, VersionView
from overzicht.workflows.typed_files import MAX_BYTES

GROUP = """\
Record evidence about a party: claims with their sources, steps taken, and the party's own statements.

Nothing in a dossier is edited or deleted: a correction is stored next to the old text, and a withdrawn
entry remains visible. A dossier is complete only with the party's statement, or a record of a request
for it.

Exit code 1: an entry was left out, or an answer is unknown. Exit code 10: the change was refused.
"""
MAX_SOURCE_BYTES = 50 * 1024 * 1024
MAX_DAYS = 6
READ = ("as-of", "lang", "json")
CHANGED = ("as-of", "by", "json")
ENTRY = "/dossiers/{dossier_id}/entries/{entry_id}"
EntryName = Annotated[str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*)?$", max_length=60)]
EntryFields = Annotated[dict[Key, Lines], Field(max_length=60)]
NewName = Annotated[EntryName, Param(option="DOSSIER_ID")]
About = Annotated[Key, Param("Id of a manufacturer, or an id of your own, for the party.")]
Title = Annotated[Line, Param("Title, in English or for both languages.")]
TitleNl = Annotated[Line, Param("Title in Dutch. Default: the title.")]
Names = Annotated[
    tuple[Line, ...],
    Field(max_length=50),
    Param("Name of the party. May be given more than once.", option="--name"),
]
Reason = Annotated[Line, Param("Reason, recorded in the audit log (required).")]
Place = Annotated[Key, Field(description="two letters of a country, or EU")]
Parties = Annotated[
    tuple[Line, ...] | None,
    Field(max_length=50, description="default: of all dossiers"),
    Param("Id of a manufacturer or dossier, or a name. May be given more than once.", option="--party"),
]
KnownDay = Annotated[date, Field(ge=FIRST, le=LAST)]
ListingDays = Annotated[
    tuple[KnownDay, ...] | None, Field(max_length=MAX_DAYS, description="dates of listings")
]
Document = Annotated[Upload, Param(limit=MAX_SOURCE_BYTES)]
DossierFile = Annotated[Upload, Param(limit=MAX_BYTES)]


@dataclass(frozen=True, slots=True)
class SavedEntry:
    """The entry that was added or changed."""

    dossier: str
    entry: str
    change: Annotated[Text, HIDDEN]  # a sentence about the `entry`

    @property
    def sentence(self) -> Text:
        """The change, with the name of the entry."""
        return self.change.filled(entry=f"{self.dossier}/{self.entry}")

    @property
    def reported(self) -> dict[str, str]:
        """The entry as the command line prints it, with its state."""
        state = str(self.change.filled(entry="")).strip()
        return {"dossier": self.dossier, "entry": self.entry, "state": state}


class SavedDocument(BaseModel):
    """The hash of a stored document."""

    sha256: str


@operation(
    Command(
        "dossier active",
        activity_lines,
        empty=text("no dossier names a party. Name one with --party"),
        is_incomplete=lambda findings: any(
            finding.answer is Answer.NOT_CHECKED and not finding.object for finding in findings
        ),
        options=READ,
    ),
    Route("GET /activity", READER, summary="Activity in a country"),
)
def activity(ask: Ask, place: Place, *, party: Parties = None) -> Sequence[Finding]:
    """List parties that are active in PLACE (two letters, or EU): subsidiary, contract or device, each cited.

    Without --party the command checks the parties of all dossiers. Exit code 1 if the answer about a party
    is unknown.
    """
    return active_in(ask.store, place, ask.day, parties=party or (), allowed=ask.allowed)


@operation(
    Command(
        "dossier list",
        list_lines,
        empty=text("no dossiers yet; `overzicht dossier import --examples` loads those that ship"),
        options=READ,
    ),
    Route("GET /dossiers", READER, summary="Dossiers"),
)
def dossiers(ask: Ask, paging: Paging) -> Part[DossierLine]:
    """List the dossiers of a date with their entries, and whether the party was heard."""
    return paging.part(list_dossiers(ask.store, ask.day))


@operation(
    Command(
        "dossier new",
        lambda line, say: [say(text("dossier {id} started", id=line.id))],
        data=lambda line: {"dossier": line.id},
        options=CHANGED,
    ),
    Route(
        "POST /dossiers",
        EDITOR,
        Body(
            "DossierRequest",
            "A new dossier; without a Dutch title the other title is used for both languages.",
        ),
        "Start a dossier",
        has_names=True,
        is_new=True,
    ),
)
def begin(
    ask: Ask,
    id: NewName,  # noqa: A002 - the name of the field
    *,
    about: About,
    title: Title,
    title_nl: TitleNl = "",
    names: Names = (),
) -> DossierLine:
    """Start a dossier."""
    both = {"en": title, "nl": title_nl or title}
    head = typed_fields.head_of({"id": id, "about": about, "title": both, "names": list(names)})
    with ask.writing() as tx:
        store.add_dossier(tx, head)
    return next(line for line in list_dossiers(ask.store, ask.today) if line.id == head.id)


@operation(Route("POST /dossiers/examples", EDITOR, summary="Add the examples"), Form("/dossiers"))
def examples(ask: Ask) -> Sequence[Imported]:
    """Import the packaged dossiers. Your own dossiers do not change."""
    return ensure_examples(ask.store, ask.actor())


@operation(Route("POST /dossiers/import", EDITOR, summary="Import a dossier from a file"))
def import_dossier(ask: Ask, file: DossierFile) -> Imported:
    """Import a dossier from YAML or JSON. Valid entries are loaded; the others are reported."""
    return import_bytes(ask.store, file.content, file.name, ask.actor())


@operation(Route("POST /dossiers/documents", EDITOR, summary="Store a document", is_new=True))
def document(ask: Ask, file: Document) -> SavedDocument:
    """Store the exact bytes of a document. A source refers to it by this hash, in its field `sha256`."""
    if not file.content:
        raise DossierError(f"{file.name} is empty", fix="give the document itself")
    digest = hashlib.sha256(file.content).hexdigest()
    with ask.writing() as tx:
        keep_bytes(ask.store.folder, file.content)
        tx.log("keep document", file.name, sha256=digest)
    return SavedDocument(sha256=digest)


@operation(Route("GET /dossiers/{dossier_id}", READER, summary="One dossier"))
def show(
    ask: Ask, dossier_id: Key, *, known_on: KnownDay | None = None, on: ListingDays = None
) -> DossierView:
    """Return a dossier on the date, with what was recorded in it until `knownOn`."""
    return show_dossier(
        ask.store, dossier_id, ask.day, known_on=known_on, listing_days=on or (), allowed=ask.allowed
    )


@operation(
    Route(
        "POST /dossiers/{dossier_id}/entries",
        EDITOR,
        Body(
            "EntryRequest",
            "A new entry: its kind and fields as texts, as in the command; without an id one is made.",
        ),
        "Add an entry",
        has_names=True,
        is_new=True,
    )
)
def add(
    ask: Ask,
    dossier_id: Key,
    kind: EntryKind,
    fields: EntryFields,
    *,
    id: EntryName = "",  # noqa: A002 - the name of the field
) -> SavedEntry:
    """Add a source, claim, response, step, question to the party, reply or presence."""
    entry_id = id or typed_fields.free_id(ask.store, dossier_id, kind)
    entry = typed_fields.entry_of(kind, entry_id, fields)
    with ask.writing() as tx:
        store.get_dossier(tx.connection, dossier_id)
        store.add_entry(tx, dossier_id, entry)
    return SavedEntry(dossier_id, entry.id, text("{entry} added"))


@operation(Route(f"GET {ENTRY}", READER, summary="Versions of an entry"), is_dated=False)
def versions(ask: Ask, dossier_id: Key, entry_id: Key) -> list[VersionView]:
    """Return every version of an entry, the newest last."""
    return [version_view(version) for version in show_entry(ask.store, dossier_id, entry_id)]


@operation(
    Route(
        f"POST {ENTRY}/correct",
        EDITOR,
        Body("CorrectionRequest", "The changed fields of an entry, and the reason."),
        "Correct an entry",
    )
)
def correct(ask: Ask, dossier_id: Key, entry_id: Key, fields: EntryFields, *, reason: Line) -> SavedEntry:
    """Add a corrected version. The old version remains visible."""
    changes = typed_fields.typed_changes(ask.store, dossier_id, entry_id, fields)
    _check_reason(reason)
    with ask.writing() as tx:
        old = _valid(tx.connection, dossier_id, entry_id)
        if changes.get("id", old.entry_id) != old.entry_id:
            raise DossierError(f"{old.dossier_id}/{old.entry_id}: the id of an entry cannot change")
        data: dict[str, Any] = {**old.entry.model_dump(mode="json"), **changes}
        try:
            entry = MODELS[old.kind].model_validate(data)
        except ValidationError as error:
            raise DossierError(
                f"{old.dossier_id}/{old.entry_id}: {in_words(error.errors())}", fix="correct these fields"
            ) from error
        if entry == old.entry:
            raise DossierError(f"{dossier_id}/{entry_id}: nothing would change", fix="give a field to change")
        store.check_references(tx.connection, dossier_id, entry, old.entry)
        store.add_version(tx, dossier_id, entry, reason=reason)
    return SavedEntry(dossier_id, entry_id, text("{entry} corrected"))


@operation(
    Command(
        "dossier withdraw",
        lambda saved, say: [say(saved.sentence)],
        data=lambda saved: saved.reported,
        options=CHANGED,
    ),
    Route(f"POST {ENTRY}/withdraw", EDITOR, summary="Withdraw an entry"),
)
def withdraw(ask: Ask, dossier_id: Key, entry_id: Key, *, reason: Reason) -> SavedEntry:
    """Withdraw an entry. It no longer counts but remains visible. Entries that cite it lose that source."""
    _check_reason(reason)
    with ask.writing() as tx:
        old = _valid(tx.connection, dossier_id, entry_id)
        store.add_version(tx, dossier_id, old.entry, reason=reason, is_withdrawn=True)
    return SavedEntry(dossier_id, entry_id, text("{entry} withdrawn by {actor}", actor=ask.principal.name))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise DossierError("a correction or withdrawal needs a reason", fix="give a reason")


def _valid(connection: Connection, dossier_id: str, entry_id: str) -> Version:
    store.get_dossier(connection, dossier_id)
    newest = store.newest_version(connection, dossier_id, entry_id)
    if newest is None:
        known = tuple(store.entry_ids(connection, dossier_id)[:40])
        raise UnknownNameError(f"entry of dossier {dossier_id}", entry_id, known)
    if newest.is_withdrawn:
        raise DossierError(
            f"{dossier_id}/{entry_id} was withdrawn by {newest.actor} on {newest.at[:10]}",
            fix="add a new entry instead",
        )
    return newest
