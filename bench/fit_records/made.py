"""More pairs, made of the records under an open licence: copies that match, neighbours that do not.

A copy has other or changed names of the entry, and loses dates, countries and numbers as other lists do.
A neighbour is another entry of the same file with a like name. A labelled pair has few ships and companies
under an open licence; these fill the room.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz, process, utils

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "fit_scorer"))
from disturb import disturb
from variants import Pair

from overzicht.screening.records.agreement import ANY_KIND, BODY_KIND, SHIP_KIND, kind_of_record
from overzicht.screening.records.numbers import agreement, numbers_of
from overzicht.screening.records.party_record import PartyRecord

COPIES = 2
NEAREST = 2
SHIPS = 4  # pairs of each ship
SHIP_SLIPS = 0.06  # a ship's name is one word, and another letter mostly another ship
OLD_NAMES = (0, 0, 1, 2, 3, 6)  # of a ship
_SIMILAR = {"registrationNumber": "taxNumber", "taxNumber": "registrationNumber", "innCode": "taxNumber",
    "ogrnCode": "registrationNumber", "uscCode": "registrationNumber", "passportNumber": "idNumber",
    "idNumber": "passportNumber"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A record, the file that has it, and the cluster of records of its party."""

    record: PartyRecord
    file: str
    cluster: str


@dataclass(frozen=True, slots=True)
class Made:
    """A pair, its label, how it was made, and the clusters that it is of."""

    pair: Pair
    match: bool
    how: str
    clusters: tuple[str, str]


def made_pairs(records: Sequence[Held], seed: int) -> list[Made]:
    """Return the made pairs, the same for the same records and seed."""
    r = random.Random(seed)
    found = [made for held in records for made in _copies(r, held)]
    found += [*_renamed(r, records), *_numbered_otherwise(r, records), *_namesakes(r, records)]
    return [*found, *_neighbours(r, records), *_ships(r, records)]


def _copies(r: random.Random, held: Held) -> Iterator[Made]:
    is_ship = kind_of_record(held.record.schema) == SHIP_KIND
    for _ in range(COPIES):
        names = [*held.record.names, *held.record.aliases]
        if not names:
            return
        r.shuffle(names)
        one, two, how = _divided(r, names) if len(names) > 1 else ([names[0]], [names[0]], "same")
        if r.random() < (SHIP_SLIPS if is_ship else 0.5 if how == "same" else 0.25):
            is_person = held.record.schema == "Person"
            two[0], how = disturb(r, two[0], is_person=is_person)[0], f"{how}, changed"
        pair = tuple(
            _copy(r, replace(held.record, names=tuple(n[:1]), aliases=tuple(n[1:]))) for n in (one, two)
        )
        yield Made((pair[0], pair[1]), True, how, (held.cluster, held.cluster))


def _divided(r: random.Random, names: list[str]) -> tuple[list[str], list[str], str]:
    """Return two parts of a list of names; two times in three they have a name in common, often not first."""
    cut = r.randrange(1, len(names))
    one, two = names[:cut][:8], names[cut:][:8]
    if r.random() < 0.67:
        two.insert(r.randrange(len(two) + 1), r.choice(one))
        return one, two, "common name"
    return one, two, "other names"


def _copy(r: random.Random, record: PartyRecord) -> PartyRecord:
    return replace(
        record,
        schema=r.choice((record.schema, "LegalEntity"))
        if kind_of_record(record.schema) in (ANY_KIND, BODY_KIND)
        else record.schema,
        weak_names=record.weak_names if r.random() < 0.4 else (),
        birth_dates=tuple(_date(r, day) for day in record.birth_dates if r.random() < 0.85),
        countries=_countries(r, record.countries),
        addresses=tuple(address for address in record.addresses if r.random() < 0.6),
        identifiers=tuple(_number(r, n) for n in record.identifiers if r.random() < 0.7),
    )


def _date(r: random.Random, day: str) -> str:
    chance = r.random()
    if len(day) < 10 or chance < 0.86:
        return day
    year, month, number = day.split("-")
    if chance < 0.94:
        return year
    if chance < 0.96 and int(number) <= 12:
        return f"{year}-{number}-{month}"
    if chance < 0.985:
        return f"{year}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"
    return f"{int(year) + r.choice((-1, 1))}-{month}-{number}" if chance < 0.99 else day


def _countries(r: random.Random, countries: tuple[str, ...]) -> tuple[str, ...]:
    chance = r.random()
    if chance < 0.03:
        return (r.choice(("ae", "cn", "cy", "de", "hk", "pa", "ru", "tr", "us")),)
    return countries if chance < 0.75 else countries[:1] if chance < 0.85 else ()


def _number(r: random.Random, number: tuple[str, str]) -> tuple[str, str]:
    kind, value = number
    chance = r.random()
    if kind == "imoNumber":
        return kind, f"IMO {value}" if chance < 0.3 else value
    if chance < 0.1:
        return _SIMILAR.get(kind, kind), value
    if chance < 0.2:
        return (
            kind,
            f"{value[:3]} {value[3:]}"
            if chance < 0.15
            else f"{value} ({r.choice(('issued 2004', 'expired'))})",
        )
    return kind, value


