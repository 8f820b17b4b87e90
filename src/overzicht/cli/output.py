"""Results of a command: files that are complete or absent, and JSON for other programs."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, runtime_checkable

import click

from overzicht.cli.language import speak, translate
from overzicht.errors import InputFileError

if TYPE_CHECKING:
    from overzicht.evidence import Text

STDOUT = Path("-")
Content = str | bytes | Iterable[str] | Iterable[bytes]
Say = Callable[["Text"], Any]  # how sentences are worded in JSON
Formats = Mapping[str, Callable[[], Content]]  # extension with its dot: the whole result in that format


class OutFile(click.ParamType[Path]):
    """File to write in the format of its extension, or `-` for standard output."""

    name = "FILE"

    def __init__(self, suffixes: tuple[str, ...]) -> None:
        self._suffixes = suffixes

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, or end with a usage error for a folder or an unknown extension."""
        path = Path(value)
        if path != STDOUT and not ending_of(path, self._suffixes):
            known = f" {translate('or')} ".join(self._suffixes)
            self.fail(
                speak(
                    "{value} has no known extension. Use the extension {known}, or - for standard output",
                    value=value,
                    known=known,
                ),
                param,
                ctx,
            )
        if path.is_dir():
            self.fail(
                speak(
                    "{value} is a folder. Name a file in it, for example {example}",
                    value=value,
                    example=f"{value}/report{self._suffixes[0]}",
                ),
                param,
                ctx,
            )
        return path


def ending_of(path: Path, endings: Iterable[str]) -> str:
    """Return the longest of some extensions that a file has, or an empty text.

    >>> ending_of(Path("Map.CDX.json"), (".json", ".cdx.json"))
    '.cdx.json'
    """
    name = path.name.lower()
    return max((ending for ending in endings if name.endswith(ending)), key=len, default="")


def json_text(data: Any, say: Say = str) -> str:
    """Return data as JSON text, with the sentences in it worded by `say`."""
    from overzicht.views import serialiser  # noqa: PLC0415 - what prints no JSON must not load it

    return serialiser.json_text(data, say)


def print_content(content: Content) -> None:
    """Print a whole result to standard output, with one line end after a text that has none."""
    pieces: Iterable[str | bytes] = (content,) if isinstance(content, str | bytes) else content
    last: str | bytes = ""
    for piece in pieces:
        last = piece or last
        click.echo(piece, nl=False)
    if isinstance(last, str) and not last.endswith("\n"):
        click.echo()


@runtime_checkable
class InFiles(Protocol):
    """A result that may take more than one file."""

    def files(self, name: str) -> Iterator[tuple[str, Iterable[str]]]:
        """Yield the name and content of each file, the one called `name` last."""


def write_whole(path: Path, content: Content, *, mode: int = 0o666) -> None:
    """Write a complete file or none, with permissions `mode`; InputFileError if it cannot be written.

    The other files of a result are next to it.
    """
    if isinstance(content, InFiles):
        for name, part in content.files(path.name):
            _write_whole(path.with_name(name), part, mode=mode)
    else:
        _write_whole(path, content, mode=mode)


def _write_whole(path: Path, content: Content, *, mode: int) -> None:
    with whole_file(path, mode=mode) as stream:
        for piece in (content,) if isinstance(content, str | bytes) else content:
            stream.write(piece.encode() if isinstance(piece, str) else piece)


@contextmanager
def whole_file(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Yield a stream to a file that exists if the block succeeds, and is absent or unchanged otherwise.

    :raises InputFileError: If the file cannot be written.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.unlink(missing_ok=True)
            partial.touch(mode=mode)
            with partial.open("wb") as stream:
                yield stream
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputFileError(
            str(path),
            f"the file cannot be written here ({error.strerror or error})",
            fix="name another file with --out",
        ) from error
