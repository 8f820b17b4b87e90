"""What is asked of the other workflows for a set: one function per source of findings."""

from collections.abc import Callable, Iterator

from overzicht.workflows.answers.facts import Fact, Facts, Gap, Wanted
from overzicht.workflows.answers.gather.activity import activity
from overzicht.workflows.answers.gather.control import control, entity_lists
from overzicht.workflows.answers.gather.evidence import contacts_and_steps, replies, reports
from overzicht.workflows.answers.gather.instruments import instruments
from overzicht.workflows.answers.gather.listings import maker_listings, theme_listings
from overzicht.workflows.answers.gather.register import counts, statements

GATHERERS: tuple[Callable[[Wanted], Iterator[Fact | Gap]], ...] = (
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
    statements,
)


def gather(wanted: Wanted) -> Facts:
    """Return all facts and gaps for a set, in the order of the gatherers; what is told twice counts once."""
    facts: dict[object, Fact] = {}
    gaps: dict[object, Gap] = {}
    for ask in GATHERERS:
        for found in ask(wanted):
            if isinstance(found, Fact):
                facts.setdefault((found.topic, found.text, found.scope, found.place, found.parties), found)
            else:
                gaps.setdefault((found.topic, found.text, found.scope), found)
    return Facts(tuple(facts.values()), tuple(gaps.values()))
