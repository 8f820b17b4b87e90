"""The map of an organisation: its own use and those in the chain, made of findings alone.

A place is on the map because a finding puts it there; nothing is weighed. An owner comes onto it by a finding
of ownership, however far up, and a maker by what stands in the register or in an inventory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from overzicht.diligence.recorded import MappedRisk
from overzicht.diligence.words import RiskKind
from overzicht.evidence import Answer, Finding, FindingKind, Text, text

LISTINGS = frozenset({FindingKind.LISTING, FindingKind.OWNER_LISTING})
SAID = frozenset({FindingKind.CLAIM, FindingKind.REPLY})


@dataclass(frozen=True, slots=True)
class Place:
    """Something of the organisation's own that puts a place on the map: a maker, a brand, a supplier.

    `party` is its id, `makers` are the makers whose listings count for it; `finding` says how it is involved.
    """

    kind: RiskKind
    party: str
    title: Text
    devices: int | None
    finding: Finding
    makers: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the risk: kind and party."""
        kind = self.kind.value.replace(" ", "-")
        return f"{kind}:{self.party}" if self.party else kind


class _FindingsByParty:
    """The findings by whom they are about."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.by_subject: dict[str, list[Finding]] = defaultdict(list)
        self.owners: dict[str, list[Finding]] = defaultdict(list)  # by asset
        for finding in findings:
            if finding.kind is FindingKind.OWNERSHIP:
                self.owners[finding.subject].append(finding)
            else:
                self.by_subject[finding.subject].append(finding)

    def above(self, maker: str) -> Iterator[Finding]:
        """Yield the findings of ownership above a maker, from near to far; circles end."""
        waiting, seen = [maker], set()
        while waiting:
            asset = waiting.pop(0)
            if asset in seen:
                continue
            seen.add(asset)
            for finding in self.owners[asset]:
                yield finding
                waiting.append(finding.object)

    def listed(self, party: str) -> list[Finding]:
        """Return the listings of a party that were found."""
        return [f for f in self.by_subject[party] if f.kind in LISTINGS and f.answer is Answer.FOUND]

    def answers(self, party: str) -> list[Finding]:
        """Return everything that lists, claims and replies say of a party."""
        return [f for f in self.by_subject[party] if f.kind in LISTINGS | SAID]


def map_places(places: Sequence[Place], findings: Iterable[Finding]) -> tuple[MappedRisk, ...]:
    """Return the map: own places in their order, then the owners of their makers."""
    known = _FindingsByParty(findings)
    own = [MappedRisk(p.id, p.kind, p.title, p.devices, _own(p, known)) for p in places]
    return (*own, *_owners(places, known))


def _own(place: Place, known: _FindingsByParty) -> tuple[Finding, ...]:
    found = [place.finding]
    if place.kind is RiskKind.OWN_USE:
        found += known.answers(place.party)
        for stake in known.above(place.party):
            found += [stake, *known.listed(stake.object)]
    for maker in place.makers:
        found += known.listed(maker)
    return _once(found)


def _owners(places: Sequence[Place], known: _FindingsByParty) -> Iterator[MappedRisk]:
    makers = sorted({place.party for place in places if place.kind is RiskKind.OWN_USE})
    stakes: dict[str, list[Finding]] = defaultdict(list)
    for maker in makers:
        for stake in known.above(maker):
            stakes[stake.object].append(stake)
    for owner in sorted(set(stakes) - set(makers)):
        held = _once(stakes[owner])
        assets = ", ".join(sorted({_named(stake, "asset") for stake in held}))
        yield MappedRisk(
            id=f"{RiskKind.OWNER.value}:{owner}",
            kind=RiskKind.OWNER,
            title=text("{owner}, owner of {assets}", owner=_named(held[0], "owner"), assets=assets),
            devices=None,
            findings=_once([*held, *known.answers(owner)]),
        )


def _named(stake: Finding, field: str) -> str:
    """Return how a finding of ownership calls its `owner` or its `asset`; the id where it does not."""
    fallback = stake.object if field == "owner" else stake.subject
    return str(dict(stake.statement.values).get(field, fallback))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without those that say the same with the same sources."""
    unique = {
        (f.kind, f.subject, f.answer, f.statement, tuple(c.key for c in f.citations)): f for f in findings
    }
    return tuple(unique.values())
