"""Does a listing reach a company through its owners? One legal order, one day, with reasons.

**What the law says.** Being owned by listed parties is enough, from a share that differs by legal order and
day: half or more, or more than half (``law/data/ownership-thresholds.yaml``). A company that is owned counts
as a listed owner in its turn, so the test goes step by step; shares are not multiplied along a chain. Some
legal orders add up the holdings of several listed parties, others look at one holder with what it owns.

**What we check.** Two bounds for every company on the way up. The lower one adds what listed or owned parties
are surely stated to hold. The upper one leaves them everything that is not surely held by somebody who cannot
be listed or owned: shares nobody stated, owners whose own owners are unknown. At or past the threshold with
the lower bound is *owned*; with the upper bound only, *cannot rule out*; else *not owned*. Where one holder
is asked for, another listed party stands for itself unless it is surely owned by that holder.

**What we cannot see.** Control without ownership (a person decides it on evidence), joint arrangements,
classes of shares with other rights, transfers nobody reported, and two holdings of one owner that sources
state apart: they are taken for one holding.
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
    """The five answers; `cannot rule out` and `status unknown` never mean no."""

    OWNED = "owned"
    NOT_OWNED = "not owned"
    CANNOT_RULE_OUT = "cannot rule out"
    NOT_IN_FORCE = "not in force"
    STATUS_UNKNOWN = "status unknown"


@dataclass(frozen=True, slots=True)
class Owned:
    """Whether listed parties own `asset` under a regime on a day, and why.

    `held` is what they hold of it, from surely to at most, in percent; `paths` are the chains from a listed
    party down to the asset (empty: no listed owner is stated). `if_in_force` is what the arithmetic gives
    where it is unknown whether the rule is in force, else None.
    """

    asset: str
    regime: str
    day: date
    outcome: OwnedOutcome
    statement: Text
    held: Share
    paths: tuple[OwnershipPath, ...]
    reasons: tuple[Reason, ...]
    if_in_force: OwnedOutcome | None = None

    @property
    def listed_owners(self) -> tuple[str, ...]:
        """The listed parties that are stated to stand above the asset, sorted."""
        return tuple(sorted({path.owner for path in self.paths}))


def owned(graph: OwnershipGraph, asset: str, listed: Collection[str], regime: Regime, day: date) -> Owned:
    """Return whether the parties in `listed` own `asset` under `regime` on `day`.

    `listed` are the parties listed on that day on the lists to which the regime applies; a listing of the
    asset itself is no ownership and is left out. The module's text gives the rule.
    """
    value = regime.on(day)
    others = frozenset(listed) - {asset}
    paths = _listed_paths(graph, asset, others, day)
    known = _Known(graph, asset, day)
    held = known.held(others, value)
    verdict = _verdict(held, value)
    outcome, if_in_force = _in_force(verdict, value)
    reasons = (
        _rule_reason(regime, value),
        *known.reasons(others, value),
        *_held_reasons(held, value, known, others),
        *_caveats(regime, value, day),
    )
    return Owned(
        asset=asset,
        regime=regime.id,
        day=day,
        outcome=outcome,
        statement=_statement(outcome, graph.name(asset), regime),
        held=held,
        paths=paths,
        reasons=reasons,
        if_in_force=if_in_force,
    )


def _verdict(held: Share, value: ThresholdValue) -> OwnedOutcome:
    if value.is_reached_by(held.low):
        return OwnedOutcome.OWNED
    return OwnedOutcome.CANNOT_RULE_OUT if value.is_reached_by(held.high) else OwnedOutcome.NOT_OWNED


def _in_force(verdict: OwnedOutcome, value: ThresholdValue) -> tuple[OwnedOutcome, OwnedOutcome | None]:
    match value.in_force:
        case Holds.YES:
            return verdict, None
        case Holds.NO:
            return OwnedOutcome.NOT_IN_FORCE, None
        case Holds.UNKNOWN:
            return OwnedOutcome.STATUS_UNKNOWN, verdict if value.is_stated else None


class _Known:
    """What is stated on a day of the asset and of everybody above it."""

    def __init__(self, graph: OwnershipGraph, asset: str, day: date) -> None:
        self.graph = graph
        self.asset = asset
        self.parties = graph.ancestors_on(asset, day)
        self.links = {
            party: () if party in graph.ends else graph.owners_on(party, day) for party in self.parties
        }

    def held(self, listed: frozenset[str], value: ThresholdValue) -> Share:
        """Return the bounds of what listed parties hold of the asset, added up or of one holder at most."""
        lows, highs = zip(
            *(self._bounds(group, listed, value) for group in self._groups(listed, value)), strict=True
        )
        return Share(max(lows), max(highs))

    def sure(self, listed: frozenset[str], value: ThresholdValue) -> set[str]:
        """Return the parties that are listed or surely owned by such."""
        return set[str]().union(*(self._sure(group, value) for group in self._groups(listed, value)))

    def possible(self, listed: frozenset[str], value: ThresholdValue) -> set[str]:
        """Return the parties that are listed, or may be owned by such as far as is stated."""
        groups = self._groups(listed, value)
        return set[str]().union(*(self._possible(group, listed, value) for group in groups))

    def _groups(self, listed: frozenset[str], value: ThresholdValue) -> list[frozenset[str]]:
        """Return the sets of listed parties whose holdings count together, at least one (empty) set."""
        present = listed.intersection(self.parties)
        if value.aggregate is not False or not present:
            return [present]
        return [frozenset({party}) for party in sorted(present)]

    def _sure(self, group: frozenset[str], value: ThresholdValue) -> set[str]:
        return self._closed(set(group), self.parties, value, self._low)

    def _possible(self, group: frozenset[str], listed: frozenset[str], value: ThresholdValue) -> set[str]:
        """Return `group` and whom it may own; another listed party stands for itself unless surely owned."""
        candidates = [party for party in self.parties if party not in listed]
        return self._closed(self._sure(group, value), candidates, value, self._high)

    @staticmethod
    def _closed(
        start: set[str],
        candidates: Collection[str],
        value: ThresholdValue,
        share_of: Callable[[str, set[str]], Decimal],
    ) -> set[str]:
        """Return the smallest set with `start` and every candidate of which that set holds enough."""
        counted = set(start)
        while new := {
            party
            for party in candidates
            if party not in counted and value.is_reached_by(share_of(party, counted))
        }:
            counted |= new
        return counted

    def unstated(self, party: str) -> Decimal:
        """Return the share of a party, in percent, that no statement surely gives to anybody."""
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
        """Yield a sentence per owner that counts or may count, with its sources."""
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
        surely = link.owner in sure and link.is_certain and link.share.low > 0
        return Reason(sentence, Confidence.HIGH if surely else Confidence.LOW, link.citations)


def _total(links: Iterable[Link]) -> Decimal:
    return sum((link.share.low for link in links), NOTHING)


def share_text(share: Share) -> Text:
    """Return a share as a phrase: `60 %`, `25 % to 50 %`, or that it is not known."""
    if share.is_unknown:
        return text("an unknown share")
    if share.is_exact:
        return text("{percent} %", percent=_number(share.low))
    return text("{low} % to {high} %", low=_number(share.low), high=_number(share.high))


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _listed_paths(
    graph: OwnershipGraph, asset: str, listed: frozenset[str], day: date
) -> tuple[OwnershipPath, ...]:
    found: dict[tuple[str, ...], OwnershipPath] = {}
    for path in paths_to(graph, asset, day).paths:
        for step, link in enumerate(path.links):
            if link.owner in listed:
                part = OwnershipPath(path.links[step:], path.end if step == 0 else PathEnd.LISTED)
                found.setdefault(part.parties, part)
    return tuple(found[key] for key in sorted(found, key=lambda parties: (len(parties), parties)))


def _statement(outcome: OwnedOutcome, asset: str, regime: Regime) -> Text:
    names = {"asset": asset, "regime": regime.code}
    match outcome:
        case OwnedOutcome.OWNED:
            return text("{regime}: {asset} is owned by listed parties", **names)
        case OwnedOutcome.NOT_OWNED:
            return text("{regime}: {asset} is not owned by listed parties", **names)
        case OwnedOutcome.CANNOT_RULE_OUT:
            return text("{regime}: it cannot be ruled out that listed parties own {asset}", **names)
        case OwnedOutcome.NOT_IN_FORCE:
            return text("{regime}: no ownership rule was in force, {asset} is not reached by one", **names)
        case OwnedOutcome.STATUS_UNKNOWN:
            return text("{regime}: whether an ownership rule reaches {asset} is not known", **names)


def _rule_reason(regime: Regime, value: ThresholdValue) -> Reason:
    citations = regime.cite(value)
    if value.percent is None:
        if value.in_force is Holds.NO:
            sentence = text("no ownership rule of {regime} was in force on that day", regime=regime.code)
        else:
            sentence = text(
                "which ownership rule of {regime} held on that day is not established", regime=regime.code
            )
        return Reason(sentence, Confidence.HIGH, citations)
    percent = _number(value.percent)
    match value.operator, value.aggregate:
        case ">", True:
            rule = text("more than {percent} %, several listed owners added up", percent=percent)
        case ">", _:
            rule = text("more than {percent} % in the hands of one listed owner", percent=percent)
        case _, True:
            rule = text("{percent} % or more, several listed owners added up", percent=percent)
        case _:
            rule = text("{percent} % or more in the hands of one listed owner", percent=percent)
    strength = Confidence.MEDIUM if value.unverified else Confidence.HIGH
    return Reason(text("{regime} counts {rule}", regime=regime.code, rule=rule), strength, citations)


def _held_reasons(
    held: Share, value: ThresholdValue, known: _Known, listed: frozenset[str]
) -> Iterable[Reason]:
    if not value.is_stated:
        return
    asset = known.graph.name(known.asset)
    yield Reason(
        text(
            "of {asset} listed parties hold at least {low} % and at most {high} %",
            asset=asset, low=_number(held.low), high=_number(held.high),
        ),
        Confidence.HIGH,
    )  # fmt: skip
    if (unstated := known.unstated(known.asset)) and known.asset not in known.graph.ends:
        yield Reason(
            text("who holds {percent} % of {asset} is not stated", percent=_number(unstated), asset=asset),
            Confidence.HIGH,
        )
    together = known.held(listed, value.model_copy(update={"aggregate": True}))
    if value.aggregate is False and value.is_reached_by(together.low) and not value.is_reached_by(held.low):
        yield Reason(
            text(
                "added up listed parties hold {percent} %; that counts only where they act jointly, which we "
                "cannot see",
                percent=_number(together.low),
            ),
            Confidence.MEDIUM,
            against=True,
        )


def _caveats(regime: Regime, value: ThresholdValue, day: date) -> Iterable[Reason]:
    if value.in_force is Holds.UNKNOWN and value.is_stated:
        yield Reason(text("whether the rule is in force on that day is not established"), Confidence.HIGH)
    if value.in_force is not Holds.NO and regime.control_test == "separate":
        yield Reason(
            text("control without ownership is a separate test, which a person decides on evidence"),
            Confidence.MEDIUM,
        )
    if day > regime.last_value_still_valid_on:
        yield Reason(
            text("the rule was last checked on {day}", day=regime.last_value_still_valid_on),
            Confidence.MEDIUM,
        )
