"""Mutations of samples, as files from outside may be: hostile words, changed bytes, moved pieces."""

import io
import random
import re
import zipfile
from contextlib import suppress

from fuzz_samples import BROKEN, SAMPLE_BYTES, changed_archive

HOSTILE = (
    *(word.encode() for word in (
        "", " ", "0", "-1", "9" * 400, "1e999", "NaN", "null", "true", "{}", "[]", '"', "'", "<", ">", "&",
        "&#0;", "&amp;", "<o:p>", "\\ud800", "\x00", "\ufeff", ";", ",", "\t", "\r", "\n\n", "%s", "{0}", "{",
        "2024-02-30", "31-31-31", "0000-00-00", "0001-01-01", "9999-12-31", "20240230", "(" * 500, "[" * 500,
        " " * 500, "a" * 5000, "<a>" * 50, '{"a":' * 50, "١٢", "½", "=1+1", "://", "http://", "..", "/",
        "00:00:00:00:00:00", "ff:ff", "-0-", "n/a",
    )),
    b"\xff", b"\xed\xa0\x80",
)  # fmt: skip
TOKEN = re.compile(rb"[A-Za-z0-9_.:/+-]+")


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a mutation of a file; one that is packed is mutated inside."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.9:
        with suppress(*BROKEN, IndexError):  # also an archive without files
            return _mutated_archive(data, other, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choice(MUTATORS)(data, other, chance)
    return data[: 4 * SAMPLE_BYTES]


def _mutated_archive(data: bytes, other: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = sorted(archive.namelist())
    changed = chance.choice([name for name in names if name.endswith((".xml", ".rels"))] or names)
    return changed_archive(
        data, lambda name, content: mutated(content, other, chance) if name == changed else content
    )


def _token(data: bytes, _: bytes, chance: random.Random) -> bytes:
    spots = [match.span() for match in TOKEN.finditer(data)]
    if not spots:
        return data + chance.choice(HOSTILE)
    start, end = chance.choice(spots)
    return data[:start] + chance.choice(HOSTILE) + data[end:]


def _copy_token(data: bytes, other: bytes, chance: random.Random) -> bytes:
    words: list[bytes] = TOKEN.findall(other) or [b"x"]
    spots = [match.span() for match in TOKEN.finditer(data)] or [(0, 0)]
    start, end = chance.choice(spots)
    return data[:start] + chance.choice(words) + data[end:]


def _insert(data: bytes, _: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(HOSTILE) + data[at:]


def _flip(data: bytes, _: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"\x80"
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _pieces(data: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)|(?=<)|(?<=[{}\[\],;])", data)


def _remove(data: bytes, _: bytes, chance: random.Random) -> bytes:
    pieces = _pieces(data)
    at, count = chance.randrange(len(pieces)), chance.choice((1, 1, 2, 5))
    return b"".join(pieces[:at] + pieces[at + count :])


def _repeat(data: bytes, _: bytes, chance: random.Random) -> bytes:
    pieces = _pieces(data)
    at = chance.randrange(len(pieces))
    end = min(len(pieces), at + chance.choice((1, 2, 5, 20)))
    return b"".join(pieces[:end] + pieces[at:end] * chance.choice((1, 1, 3, 30)) + pieces[end:])


def _swap(data: bytes, _: bytes, chance: random.Random) -> bytes:
    pieces = _pieces(data)
    first, last = chance.randrange(len(pieces)), chance.randrange(len(pieces))
    pieces[first], pieces[last] = pieces[last], pieces[first]
    return b"".join(pieces)


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    pieces, others = _pieces(data), _pieces(other)
    at, start = chance.randrange(len(pieces) + 1), chance.randrange(len(others))
    return b"".join(pieces[:at] + others[start : start + chance.choice((1, 3, 10))] + pieces[at:])


def _cut(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _wide(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return data.decode("latin-1").encode(chance.choice(("utf-16", "utf-8-sig", "utf-32", "utf-16-be")))


MUTATORS = (
    *(_token,) * 4, *(_copy_token, _insert, _remove, _repeat) * 2, _flip, _swap, _splice, _cut, _wide
)  # fmt: skip
