"""`overzicht screen records`: score pairs of whole records, a line of JSON each."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from overzicht.cli.commands import command
from overzicht.cli.isolation import with_standard_input
from overzicht.cli.language import error_text
from overzicht.cli.options import lang_option
from overzicht.cli.output import STDOUT
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, InputFileError
from overzicht.evidence import text
from overzicht.progress import watched

if TYPE_CHECKING:
    from overzicht.subjects.screening.record_pairs import RecordPair

_BATCH = 2000  # pairs read and scored at once


@command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--scores",
    "out",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default="-",
    help="File for the scores, as JSON lines. Default: standard output.",
)
@lang_option()
def records(file: Path, out: Path) -> int:
    """Score pairs of records: names, dates, countries, addresses and numbers together.

    FILE has one JSON object per line with "id", "left" and "right". A record has "schema", "names",
    "aliases", "weak_names", "birth_dates", "countries", "addresses" and "ids" (numbers by FollowTheMoney
    property), or is a FollowTheMoney entity. The output has "id", "score" (0 to 1) and "band" (match, unsure,
    no match) per pair, in the order of the file. A line that cannot be read is reported and gets no score.
    """
    from overzicht.subjects.screening.record_pairs import FIX, read_pairs  # noqa: PLC0415 - compiled code, only here

    name = "standard input" if file == STDOUT else str(file)
    problems: list[InputFileError] = []
    with with_standard_input((file,)) as (path,), click.open_file(str(out), "w", encoding="utf-8") as scores:
        pairs = watched(read_pairs(path, name), text("Comparing records"))
        for line in _scored(_readable(pairs, name, FIX, problems)):
            scores.write(json.dumps(line, ensure_ascii=False) + "\n")
    for problem in problems:
        click.echo(error_text(problem), err=True)
    return EXIT_INCOMPLETE if problems else EXIT_OK


def _readable(
    pairs: "Iterable[RecordPair]", name: str, fix: str, problems: list[InputFileError]
) -> "Iterator[RecordPair]":
    """Yield the pairs that could be read; what is wrong with the others goes to `problems`."""
    for pair in pairs:
        if pair.fault:
            problems.append(InputFileError(name, pair.fault, record=f"line {pair.line}", fix=fix))
        else:
            yield pair


def _scored(pairs: "Iterator[RecordPair]") -> Iterator[dict[str, Any]]:
    from overzicht.screening.records.matcher import RecordMatcher  # noqa: PLC0415 - compiled code, only here

    matcher = RecordMatcher()
    while batch := list(islice(pairs, _BATCH)):
        scores = matcher.score([pair.left for pair in batch], [pair.right for pair in batch])
        for pair, score in zip(batch, scores.tolist(), strict=True):
            yield {"id": pair.id, "score": round(score, 6), "band": str(matcher.bands.of(score))}
