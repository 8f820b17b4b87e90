"""Files of a request, saved under safe names, and answers that a browser saves as a file."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory
from urllib.parse import quote

from fastapi import UploadFile

from overzicht.store.database import Store
from overzicht.web.problems import ProblemError, problem_error, too_large

UNSAFE = re.compile(r"[^\w.() -]+")
LONGEST_NAME = 150  # bytes


def keep_uploads(files: Sequence[UploadFile], folder: Path) -> list[Path]:
    """Save files in a folder under their own names, made safe, and return their paths.

    A second file with the same name gets its own folder. Raises ProblemError for a file without a name.
    """
    paths = []
    for number, file in enumerate(files):
        name = harmless(file.filename or "")
        if not name:
            detail = f"file {number + 1} has no name. The name is needed to recognise the file"
            raise problem_error(400, "file-without-name", "The request does not fit", detail)
        path = folder / name
        if path.exists():
            path = folder / str(number) / name
            path.parent.mkdir()
        with path.open("xb") as copy:
            shutil.copyfileobj(file.file, copy)
        paths.append(path)
    return paths


@contextmanager
def copies_of(files: Sequence[UploadFile]) -> Iterator[list[Path]]:
    """Yield paths of the files as `keep_uploads` saves them, in a folder that is deleted at the end."""
    with TemporaryDirectory(prefix="overzicht-") as folder:
        yield keep_uploads(files, Path(folder))


def read_small(file: UploadFile, limit: int) -> tuple[str, bytes]:
    """Return the safe name and the bytes of a small file; ProblemError above `limit` bytes."""
    raw = file.file.read(limit + 1)
    if len(raw) > limit:
        raise ProblemError(too_large(f"the file is larger than {limit:,} bytes"))
    return harmless(file.filename or "") or "file", raw


def harmless(name: str) -> str:
    """Return the last part of a name, with only letters, digits and plain signs; it may be empty."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    return UNSAFE.sub("_", last).strip(". ").encode()[-LONGEST_NAME:].decode(errors="ignore").lstrip(". ")


def attachment(name: str) -> dict[str, str]:
    r"""Return the header that offers an answer as a file of this name (RFC 6266), made safe.

    >>> attachment('a"b\r\n é.csv')["Content-Disposition"]
    'attachment; filename="a_b_ _.csv"; filename*=UTF-8\'\'a_b_%20%C3%A9.csv'
    """
    safe = harmless(name) or "file"
    plain = "".join(sign if sign.isascii() else "_" for sign in safe)
    full = "" if plain == safe else f"; filename*=UTF-8''{quote(safe, safe='')}"
    return {"Content-Disposition": f'attachment; filename="{plain}"{full}'}


def path_of(store: Store, sha256: str) -> Path:
    """Return the path of the stored file with this hash; the file may not exist."""
    return store.folder / sha256[:2] / sha256
