"""Who owns whom: statements of ownership, and the paths they form on a day.

A statement says that an owner holds a share of an asset, as far as its source tells. Shares are ranges in
percent; a share that nobody stated is the whole range from 0 to 100, never a guess. Several statements on one
pair are narrowed to what they agree on, and where they contradict each other to the gap between them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from overzicht.dates import Holds, Period
from overzicht.entities.record import NO_DATES
from overzicht.evidence import Citation, Confidence

NOTHING = Decimal(0)
WHOLE = Decimal(100)
MAX_STEPS = 12
MAX_PATHS = 500


@dataclass(frozen=True, slots=True)
class Share:
    """A share in percent (0 to 100) as a closed range; equal ends are an exact share."""

    low: Decimal = NOTHING
    high: Decimal = WHOLE

    def __post_init__(self) -> None:
        if not NOTHING <= self.low <= self.high <= WHOLE:
            raise ValueError(f"{self.low} to {self.high} is not a range of shares between 0 and 100 percent")

    @classmethod
    def exactly(cls, percent: Decimal | int | str) -> "Share":
        """Return the range that is one share."""
        value = Decimal(percent)
        return cls(value, value)

    @property
    def is_exact(self) -> bool:
        """Whether one share is stated."""
        return self.low == self.high

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of it."""
        return (self.low, self.high) == (NOTHING, WHOLE)

    def times(self, other: "Share") -> "Share":
        """Return the share of a share, both ends multiplied."""
        return Share(self.low * other.low / WHOLE, self.high * other.high / WHOLE)


UNKNOWN_SHARE = Share()


@dataclass(frozen=True, slots=True)
class OwnershipStatement:
    """One source's word that `owner` holds `share` of `asset`.

    `period` holds the legal dates; `stated_on` is the day the source said so (when it was published, else
    retrieved), which stands in for a start that the source does not give. `kind` is the source's own word for
    the relation (`accounting consolidation`), empty where it has none. `is_announced` marks a stake that the
    source speaks of before it was taken; it never surely holds. `confidence` follows from the kind of source.
    """

    owner: str
    asset: str
    share: Share = UNKNOWN_SHARE
    period: Period = NO_DATES
    stated_on: date | None = None
    kind: str = ""
    citation: Citation | None = None
    is_announced: bool = False
    confidence: Confidence = Confidence.MEDIUM

    def holds_on(self, day: date) -> Holds:
        """Return whether it held on `day`, as far as the source can tell.

        Without a start it holds from the day the source stated it; before that, unknown. An end that is only
        an upper bound leaves the days before it unknown.
        """
        held = self.period.holds_on(day)
        if held is Holds.UNKNOWN and self.period.start is None and self.stated_on and day >= self.stated_on:
            held = Holds.YES
        end = self.period.end
        has_perhaps_ended = end is not None and end.may_be_on_or_before(day)
        return Holds.UNKNOWN if held is Holds.YES and (has_perhaps_ended or self.is_announced) else held


