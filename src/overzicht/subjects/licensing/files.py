"""Files that people write: applications, records of Article 15, denials; strict, with reasons."""

import hashlib
from pathlib import Path

from overzicht.errors import InputFileError
from overzicht.subjects.licensing.checks import check_countries
from overzicht.subjects.licensing.gates.model import Derogation
from overzicht.subjects.licensing.model import Application
from overzicht.subjects.licensing.weighing import CriterionRecord
from overzicht.workflows.typed_files import checked, load_text, named_bytes, read_limited

MAX_DOCUMENT_BYTES = 50_000_000


def application_of(raw: bytes, name: str) -> Application:
    """Return the application in a YAML or JSON file; InputFileError names every field that is not valid."""
    application = checked(Application, load_text(raw, name), name)
    check_countries(application, name)
    return application


def criteria_of(raw: bytes, name: str, by: str) -> tuple[CriterionRecord, ...]:
    """Return the records of Article 15 in a file (a list), each signed by `by`."""
    data = load_text(raw, name)
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise InputFileError(name, "it is not a list of records", fix="write one record per criterion")
    return tuple(
        checked(CriterionRecord, {**entry, "by": by}, name, f"record {number}")
        for number, entry in enumerate(data, start=1)
    )


def read_derogation(path: Path, document: Path | None) -> Derogation:
    """Return the derogation in a file; InputFileError if the document has another hash than it states."""
    raw, name = named_bytes(path)
    record = checked(Derogation, load_text(raw, name), name)
    if document is not None:
        digest = hashlib.sha256(read_limited(document, MAX_DOCUMENT_BYTES)).hexdigest()
        if digest != record.sha256:
            reason = f"the document has the hash {digest}, the record states {record.sha256}"
            raise InputFileError(str(document), reason, fix="take the document that the record describes")
    return record
