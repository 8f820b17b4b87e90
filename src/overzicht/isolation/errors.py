"""Errors of reading a file from outside, and their way from the child process to its parent."""

import json
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from overzicht.errors import InputFileError, OverzichtError

_PACKAGE = "overzicht."


class ReadingLimitError(InputFileError):
    """Reading a file took more time, memory or output than is allowed; nothing of it was taken."""


class ReaderFaultError(InputFileError):
    """A reader failed on a file in a way that it does not foresee; nothing of it was taken."""

    def __init__(self, file: str, reason: str, *, fix: str = "") -> None:
        super().__init__(
            file, f"could not be read: {reason}", fix=fix if fix else "save the file again, and report it"
        )


def too_much_memory(file: str, limit: int) -> ReadingLimitError:
    """Return the error for a file that needs more than `limit` bytes of memory."""
    reason = f"could not be read: it needs more memory than the limit of {limit // 1_000_000:,} MB"
    return ReadingLimitError(file, reason, fix="split the file, or save only the table that you need")


def too_much_time(file: str, seconds: int) -> ReadingLimitError:
    """Return the error for a file that takes more than `seconds` to read."""
    reason = f"could not be read: it takes more time than the limit of {seconds} seconds"
    return ReadingLimitError(file, reason, fix="check the file. It may be made to stop the service")


def too_much_output(file: str, limit: int) -> ReadingLimitError:
    """Return the error for a file whose content takes more than `limit` bytes."""
    reason = f"could not be read: its content is larger than the limit of {limit // 1_000_000:,} MB"
    return ReadingLimitError(file, reason, fix="check the file. It may repeat itself")


def fault_of(file: str, error: BaseException, memory_bytes: int) -> OverzichtError:
    """Return the error that a user sees for an error of a reader: its own, or one that names the fault."""
    match error:
        case OverzichtError():
            return error
        case MemoryError():
            return too_much_memory(file, memory_bytes)
        case RecursionError():
            return ReaderFaultError(file, "its parts are nested too deeply", fix="export the file again")
        case UnicodeError():
            reason = f"its text is not valid Unicode ({error})"
            return ReaderFaultError(file, reason, fix="save the file as UTF-8")
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "unknown"
    return ReaderFaultError(file, f"the reader failed ({type(error).__name__} in {place})")


def error_to_json(error: OverzichtError) -> bytes:
    """Return an error with its class and its plain attributes."""
    plain = {
        name: value
        for name, value in vars(error).items()
        if (
            all(isinstance(item, str) for item in value)
            if isinstance(value, tuple)
            else value is None or isinstance(value, str | int | float | bool)
        )
    }
    kind = type(error)
    data = {"module": kind.__module__, "name": kind.__qualname__, "text": str(error.args[0]), "values": plain}
    return json.dumps(data).encode()


def error_from_json(content: bytes) -> OverzichtError:
    """Return the error that `error_to_json` wrote; only a class of this package is made."""
    data: dict[str, Any] = json.loads(content)
    module, name = str(data["module"]), str(data["name"])
    kind = getattr(import_module(module), name, None) if module.startswith(_PACKAGE) else None
    if not (isinstance(kind, type) and issubclass(kind, OverzichtError)):
        raise TypeError(f"{module}.{name} is not an error")
    error: OverzichtError = kind.__new__(kind)
    Exception.__init__(error, str(data["text"]))
    for key, value in data["values"].items():
        setattr(error, key, tuple(value) if isinstance(value, list) else value)
    return error
