"""Files that people write: applications, records of Article 15, denials; strict, with reasons."""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from overzicht.errors import InputFileError
from overzicht.exportcontrol.denials.model import Denial
from overzicht.exportcontrol.licensing.model import Application
from overzicht.exportcontrol.licensing.weighing import CriterionRecord
from overzicht.safeyaml import read_yaml
from overzicht.workflows.licensing.checks import check_countries

MAX_BYTES = 4 * 1024 * 1024
M = TypeVar("M", bound=BaseModel)


def read_application(path: Path) -> Application:
    """Return the application of a YAML or JSON file; InputFileError names every field that is wrong."""
    return application_of(read_limited(path, MAX_BYTES), str(path))


def application_of(raw: bytes, name: str) -> Application:
    """Return the application in the bytes of a YAML or JSON file called `name`, as `read_application`."""
    application = _model(Application, load_text(raw, name), name, "")
    check_countries(application, name)
    return application


def read_criteria(path: Path, by: str) -> tuple[CriterionRecord, ...]:
    """Return the records of Article 15 in a file (a list), each signed by `by`."""
    return criteria_of(read_limited(path, MAX_BYTES), str(path), by)


def criteria_of(raw: bytes, name: str, by: str) -> tuple[CriterionRecord, ...]:
    """Return the records in the bytes of a file called `name`, each signed by `by`."""
    data = load_text(raw, name)
    if not isinstance(data, list) or not all(isinstance(entry, dict) for entry in data):
        raise InputFileError(name, "it is no list of records", fix="write a list, one record per criterion")
    return tuple(
        _model(CriterionRecord, {**entry, "by": by}, name, f"record {number}")
        for number, entry in enumerate(data, start=1)
    )


def read_denial(path: Path) -> Denial:
    """Return the denial of a YAML or JSON file."""
    return denial_of(read_limited(path, MAX_BYTES), str(path))


def denial_of(raw: bytes, name: str) -> Denial:
    """Return the denial in the bytes of a file called `name`."""
    return _model(Denial, load_text(raw, name), name, "")


def read_limited(path: Path, limit: int) -> bytes:
    """Return the bytes of a file; InputFileError where it is missing or larger than `limit`."""
    try:
        if path.stat().st_size > limit:
            raise InputFileError(str(path), f"it is larger than {limit // 1024 // 1024} MB")
        return path.read_bytes()
    except OSError as error:
        fix = "check the path, and that the file may be read"
        raise InputFileError(str(path), f"it cannot be read: {error.strerror}", fix=fix) from error


def load_text(raw: bytes, name: str) -> Any:
    """Return what stands in the bytes of a YAML or JSON file called `name`; InputFileError for neither."""
    try:
        return read_yaml(raw.decode("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        fix = "check the place that is named, and save the file as UTF-8"
        raise InputFileError(name, f"it is no YAML or JSON in UTF-8: {reason}", fix=fix) from error


def _model(kind: type[M], data: Any, name: str, record: str) -> M:
    if not isinstance(data, dict):
        raise InputFileError(name, "it holds no fields", record=record)
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise InputFileError(
            name, problems_of(error), record=record, fix="correct these and give the file again"
        ) from error


def problems_of(error: ValidationError) -> str:
    """Return every problem as `place: reason`, joined by semicolons."""
    found = []
    problems = error.errors()
    for problem in problems:
        inner = [one["loc"] for one in problems if one["loc"][: len(problem["loc"])] == problem["loc"]]
        if problem["type"] == "too_short" and len(inner) > 1:
            continue  # an entry that is wrong is left out of its list, which says nothing new
        place = ".".join(str(part) for part in problem["loc"])
        reason = _REASONS.get(problem["type"], problem["msg"].removeprefix("Value error, "))
        if problem["type"] == "missing" and place.endswith("unit"):
            reason = "the unit is missing; a number without a unit means nothing (write 1 for a plain number)"
        found.append(f"{place}: {reason}" if place else reason)
    return "; ".join(found)


_REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
}
