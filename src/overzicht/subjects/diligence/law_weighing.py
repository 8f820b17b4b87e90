"""Legal assessment of described uses under every instrument, with the lists of a store if there is one."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

from overzicht.law.instruments import instruments
from overzicht.store.database import Store
from overzicht.subjects.diligence.conclusions import compare_weighings, conclude, notes_on
from overzicht.subjects.diligence.law_model import Difference
from overzicht.subjects.diligence.law_parties import party_findings
from overzicht.subjects.diligence.use_assessment import Weighing
from overzicht.subjects.diligence.uses import Use
from overzicht.subjects.diligence.weigh import weigh


def weigh_uses(uses: Iterable[Use], as_of: date, store: Store | None = None) -> tuple[Weighing, ...]:
    """Return the assessment of each use under every instrument on a date, in the order of the cards.

    With a `store` the parties are screened together against the list of the human rights regime; without a
    store only the listings in the description count, and other parties are not checked.
    """
    uses = tuple(uses)
    weighings = []
    for use, parties in zip(uses, party_findings(uses, as_of, store), strict=True):
        outcomes = tuple(weigh(use, card, as_of, parties) for card in instruments().values())
        weighings.append(Weighing(use, as_of, outcomes, conclude(outcomes), tuple(notes_on(use, as_of))))
    return tuple(weighings)


def differences(weighings: Sequence[Weighing]) -> tuple[Difference, ...]:
    """Return the differences between each assessment and the next; empty for a single one."""
    return tuple(
        Difference(left.use.id, right.use.id, tuple(compare_weighings(left, right)))
        for left, right in itertools.pairwise(weighings)
    )
