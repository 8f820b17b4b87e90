"""Paths into the control list: `6A003.b.4.b` is point b of point 4 of point b of entry 6A003."""

import re
from collections.abc import Iterable
from typing import NewType

from overzicht.dates import Holds
from overzicht.errors import OverzichtError

ControlPath = NewType("ControlPath", str)

_SHAPE = re.compile(r"\d[A-E]\d{3}(?:\.(?:[a-z]{1,2}|\d{1,3}))*")
_ENTRY_LENGTH = 5

REGIMES = (  # the last three digits, up to and including; 500 and over are tied to no single regime
    (99, "Wassenaar Arrangement"),
    (199, "Missile Technology Control Regime"),
    (299, "Nuclear Suppliers Group"),
    (399, "Australia Group"),
    (499, "Chemical Weapons Convention"),
)


class NotAControlPathError(OverzichtError):
    """A text that should name a provision does not have the shape of one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is not the code of a provision",
            fix="write an entry such as 6A003, or a provision in it such as 6A003.b.4.b",
        )


def parse_path(text: str) -> ControlPath:
    """Return the path in its normal form: `6a003.B.4.b.` gives `6A003.b.4.b`.

    Raises NotAControlPathError for another form; the provision need not exist.
    """
    compact = re.sub(r"\s+", "", text).rstrip(".")
    normal = compact[:_ENTRY_LENGTH].upper() + compact[_ENTRY_LENGTH:].lower()
    if _SHAPE.fullmatch(normal) is None:
        raise NotAControlPathError(text)
    return ControlPath(normal)


def entry_of(path: str) -> ControlPath:
    """Return the entry of a path: `6A003` for `6A003.b.4.b`."""
    return ControlPath(path[:_ENTRY_LENGTH])


def part_of(path: str) -> str:
    """Return the part of category 5 that an entry is in, `1` or `2`; empty for the other categories.

    Part 2, information security, has the entries 002 to 004 (Annex I to Regulation (EU) 2021/821).
    """
    if path[:1] != "5":
        return ""
    return "2" if 2 <= int(path[2:_ENTRY_LENGTH]) <= 4 else "1"


def parent_of(path: ControlPath) -> ControlPath | None:
    """Return the path one step up, or None for an entry."""
    head, dot, _ = path.rpartition(".")
    return ControlPath(head) if dot else None


def lineage(path: ControlPath) -> tuple[ControlPath, ...]:
    """Return the path and everything above it, the entry first."""
    parent = parent_of(path)
    return (path,) if parent is None else (*lineage(parent), path)


def is_within(path: str, outer: str) -> bool:
    """Return whether `path` is `outer` or lies below it."""
    return path == outer or path.startswith(f"{outer}.")


def overlap(left: str, right: str) -> bool:
    """Return whether one of the two paths contains the other."""
    return is_within(left, right) or is_within(right, left)


def covered_by(code: str, places: Iterable[str]) -> Holds:
    """Return whether one of the places contains `code`; unknown if they contain only a part of it."""
    listed = tuple(places)
    if any(is_within(code, place) for place in listed):
        return Holds.YES
    return Holds.UNKNOWN if any(is_within(place, code) for place in listed) else Holds.NO


def sort_key(path: ControlPath) -> tuple[tuple[int, int, str], ...]:
    """Return a key that puts paths in the order of the list: a.2 before a.10, z before aa."""
    return tuple((0, int(part), "") if part.isdigit() else (1, len(part), part) for part in path.split("."))


def regime_of(path: ControlPath) -> str:
    """Return the regime that the number of an entry points to; empty from 500 on."""
    number = int(path[2:_ENTRY_LENGTH])
    return next((name for last, name in REGIMES if number <= last), "")
