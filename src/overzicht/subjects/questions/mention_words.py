"""Mentions as lines for a terminal: name, place, side and identity."""

from collections.abc import Iterable, Iterator, Sequence

from overzicht.entities import PartyMatch
from overzicht.evidence import Text, text
from overzicht.grouping import by_key
from overzicht.reports.i18n import Words
from overzicht.reports.terminal import cleaned
from overzicht.subjects.questions import vocabulary
from overzicht.subjects.questions.lines import wrapped
from overzicht.subjects.questions.mentions import (
    Attribution,
    Mention,
    MentionKind,
    MentionSpan,
    Place,
    Reply,
)
from overzicht.subjects.questions.mentions.counting import NameCount

Key = tuple[str, MentionKind, str]


def by_name(mentions: Iterable[Mention]) -> dict[Key, list[Mention]]:
    """Return the mentions by name, in the order of the first mention of each."""
    return by_key(
        ((mention.spot.name, mention.spot.kind, mention.spot.maker), mention) for mention in mentions
    )


def mention_lines(mentions: Sequence[Mention], words: Words, *, is_linked: bool) -> list[str]:
    """Return for each name of a set its identity, places and sides; no lines without mentions."""
    if not mentions:
        return []
    lines = [words.text("Mentioned companies, products and bodies")]
    for group in by_name(mentions).values():
        lines.append(cleaned(f"  {who_words(group[0].spot, words)}"))
        lines += [cleaned(f"    {line}") for line in side_lines(group, words)]
        lines += [cleaned(f"    {words.say(party_text(party))}") for party in parties_in(group)]
    if not is_linked:
        lines.append("  " + words.text("not checked: no loaded list covers this date"))
    return lines


def who_words(spot: MentionSpan, words: Words) -> str:
    """Return `Huawei (company; maker card: huawei)`."""
    details = [words.say(spot.kind.words)]
    if spot.maker:
        details.append(words.text("maker card: {maker}", maker=spot.maker))
    if spot.party:
        details.append(words.text("an owner on a maker card"))
    if spot.senses:
        details.append(words.text("either of: {names}", names=" / ".join(spot.senses)))
    return f"{spot.name} ({'; '.join(details)})"


def side_lines(mentions: Sequence[Mention], words: Words) -> Iterator[str]:
    """Yield a line for each side: what it is, where, and the answers to it."""
    for stance in Attribution:
        mine = [mention for mention in mentions if mention.stance is stance]
        if not mine:
            continue
        side = words.say(stance.words)
        if stance is Attribution.SUBJECT:
            yield side
            continue
        places = dict.fromkeys(place_words(mention.place, words) for mention in mine)
        replies = dict.fromkeys(mention.reply for mention in mine if mention.reply is not None)
        answers = ", ".join(words.say(reply.words) for reply in Reply if reply in replies)
        yield f"{side}: {'; '.join(places)}{f' ({answers})' if answers else ''}"


def place_words(place: Place, words: Words) -> str:
    """Return `question 3`, `answer 4, 5`."""
    return words.say(place_text(place))


def place_text(place: Place) -> Text:
    """Return the place of a mention, as a sentence that is translated."""
    numbers = ", ".join(map(str, place.numbers))
    return text(vocabulary.PARTS[place.part].template, numbers=numbers)


def parties_in(mentions: Iterable[Mention]) -> list[PartyMatch]:
    """Return the records of lists that some mentions were linked to, without duplicates."""
    return list({(p.list_id, p.record_id): p for mention in mentions for p in mention.parties}.values())


def party_text(party: PartyMatch) -> Text:
    """Return that a list has a record of this name, and that a name proves no identity."""
    return text(
        "the list {list} has the name {name} (record {record}); the name alone does not prove who it is",
        list=party.list_id,
        name=party.matched_on,
        record=party.record_id,
    )


def found_lines(mentions: Sequence[Mention], words: Words) -> Iterator[str]:
    """Yield the mentions of a set one by one, each with its sentence."""
    for mention in mentions:
        side = words.say(mention.stance.words)
        reply = f" ({words.say(mention.reply.words)})" if mention.reply is not None else ""
        yield cleaned(
            f"  {place_words(mention.place, words)}: {who_words(mention.spot, words)}, {side}{reply}"
        )
        yield from wrapped(f"“{mention.quote}”", "    ")


def name_lines(rows: Sequence[NameCount], words: Words) -> Iterator[str]:
    """Yield a table of names: sets, then mentions by members, by the cabinet, and not confirmed."""
    yield words.text("names: {count}; sets, put by a member, stated, not confirmed", count=len(rows))
    for row in rows:
        counts = [
            row.count(s)
            for s in (Attribution.ALLEGATION, Attribution.STATEMENT, Attribution.NON_CONFIRMATION)
        ]
        numbers = "".join(f"{words.number(n):>8}" for n in (row.sets, *counts))
        maker = "; " + words.text("maker card: {maker}", maker=row.maker) if row.maker else ""
        kind = words.say(row.kind.words)
        yield cleaned(f"{numbers}  {row.name} ({kind}{maker})")
