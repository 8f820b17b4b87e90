"""The ways in which a record comes: all that a list has, or as little as a customer register has."""

import re
from collections.abc import Callable
from dataclasses import replace

from overzicht.screening.records.party_record import PartyRecord

Pair = tuple[PartyRecord, PartyRecord]
_SIGNS = re.compile(r"[^0-9A-Z]")


def _plain(value: str) -> str:
    return _SIGNS.sub("", value.upper())


def _named(record: PartyRecord) -> PartyRecord:
    if record.names or not record.aliases:
        return record
    return replace(record, names=record.aliases[:1], aliases=record.aliases[1:])


def no_ids(record: PartyRecord) -> PartyRecord:
    return _named(replace(record, identifiers=(), addresses=()))


def no_dates(record: PartyRecord) -> PartyRecord:
    return replace(no_ids(record), birth_dates=())


def thin(record: PartyRecord) -> PartyRecord:
    """One name, one date, one country."""
    return replace(
        no_ids(record),
        names=(record.names or record.aliases)[:1],
        aliases=(),
        weak_names=(),
        birth_dates=record.birth_dates[:1],
        countries=record.countries[:1],
    )


def unlinked(pair: Pair, linking: tuple[str, ...]) -> Pair:
    """Take out each number that both have, and those that made the label."""
    left, right = ({_plain(value) for _, value in record.identifiers} for record in pair)
    shared = {value for value in (*map(_plain, linking), *(left & right)) if value}

    def kept(record: PartyRecord) -> PartyRecord:
        numbers = [n for n in record.identifiers if not any(value in _plain(n[1]) for value in shared)]
        return _named(replace(record, identifiers=tuple(numbers)))

    return kept(pair[0]), kept(pair[1])


def without_countries(record: PartyRecord) -> PartyRecord:
    return replace(record, countries=())


def numbers_only(record: PartyRecord) -> PartyRecord:
    """One name and the numbers, as a supplier register has them."""
    return replace(thin(record), identifiers=record.identifiers, birth_dates=())


def _both(change: Callable[[PartyRecord], PartyRecord]) -> Callable[[Pair, tuple[str, ...]], Pair]:
    return lambda pair, _: (change(pair[0]), change(pair[1]))


VARIANTS: dict[str, Callable[[Pair, tuple[str, ...]], Pair]] = {
    "noids": _both(no_ids),
    "nodates": _both(no_dates),
    "thin": _both(thin),
    "unlinked": unlinked,
    "ids": _both(_named),
    "noids, no country": _both(lambda record: without_countries(no_ids(record))),
    "thin, no country": _both(lambda record: without_countries(thin(record))),
    "thin, no date": _both(lambda record: replace(thin(record), birth_dates=())),
    "thin with numbers": _both(numbers_only),
}
