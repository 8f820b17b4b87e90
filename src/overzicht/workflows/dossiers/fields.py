"""Entries from what people type: `name=value` on the command line, fields of a form in the service.

A plain text stands as it is; where a field takes several, they are parted by semicolons or lines. A value
that begins with `[` or `{` is read as YAML. `what.nl=…` gives one language of a text. A claim takes `by`,
`day`, `source` and so on for its one report; correcting a claim with them adds a report to it.
"""

import re
from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import ValidationError

from overzicht.dossiers.model import MODELS, Claim, DossierHead, Entry, EntryKind, Report
from overzicht.errors import InputFileError
from overzicht.store import dossiers as kept
from overzicht.store.database import Store
from overzicht.store.dossiers import DossierError
from overzicht.workflows.typed_files import load_text, problems_of

REPORT_FIELDS = frozenset(Report.model_fields)
MAX_VALUE = 20_000


def entry_of(kind: EntryKind, entry_id: str, given: Mapping[str, str]) -> Entry:
    """Return an entry from typed fields; DossierError names every field that is wrong or missing."""
    data = {**_read(kind, given), "id": entry_id}
    try:
        return MODELS[kind].model_validate(data)
    except ValidationError as error:
        fix = f"fields of a {kind}: {', '.join(names_of_fields(kind))}"
        raise DossierError(f"{kind} {entry_id}: {problems_of(error)}", fix=fix) from error


def changes_of(entry: Entry, kind: EntryKind, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what changes of an entry; one language of a text keeps the other, a report is added."""
    read = _read(kind, given)
    now = entry.model_dump(mode="json")
    for name, value in read.items():
        if isinstance(value, dict) and isinstance(now.get(name), dict):
            read[name] = {**now[name], **value}
    if isinstance(entry, Claim) and "reports" in read and REPORT_FIELDS & given.keys():
        read["reports"] = [*now["reports"], *read["reports"]]
    return read


def typed_changes(store: Store, dossier_id: str, entry_id: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Return what typed fields change of an entry that is kept (`changes_of`); nothing for no such entry."""
    with store.reading() as connection:
        kept.get_dossier(connection, dossier_id)
        found = kept.newest_version(connection, dossier_id, entry_id)
    return {} if found is None else changes_of(found.entry, found.kind, given)


def head_of(data: Mapping[str, Any]) -> DossierHead:
    """Return the head of a dossier from typed fields; DossierError names every field that is wrong."""
    try:
        return DossierHead.model_validate(data)
    except ValidationError as error:
        raise DossierError(
            problems_of(error), fix="ids are lower-case letters, digits and hyphens"
        ) from error


def names_of_fields(kind: EntryKind) -> tuple[str, ...]:
    """Return the names of the fields of a kind of entry, as they are typed."""
    own = [name for name in MODELS[kind].model_fields if name != "id"]
    return tuple([*own, *Report.model_fields] if kind is EntryKind.CLAIM else own)


def free_id(store: Store, dossier_id: str, kind: EntryKind) -> str:
    """Return an id that no entry of a dossier has: the kind and a number from 1."""
    with store.reading() as connection:
        taken = set(kept.entry_ids(connection, dossier_id))
    number = next(n for n in range(1, len(taken) + 2) if f"{kind}-{n}" not in taken)
    return f"{kind}-{number}"


def _read(kind: EntryKind, given: Mapping[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, typed in given.items():
        _put(data, kind, name.strip(), typed.strip())
    if kind is EntryKind.CLAIM and (of_report := REPORT_FIELDS & data.keys()):
        report = {name: data.pop(name) for name in sorted(of_report)}
        data.setdefault("reports", []).append(report)
    return data


def _put(data: dict[str, Any], kind: EntryKind, name: str, typed: str) -> None:
    if len(typed) > MAX_VALUE:
        raise DossierError(f"{name}: it is longer than {MAX_VALUE} characters")
    field, dot, language = name.partition(".")
    if dot:
        held = data.get(field, {})
        both = {"en": held, "nl": held} if isinstance(held, str) else held
        data[field] = {**both, language: typed}
        return
    data[field] = _value(kind, field, typed)


def _value(kind: EntryKind, field: str, typed: str) -> Any:
    if typed[:1] in {"[", "{"}:
        try:
            return load_text(typed.encode(), field)
        except InputFileError as error:
            raise DossierError(
                error.message, fix="close what was opened, or leave the first sign out"
            ) from error
    model = MODELS[kind].model_fields.get(field)
    if not typed and model is not None and not model.is_required():
        return model.get_default(call_default_factory=True)
    if model is not None and get_origin(model.annotation) is tuple:
        return [part.strip() for part in re.split(r"[;\n]", typed) if part.strip()]
    return typed
