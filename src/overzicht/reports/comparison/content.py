"""The comparison of a register on two dates as a document: progress since the first date."""

from collections.abc import Iterable, Iterator, Sequence

from overzicht import __version__
from overzicht.evidence import Text, text
from overzicht.register.merging import Level
from overzicht.reports.comparison.model import DeviceChange, RegisterComparison
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
    sections = (
        Section(words.text("Conclusion"), points=tuple(map(say, _conclusions(changes, is_open=is_open)))),
        _counts(changes, words),
        *(_devices(changes, words) if is_open else ()),
        Section(words.text("Newly listed manufacturers"), points=tuple(_makers(changes, words))),
        Section(words.text("Changes of lists that touch us"), points=tuple(_listings(changes, words))),
        *((_decisions(changes, words), _plans(changes, words)) if is_open else ()),
    )
    filled = tuple(section for section in sections if not section.is_empty)
    return Document(say(title), (scope,), filled, changes.after, __version__, lang)


def _conclusions(changes: RegisterComparison, *, is_open: bool) -> Sequence[Text]:
    named = len(changes.plans)  # the last sentences are on plans
    return changes.conclusions if is_open or not named else changes.conclusions[:-named]


def _counts(changes: RegisterComparison, words: Words) -> Section:
    say = words.say
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
    return Section(words.text("Counts of devices"), rows=(head, *rows))


def _devices(changes: RegisterComparison, words: Words) -> Iterator[Section]:
    for title, rows in (
        (text("New"), changes.added),
        (text("Gone"), changes.gone),
        (text("Replaced"), changes.replaced),
        (text("Seen again"), changes.seen_again),
    ):
        yield _table(words.say(title), rows, words)


def _table(title: str, rows: Sequence[DeviceChange], words: Words) -> Section:
    if not rows:
        return Section(title)
    say = words.say
    head = tuple(map(say, (text("Device"), text("Manufacturer"), text("Place"), text("Now"))))
    more = len(rows) - LONGEST
    notes = (words.text("{count} more are in the JSON form.", count=more),) if more > 0 else ()
    return Section(title, notes, rows=(head, *(_row(row, words) for row in rows[:LONGEST])))


def _row(row: DeviceChange, words: Words) -> tuple[str, ...]:
    number = f" × {words.number(row.quantity)}" if row.quantity > 1 else ""
    state = words.say(row.life.words)
    if row.replaced_by:
        state = words.text("replaced by {device}", device=row.replaced_by)
    place = ", ".join(filter(None, (row.site, row.place)))
    return (f"{row.name}{number}", row.maker or words.text("unknown"), place, state)


def _makers(changes: RegisterComparison, words: Words) -> Iterable[str]:
    for row in changes.newly_listed:
        yield words.text("{maker}: {devices} devices", maker=row.maker, devices=row.devices)


def _listings(changes: RegisterComparison, words: Words) -> Iterable[str]:
    for row in changes.listings:
        if not row.has_begun:
            sentence = text("No longer in force: {statement}", statement=row.statement)
        elif row.is_new_fact:
            sentence = row.statement
        else:
            sentence = text("Known from a list of a later date: {statement}", statement=row.statement)
        yield words.say(sentence)


def _decisions(changes: RegisterComparison, words: Words) -> Section:
    points = tuple(
        f"{row.device}: {words.say(row.verdict)}. {row.reason} ({row.actor}, {row.at[:10]})"
        for row in changes.decisions[:LONGEST]
    )
    return Section(words.text("Decisions"), points=points)


def _plans(changes: RegisterComparison, words: Words) -> Section:
    say = words.say
    if not changes.plans:
        return Section(words.text("Plans"))
    head = tuple(
        map(say, (text("Plan"), text("Due"), text("Done before"), text("Done now"), text("Progress")))
    )
    rows = tuple(
        (
            ", ".join(filter(None, (plan.title, plan.owner))),
            words.day(plan.due),
            words.number(plan.done_before),
            words.number(plan.done_after),
            say(plan.statement),
        )
        for plan in changes.plans
    )
    return Section(words.text("Plans"), rows=(head, *rows))
