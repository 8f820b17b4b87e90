"""Pairs of whole records, and labelled samples of names, read in a child process."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overzicht.errors import InputFileError
from overzicht.isolation import Limits, in_child, stream_in_child
from overzicht.screening.records.party_record import PartyRecord

FIX = 'write one pair per line: {"id": "1", "left": {"names": ["..."]}, "right": {"names": ["..."]}}'
LARGEST_LINE = 16_000_000  # bytes of a pair
MEASURING = Limits(seconds=3_600, seconds_per_megabyte=600, memory=8_000_000_000)


@dataclass(frozen=True, slots=True)
class RecordPair:
    """Two records to compare; `fault` says why the line could not be read, and is empty otherwise."""

    line: int
    id: str | int | float | None
    left: PartyRecord
    right: PartyRecord
    fault: str = ""


@stream_in_child(Limits())
def read_pairs(path: Path, name: str) -> Generator[RecordPair, None, None]:
    """Yield a pair per line that is not empty; `name` is the file for a reader.

    InputFileError for a line that is too long.
    """
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LARGEST_LINE + 1):
            number += 1
            if len(line) > LARGEST_LINE:
                reason = f"the line has more than {LARGEST_LINE:,} bytes"
                raise InputFileError(name, reason, record=f"line {number}", fix=FIX)
            if line.strip():
                try:
                    data = json.loads(line.decode("utf-8-sig"))
                    pair = RecordPair(
                        number, _id(data.get("id", number)), _record(data, "left"), _record(data, "right")
                    )
                except (ValueError, AttributeError, RecursionError) as error:
                    # not UTF-8, JSON, an object, a record
                    is_other = isinstance(error, AttributeError)
                    fault = "the line is not a JSON object" if is_other else str(error)
                    pair = RecordPair(number, None, PartyRecord(), PartyRecord(), fault)
                yield pair


def _id(value: Any) -> str | int | float | None:
    if value is None or isinstance(value, str | int | float):
        return value
    raise ValueError('"id" is not a text or a number')


def _record(data: dict[str, Any], side: str) -> PartyRecord:
    try:
        return PartyRecord.from_json(data.get(side))
    except ValueError as error:
        raise ValueError(f'"{side}": {error}') from error


@in_child(MEASURING)
def check_lines(path: Path, fields: tuple[str, ...]) -> int:
    """Return the number of JSON objects of a file; InputFileError if one lacks a field."""
    from overzicht.screening.evaluate import read_lines  # noqa: PLC0415 - compiled code, only here

    number = 0
    for number, entry in enumerate(read_lines(path), 1):
        if missing := [field for field in fields if field not in entry]:
            reason = f"the fields {', '.join(missing)} are missing"
            raise InputFileError(path.name, reason, record=f"object {number}", fix="add these fields")
    return number
