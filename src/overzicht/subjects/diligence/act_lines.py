"""Consolidated acts as lines for a terminal, in one language."""

from collections.abc import Iterator, Sequence

from overzicht.evidence import text
from overzicht.law.consolidated import AnnexEntry, ChangeKind, ConsolidatedAct, EntryChange
from overzicht.reports.i18n import Words

CHANGES = {
    ChangeKind.ADDED: text("added"),
    ChangeKind.REMOVED: text("removed"),
    ChangeKind.REWORDED: text("reworded"),
}


def act_lines(act: ConsolidatedAct, words: Words, *, with_entries: bool) -> Iterator[str]:
    """Yield the act, a line per annex, and the entries if asked for."""
    counts = {"articles": act.articles, "annexes": len(act.annexes)}
    yield words.text(
        "{act}, consolidated on {day}: articles {articles}, annexes {annexes}",
        act=act.act,
        day=act.consolidated,
        **counts,
    )
    yield words.text("Only the Official Journal is authentic.")
    for annex in act.annexes:
        number, articles = annex.number or "–", ", ".join(annex.articles) or "–"
        yield words.text(
            "Annex {number}: {title}; entries {count}; articles {articles}",
            number=number,
            title=annex.title,
            count=len(annex.entries),
            articles=articles,
        )
        if with_entries:
            yield from (f"  {_code(entry)}  {entry.text}" for entry in annex.entries)


def _code(entry: AnnexEntry) -> str:
    return f"ex {entry.code}" if entry.is_part else entry.code


def change_lines(changes: Sequence[EntryChange], words: Words) -> Iterator[str]:
    """Yield the number of changes, and a line per change."""
    yield words.text("Changed entries: {count}.", count=len(changes))
    for change in changes:
        kind = words.say(CHANGES[change.kind])
        yield f"{change.annex or '–'} {change.code} {kind}: {change.after or change.before}"
        if change.kind is ChangeKind.REWORDED:
            yield f"  - {change.before}"
