"""The forms of dossiers: which fields each kind of entry has, and what a person typed in them."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from overzicht.dossiers.model import Claim, Entry, EntryKind, EntryText, Position, PresenceKind, StepKind
from overzicht.evidence import Text, text
from overzicht.reports.dossiers import vocabulary
from overzicht.store.dossiers import DossierError
from overzicht.web.uploads import harmless
from overzicht.workflows.dossiers.keeping import MAX_SOURCE_BYTES

MOST_FIELDS = 60
TRUE, FALSE = "true", "false"


class Input(StrEnum):
    """How a field is filled in; a text in both languages is two fields, `name.en` and `name.nl`."""

    LINE = "line"
    BOTH = "both"
    MANY = "many"
    DAY = "day"
    TICK = "tick"
    CHOICE = "choice"
    SOURCE = "source"
    CLAIM = "claim"
    CLAIMS = "claims"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; `options` are those of a choice, by value."""

    name: str
    label: Text
    input: Input = Input.LINE
    needed: bool = False
    options: Mapping[str, Text] | None = None


_DAY = Field("day", text("Day (or month, or year)"), Input.DAY, needed=True)
_NOT_LATER = Field("not_later_than", text("The source only shows that it was not later"), Input.TICK)
_SOURCE = Field("source", text("Source"), Input.SOURCE, needed=True)
_OWN_SOURCE = Field("source", text("Source (none: this note of ours)"), Input.SOURCE)
_PLACE = Field("place", text("Place in the source"))
_WHAT = Field("what", text("What was said or done"), Input.BOTH, needed=True)

_REPORT = (
    Field("by", text("Who says it"), Input.BOTH, needed=True),
    _DAY,
    _NOT_LATER,
    _SOURCE,
    Field("original", text("Repeats which source (none: own work)"), Input.SOURCE),
    _PLACE,
)

FORMS: Mapping[EntryKind, tuple[Field, ...]] = {
    EntryKind.SOURCE: (
        Field("title", text("Title"), needed=True),
        Field("publisher", text("Publisher")),
        Field("address", text("Address where a reader can open it (or keep the file below)")),
        Field("date", text("Its own day, month or year"), Input.DAY),
        Field("read", text("The day it was read"), Input.DAY),
        Field("official", text("Official: the party itself, a registry or an authority"), Input.TICK),
        Field("note", text("Remark")),
    ),
    EntryKind.CLAIM: (
        Field("what", text("What is claimed"), Input.BOTH, needed=True),
        Field("about", text("About whom (several: one per line)"), Input.MANY, needed=True),
        *_REPORT,
    ),
    EntryKind.RESPONSE: (
        Field("claim", text("Claim"), Input.CLAIM, needed=True),
        Field("position", text("What is held of it"), Input.CHOICE, needed=True,
              options={each.value: vocabulary.POSITIONS[each] for each in Position}),
        Field("by", text("Who holds it"), Input.BOTH, needed=True),
        _WHAT, _DAY, _NOT_LATER, _SOURCE, _PLACE,
    ),
    EntryKind.STEP: (
        Field("kind", text("Kind"), Input.CHOICE, needed=True,
              options={each.value: vocabulary.STEPS[each] for each in StepKind}),
        _DAY, _NOT_LATER,
        Field("forum", text("Where: forum or place"), Input.BOTH, needed=True),
        Field("parties", text("Who took part (one per line)"), Input.MANY, needed=True),
        _WHAT,
        Field("about", text("About which parties (one per line)"), Input.MANY),
        Field("reference", text("Paper, motion or statement")),
        Field("responsible", text("Who decides"), Input.BOTH),
        _OWN_SOURCE, _PLACE,
    ),
    EntryKind.ASKED: (
        Field("whom", text("Who was asked"), Input.BOTH, needed=True),
        Field("by", text("Who asked"), Input.BOTH, needed=True),
        _WHAT, _DAY, _NOT_LATER, _OWN_SOURCE, _PLACE,
    ),
    EntryKind.REPLY: (
        Field("by", text("Who states it"), Input.BOTH, needed=True),
        _WHAT, _DAY, _NOT_LATER,
        Field("claims", text("Which claims it answers (none: in general)"), Input.CLAIMS),
        _SOURCE, _PLACE,
    ),
    EntryKind.PRESENCE: (
        Field("party", text("Party"), needed=True),
        Field("kind", text("Kind"), Input.CHOICE, needed=True,
              options={each.value: vocabulary.PRESENCES[each] for each in PresenceKind}),
        Field("country", text("Country (two letters)"), needed=True),
        Field("name", text("Subsidiary, or the body with the contract or device"), Input.BOTH, needed=True),
        Field("what", text("Remark"), Input.BOTH),
        Field("lei", text("LEI of the subsidiary")),
        Field("since", text("Since"), Input.DAY),
        Field("until", text("Until (not included)"), Input.DAY),
        _SOURCE, _PLACE,
    ),
}  # fmt: skip


