"""Registers of several organisations in one overview, as lines for a terminal."""

from collections.abc import Mapping

from overzicht.evidence import Text, plain_text, text
from overzicht.register.merging import MergedOverview
from overzicht.register.quantities import worded
from overzicht.reports.i18n import Words
from overzicht.reports.terminal import cleaned, more
from overzicht.reports.vocabulary import KINDS, word

SHOWN_MODELS = 20
HEADLINES = ("total", "listed", "listed_relabelled", "relabelled", "unknown", "replaced", "not_seen")
NOT_TOLD = "–"
NUMBERS: Mapping[str, Text] = {
    "total": text("devices"),
    "listed": text("of listed manufacturers"),
    "listed_relabelled": text("of these under another brand"),
    "owner_listed": text("of manufacturers with a listed owner"),
    "relabelled": text("under another brand in all"),
    "unknown": text("of an unknown or undecided manufacturer"),
    "undecided": text("of these undecided between manufacturers"),
    "not_checked": text("of manufacturers that no list covers on this date"),
    "other_equipment": text("other equipment, not surveillance, counted apart"),
    "later": text("bought or first seen after this day, not counted"),
    "planned": text("planned"),
    "in_use": text("in use"),
    "not_seen": text("not seen any more"),
    "out_of_use": text("out of use"),
    "replaced": text("replaced"),
    "removed": text("removed"),
}


def merged_lines(merged: MergedOverview, words: Words) -> list[str]:
    """Return the numbers, makers, kinds and models, then each organisation with its unknowns."""
    lines = [words.say(headline(merged))]
    lines += [f"  {number_of(merged, name, words)} {words.say(NUMBERS[name])}" for name in HEADLINES]
    makers = ", ".join(f"{maker_name(merged, maker, words)} {n}" for maker, n in merged.makers.items())
    kinds = ", ".join(f"{words.say(word(KINDS, kind))} {n}" for kind, n in merged.kinds.items())
    lines += [words.text("manufacturers: {names}", names=makers), words.text("kinds: {names}", names=kinds)]
    if merged.models:
        lines.append(words.text("models, {sharing}:", sharing=sharing_models(merged)))
        lines += [
            f"  {row['devices']}  {row['brand']} {row['model']}" for row in merged.models[:SHOWN_MODELS]
        ]
        lines += more(len(merged.models) - SHOWN_MODELS, words)
    for member in merged.members:
        register = member.published
        state = text("does not count: {why}", why=member.note or "")
        if member.counts:
            state = (
                text("{count} devices", count=register.counts["total"])
                if "total" in register.counts
                else text("not stated")
            )
        level = words.say(register.level.words)
        lines.append(f"{register.name} ({words.day(register.as_of)}, {level}): {words.say(state)}")
        lines += ["  " + words.text("unknown: {what}", what=fact) for fact in member.unknown]
    for row in merged.statements:
        sentence = text(
            "stated about {name} in {said}: {quantity} {maker} ({status}); not part of the counts",
            name=row["name"],
            said=row["said"],
            quantity=worded(row["quantity"]),
            maker=row["maker_named"],
            status=plain_text(row["status"]),
        )
        lines.append(words.say(sentence))
    lines += [words.say(note) for note in merged.notes]
    return [cleaned(line) for line in lines]


def headline(merged: MergedOverview) -> Text:
    """Return the number of organisations that count, and the dates of their registers."""
    if merged.first_day == merged.last_day:
        return text("{count} organisations, as of {day}", count=counting(merged), day=merged.first_day)
    return text(
        "{count} organisations, as of days from {first} to {last}",
        count=counting(merged),
        first=merged.first_day,
        last=merged.last_day,
    )


def counting(merged: MergedOverview) -> int:
    """Return how many organisations count."""
    return sum(member.counts for member in merged.members)


def told_by(merged: MergedOverview, name: str) -> int:
    """Return how many of the organisations that count state a number."""
    return sum(member.counts and name in member.published.counts for member in merged.members)


def number_of(merged: MergedOverview, name: str, words: Words) -> str:
    """Return a number of all together; a dash, and not zero, if it is unknown."""
    return words.number(merged.totals[name]) if name in merged.totals else NOT_TOLD


def maker_name(merged: MergedOverview, maker: str, words: Words) -> str:
    """Return how a maker is called, or that it is unknown."""
    return merged.maker_names.get(maker, maker) or words.text("unknown")


def sharing_models(merged: MergedOverview) -> Text:
    """Return how many of the organisations that count share their models."""
    return text("of {some} of {all} organisations", some=merged.models_of, all=counting(merged))
