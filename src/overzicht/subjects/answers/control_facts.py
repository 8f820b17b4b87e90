"""Export control: the system by goods as of a date, its changes since the answer, and lists of parties."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from overzicht.evidence import Citation, Text, text
from overzicht.evidence.text import plain_text
from overzicht.law.export_systems import ExportSystem, systems_on
from overzicht.subjects.answers.facts import Fact, Gap, SetContext, Topic
from overzicht.subjects.answers.value_names import party_name
from overzicht.subjects.control_list.sources.card import control_list_card

GOODS_ORDER = (
    "list",
    "update",
    "end-use",
    "human-rights",
    "cyber-surveillance",
    "others-lists",
    "denials",
    "party-list",
)


def control(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield the law by goods as of the date, and its changes since the answer."""
    now = systems_on(context.as_of, "goods")
    for system in now:
        sentence = text(
            "On {day} {law} applies; it binds {whom}.",
            day=context.as_of,
            law=system.title.text,
            whom=system.binds.text,
        )
        yield Fact(Topic.CONTROL, _with_caution(sentence, system.caution), (system.cite(),))
        for name in GOODS_ORDER:
            if name in system.points:
                point = system.points[name]
                point_sentence = text("{law}: {says}.", law=system.title.text, says=point.text)
                if point.article:
                    point_sentence = text(
                        "{law}, Article {article}: {says}.",
                        law=system.title.text,
                        article=point.article,
                        says=point.text,
                    )
                yield replace(Fact(Topic.CONTROL, point_sentence, (system.cite(point.article),)), key=name)
        # the newest act that changed the list until the date
        day = context.as_of
        card = control_list_card()
        newest = card.newest_until(day)
        if newest is not None:
            versions_sentence = text(
                "The list as it stood was last changed by {act}, from {since} on.",
                act=plain_text(newest.act),
                since=newest.since,
            )
            cited = Citation(source=card.id, title=newest.act, address=newest.address)
            yield Fact(Topic.CONTROL, versions_sentence, (cited,))
        if context.answered_on is not None and context.answered_on < context.as_of:
            for before in systems_on(context.answered_on, "goods"):
                if before.id != system.id:
                    yield from _difference(before, system, context.answered_on)
    if not now:
        sentence = text(
            "No data: no export-control system of the Union is recorded for {day}.", day=context.as_of
        )
        yield Gap(Topic.CONTROL, sentence)


def _with_caution(sentence: Text, caution: Text | None) -> Text:
    return sentence if caution is None else text("{says} ({caution})", says=sentence, caution=caution)


def _difference(before: ExportSystem, now: ExportSystem, then: date) -> Iterator[Fact]:
    """Yield the differences between the present system and the one at the time of the answer."""
    sentence = text(
        "When the set was answered, on {day}, {old} applied; {new} replaced it on {since}.",
        day=then,
        old=before.title.text,
        new=now.title.text,
        since=now.since,
    )
    yield Fact(Topic.CONTROL, sentence, (before.cite(), now.cite()))
    new, gone = (
        text("New since then: {says} (Article {article})."),
        text("Gone since then: {says} (Article {article})."),
    )
    for name in GOODS_ORDER:
        for system, other, change in ((now, before, new), (before, now, gone)):
            if name in system.points and name not in other.points:
                point = system.points[name]
                sentence = change.filled(says=point.text, article=point.article)
                yield Fact(Topic.CONTROL, sentence, (system.cite(point.article),))


def entity_lists(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield the systems by party, for contrast, and the makers that they name on the date."""
    listings = [listing for listing in context.listings if listing.maker in context.everybody]
    for system in systems_on(context.as_of, "parties"):
        for point in system.points.values():
            sentence = text(
                "By contrast, {law}, {article}: {says}.",
                law=system.title.text,
                article=point.article,
                says=point.text,
            )
            yield Fact(
                Topic.ENTITY_LIST, _with_caution(sentence, system.caution), (system.cite(point.article),)
            )
        rows = [listing for listing in listings if listing.listing.card.id == system.list_id]
        for row in rows:
            sentence = text(
                "{maker} is listed on {law} since {since}.",
                maker=party_name(row.maker),
                law=system.title.text,
                since=row.listing.state.since.day,
            )
            yield Fact(Topic.ENTITY_LIST, sentence, (row.listing.citation,), parties=frozenset({row.maker}))
        if not rows:
            sentence = text(
                "No maker that the set means is found on {law} for {day}.",
                law=system.title.text,
                day=context.as_of,
            )
            yield Gap(Topic.ENTITY_LIST, sentence)
