"""The comparison of a register on two dates as a document: progress since the first date."""

from collections.abc import Iterator

from overzicht import __version__
from overzicht.evidence import text
from overzicht.register.merging import Level
from overzicht.reports.comparison.difference import RegisterComparison
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.sections import Document, Section

LONGEST = 500  # devices in a table of a document; JSON has all of them


def comparison_document(changes: RegisterComparison, lang: Language, level: Level | None = None) -> Document:
    """Return the comparison as a document; a level below `full` shows no device or plan by name."""
    words = words_for(lang)
    say = words.say
    is_open = level in (None, Level.FULL)
    title = text("What changed between {before} and {after}", before=changes.before, after=changes.after)
    scope = changes.organisation or words.text("all organisations")
    named = len(changes.plans)  # the last sentences are on plans
    conclusions = changes.conclusions if is_open or not named else changes.conclusions[:-named]
    makers: list[str] = []
    for row in changes.newly_listed:
        makers.append(words.text("{maker}: {devices} devices", maker=row.maker, devices=row.devices))
    listings: list[str] = []
    for listing in changes.listings:
        if not listing.has_begun:
            sentence = text("No longer in force: {statement}", statement=listing.statement)
        elif listing.is_new_fact:
            sentence = listing.statement
        else:
            sentence = text("Known from a list of a later date: {statement}", statement=listing.statement)
        listings.append(words.say(sentence))
    head = (words.text("What"), words.day(changes.before), words.day(changes.after), words.text("Difference"))
    rows = tuple(
        (
            say(count.label),
            words.number(count.before),
            words.number(count.after),
            f"{difference:+d}" if difference else "0",
        )
        for count in changes.counts
        for difference in [count.after - count.before]
    )
    sections = [
        Section(words.text("Conclusion"), points=tuple(map(say, conclusions))),
        Section(words.text("Counts of devices"), rows=(head, *rows)),
        *(_devices(changes, words) if is_open else ()),
        Section(words.text("Newly listed manufacturers"), points=tuple(makers)),
        Section(words.text("Changes of lists that touch us"), points=tuple(listings)),
    ]
    if is_open:
        decisions = tuple(
            f"{row.device}: {words.say(row.verdict)}. {row.reason} ({row.actor}, {row.at[:10]})"
            for row in changes.decisions[:LONGEST]
        )
        sections.append(Section(words.text("Decisions"), points=decisions))
    if is_open and changes.plans:
        titles = (text("Plan"), text("Due"), text("Done before"), text("Done now"), text("Progress"))
        plans = (
            (
                ", ".join(filter(None, (plan.title, plan.owner))),
                words.day(plan.due),
                words.number(plan.done_before),
                words.number(plan.done_after),
                say(plan.statement),
            )
            for plan in changes.plans
        )
        sections.append(Section(words.text("Plans"), rows=(tuple(map(say, titles)), *plans)))
    filled = tuple(section for section in sections if not section.is_empty)
    return Document(say(title), (scope,), filled, changes.after, __version__, lang)


def _devices(changes: RegisterComparison, words: Words) -> Iterator[Section]:
    for title, rows in (
        (text("New"), changes.added),
        (text("Gone"), changes.gone),
        (text("Replaced"), changes.replaced),
        (text("Seen again"), changes.seen_again),
    ):
        heading = words.say(title)
        if not rows:
            table = Section(heading)
        else:
            say = words.say
            head = tuple(map(say, (text("Device"), text("Manufacturer"), text("Place"), text("Now"))))
            more = len(rows) - LONGEST
            notes = (words.text("{count} more are in the JSON form.", count=more),) if more > 0 else ()
            cells: list[tuple[str, ...]] = []
            for row in rows[:LONGEST]:
                number = f" × {words.number(row.quantity)}" if row.quantity > 1 else ""
                state = words.say(row.life.words)
                if row.replaced_by:
                    state = words.text("replaced by {device}", device=row.replaced_by)
                place = ", ".join(filter(None, (row.site, row.place)))
                cells.append((f"{row.name}{number}", row.maker or words.text("unknown"), place, state))
            table = Section(heading, notes, rows=(head, *cells))
        yield table