def _renamed(r: random.Random, records: Sequence[Held]) -> Iterator[Made]:
    """Yield parties under another name with the same checked number; the number decides."""
    for held in records:
        numbers = numbers_of(held.record.identifiers)
        like = [
            o for o in r.sample(list(records), 40) if o.record.schema == held.record.schema and o.record.names
        ]
        if numbers.unique and like:
            other = r.choice(like).record
            renamed = replace(held.record, names=other.names[:1], aliases=(), weak_names=(), addresses=())
            yield Made((held.record, renamed), True, "renamed", (held.cluster, held.cluster))


def _numbered_otherwise(r: random.Random, records: Sequence[Held]) -> Iterator[Made]:
    """Yield parties of one name with different checked numbers of one kind: two parties."""
    bearers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for held in records:
        for number in sorted(numbers_of(held.record.identifiers).unique):
            bearers[number[0]].append(number)
    for held in records:
        own = sorted(numbers_of(held.record.identifiers).unique)
        others = [number for kind, _ in own for number in bearers[kind] if number not in own]
        if others:
            other = _copy(r, replace(held.record, identifiers=()))
            other = replace(other, identifiers=(r.choice(others),))
            yield Made((held.record, other), False, "other number", (held.cluster, held.cluster))


def _namesakes(r: random.Random, records: Sequence[Held]) -> Iterator[Made]:
    """Yield persons of one name whose full birth dates are years apart: two persons."""
    for held in records:
        full = [day for day in held.record.birth_dates if len(day) == 10]
        if held.record.schema == "Person" and full and r.random() < 0.5:
            year = int(full[0][:4]) + r.choice((-1, 1)) * r.randint(3, 30)
            day = f"{year}-{r.randint(1, 12):02}-{r.randint(1, 28):02}"
            other = _copy(r, replace(held.record, birth_dates=(), identifiers=()))
            pair = (held.record, replace(other, birth_dates=(day,)))
            yield Made(pair, False, "namesake", (held.cluster, held.cluster))


def _ships(r: random.Random, records: Sequence[Held]) -> Iterator[Made]:
    """Yield ships under old and new names, of which lists of ships have many, and namesakes."""
    ships = [
        held for held in records if kind_of_record(held.record.schema) == SHIP_KIND and held.record.names
    ]
    names = sorted({name for held in ships for name in (*held.record.names, *held.record.aliases)})
    for number, held in enumerate(ships * SHIPS):
        own = [*held.record.names, *held.record.aliases]
        one, two = ([r.choice(own), *r.sample(names, r.choice(OLD_NAMES))] for _ in range(2))
        if r.random() < SHIP_SLIPS:
            two[0] = disturb(r, two[0], is_person=False)[0]
        if r.random() < 0.4:
            r.shuffle(one)
        left = _copy(r, _called(held.record, one))
        yield Made((left, _copy(r, _called(held.record, two))), True, "ship", (held.cluster, held.cluster))
        other = r.choice(ships)
        if number % 2 == 0 and other.cluster != held.cluster and _apart(held, other):
            near = [name for name, *_ in process.extract(own[0], names, scorer=fuzz.ratio, limit=5)]
            strange = [r.choice(near[1:]) if r.random() < 0.75 else other.record.names[0]]
            strange += r.sample(names, r.choice(OLD_NAMES))
            if r.random() < 0.1:
                strange[r.randrange(len(strange))] = own[0]
            yield Made((left, _called(other.record, strange)), False, "ship", (held.cluster, other.cluster))


def _called(record: PartyRecord, names: Sequence[str]) -> PartyRecord:
    return replace(record, names=tuple(names[:1]), aliases=tuple(names[1:]), weak_names=())


def _neighbours(r: random.Random, records: Sequence[Held]) -> Iterator[Made]:
    by_file: dict[tuple[str, int], list[Held]] = defaultdict(list)
    for held in records:
        by_file[held.file, kind_of_record(held.record.schema) or BODY_KIND].append(held)
    for _, group in sorted(by_file.items()):
        yield from _near(r, group)


def _near(r: random.Random, group: Sequence[Held]) -> Iterator[Made]:
    flat = [(name, held) for held in group for name in (*held.record.names, *held.record.aliases)[:4]]
    plain = [utils.default_process(name) for name, _ in flat]
    seen: set[tuple[str, str]] = set()
    for number, (_, held) in enumerate(flat):
        scorers = (fuzz.token_sort_ratio, fuzz.token_set_ratio)
        near = [
            k
            for scorer in scorers
            for *_, k in process.extract(plain[number], plain, scorer=scorer, limit=NEAREST + 1)
        ]
        for k in [*near, r.randrange(len(flat))]:
            other = flat[k][1]
            key = tuple(sorted((held.cluster, other.cluster)))
            if held.cluster != other.cluster and (key[0], key[1]) not in seen and _apart(held, other):
                seen.add((key[0], key[1]))
                yield Made((held.record, other.record), False, "neighbour", (held.cluster, other.cluster))


def _apart(one: Held, two: Held) -> bool:
    """Return whether nothing suggests that two entries of a file are one party after all."""
    numbers = agreement(numbers_of(one.record.identifiers), numbers_of(two.record.identifiers))
    day = set(one.record.birth_dates) & set(two.record.birth_dates)
    names = {utils.default_process(n) for n in (*one.record.names, *one.record.aliases)}
    others = {utils.default_process(n) for n in (*two.record.names, *two.record.aliases)}
    is_person = one.record.schema == "Person"
    return not numbers.level and not (day and is_person) and not (names & others and not numbers.clashing)
