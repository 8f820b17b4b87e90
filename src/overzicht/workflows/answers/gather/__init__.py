"""The findings of the other workflows for a set: one function per source."""

from collections.abc import Callable, Iterator

from overzicht.subjects.census.answer_facts import census
from overzicht.subjects.control_list.answer_facts import control, entity_lists
from overzicht.subjects.dossiers.answer_activity import activity
from overzicht.subjects.dossiers.answer_evidence import contacts_and_steps, replies, reports
from overzicht.workflows.answers.facts import Fact, Facts, Gap, SetContext
from overzicht.workflows.answers.gather.instruments import instruments
from overzicht.workflows.answers.gather.listings import maker_listings, theme_listings
from overzicht.workflows.answers.gather.register import counts, statements

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
