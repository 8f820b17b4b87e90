"""Ownership tests: whether a listing reaches a company through its owners, in one legal order on one date.

**What the law says.** A company is reached if listed parties own enough of it. The share differs by legal
order and date: half or more, or more than half (``law/data/ownership-thresholds.yaml``). A company that is
owned counts as a listed owner in its turn, so the test goes step by step; shares are not multiplied along a
chain. Some legal orders add up the shares of several listed parties, others test one holder with what it
owns.

**What we check.** Two bounds for every company on the way up. The lower one adds the shares that listed or
owned parties certainly hold. The upper one adds every share that is not certainly held by a party that cannot
be listed or owned: unknown shares, and owners with unknown owners. A lower bound at the threshold gives
*owned*; an upper bound alone *cannot rule out*; else *not owned*. If one holder is tested, another listed
party counts for itself unless that holder certainly owns it.

**What we cannot see.** Control without ownership (a person decides it on evidence), joint arrangements,
classes of shares with other rights, and transfers without a report. Two holdings of one owner in different
sources count as one.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from overzicht.dates import Holds
from overzicht.entities.ownership import (
    NOTHING,
    WHOLE,
    Link,
    OwnershipGraph,
    OwnershipPath,
    PathEnd,
    Share,
    paths_to,
)
from overzicht.evidence import Confidence, Reason, Text, text
from overzicht.law import Regime, ThresholdValue


class OwnedOutcome(StrEnum):
    """The five outcomes; `cannot rule out` and `status unknown` never mean no."""

    OWNED = "owned"
    NOT_OWNED = "not owned"
    CANNOT_RULE_OUT = "cannot rule out"
    NOT_IN_FORCE = "not in force"
    STATUS_UNKNOWN = "status unknown"


@dataclass(frozen=True, slots=True)
class Owned:
    """Whether listed parties own `asset` under a regime on a date, with reasons.

    `share` is their share of it in percent, from certain to at most; `paths` are the chains from a listed
    party to the asset (empty: no listed owner is stated). `if_in_force` is the outcome if the rule is in
    force, where that is unknown; else None.
    """

    asset: str
    regime: str
    day: date
    outcome: OwnedOutcome
    statement: Text
    share: Share
    paths: tuple[OwnershipPath, ...]
    reasons: tuple[Reason, ...]
    if_in_force: OwnedOutcome | None = None

    @property
    def listed_owners(self) -> tuple[str, ...]:
        """The listed parties above the asset, sorted."""
        return tuple(sorted({path.owner for path in self.paths}))


def owned(graph: OwnershipGraph, asset: str, listed: Collection[str], regime: Regime, day: date) -> Owned:
    """Return whether the parties in `listed` own `asset` under `regime` on `day`; see the module.

    `listed` are the parties listed on that date on the lists of the regime, without the asset itself.
    """
    value = regime.on(day)
    others = frozenset(listed) - {asset}
    parts: dict[tuple[str, ...], OwnershipPath] = {}
    for path in paths_to(graph, asset, day).paths:
        for step, link in enumerate(path.links):
            if link.owner in others:
                part = OwnershipPath(path.links[step:], path.end if step == 0 else PathEnd.LISTED)
                parts.setdefault(part.parties, part)
    paths = tuple(parts[key] for key in sorted(parts, key=lambda parties: (len(parties), parties)))
    known = _Known(graph, asset, day)
    share = known.share_of(others, value)
    if value.is_reached_by(share.low):
        verdict = OwnedOutcome.OWNED
    else:
        verdict = OwnedOutcome.CANNOT_RULE_OUT if value.is_reached_by(share.high) else OwnedOutcome.NOT_OWNED
    outcome, if_in_force = _in_force(verdict, value)
    citations = regime.cite(value)
    if value.percent is None:
        if value.in_force is Holds.NO:
            sentence = text("no ownership rule of {regime} was in force on that date", regime=regime.code)
        else:
            sentence = text("the ownership rule of {regime} on that date is unknown", regime=regime.code)
        rule_reason = Reason(sentence, Confidence.HIGH, citations)
    else:
        percent = _number(value.percent)
        rules = {
            (True, True): text("more than {percent} %, several listed owners added up", percent=percent),
            (True, False): text("more than {percent} % in the hands of one listed owner", percent=percent),
            (False, True): text("{percent} % or more, several listed owners added up", percent=percent),
            (False, False): text("{percent} % or more in the hands of one listed owner", percent=percent),
        }
        rule = rules[value.operator == ">", value.aggregate is True]
        strength = Confidence.MEDIUM if value.unverified else Confidence.HIGH
        rule_reason = Reason(
            text("{regime} counts {rule}", regime=regime.code, rule=rule), strength, citations
        )
    reasons = (
        rule_reason,
        *known.reasons(others, value),
        *_share_reasons(share, value, known, others),
        *_caveats(regime, value, day),
    )
    names = {"asset": graph.name(asset), "regime": regime.code}
    sentences = {
        OwnedOutcome.OWNED: text("{regime}: {asset} is owned by listed parties", **names),
        OwnedOutcome.NOT_OWNED: text("{regime}: {asset} is not owned by listed parties", **names),
        OwnedOutcome.CANNOT_RULE_OUT: text(
            "{regime}: it cannot be ruled out that listed parties own {asset}", **names
        ),
        OwnedOutcome.NOT_IN_FORCE: text(
            "{regime}: no ownership rule was in force on that date, so none applies to {asset}", **names
        ),
        OwnedOutcome.STATUS_UNKNOWN: text(
            "{regime}: it is unknown whether an ownership rule applies to {asset}", **names
        ),
    }
    return Owned(
        asset=asset,
        regime=regime.id,
        day=day,
        outcome=outcome,
        statement=sentences[outcome],
        share=share,
        paths=paths,
        reasons=reasons,
        if_in_force=if_in_force,
    )


def _in_force(verdict: OwnedOutcome, value: ThresholdValue) -> tuple[OwnedOutcome, OwnedOutcome | None]:
    match value.in_force:
        case Holds.YES:
            return verdict, None
        case Holds.NO:
            return OwnedOutcome.NOT_IN_FORCE, None
        case Holds.UNKNOWN:
            return OwnedOutcome.STATUS_UNKNOWN, verdict if value.is_stated else None


class _Known:
    """Statements on a date on the asset and all parties above it."""

    def __init__(self, graph: OwnershipGraph, asset: str, day: date) -> None:
        self.graph = graph
        self.asset = asset
        self.parties = graph.ancestors_on(asset, day)
        self.links = {
            party: () if party in graph.ends else graph.owners_on(party, day) for party in self.parties
        }

    def share_of(self, listed: frozenset[str], value: ThresholdValue) -> Share:
        """Return the bounds of the share of listed parties in the asset, added up or of one holder."""
        lows, highs = zip(
            *(self._bounds(group, listed, value) for group in self._groups(listed, value)), strict=True
        )
        return Share(max(lows), max(highs))

    def sure(self, listed: frozenset[str], value: ThresholdValue) -> set[str]:
        """Return the parties that are listed or certainly owned by listed ones."""
        return set[str]().union(*(self._sure(group, value) for group in self._groups(listed, value)))

    def possible(self, listed: frozenset[str], value: ThresholdValue) -> set[str]:
        """Return the parties that are listed or may be owned by listed ones."""
        groups = self._groups(listed, value)
        return set[str]().union(*(self._possible(group, listed, value) for group in groups))

    def _groups(self, listed: frozenset[str], value: ThresholdValue) -> list[frozenset[str]]:
        """Return the sets of listed parties whose shares count together, at least one (empty) set."""
        present = listed.intersection(self.parties)
        if value.aggregate is not False or not present:
            return [present]
        return [frozenset({party}) for party in sorted(present)]

    def _sure(self, group: frozenset[str], value: ThresholdValue) -> set[str]:
        return self._closed(set(group), self.parties, value, self._low)

    def _possible(self, group: frozenset[str], listed: frozenset[str], value: ThresholdValue) -> set[str]:
        """Return `group` and the parties it may own; other listed ones only if it certainly owns them."""
        candidates = [party for party in self.parties if party not in listed]
        return self._closed(self._sure(group, value), candidates, value, self._high)

    @staticmethod
    def _closed(
        start: set[str],
        candidates: Collection[str],
        value: ThresholdValue,
        share_of: Callable[[str, set[str]], Decimal],
    ) -> set[str]:
        """Return the smallest set with `start` and every candidate that the set owns."""
        counted = set(start)
        while new := {
            party
            for party in candidates
            if party not in counted and value.is_reached_by(share_of(party, counted))
        }:
            counted |= new
        return counted

    def unstated(self, party: str) -> Decimal:
        """Return the share of a party, in percent, without a certain owner."""
        return max(NOTHING, WHOLE - sum((link.share.low for link in self.links[party]), NOTHING))

    def _bounds(
        self, group: frozenset[str], listed: frozenset[str], value: ThresholdValue
    ) -> tuple[Decimal, Decimal]:
        low = self._low(self.asset, self._sure(group, value))
        return low, max(low, self._high(self.asset, self._possible(group, listed, value)))

    def _low(self, party: str, counted: set[str]) -> Decimal:
        return min(WHOLE, _total(link for link in self.links[party] if link.owner in counted))

    def _high(self, party: str, counted: set[str]) -> Decimal:
        if party in self.graph.ends:
            return NOTHING
        excluded = _total(link for link in self.links[party] if link.owner not in counted)
        return max(NOTHING, WHOLE - excluded)

    def reasons(self, listed: frozenset[str], value: ThresholdValue) -> Iterable[Reason]:
        """Yield a reason per owner that counts or may count, with its sources."""
        sure = self.sure(listed, value)
        possible = self.possible(listed, value)
        for party in self.parties:
            if party != self.asset and party not in sure - listed:
                continue
            for link in self.links[party]:
                if link.owner in possible:
                    yield self._link_reason(link, listed, sure)

    def _link_reason(self, link: Link, listed: frozenset[str], sure: set[str]) -> Reason:
        names = {"owner": self.graph.name(link.owner), "asset": self.graph.name(link.asset)}
        share = share_text(link.share)
        if link.owner in listed:
            sentence = text("{owner}, which is listed, holds {share} of {asset}", share=share, **names)
        elif link.owner in sure:
            sentence = text(
                "{owner}, which listed parties own, holds {share} of {asset}", share=share, **names
            )
        else:
            sentence = text(
                "{owner} holds {share} of {asset}, and not all owners of {owner} are known",
                share=share,
                **names,
            )
        is_certain = link.owner in sure and link.is_certain and link.share.low > 0
        return Reason(sentence, Confidence.HIGH if is_certain else Confidence.LOW, link.citations)


def _total(links: Iterable[Link]) -> Decimal:
    return sum((link.share.low for link in links), NOTHING)


def share_text(share: Share) -> Text:
    """Return a share as a phrase: `60 %`, `25 % to 50 %`, or that it is unknown."""
    if share.is_unknown:
        return text("an unknown share")
    if share.is_exact:
        return text("{percent} %", percent=_number(share.low))
    return text("{low} % to {high} %", low=_number(share.low), high=_number(share.high))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _share_reasons(
    share: Share, value: ThresholdValue, known: _Known, listed: frozenset[str]
) -> Iterable[Reason]:
    if not value.is_stated:
        return
    asset = known.graph.name(known.asset)
    yield Reason(
        text(
            "listed parties hold at least {low} % and at most {high} % of {asset}",
            asset=asset,
            low=_number(share.low),
            high=_number(share.high),
        ),
        Confidence.HIGH,
    )
    if (unstated := known.unstated(known.asset)) and known.asset not in known.graph.ends:
        yield Reason(
            text(
                "the owners of {percent} % of {asset} are not stated", percent=_number(unstated), asset=asset
            ),
            Confidence.HIGH,
        )
    together = known.share_of(listed, value.model_copy(update={"aggregate": True}))
    if value.aggregate is False and value.is_reached_by(together.low) and not value.is_reached_by(share.low):
        yield Reason(
            text(
                "together, listed parties hold {percent} %. That counts only if they act jointly, which the "
                "data does not show",
                percent=_number(together.low),
            ),
            Confidence.MEDIUM,
            against=True,
        )


def _caveats(regime: Regime, value: ThresholdValue, day: date) -> Iterable[Reason]:
    if value.in_force is Holds.UNKNOWN and value.is_stated:
        yield Reason(text("it is unknown whether the rule is in force on that date"), Confidence.HIGH)
    if value.in_force is not Holds.NO and regime.control_test == "separate":
        yield Reason(
            text("control without ownership is a separate test. A person decides it on evidence"),
            Confidence.MEDIUM,
        )
    if day > regime.last_value_still_valid_on:
        yield Reason(
            text("the rule was last checked on {day}", day=regime.last_value_still_valid_on),
            Confidence.MEDIUM,
        )
