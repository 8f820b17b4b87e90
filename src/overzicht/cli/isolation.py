"""How a command reads files from outside: in a child process, within limits that settings can change."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from overzicht import safereading
from overzicht.cli.language import translate
from overzicht.cli.output import STDOUT, write_whole
from overzicht.settings import read_settings

MEGABYTE = 1_000_000
SETTINGS = {"reading_seconds": ("seconds", 1), "reading_memory_mb": ("memory", MEGABYTE)}


def settle_reading(ctx: click.Context, *, trust_input: bool) -> None:
    """Set the limits of reading for the process, and show progress on a terminal.

    With `trust_input`, the command reads files itself.
    """
    values = read_settings().values
    limits = {}
    for name, (limit, unit) in SETTINGS.items():
        given = values.get(name, "")
        if given and not (given.isascii() and given.isdigit() and int(given) > 0):
            message = translate("OVERZICHT_{name} is {value}. Use a whole number from 1")
            raise click.UsageError(message.format(name=name.upper(), value=repr(given)))
        if given:
            limits[limit] = int(given) * unit
    safereading.set_limits(seconds=limits.get("seconds"), memory=limits.get("memory"))
    if trust_input:
        ctx.with_resource(safereading.trust_input())
    if sys.stderr.isatty():
        from overzicht.cli.progress import progress_bars  # noqa: PLC0415 - a pipe shows none

        ctx.with_resource(progress_bars())


@contextmanager
def with_standard_input(files: tuple[Path, ...]) -> Iterator[list[Path]]:
    """Yield the paths with a file of the bytes of standard input for `-`; a usage error for two of them."""
    if files.count(STDOUT) > 1:
        raise click.UsageError(
            translate("- is given twice. Standard input can be read once; name the other file")
        )
    with TemporaryDirectory(prefix="overzicht-") as folder:
        copy = Path(folder, "standard input")
        if STDOUT in files:
            write_whole(copy, sys.stdin.buffer.read())
        yield [copy if path == STDOUT else path for path in files]
