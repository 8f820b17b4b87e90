"""Files that people write in YAML or JSON: read with a limit, checked against a type, with all problems."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from overzicht.errors import InputFileError
from overzicht.evidence.faults import in_words
from overzicht.evidence.packaged import M
from overzicht.isolation import Limits, in_child
from overzicht.safeyaml import read_yaml
from overzicht.sources.files import require_file

MAX_BYTES = 4 * 1024 * 1024
LIMITS = Limits(seconds=10, memory=500_000_000)
FIX = "correct these fields and give the file again"


def read_limited(path: Path, limit: int) -> bytes:
    """Return the bytes of a file; InputFileError if it is missing, not regular, or larger than `limit`."""
    try:
        require_file(path)
        if path.stat().st_size > limit:
            raise InputFileError(str(path), f"it is larger than {limit // 1024 // 1024} MB")
        return path.read_bytes()
    except OSError as error:
        fix = "check the path and the access rights of the file"
        raise InputFileError(str(path), f"could not be read: {error.strerror}", fix=fix) from error


def named_bytes(path: Path, limit: int = MAX_BYTES) -> tuple[bytes, str]:
    """Return the bytes of a file, as `read_limited`, and its name for errors."""
    return read_limited(path, limit), str(path)


def load_text(raw: bytes | str, name: str, load: Callable[[str], Any] = read_yaml) -> Any:
    """Return the content of a YAML or JSON file called `name`; InputFileError if it is not valid.

    `load` is a function of a module: another process may call it.
    """
    content = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
    return _load_by_name(content, name, load.__module__, load.__name__)


@in_child(LIMITS)
def _load_by_name(raw: bytes, name: str, module: str, function: str) -> Any:
    try:
        return getattr(import_module(module), function)(raw.decode("utf-8"))
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        fix = "correct the file at that place, and save it as UTF-8"
        raise InputFileError(name, f"not YAML or JSON in UTF-8: {reason}", fix=fix) from error


def checked(kind: type[M], data: Any, name: str, record: str = "", fix: str = FIX) -> M:
    """Return data of a file as `kind`; InputFileError names every field that is wrong."""
    if not isinstance(data, dict):
        raise InputFileError(name, "it has no fields", record=record, fix=fix)
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise InputFileError(name, in_words(error.errors()), record=record, fix=fix) from error
