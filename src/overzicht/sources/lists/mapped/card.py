"""The card of a mapped list: the same as that of a shipped list, from what its mapping declares."""

from datetime import date

from overzicht.evidence.source import Source
from overzicht.sources.lists.card import EffectRule, Expectation, ListCard, Range
from overzicht.sources.lists.mapped.mapping import ListMapping

DECLARED = "mapping"
NO_ADDRESS = "https://example.invalid/own-list"  # of a list that has no address on the web
ANY_COUNT = Range(min=0, max=20_000_000)


def card_of(mapping: ListMapping, day: date) -> ListCard:
    """Return the card of a mapped list; `day` is the date on which the mapping was given."""
    header = mapping.header
    source = Source(
        title=f"{header.title}, {header.publisher}",
        address=header.act or header.address or NO_ADDRESS,
        read=day,
        official=header.official,
    )
    if header.summary:
        summary = header.summary
    else:
        whom = header.binds_text or ", ".join(header.binds)
        summary = f"Effect by the mapping of this list: {header.effect}. It binds, by the mapping: {whom}."
    if header.summary_nl or header.summary:
        summary_nl = header.summary_nl or header.summary
    else:
        whom = header.binds_text or ", ".join(header.binds)
        summary_nl = (
            f"Rechtsgevolg volgens de omschrijving van deze lijst: {header.effect}. Zij bindt: {whom}."
        )
    rule = EffectRule(
        kind=header.effect,  # type: ignore[arg-type]  # read from the words for the classes
        binds=header.binds,  # type: ignore[arg-type]
        certainty="secondary",
        summary=summary,
        summary_nl=summary_nl,
        source=DECLARED,
    )
    return ListCard(
        id=header.id,
        title=header.title,
        title_nl=header.title_nl or header.title,
        publisher=header.publisher,
        publisher_is_official=header.official,
        is_listing=header.effect != "register",
        licence=header.licence or "not stated in the mapping of the list",
        by_hand="Load the file of this list with its mapping: `overzicht lists add FILE --list LIST`.",
        stale_after_days=header.stale_after_days,
        effects=(rule,),
        expect=(Expectation(part=header.part, records=header.bounds or ANY_COUNT),),
        checked=day,
        sources={DECLARED: source},
    )
