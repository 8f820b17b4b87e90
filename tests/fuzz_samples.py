"""Samples for the fuzzing of readers: files made short, with few of each kind of element, member or row."""

import gzip
import io
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from lxml import etree

SAMPLE_BYTES = 4_000
PARSED_BYTES = 500_000  # bytes of a file that are read to shorten it
WIDTHS = (6, 3, 2, 1)  # elements of a name, or items of a list
BROKEN = (zipfile.BadZipFile, RuntimeError, ValueError, zlib.error, EOFError)  # errors of zipfile
BLANKS = b"\xef\xbb\xbf \t\r\n"
LARGEST_SAMPLE = 200_000_000  # bytes of the largest file whose start is a sample
OWN = "tests"  # folder with files that tests of readers wrote


def sample_folder(shared: Path, root: Path, folder: Path) -> Path:
    """Fill a folder with links to the real files in `shared` and those of the project; returns it.

    A folder `tests` in it may hold files that tests of readers wrote.
    """
    for name in ("devices", "lists", "kamervragen", "exportcontrol", "vulnerabilities"):
        (folder / name).symlink_to((shared / name).resolve())
    for name in ("examples", "tests/fixtures"):
        (folder / Path(name).name).symlink_to((root / name).resolve())
    return folder


def shortened(path: Path) -> bytes:
    """Return a file with few of each kind of element, member or row; empty if it remains too long."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        data = file.read(PARSED_BYTES)
    if data.startswith(b"PK"):
        with suppress(*BROKEN):
            data = changed_archive(data, lambda _, content: _thin(content))
        return data if len(data) < 4 * SAMPLE_BYTES else b""
    return _thin(data)


def _thin(data: bytes) -> bytes:
    if len(data) <= SAMPLE_BYTES:
        return data
    for thinner in _thin_markup(data) if data.lstrip(BLANKS)[:1] == b"<" else _thin_json(data):
        if len(thinner) <= 2 * SAMPLE_BYTES:
            return thinner
    return data[: data.rfind(b"\n", 0, SAMPLE_BYTES) + 1] or data[:SAMPLE_BYTES]


def _thin_markup(data: bytes) -> Iterator[bytes]:
    """Yield a document with ever fewer elements of each name in each element."""
    root = etree.fromstring(data, etree.XMLParser(recover=True, huge_tree=True))
    for width in WIDTHS if root is not None else ():
        _leave_first(root, width)
        yield etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _leave_first(root: etree._Element, width: int) -> None:
    for parent in list(root.iter(etree.Element)):
        counts: Counter[str] = Counter()
        for child in list(parent):
            counts[str(child.tag)] += 1
            if counts[str(child.tag)] > width:
                parent.remove(child)


def _thin_json(data: bytes) -> Iterator[bytes]:
    """Yield JSON with ever fewer items of each list; nothing for other content."""
    with suppress(ValueError, RecursionError):
        value = json.loads(data)
        for width in WIDTHS:
            value = _first_items(value, width)
            yield json.dumps(value, ensure_ascii=False).encode()


def _first_items(value: Any, width: int) -> Any:
    if isinstance(value, dict):
        return {key: _first_items(item, width) for key, item in value.items()}
    return [_first_items(item, width) for item in value[:width]] if isinstance(value, list) else value


def files_of(folder: Path, *patterns: str) -> Iterator[tuple[str, bytes]]:
    """Yield the names and short contents of files; files with equal contents once."""
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    seen = set()
    for path in paths:
        if path.suffix in {".md", ".toml"} or path.stat().st_size > LARGEST_SAMPLE:
            continue
        if (data := shortened(path)) and data not in seen:
            seen.add(data)
            yield path.name.removesuffix(".gz"), data


def changed_archive(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return an archive with members of the same names and the contents that `change` gives."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as written:
        for info in archive.infolist():
            content = archive.read(info) if info.file_size < PARSED_BYTES else b""
            written.writestr(info.filename, change(info.filename, content), info.compress_type)
    return made.getvalue()
