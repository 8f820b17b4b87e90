"""Tables of an overview, without a number that gives a body away, alone or together with the other tables."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from overzicht.dates import Holds
from overzicht.subjects.census.answers import UNNAMED
from overzicht.subjects.census.coverage import BodyState
from overzicht.subjects.census.disclosure import FEWEST, Cell, Suppressed, suppress, suppress_beside
from overzicht.subjects.census.return_records import KeySum

OTHERS, NO_REGION = UNNAMED, "-"
Key = Callable[[BodyState], str]


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """Bodies of one kind or region, or devices of one maker or kind; `joined` are keys of a joined row."""

    key: str
    bodies: int
    have: int
    number: int
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionResponse:
    """The bodies of a region, and those of them that answered; `joined` are the regions of a joined row."""

    region: str
    bodies: int
    answered: int
    joined: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """The response rate in whole percent, rounded down so that 100 is everybody."""
        return 100 * self.answered // self.bodies


PARTS: tuple[Key, Key] = (attrgetter("kind"), lambda state: state.region or NO_REGION)


@dataclass(frozen=True, slots=True)
class BodyTable:
    """A table of bodies by a part of them; `sets` are the bodies that answered, of each of its rows."""

    rows: tuple[OverviewRow, ...]
    sets: tuple[frozenset[str], ...]


def body_tables(states: Sequence[BodyState], known: Sequence[frozenset[str]]) -> Iterator[BodyTable]:
    """Yield a table of the bodies by kind and one by region; each is safe together with those before it.

    `known` are the other sets of bodies that a number is published about. Without any, answers are public.
    """
    is_secret = bool(known) and all(len(own) >= FEWEST for own in known)
    sets = list(known)
    settled = [state for state in states if state.is_settled]
    for part in PARTS:
        bodies = Counter(map(part, states))
        members: dict[str, list[str]] = {name: [] for name in bodies}
        for state in settled:
            members[part(state)].append(state.id)
        have = Counter(part(state) for state in settled if state.has is Holds.YES)
        cells = [Cell(name, have[name], len(members[name])) for name in sorted(bodies)]
        by_name = {name: frozenset(own) for name, own in members.items()}
        published, new = suppress_beside(cells, by_name, sets) if is_secret else (suppress(cells), [])
        sets += new
        yield BodyTable(_rows(published, bodies), tuple(new))


def _rows(published: Suppressed, bodies: Mapping[str, int]) -> tuple[OverviewRow, ...]:
    rows = [OverviewRow(c.key, bodies[c.key], c.number, c.bodies) for c in published.cells]
    if published.joined is not None:
        whole, joined = sum(bodies[name] for name in published.keys), published.joined
        rows.append(OverviewRow(OTHERS, whole, joined.number, joined.bodies, published.keys))
    return tuple(rows)


def region_responses(states: Sequence[BodyState]) -> tuple[RegionResponse, ...]:
    """Return the bodies that answered by region; regions of few bodies are joined."""
    bodies = Counter(state.region or NO_REGION for state in states)
    answered = Counter(state.region or NO_REGION for state in states if state.is_answered)
    published = suppress([Cell(name, answered[name], bodies[name]) for name in sorted(bodies)])
    rows = [RegionResponse(cell.key, cell.bodies, cell.number) for cell in published.cells]
    if published.joined is not None:
        joined = published.joined
        rows.append(RegionResponse(OTHERS, joined.bodies, joined.number, published.keys))
    return tuple(rows)


def device_rows(sums: Sequence[KeySum]) -> tuple[OverviewRow, ...]:
    """Return the devices by key; a key that only few bodies have is joined with others."""
    published = suppress([Cell(own.key, own.least, own.bodies) for own in sums])
    rows = [OverviewRow(c.key, c.bodies, c.bodies, c.number) for c in published.cells]
    if published.joined is not None:
        own = published.joined
        rows.append(OverviewRow(OTHERS, own.bodies, own.bodies, own.number, published.keys))
    return tuple(rows)
