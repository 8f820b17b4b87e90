"""The forms of dossiers: the fields of each kind of entry, and the values that a person entered."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import words_of
from overzicht.kit.operation import Upload
from overzicht.subjects.dossiers.model import (
    Claim,
    Entry,
    EntryKind,
    EntryText,
    Position,
    PresenceKind,
    StepKind,
)
from overzicht.subjects.dossiers.operations import MAX_SOURCE_BYTES
from overzicht.subjects.dossiers.records import DossierError
from overzicht.web.uploads import harmless

MAX_FIELDS = 60
TRUE, FALSE = "true", "false"


class Input(StrEnum):
    """The input of a field; a text in both languages has two fields, `name.en` and `name.nl`."""

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
    """A field of a form; `options` are the words of a choice by value."""

    name: str
    label: Text
    input: Input = Input.LINE
    required: bool = False
    options: Mapping[str, Text] | None = None


def _choice(name: str, label: Text, words: Mapping[Any, Text]) -> Field:
    options = {kind.value: word for kind, word in words.items()}
    return Field(name, label, Input.CHOICE, required=True, options=options)


_DAY = Field("day", text("Date (or month, or year)"), Input.DAY, required=True)
_NOT_LATER = Field(
    "not_later_than", text("The source only shows that it was not later than this date"), Input.TICK
)
_SOURCE = Field("source", text("Source"), Input.SOURCE, required=True)
_OWN_SOURCE = Field("source", text("Source (none: our own note)"), Input.SOURCE)
_PLACE = Field("place", text("Place in the source"))
_WHAT = Field("what", text("What was stated or done"), Input.BOTH, required=True)

_REPORT = (
    Field("by", text("Author of the claim"), Input.BOTH, required=True),
    _DAY,
    _NOT_LATER,
    _SOURCE,
    Field("original", text("Original source (none: own work)"), Input.SOURCE),
    _PLACE,
)

FORMS: Mapping[EntryKind, tuple[Field, ...]] = {
    EntryKind.SOURCE: (
        Field("title", text("Title"), required=True),
        Field("publisher", text("Publisher")),
        Field("address", text("Web address (or add the file below)")),
        Field("date", text("Date of the source (day, month or year)"), Input.DAY),
        Field("read", text("Date on which it was read"), Input.DAY),
        Field("official", text("Official: the party itself, a registry or an authority"), Input.TICK),
        Field("note", text("Remark")),
    ),
    EntryKind.CLAIM: (
        Field("what", text("Claim"), Input.BOTH, required=True),
        Field("about", text("Parties that it is about (one per line)"), Input.MANY, required=True),
        *_REPORT,
    ),
    EntryKind.RESPONSE: (
        Field("claim", text("Response to the claim"), Input.CLAIM, required=True),
        _choice("position", text("Position"), words_of(Position)),
        Field("by", text("Who takes this position"), Input.BOTH, required=True),
        _WHAT,
        _DAY,
        _NOT_LATER,
        _SOURCE,
        _PLACE,
    ),
    EntryKind.STEP: (
        _choice("kind", text("Kind"), words_of(StepKind)),
        _DAY,
        _NOT_LATER,
        Field("forum", text("Forum or place"), Input.BOTH, required=True),
        Field("parties", text("Participants (one per line)"), Input.MANY, required=True),
        _WHAT,
        Field("about", text("Parties that it is about (one per line)"), Input.MANY),
        Field("reference", text("Paper, motion or statement")),
        Field("responsible", text("Responsible for the decision"), Input.BOTH),
        _OWN_SOURCE,
        _PLACE,
    ),
    EntryKind.ASKED: (
        Field("whom", text("Recipient of the question"), Input.BOTH, required=True),
        Field("by", text("Author of the question"), Input.BOTH, required=True),
        _WHAT,
        _DAY,
        _NOT_LATER,
        _OWN_SOURCE,
        _PLACE,
    ),
    EntryKind.REPLY: (
        Field("by", text("Author of the reply"), Input.BOTH, required=True),
        _WHAT,
        _DAY,
        _NOT_LATER,
        Field("claims", text("Claims that it answers (none: a general reply)"), Input.CLAIMS),
        _SOURCE,
        _PLACE,
    ),
    EntryKind.PRESENCE: (
        Field("party", text("Party"), required=True),
        _choice("kind", text("Kind"), words_of(PresenceKind)),
        Field("country", text("Country (two letters)"), required=True),
        Field("name", text("Subsidiary, or the body with the contract or device"), Input.BOTH, required=True),
        Field("what", text("Remark"), Input.BOTH),
        Field("lei", text("LEI of the subsidiary")),
        Field("since", text("From"), Input.DAY),
        Field("until", text("Until (not included)"), Input.DAY),
        _SOURCE,
        _PLACE,
    ),
}


async def _form(request: Request) -> AsyncIterator[FormData]:
    """Yield the form of a request, and close its files after the answer."""
    async with request.form(max_files=1, max_fields=MAX_FIELDS) as form:
        yield form


FormOfRequest = Annotated[FormData, Depends(_form)]


def _typed(form: FormOfRequest) -> dict[str, str]:
    """Return the texts of a form; several values of one name become lines."""
    texts: dict[str, str] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            texts[name] = f"{texts[name]}\n{value}" if texts.get(name) else value
    return texts


def _document(form: FormOfRequest) -> UploadFile | None:
    """Return the file of a form, or None; a browser sends an empty file if none was chosen."""
    file = form.get("document")
    return file if isinstance(file, UploadFile) and file.filename else None


Typed = Annotated[dict[str, str], Depends(_typed)]
Document = Annotated[UploadFile | None, Depends(_document)]


def read_document(document: UploadFile) -> Upload:
    """Return a document under a safe name; DossierError if it is too large."""
    content = document.file.read(MAX_SOURCE_BYTES + 1)
    if len(content) > MAX_SOURCE_BYTES:
        raise DossierError(f"the document is larger than {MAX_SOURCE_BYTES // 1024 // 1024} MB")
    return Upload(harmless(document.filename or "") or "document", content)


def entry_fields(kind: EntryKind, form: Mapping[str, str]) -> dict[str, str]:
    """Return the values for a new entry; empty fields are left out."""
    values: dict[str, str] = {}
    for field in FORMS[kind]:
        name = field.name
        if field.input is Input.BOTH:
            english, dutch = (form.get(f"{name}.{lang}", "").strip() for lang in ("en", "nl"))
            if english and dutch:
                values |= {f"{name}.en": english, f"{name}.nl": dutch}
            elif english or dutch:  # one text is used for both languages
                values[name] = english or dutch
        elif field.input is Input.TICK:
            values[name] = TRUE if form.get(name) == TRUE else FALSE
        elif form.get(name, "").strip():
            values[name] = form[name]
    return values


def changed_fields(entry: Entry, kind: EntryKind, form: Mapping[str, str]) -> dict[str, str]:
    """Return the changes of an entry; the report fields of a claim add a report if `by` is filled in."""
    before = values_of(entry, kind)
    changes: dict[str, str] = {}
    for field in fields_to_correct(kind):
        languages = (".en", ".nl") if field.input is Input.BOTH else ("",)
        for name in (f"{field.name}{language}" for language in languages):
            value = form.get(name, FALSE if field.input is Input.TICK else "").strip().replace("\r\n", "\n")
            if value != before.get(name, ""):
                changes[name] = value
    if kind is EntryKind.CLAIM and (form.get("by.en", "").strip() or form.get("by.nl", "").strip()):
        report = {field.name for field in _REPORT}
        values = entry_fields(kind, form)
        changes |= {name: value for name, value in values.items() if name.split(".")[0] in report}
    return changes


def fields_to_correct(kind: EntryKind) -> tuple[Field, ...]:
    """Return the fields of an entry that can be corrected; new reports are added to a claim instead."""
    return tuple(field for field in FORMS[kind] if kind is not EntryKind.CLAIM or field not in _REPORT)


def report_fields() -> tuple[Field, ...]:
    """Return the fields of a new report for a claim."""
    return tuple(replace(field, required=False) for field in _REPORT)


def values_of(entry: Entry, kind: EntryKind) -> dict[str, str]:
    """Return the values of an entry, as its form shows them."""
    values: dict[str, str] = {}
    for field in FORMS[kind]:
        is_report = isinstance(entry, Claim) and field in _REPORT
        value = None if is_report else getattr(entry, field.name, None)
        if field.input is not Input.BOTH:
            values[field.name] = _form_value(value)
        elif isinstance(value, EntryText):
            values |= {f"{field.name}.en": value.en, f"{field.name}.nl": value.nl}
    return values


def _form_value(value: Any) -> str:
    if isinstance(value, bool):
        return TRUE if value else FALSE
    if isinstance(value, tuple):
        return "\n".join(item.en if isinstance(item, EntryText) else str(item) for item in value)
    return "" if value is None else str(value)
