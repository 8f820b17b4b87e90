"""The states of the Union on any date.

**What the source says.** The accession date of each state, and that the United Kingdom left on 31 January
2020.

**What we check.** Which states were members on a date.

**What we cannot see.** Which law of the Union applied in a state that was leaving: the United Kingdom
remained in the customs territory until the end of 2020 (`law.territory`).
"""

from datetime import date
from functools import cache

from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.evidence.source import Source


class MemberStates(StrictModel):
    """Accession dates of states, and the first date on which a state was no longer a member."""

    id: str
    last_value_still_valid_on: date
    since: dict[date, tuple[str, ...]]
    left: dict[str, date]
    source: Source

    def on(self, day: date) -> frozenset[str]:
        """Return the ISO codes of the members on a date; empty before the first communities."""
        joined = {state for since, states in self.since.items() if since <= day for state in states}
        return frozenset(joined - {state for state, gone in self.left.items() if gone <= day})


@cache
def member_states() -> MemberStates:
    """Return the packaged states."""
    return packaged_facts(MemberStates, "overzicht.law", "data/member-states.yaml")
