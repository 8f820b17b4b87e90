"""Changes of earlier answers as lines for the terminal."""

from collections.abc import Iterator

from overzicht.evidence import unique
from overzicht.reports.i18n import Words
from overzicht.subjects.answers.answer_lines import source_line
from overzicht.subjects.answers.model import WatchReport


def watch_lines(report: WatchReport, words: Words) -> Iterator[str]:
    """Yield the counts, then each change with both first lines, the facts, and their sources."""
    yield words.text(
        "answered sets: {sets}; questions asked again: {watched}; questions that name no party or list: "
        "{skipped}; changes: {changes}",
        sets=report.sets,
        watched=report.watched,
        skipped=report.skipped,
        changes=len(report.changes),
    )
    for change in report.changes:
        yield ""
        yield f"{change.set_number}, {change.number}: {words.say(change.difference.words)}"
        yield f"  {' '.join(words.say(change.question).split())}"
        yield from (f"  {words.say(line)}" for line in change.sentences)
        facts = (*change.gained, *change.lost)
        for citation in unique(citation for fact in facts for citation in fact.citations):
            yield f"    {source_line(citation, words)}"
