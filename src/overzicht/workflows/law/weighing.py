"""Weighing described uses under every instrument; where there is a store, its lists are asked."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

from overzicht.diligence.conclusions import compare_weighings, conclude, notes_on
from overzicht.diligence.uses import Use
from overzicht.diligence.weigh import weigh
from overzicht.diligence.weighing import Weighing
from overzicht.evidence import Finding
from overzicht.law.instruments import instruments
from overzicht.reports.law.model import Difference
from overzicht.store.database import Store
from overzicht.workflows.law.parties import party_findings

__all__ = ["compare_weighings", "differences", "weigh_use", "weigh_uses"]


def weigh_use(use: Use, as_of: date, store: Store | None = None) -> Weighing:
    """Return what every instrument says of a use on a day, in the order of the cards.

    With a `store` its lists are asked whether a party named stands on the list of the human rights regime;
    without one only what the description states of that is used, and the rest is not checked.
    """
    return weigh_uses([use], as_of, store)[0]


def weigh_uses(uses: Iterable[Use], as_of: date, store: Store | None = None) -> tuple[Weighing, ...]:
    """Return the weighing of each use, in order; the lists are asked about all parties at once."""
    asked = tuple(uses)
    parties = party_findings(asked, as_of, store)
    return tuple(_weighed(use, as_of, found) for use, found in zip(asked, parties, strict=True))


def _weighed(use: Use, as_of: date, parties: tuple[Finding, ...]) -> Weighing:
    found = tuple(weigh(use, card, as_of, parties) for card in instruments().values())
    return Weighing(use, as_of, found, conclude(found), notes_on(use, as_of))


def differences(weighings: Sequence[Weighing]) -> tuple[Difference, ...]:
    """Return what differs between each weighing and the next, in order; empty for a single one."""
    return tuple(
        Difference(one.use.id, other.use.id, compare_weighings(one, other))
        for one, other in itertools.pairwise(weighings)
    )
