"""Files that people write: applications, records of Article 15, denials; strict, with reasons."""

from pathlib import Path

from overzicht.errors import InputFileError
from overzicht.exportcontrol.denials.model import Denial
from overzicht.exportcontrol.licensing.model import Application
from overzicht.exportcontrol.licensing.weighing import CriterionRecord
from overzicht.workflows.licensing.checks import check_countries
from overzicht.workflows.typed_files import MAX_BYTES, checked, load_text, read_limited


def read_application(path: Path) -> Application:
    """Return the application in a YAML or JSON file; InputFileError names every field that is not valid."""
    return application_of(read_limited(path, MAX_BYTES), str(path))


def application_of(raw: bytes, name: str) -> Application:
    """Return the application in the bytes of a YAML or JSON file called `name`, as `read_application`."""
    application = checked(Application, load_text(raw, name), name)
    check_countries(application, name)
    return application


def read_criteria(path: Path, by: str) -> tuple[CriterionRecord, ...]:
    """Return the records of Article 15 in a file (a list), each signed by `by`."""
    return criteria_of(read_limited(path, MAX_BYTES), str(path), by)


def criteria_of(raw: bytes, name: str, by: str) -> tuple[CriterionRecord, ...]:
    """Return the records in the bytes of a file called `name`, each signed by `by`."""
    data = load_text(raw, name)
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise InputFileError(name, "it is not a list of records", fix="write one record per criterion")
    return tuple(
        checked(CriterionRecord, {**entry, "by": by}, name, f"record {number}")
        for number, entry in enumerate(data, start=1)
    )


def read_denial(path: Path) -> Denial:
    """Return the denial of a YAML or JSON file."""
    return denial_of(read_limited(path, MAX_BYTES), str(path))


def denial_of(raw: bytes, name: str) -> Denial:
    """Return the denial in the bytes of a file called `name`."""
    return checked(Denial, load_text(raw, name), name)
