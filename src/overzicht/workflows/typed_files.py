"""Files that people write in YAML or JSON: read with a limit, checked against a type, every fault named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from overzicht.errors import InputFileError
from overzicht.evidence.packaged import M
from overzicht.safeyaml import read_yaml

MAX_BYTES = 4 * 1024 * 1024


def read_limited(path: Path, limit: int) -> bytes:
    """Return the bytes of a file; InputFileError where it is missing or larger than `limit`."""
    try:
        if path.stat().st_size > limit:
            raise InputFileError(str(path), f"it is larger than {limit // 1024 // 1024} MB")
        return path.read_bytes()
    except OSError as error:
        fix = "check the path, and that the file may be read"
        raise InputFileError(str(path), f"it cannot be read: {error.strerror}", fix=fix) from error


def load_text(raw: bytes | str, name: str, load: Callable[[str], Any] = read_yaml) -> Any:
    """Return what stands in the bytes of a YAML or JSON file called `name`; InputFileError for neither."""
    try:
        return load(raw if isinstance(raw, str) else raw.decode("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        fix = "check the place that is named, and save the file as UTF-8"
        raise InputFileError(name, f"not YAML or JSON in UTF-8: {reason}", fix=fix) from error


def checked(kind: type[M], data: Any, name: str, record: str = "") -> M:
    """Return data of a file as `kind`; InputFileError names every field that is wrong."""
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
