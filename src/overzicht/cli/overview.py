"""`overzicht overview`: inventories in, one cited report out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

import click

from overzicht.cli.options import as_of_option, by_option, lang_option, now, opened_store
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, InputFileError
from overzicht.evidence import text
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.interface import Format, write
from overzicht.reports.model import OverviewReport
from overzicht.reports.terminal import render_terminal
from overzicht.workflows.overview.build import OverviewChoices, keep_run, make_overview

SUFFIXES = tuple(f".{each.value}" for each in Format if each is not Format.TERMINAL)


class OutFile(click.ParamType[Path]):
    """A file to write, whose suffix tells the format."""

    name = "FILE"

    def __init__(self, suffixes: tuple[str, ...] = SUFFIXES) -> None:
        self._suffixes = suffixes

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, or end with a usage error for another suffix or a folder."""
        path = Path(value)
        if path.suffix.lower() not in self._suffixes:
            self.fail(f"{value} has none of the suffixes {', '.join(self._suffixes)}", param, ctx)
        if path.is_dir():
            self.fail(f"{value} is a folder; name a file in it", param, ctx)
        return path


class ColumnChoice(click.ParamType[tuple[str, str]]):
    """`HEADER=FIELD`: what a column of a table is."""

    name = "HEADER=FIELD"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return header and field, or end with a usage error."""
        if isinstance(value, tuple):
            return value
        header, sign, field = value.rpartition("=")
        if not sign:
            self.fail(f"{value!r} is not HEADER=FIELD", param, ctx)
        return header.strip(), field.strip()


@click.command()
@click.argument("inventories", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@as_of_option
@lang_option
@click.option(
    "--out", "out_files", type=OutFile(), multiple=True,
    help="Write the report to FILE.html, .json, .csv or .xlsx; may be given more than once.",
)  # fmt: skip
@click.option(
    "--column", "columns", type=ColumnChoice(), multiple=True,
    help="What a column of a table is, where its header was not understood or misunderstood.",
)  # fmt: skip
@click.option("--sheet", default="", help="The one sheet of a workbook to read.")
@click.option("--kind", default="", help="What the inventories are, where that is not recognised.")
@click.option(
    "--recog", type=click.Path(exists=True, file_okay=False, path_type=Path), envvar="OVERZICHT_RECOG",
    help="A folder of recog fingerprint files (XML), used beside our own facts.",
)  # fmt: skip
@by_option
def overview(  # noqa: PLR0913, PLR0917 - one parameter per option
    inventories: tuple[Path, ...],
    as_of: date,
    lang: str,
    out_files: tuple[Path, ...],
    columns: tuple[tuple[str, str], ...],
    sheet: str,
    kind: str,
    recog: Path | None,
    actor: str,
) -> int:
    """Tell which devices there are, who really made each, who owns the maker, and who is on which list.

    INVENTORIES are spreadsheets (CSV, XLSX, ODS), nmap scans (XML or text) and device answers (ONVIF, ISAPI,
    DHIP), as many as there are. A summary is printed; --out writes the whole report.

    Example: overzicht overview cameras.xlsx scan.xml --lang nl --out overview.html
    """
    choices = OverviewChoices(mapping=columns, sheet=sheet, kind=kind, recog=recog)
    with opened_store() as (store, _):
        report = make_overview(store, inventories, choices, as_of=as_of)
        keep_run(store, report, actor=actor, at=now())
    for path in out_files:
        write_report(path, report, lang)
    click.echo(render_terminal(report, Language(lang), [str(path) for path in out_files]), nl=False)
    problems = sum(len(each.problems) for each in report.inputs)
    if problems:
        sentence = text("Rows that could not be read in full: {count}; the report lists them", count=problems)
        click.echo(words_for(Language(lang)).say(sentence), err=True)
    return EXIT_INCOMPLETE if problems else EXIT_OK


def write_report(path: Path, report: OverviewReport, lang: str) -> None:
    """Write a report in the format of the file's suffix; raises as `whole_file` and `write` do."""
    with whole_file(path) as stream:
        write(report, stream, lang=lang, format=path.suffix.lower().removeprefix("."))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises InputFileError where it cannot be written."""
    with whole_file(path) as stream:
        stream.write(content)


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a stream to a file that is there when the block ends well, else not at all or as it was.

    :raises InputFileError: Where it cannot be written.
    """
    partial = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with partial.open("wb") as stream:
                yield stream
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        reason = f"the report cannot be written here ({error.strerror or error})"
        raise InputFileError(str(path), reason, fix="give another file with --out") from error
