"""Results of a long batch as JSON lines, written one by one, so that an interrupted run can continue."""

import json
import sys
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from overzicht.errors import InputFileError


class ResultsFile:
    """The file (or standard output) for the results; `done` counts the complete lines of an earlier run.

    The first line has the hash of the input and the date: a run with another input or date cannot continue
    the file. An incomplete last line is removed, and its input is answered again.
    """

    def __init__(self, path: Path | None, input_sha256: str, as_of: date, *, resume: bool) -> None:
        self._path = path
        self._head = {"input_sha256": input_sha256, "as_of": as_of.isoformat()}
        self._stream: TextIO = sys.stdout
        self.done = 0
        if path is not None and resume and path.exists():
            self.done = self._take_over(path)
        elif path is not None:
            path.write_text(json.dumps(self._head) + "\n", encoding="utf-8")

    def _take_over(self, path: Path) -> int:
        whole = path.read_bytes()
        whole = whole[: whole.rfind(b"\n") + 1]
        lines = whole.splitlines()
        if not lines or json.loads(lines[0]) != self._head:
            raise InputFileError(
                str(path),
                "it has results of another input or date",
                fix="give another --out, or leave out --resume",
            )
        path.write_bytes(whole)
        return len(lines) - 1

    def __enter__(self) -> "ResultsFile":
        """Open the file for the lines that follow."""
        if self._path is not None:
            self._stream = self._path.open("a", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file; what was written stays."""
        if self._path is not None:
            self._stream.close()

    def write(self, result: dict[str, Any]) -> None:
        """Write one result as a line."""
        self._stream.write(json.dumps(result, ensure_ascii=False) + "\n")
