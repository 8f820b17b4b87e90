"""Files that came along with a request, kept under names that can do no harm."""

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from fastapi import UploadFile

from overzicht.web.problems import Problem, ProblemError

UNSAFE = re.compile(r"[^\w.() -]+")
LONGEST_NAME = 150


def keep_uploads(files: Sequence[UploadFile], folder: Path) -> list[Path]:
    """Write files into a folder under their own last name, made harmless, and return their paths.

    Two of one name get a folder each, so that both keep it. Raises ProblemError for a file without a name.
    """
    return list(_kept(files, folder))


def read_small(file: UploadFile, limit: int) -> tuple[str, bytes]:
    """Return the harmless name and the bytes of a small file; ProblemError past `limit` bytes."""
    raw = file.file.read(limit + 1)
    if len(raw) > limit:
        problem = Problem(
            type="too-large",
            title="Content too large",
            status=413,
            detail=f"the file is larger than {limit:,} bytes",
        )
        raise ProblemError(problem)
    return harmless(file.filename or "") or "file", raw


def _kept(files: Sequence[UploadFile], folder: Path) -> Iterator[Path]:
    for number, file in enumerate(files):
        name = harmless(file.filename or "")
        if not name:
            raise ProblemError(
                Problem(
                    type="file-without-name",
                    title="The request does not fit",
                    status=422,
                    detail=f"file {number + 1} has no name, and its name tells what it is",
                )
            )
        target = folder / name
        if target.exists():
            target = folder / str(number) / name
            target.parent.mkdir()
        with target.open("xb") as copy:
            shutil.copyfileobj(file.file, copy)
        yield target


def harmless(name: str) -> str:
    """Return the last part of a name, with letters, digits and plain signs alone; it may be empty."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return UNSAFE.sub("_", last).strip(". ")[-LONGEST_NAME:].lstrip(". ")
