"""Ownership: statements, and the chains that they form on a given date.

A statement says that an owner holds a share of an asset. Shares are ranges in percent; an unknown share is
the whole range from 0 to 100, never a guess. Several statements on one pair are narrowed to their common
range, or, if they contradict each other, to the gap between them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import islice

from overzicht.dates import Holds, Period
from overzicht.entities.record import NO_DATES
from overzicht.evidence import Citation, Confidence

NOTHING = Decimal(0)
WHOLE = Decimal(100)
NAMED_IN_LIST = "parent as named in the list"  # kind: ends with the first version that does not repeat it
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
        """Whether the range is one share."""
        return self.low == self.high

    @property
    def is_unknown(self) -> bool:
        """Whether the share is unknown."""
        return (self.low, self.high) == (NOTHING, WHOLE)

    def times(self, other: "Share") -> "Share":
        """Return the share of a share, both ends multiplied."""
        return Share(self.low * other.low / WHOLE, self.high * other.high / WHOLE)


UNKNOWN_SHARE = Share()


@dataclass(frozen=True, slots=True)
class OwnershipStatement:
    """One source's statement that `owner` holds `share` of `asset`.

    `period` has the legal dates; `stated_on` is the date of the statement (published, else retrieved), which
    replaces a start that the source does not give. `kind` is the source's own word for the relation
    (`accounting consolidation`), else empty. `is_announced` marks a stake announced before it was taken; it
    is never certain. `confidence` follows from the kind of source.
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

    def is_later_than(self, day: date) -> bool:
        """Return whether it was made after `day` and gives no start; then it does not count for `day`."""
        return self.period.start is None and self.stated_on is not None and self.stated_on > day

    def holds_on(self, day: date) -> Holds:
        """Return whether the source shows that it holds on `day`.

        Without a start it holds from the date of the statement; before that it is unknown. If the end is an
        upper bound, the dates before it are unknown. A list that no longer repeats a parent does not say that
        it sold: from then on it is unknown.
        """
        holds = self.period.holds_on(day)
        if holds is Holds.NO and self.kind == NAMED_IN_LIST and self.period.end is not None:
            return Holds.UNKNOWN if day >= self.period.end.day else holds
        if holds is Holds.UNKNOWN and self.period.start is None and self.stated_on and day >= self.stated_on:
            holds = Holds.YES
        end = self.period.end
        has_perhaps_ended = end is not None and end.may_be_on_or_before(day)
        return Holds.UNKNOWN if holds is Holds.YES and (has_perhaps_ended or self.is_announced) else holds


@dataclass(frozen=True, slots=True)
class Link:
    """Result of all statements on one owner and asset on a date.

    `is_certain` is False if no statement certainly holds on the date; the share then starts at nothing.
    `is_contradicted` is True if shares exclude each other.
    """

    owner: str
    asset: str
    share: Share
    is_certain: bool
    is_contradicted: bool
    statements: tuple[OwnershipStatement, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of its statements, in order, without duplicates."""
        citations = {s.citation.key: s.citation for s in self.statements if s.citation is not None}
        return tuple(citations.values())


class OwnershipGraph:
    """Statements of ownership by asset; it does not change.

    `ends` are parties that cannot be owned, such as natural persons. The owners of any other party without a
    stated owner are unknown. `names` are the names of the parties in sentences, by id.
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
        """Every party with a stated owner, sorted."""
        return tuple(sorted(self._by_asset))

    def name(self, party: str) -> str:
        """Return the name of a party; its id if no name is known."""
        return self._names.get(party, party)

    def owners_on(self, asset: str, day: date) -> tuple[Link, ...]:
        """Return the links to the owners of `asset` on `day`, by owner id, without ended and later ones."""
        owners = self._by_asset.get(asset, {})
        links: list[Link | None] = []
        for owner in sorted(owners):
            dated = [(statement, statement.holds_on(day)) for statement in owners[owner]]
            certain = tuple(statement for statement, holds in dated if holds is Holds.YES)
            possible = tuple(statement for statement, holds in dated if holds is not Holds.NO)
            if not possible:
                links.append(None)
                continue
            share, is_contradicted = combine([s.share for s in certain or possible])
            if not certain:
                share = Share(NOTHING, share.high)
            elif len(possible) > len(certain):
                share = Share(share.low, max(statement.share.high for statement in possible))
            first = possible[0]
            links.append(Link(first.owner, first.asset, share, bool(certain), is_contradicted, possible))
        return tuple(link for link in links if link is not None)

    def ancestors_on(self, asset: str, day: date) -> tuple[str, ...]:
        """Return `asset` and every party above it on `day`, nearest first, without duplicates."""
        parties = {asset: None}
        level = [asset]
        while level:
            owners = dict.fromkeys(link.owner for party in level for link in self.owners_on(party, day))
            level = [owner for owner in owners if owner not in parties]
            parties |= dict.fromkeys(level)
        return tuple(parties)


def combine(shares: Collection[Share]) -> tuple[Share, bool]:
    """Return the share by several statements on one holding, and whether they contradict each other.

    It is the common range if the ranges overlap, else the gap between them. Both ends grow with every share.
    """
    highest_low = max(share.low for share in shares)
    lowest_high = min(share.high for share in shares)
    return Share(min(highest_low, lowest_high), max(highest_low, lowest_high)), highest_low > lowest_high


class PathEnd(StrEnum):
    """Reason why a chain of ownership ends."""

    NOBODY_STATED = "no owner stated"
    NOT_OWNABLE = "cannot be owned"
    CYCLE = "comes back to itself"
    LISTED = "listed party"
    TOO_LONG = "too long to follow"


@dataclass(frozen=True, slots=True)
class OwnershipPath:
    """A chain of ownership, from the party on top down to the asset.

    `product` is the share of the top in the asset if the shares are multiplied: the economic interest, not
    the legal test, which goes step by step. `since` and `until` limit the dates on which all links hold
    together; None if a source does not state that limit.
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
        """All parties of the chain, from the top to the asset."""
        return (*(link.owner for link in self.links), self.links[-1].asset)

    @property
    def since(self) -> date | None:
        """The latest start; None if a link has none."""
        starts = [
            min((s.period.start.day for s in link.statements if s.period.start is not None), default=None)
            for link in self.links
        ]
        known = [start for start in starts if start is not None]
        return max(known) if len(known) == len(starts) else None

    @property
    def until(self) -> date | None:
        """The earliest end (exclusive); None if no link has one."""
        ends = [s.period.end.day for link in self.links for s in link.statements if s.period.end is not None]
        return min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Paths:
    """The chains to an asset, shortest first, then by party; `is_complete` is False above the limit."""

    paths: tuple[OwnershipPath, ...]
    is_complete: bool


def paths_to(graph: OwnershipGraph, asset: str, day: date, *, max_paths: int = MAX_PATHS) -> Paths:
    """Return the chains of ownership above `asset` on `day`, direct and indirect.

    A chain ends at a party without stated owners, at one that cannot be owned, or before it would reach a
    party a second time.
    """
    paths = list(islice(_climb(graph, (), asset, day), max_paths + 1))
    shown = sorted(paths[:max_paths], key=lambda path: (len(path.links), path.parties))
    return Paths(tuple(shown), is_complete=len(paths) <= max_paths)


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