@dataclass(frozen=True, slots=True)
class Link:
    """What all statements on one owner and asset come to on a day.

    `is_certain` is False where none of them surely held on that day; the share then starts at nothing.
    `is_contradicted` is True where exact or ranged shares exclude each other.
    """

    owner: str
    asset: str
    share: Share
    is_certain: bool
    is_contradicted: bool
    statements: tuple[OwnershipStatement, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of its statements, each once, in order."""
        found = {s.citation.key: s.citation for s in self.statements if s.citation is not None}
        return tuple(found.values())


class OwnershipGraph:
    """Statements of ownership, found by asset; built once, never changed.

    `ends` are parties that nobody can own, such as natural persons. For any other party of whom no owner is
    stated, the owners are unknown. `names` are what sentences call the parties, by id.
    """

    def __init__(
        self,
        statements: Iterable[OwnershipStatement],
        ends: Collection[str] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        self.ends = frozenset(ends)
        self._names = dict(names or {})
        by_asset: dict[str, dict[str, list[OwnershipStatement]]] = defaultdict(lambda: defaultdict(list))
        for statement in statements:
            if statement.owner != statement.asset:
                by_asset[statement.asset][statement.owner].append(statement)
        self._by_asset = {asset: dict(owners) for asset, owners in by_asset.items()}

    @property
    def assets(self) -> tuple[str, ...]:
        """Every party of whom an owner is stated, sorted."""
        return tuple(sorted(self._by_asset))

    def name(self, party: str) -> str:
        """Return what to call a party; its id where no name is known."""
        return self._names.get(party, party)

    def owners_on(self, asset: str, day: date) -> tuple[Link, ...]:
        """Return the links to the owners of `asset` on `day`, by owner id; empty when none is stated.

        Statements that had ended, or had not begun, are left out.
        """
        owners = self._by_asset.get(asset, {})
        links = (_link(owners[owner], day) for owner in sorted(owners))
        return tuple(link for link in links if link is not None)

    def ancestors_on(self, asset: str, day: date) -> tuple[str, ...]:
        """Return `asset` and every party above it on `day`, nearest first, each once."""
        found = [asset]
        seen = {asset}
        for party in found:
            for link in self.owners_on(party, day):
                if link.owner not in seen:
                    seen.add(link.owner)
                    found.append(link.owner)
        return tuple(found)


def _link(statements: list[OwnershipStatement], day: date) -> Link | None:
    held = [(statement, statement.holds_on(day)) for statement in statements]
    certain = tuple(statement for statement, holds in held if holds is Holds.YES)
    possible = tuple(statement for statement, holds in held if holds is not Holds.NO)
    if not possible:
        return None
    share, is_contradicted = combine([s.share for s in certain or possible])
    if not certain:
        share = Share(NOTHING, share.high)
    elif len(possible) > len(certain):
        share = Share(share.low, max(statement.share.high for statement in possible))
    first = possible[0]
    return Link(first.owner, first.asset, share, bool(certain), is_contradicted, possible)


def combine(shares: Collection[Share]) -> tuple[Share, bool]:
    """Return what several statements on one holding come to, and whether they contradict each other.

    Where the ranges overlap it is what they have in common; where they do not, the gap between them. Both
    ends grow with every share, so more can never come out as less.
    """
    highest_low = max(share.low for share in shares)
    lowest_high = min(share.high for share in shares)
    return Share(min(highest_low, lowest_high), max(highest_low, lowest_high)), highest_low > lowest_high


class PathEnd(StrEnum):
    """Why a path of ownership goes no further up."""

    NOBODY_STATED = "no owner stated"
    NOT_OWNABLE = "cannot be owned"
    CYCLE = "comes back to itself"
    LISTED = "listed party"
    TOO_LONG = "too long to follow"


@dataclass(frozen=True, slots=True)
class OwnershipPath:
    """A chain of ownership, from the party on top down to the asset.

    `product` is the share of the top in the asset when the shares are multiplied: a picture of the economic
    interest, not the legal test, which goes step by step. `since` and `until` bound the days on which all
    links are stated to hold together; None where a source leaves that side open.
    """

    links: tuple[Link, ...]
    end: PathEnd

    @property
    def product(self) -> Share:
        """The shares multiplied along the path."""
        product = Share(WHOLE, WHOLE)
        for link in self.links:
            product = product.times(link.share)
        return product

    @property
    def owner(self) -> str:
        """The party on top."""
        return self.links[0].owner

    @property
    def parties(self) -> tuple[str, ...]:
        """Everybody on the path, from the top to the asset."""
        return (*(link.owner for link in self.links), self.links[-1].asset)

    @property
    def since(self) -> date | None:
        """The latest of the starts; None where a link states none."""
        starts = [_start(link) for link in self.links]
        known = [start for start in starts if start is not None]
        return max(known) if len(known) == len(starts) else None

    @property
    def until(self) -> date | None:
        """The earliest of the ends (exclusive); None where no link states one."""
        ends = [s.period.end.day for link in self.links for s in link.statements if s.period.end is not None]
        return min(ends, default=None)


def _start(link: Link) -> date | None:
    starts = [s.period.start.day for s in link.statements if s.period.start is not None]
    return min(starts, default=None)


@dataclass(frozen=True, slots=True)
class Paths:
    """Every path to an asset, shortest and then by party; `is_complete` is False past the limit."""

    paths: tuple[OwnershipPath, ...]
    is_complete: bool


def paths_to(graph: OwnershipGraph, asset: str, day: date, *, max_paths: int = MAX_PATHS) -> Paths:
    """Return the chains of ownership above `asset` on `day`, direct and indirect.

    Each chain is given up to its top: a party without stated owners, one that cannot be owned, or the point
    where the chain would enter a party a second time.
    """
    found: list[OwnershipPath] = []
    for path in _climb(graph, (), asset, day):
        if len(found) == max_paths:
            return Paths(_sorted(found), is_complete=False)
        found.append(path)
    return Paths(_sorted(found), is_complete=True)


def _sorted(paths: list[OwnershipPath]) -> tuple[OwnershipPath, ...]:
    return tuple(sorted(paths, key=lambda path: (len(path.links), path.parties)))


def _climb(graph: OwnershipGraph, below: tuple[Link, ...], party: str, day: date) -> Iterator[OwnershipPath]:
    links = graph.owners_on(party, day)
    if below and (not links or party in graph.ends):
        yield OwnershipPath(below, PathEnd.NOT_OWNABLE if party in graph.ends else PathEnd.NOBODY_STATED)
        return
    on_path = {link.asset for link in below} | {party}
    for link in links:
        chain = (link, *below)
        if link.owner in on_path:
            yield OwnershipPath(chain, PathEnd.CYCLE)
        elif len(chain) == MAX_STEPS:
            yield OwnershipPath(chain, PathEnd.TOO_LONG)
        else:
            yield from _climb(graph, chain, link.owner, day)
