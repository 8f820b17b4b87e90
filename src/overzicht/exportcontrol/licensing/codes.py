"""Control codes as places in a tree."""

from collections.abc import Iterable

from overzicht.dates import Holds


def lies_under(code: str, place: str) -> bool:
    """Return whether `code` is `place` or below it: 6A003.b.4.b is below 6A003.b and below 6A003."""
    return code == place or code.startswith(f"{place}.")


def covered_by(code: str, places: Iterable[str]) -> Holds:
    """Return whether one of the places contains `code`; unknown if they contain only a part of it."""
    listed = tuple(places)
    if any(lies_under(code, place) for place in listed):
        return Holds.YES
    return Holds.UNKNOWN if any(lies_under(place, code) for place in listed) else Holds.NO


def entry_of(code: str) -> str:
    """Return the entry of a code: 6A003 of 6A003.b.4.b."""
    return code.split(".", maxsplit=1)[0]
