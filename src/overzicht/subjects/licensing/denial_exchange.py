"""Denials as a file between authorities: documented JSON with hashes over its canonical content.

The canonical form is JSON in UTF-8 with sorted keys, no blanks between tokens and minimal escapes. Each
denial has the SHA-256 of its record; the file has that of everything else in it. A hash shows that the
content is unchanged, not who sent it; the secure channel of Article 23(6) shows that.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from overzicht.errors import InputFileError
from overzicht.evidence.faults import in_words
from overzicht.isolation import Limits, in_child
from overzicht.subjects.licensing.denial_model import Denial

FORMAT = "overzicht-denials"
VERSION = 1
MAX_BYTES = 32 * 1024 * 1024
CONFIDENTIAL = "Confidential: Articles 16(7) and 23(5) of Regulation (EU) 2021/821"
FIELDS = {"format", "version", "from_state", "made_on", "confidential", "denials", "hash"}


class BrokenHashError(InputFileError):
    """A file of denials is not what its sender wrote: a hash does not fit; nothing of it is taken."""

    def __init__(self, file: str, record: str) -> None:
        super().__init__(
            file,
            "the hash does not fit the content: it was changed or cut on the way; nothing was imported",
            record=record,
            fix="ask the sending authority for the file again",
        )


@dataclass(frozen=True, slots=True)
class DenialFile:
    """A file that was read: its state, date, denials and hash."""

    from_state: str
    made_on: date
    denials: tuple[Denial, ...]
    sha256: str


def canonical(data: Any) -> bytes:
    """Return the canonical bytes of JSON data."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def hash_of(data: Any) -> str:
    """Return the SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(data)).hexdigest()


def write_file(denials: Sequence[Denial], from_state: str, made_on: date) -> str:
    """Return the file of a state's own denials, sorted by id, one field per line.

    Raises InputFileError for a denial of another state.
    """
    for denial in denials:
        _check_issuer("the export", denial, from_state)
    entries = []
    for denial in sorted(denials, key=lambda item: item.id):
        content = denial.to_json()
        entries.append({**content, "hash": hash_of(content)})
    body: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        "from_state": from_state,
        "made_on": made_on.isoformat(),
        "confidential": CONFIDENTIAL,
        "denials": entries,
    }
    return json.dumps({**body, "hash": hash_of(body)}, ensure_ascii=False, indent=2) + "\n"


@in_child(Limits(seconds=10, memory=500_000_000))
def read_file(raw: bytes, name: str) -> DenialFile:
    """Return the denials of a file, if all of it is correct.

    Raises BrokenHashError, or InputFileError with record and reason.
    """
    if len(raw) > MAX_BYTES:
        raise InputFileError(name, f"it is larger than {MAX_BYTES // 1024 // 1024} MB")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # not UTF-8, no JSON, a number of too many digits, too deep
        fix = "ask the sending authority for the file again"
        raise InputFileError(name, f"not valid JSON in UTF-8: {error}", fix=fix) from error
    if not isinstance(data, dict) or set(data) != FIELDS or not isinstance(data["denials"], list):
        fix = f"the fields are {', '.join(sorted(FIELDS))}"
        raise InputFileError(name, "this is not a file of denials", fix=fix)
    given = data.pop("hash")
    if given != hash_of(data):
        raise BrokenHashError(name, "the whole file")
    if (data["format"], data["version"]) != (FORMAT, VERSION):
        raise InputFileError(
            name, f"it is {data['format']!r} version {data['version']!r}", fix=f"expected: {FORMAT} {VERSION}"
        )
    try:
        made_on = date.fromisoformat(data["made_on"])
    except (ValueError, TypeError) as error:
        raise InputFileError(name, f"made_on is not a valid date: {error}") from error
    read_denials: list[Denial] = []
    for number, entry in enumerate(data["denials"], start=1):
        if not isinstance(entry, dict) or "hash" not in entry:
            raise InputFileError(name, "it has no hash", record=f"denial {number}")
        content = {key: value for key, value in entry.items() if key != "hash"}
        record = f"denial {number} ({content.get('id', 'without id')})"
        if entry["hash"] != hash_of(content):
            raise BrokenHashError(name, record)
        try:
            read_denials.append(Denial.model_validate(content))
        except ValidationError as error:
            raise InputFileError(name, in_words(error.errors()[:1]), record=record) from error
    denials = tuple(read_denials)
    for denial in denials:
        _check_issuer(name, denial, str(data["from_state"]))
    ids = [denial.id for denial in denials]
    if len(ids) != len(set(ids)):
        raise InputFileError(name, "a denial occurs twice", record=", ".join(sorted(set(ids))))
    return DenialFile(str(data["from_state"]), made_on, denials, given)


def _check_issuer(name: str, denial: Denial, state: str) -> None:
    if denial.issuing_state != state:
        raise InputFileError(
            name,
            f"it is a denial of {denial.issuing_state}, but the file is from {state}",
            record=denial.id,
            fix="a state notifies its own denials only",
        )
