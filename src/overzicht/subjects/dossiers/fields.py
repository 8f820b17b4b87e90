"""Entries from typed text: `name=value` on the command line, fields of a form in the service.

A field with several values has semicolons or lines between them. A value that begins with `[` or `{` is read
as YAML. `what.nl=…` gives one language of a text. A claim has `by`, `day`, `source` and so on for its one
report; a correction of a claim with these fields adds a report.
"""

import re
from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import ValidationError
from sqlalchemy import Connection

from overzicht.errors import InputFileError
from overzicht.evidence.faults import in_words
from overzicht.store.database import reading
from overzicht.subjects.dossiers import records as stored
from overzicht.subjects.dossiers.model import MODELS, Claim, DossierHead, Entry, EntryKind, Report
from overzicht.subjects.dossiers.records import DossierError
from overzicht.workflows.typed_files import load_text

REPORT_FIELDS = frozenset(Report.model_fields)
MAX_VALUE = 20_000


def entry_of(kind: EntryKind, entry_id: str, given: Mapping[str, str]) -> Entry:
    """Return an entry from typed fields; DossierError names every field that is missing or not valid."""
    data = {**_read(kind, given), "id": entry_id}
    try:
        return MODELS[kind].model_validate(data)
    except ValidationError as error:
        fix = f"fields of a {kind}: {', '.join(names_of_fields(kind))}"
        raise DossierError(f"{kind} {entry_id}: {in_words(error.errors())}", fix=fix) from error


def changes_of(entry: Entry, kind: EntryKind, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the changes of an entry; the other language of a text remains, a report is added."""
    read = _read(kind, given)
    now = entry.model_dump(mode="json")
    for name, value in read.items():
        if isinstance(value, dict) and isinstance(now.get(name), dict):
            read[name] = {**now[name], **value}
    if isinstance(entry, Claim) and "reports" in read and REPORT_FIELDS & given.keys():
        read["reports"] = [*now["reports"], *read["reports"]]
    return read


@reading
def typed_changes(
    connection: Connection, dossier_id: str, entry_id: str, given: Mapping[str, str]
) -> dict[str, Any]:
    """Return the changes of a stored entry (`changes_of`) from typed fields; empty for an unknown entry."""
    stored.get_dossier(connection, dossier_id)
    newest = stored.newest_version(connection, dossier_id, entry_id)
    return {} if newest is None else changes_of(newest.entry, newest.kind, given)


def head_of(data: Mapping[str, Any]) -> DossierHead:
    """Return the head of a dossier from typed fields; DossierError names every field that is not valid."""
    try:
        return DossierHead.model_validate(data)
    except ValidationError as error:
        raise DossierError(
            in_words(error.errors()), fix="ids are lower-case letters, digits and hyphens"
        ) from error


def names_of_fields(kind: EntryKind) -> tuple[str, ...]:
    """Return the names of the fields of a kind of entry, as they are typed."""
    own = [name for name in MODELS[kind].model_fields if name != "id"]
    return tuple([*own, *Report.model_fields] if kind is EntryKind.CLAIM else own)


@reading
def free_id(connection: Connection, dossier_id: str, kind: EntryKind) -> str:
    """Return an id that no entry of a dossier has: the kind and a number from 1."""
    taken = set(stored.entry_ids(connection, dossier_id))
    return next(name for n in range(1, len(taken) + 2) if (name := f"{kind}-{n}") not in taken)


def _read(kind: EntryKind, given: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, value in given.items():
        field, dot, language = name.strip().partition(".")
        typed = value.strip()
        if len(typed) > MAX_VALUE:
            raise DossierError(f"{name}: it is longer than {MAX_VALUE} characters")
        if dot:
            given_text = data.get(field, {})
            both = dict.fromkeys(("en", "nl"), given_text) if isinstance(given_text, str) else given_text
            data[field] = {**both, language: typed}
        else:
            if typed[:1] in {"[", "{"}:
                try:
                    read = load_text(typed.encode(), field)
                except InputFileError as error:
                    raise DossierError(
                        error.message, fix="close the brackets, or leave out the first character"
                    ) from error
            else:
                model = MODELS[kind].model_fields.get(field)
                if not typed and model is not None and not model.is_required():
                    read = model.get_default(call_default_factory=True)
                elif model is not None and get_origin(model.annotation) is tuple:
                    read = [part.strip() for part in re.split(r"[;\n]", typed) if part.strip()]
                else:
                    read = typed
            data[field] = read
    if kind is EntryKind.CLAIM and (of_report := REPORT_FIELDS & data.keys()):
        report = {name: data.pop(name) for name in sorted(of_report)}
        data.setdefault("reports", []).append(report)
    return data
