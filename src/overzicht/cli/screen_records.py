"""`overzicht screen records`: score pairs of whole records, a line of JSON each."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, InputFileError
from overzicht.screening.records.model import PartyRecord

_BATCH = 2000  # pairs read and scored at once
_FIX = 'write one pair per line: {"id": "1", "left": {"names": ["..."]}, "right": {"names": ["..."]}}'
Pair = tuple[Any, PartyRecord, PartyRecord]


@command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--scores", "out", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path), default="-",
    help="File for the scores, as JSON lines. Default: standard output.",
)  # fmt: skip
def records(file: Path, out: Path) -> int:
    """Score pairs of records: names, dates, countries, addresses and numbers together.

    FILE has one JSON object per line with "id", "left" and "right". A record has "schema", "names",
    "aliases", "weak_names", "birth_dates", "countries", "addresses" and "ids" (numbers by FollowTheMoney
    property), or is a FollowTheMoney entity. The output has "id", "score" (0 to 1) and "band" (match, unsure,
    no match) per pair, in the order of the file. A line that cannot be read is reported and gets no score.
    """
    problems: list[InputFileError] = []
    with (
        click.open_file(str(file), "rb") as lines,
        click.open_file(str(out), "w", encoding="utf-8") as scores,
    ):
        read = _pairs(lines, "standard input" if str(file) == "-" else str(file), problems)
        for line in _scored(read):
            scores.write(json.dumps(line, ensure_ascii=False) + "\n")
    for problem in problems:
        click.echo(str(problem), err=True)
    return EXIT_INCOMPLETE if problems else EXIT_OK


def _pairs(lines: Iterable[bytes], name: str, problems: list[InputFileError]) -> Iterator[Pair]:
    """Yield (id, left, right) per line; what is wrong with a line goes to `problems`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line.decode("utf-8-sig"))
            yield data.get("id", number), _record(data, "left"), _record(data, "right")
        except (ValueError, AttributeError, RecursionError) as error:  # not UTF-8, JSON, an object, a record
            reason = "the line is not a JSON object" if isinstance(error, AttributeError) else str(error)
            problems.append(InputFileError(name, reason, record=f"line {number}", fix=_FIX))


def _record(data: dict[str, Any], side: str) -> PartyRecord:
    try:
        return PartyRecord.from_json(data.get(side))
    except ValueError as error:
        raise ValueError(f'"{side}": {error}') from error


def _scored(pairs: Iterator[Pair]) -> Iterator[dict[str, Any]]:
    from overzicht.screening.records.matcher import RecordMatcher  # noqa: PLC0415 - compiled code, only here

    matcher = RecordMatcher()
    while batch := list(islice(pairs, _BATCH)):
        ids, left, right = zip(*batch, strict=True)
        for pair_id, score in zip(ids, matcher.score(left, right).tolist(), strict=True):
            yield {"id": pair_id, "score": round(score, 6), "band": str(matcher.bands.of(score))}
