"""The findings of the other workflows for a set: one function per source."""

from collections.abc import Callable, Iterator

from overzicht.subjects.answers.activity_facts import activity
from overzicht.subjects.answers.census_facts import census
from overzicht.subjects.answers.control_facts import control, entity_lists
from overzicht.subjects.answers.evidence_facts import contacts_and_steps, replies, reports
from overzicht.subjects.answers.facts import Fact, Facts, Gap, SetContext
from overzicht.subjects.answers.gather_instruments import instruments
from overzicht.subjects.answers.gather_listings import maker_listings, theme_listings
from overzicht.subjects.answers.gather_register import counts, statements

GATHERERS: tuple[Callable[[SetContext], Iterator[Fact | Gap]], ...] = (
    reports,
    replies,
    contacts_and_steps,
    instruments,
    activity,
    maker_listings,
    theme_listings,
    control,
    entity_lists,
    counts,
    census,
    statements,
)


def gather(context: SetContext) -> Facts:
    """Return all facts and gaps for a set without duplicates, in the order of the gatherers."""
    facts: dict[object, Fact] = {}
    gaps: dict[object, Gap] = {}
    for ask in GATHERERS:
        for item in ask(context):
            if isinstance(item, Fact):
                facts.setdefault((item.topic, item.text, item.scope, item.place, item.parties), item)
            else:
                gaps.setdefault((item.topic, item.text, item.scope), item)
    return Facts(tuple(facts.values()), tuple(gaps.values()))
