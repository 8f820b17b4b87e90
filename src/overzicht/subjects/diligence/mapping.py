"""The risk map of an organisation: its own use and its supply chain, derived from findings alone.

A place is on the map because of a finding; nothing is weighed. An owner is added by a finding of ownership at
any level, a manufacturer by the register or an inventory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from overzicht.evidence import Answer, Finding, FindingKind, Text, text
from overzicht.subjects.diligence.file_entries import MappedRisk
from overzicht.subjects.diligence.step_terms import RiskKind

LISTINGS = frozenset({FindingKind.LISTING, FindingKind.OWNER_LISTING})
SAID = frozenset({FindingKind.CLAIM, FindingKind.REPLY})


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A reason for a place on the map within the organisation: a manufacturer, a brand, a supplier.

    `party` is its id, `makers` are the makers whose listings count for it, `finding` states the involvement.
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
    def __init__(self, findings: Iterable[Finding]) -> None:
        self.by_subject: dict[str, list[Finding]] = defaultdict(list)
        self.owners: dict[str, list[Finding]] = defaultdict(list)  # by asset
        for finding in findings:
            if finding.kind is FindingKind.OWNERSHIP:
                self.owners[finding.subject].append(finding)
            else:
                self.by_subject[finding.subject].append(finding)

    def above(self, maker: str) -> Iterator[Finding]:
        """Yield the findings of ownership above a maker, nearest first; circles end."""
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
        """Return all listings, claims and replies about a party."""
        return [f for f in self.by_subject[party] if f.kind in LISTINGS | SAID]


def map_places(places: Sequence[MapPlace], findings: Iterable[Finding]) -> tuple[MappedRisk, ...]:
    """Return the map: own places in their order, then the owners of their makers."""
    known = _FindingsByParty(findings)
    own = []
    for p in places:
        own_findings = [p.finding]
        if p.kind is RiskKind.OWN_USE:
            own_findings += known.answers(p.party)
            for stake in known.above(p.party):
                own_findings += [stake, *known.listed(stake.object)]
        for maker in p.makers:
            own_findings += known.listed(maker)
        own.append(MappedRisk(p.id, p.kind, p.title, p.devices, _once(own_findings)))
    owners: list[MappedRisk] = []
    makers = sorted({place.party for place in places if place.kind is RiskKind.OWN_USE})
    stakes: dict[str, list[Finding]] = defaultdict(list)
    for maker in makers:
        for stake in known.above(maker):
            stakes[stake.object].append(stake)
    for owner in sorted(set(stakes) - set(makers)):
        owner_stakes = _once(stakes[owner])
        assets = ", ".join(sorted({_named(stake, "asset") for stake in owner_stakes}))
        owners.append(
            MappedRisk(
                id=f"{RiskKind.OWNER.value}:{owner}",
                kind=RiskKind.OWNER,
                title=text(
                    "{owner}, owner of {assets}", owner=_named(owner_stakes[0], "owner"), assets=assets
                ),
                devices=None,
                findings=_once([*owner_stakes, *known.answers(owner)]),
            )
        )
    return (*own, *owners)


def _named(stake: Finding, field: str) -> str:
    """Return the name of the `owner` or the `asset` in a finding of ownership; the id if it has none."""
    fallback = stake.object if field == "owner" else stake.subject
    return str(dict(stake.statement.values).get(field, fallback))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    unique = {
        (f.kind, f.subject, f.answer, f.statement, tuple(c.key for c in f.citations)): f for f in findings
    }
    return tuple(unique.values())