async def _sent(request: Request) -> AsyncIterator[FormData]:
    """Give the form of a request, and close what came along when it has been answered."""
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        yield form


Sent = Annotated[FormData, Depends(_sent)]


def _typed(form: Sent) -> dict[str, str]:
    """Return the texts of a form; several values of one name are parted by lines."""
    found: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            found[name] = f"{found[name]}\n{value}" if found.get(name) else value
    return found


def _document(form: Sent) -> UploadFile | None:
    """Return the file that came along with a form, or None; an empty choice of a browser is none."""
    found = form.get("document")
    return found if isinstance(found, UploadFile) and found.filename else None


Typed = Annotated[dict[str, str], Depends(_typed)]
Document = Annotated[UploadFile | None, Depends(_document)]


def read_document(document: UploadFile) -> tuple[str, bytes]:
    """Return the harmless name and the bytes of a document; DossierError for one that is too large."""
    content = document.file.read(MAX_SOURCE_BYTES + 1)
    if len(content) > MAX_SOURCE_BYTES:
        raise DossierError(f"the document is larger than {MAX_SOURCE_BYTES // 1024 // 1024} MB")
    return harmless(document.filename or "") or "document", content


def entry_fields(kind: EntryKind, form: Mapping[str, str]) -> dict[str, str]:
    """Return what a form gives for a new entry: nothing for what was left empty."""
    given: dict[str, str] = {}
    for field in FORMS[kind]:
        if field.input is Input.BOTH:
            given |= _both(field.name, form)
        elif field.input is Input.TICK:
            given[field.name] = TRUE if form.get(field.name) == TRUE else FALSE
        elif form.get(field.name, "").strip():
            given[field.name] = form[field.name]
    return given


def _both(name: str, form: Mapping[str, str]) -> dict[str, str]:
    """Return a text in both languages; one alone stands for both."""
    english, dutch = (form.get(f"{name}.{lang}", "").strip() for lang in ("en", "nl"))
    if english and dutch:
        return {f"{name}.en": english, f"{name}.nl": dutch}
    return {name: english or dutch} if english or dutch else {}


def changed_fields(entry: Entry, kind: EntryKind, form: Mapping[str, str]) -> dict[str, str]:
    """Return what a form changes of an entry; a claim's fields of a report add one where `by` is given."""
    before = values_of(entry, kind)
    given: dict[str, str] = {}
    for field in fields_to_correct(kind):
        names = (
            [f"{field.name}.{lang}" for lang in ("en", "nl")] if field.input is Input.BOTH else [field.name]
        )
        for name in names:
            typed = form.get(name, FALSE if field.input is Input.TICK else "").strip().replace("\r\n", "\n")
            if typed != before.get(name, ""):
                given[name] = typed
    if kind is EntryKind.CLAIM and (form.get("by.en", "").strip() or form.get("by.nl", "").strip()):
        report = {field.name for field in _REPORT}
        given |= {
            name: value for name, value in entry_fields(kind, form).items() if name.split(".")[0] in report
        }
    return given


def fields_to_correct(kind: EntryKind) -> tuple[Field, ...]:
    """Return the fields of an entry that can be corrected in place; a claim's reports are added to."""
    return tuple(field for field in FORMS[kind] if kind is not EntryKind.CLAIM or field not in _REPORT)


def report_fields() -> tuple[Field, ...]:
    """Return the fields by which a report may be added to a claim."""
    return tuple(replace(field, needed=False) for field in _REPORT)


def values_of(entry: Entry, kind: EntryKind) -> dict[str, str]:
    """Return what stands in the fields of an entry, as a form shows it."""
    values: dict[str, str] = {}
    for field in FORMS[kind]:
        held = None if isinstance(entry, Claim) and field in _REPORT else getattr(entry, field.name, None)
        if field.input is Input.BOTH:
            values |= (
                {f"{field.name}.en": held.en, f"{field.name}.nl": held.nl}
                if isinstance(held, EntryText)
                else {}
            )
        else:
            values[field.name] = _shown(held)
    return values


def _shown(held: Any) -> str:
    if isinstance(held, bool):
        return TRUE if held else FALSE
    if isinstance(held, tuple):
        return "\n".join(each.en if isinstance(each, EntryText) else str(each) for each in held)
    return "" if held is None else str(held)
