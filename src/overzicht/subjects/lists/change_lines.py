"""New versions of lists and their alerts for the parties in use, as lines of a terminal."""

from collections.abc import Callable, Iterable, Iterator

from overzicht.cli.language import grouped, speak, spoken
from overzicht.evidence import Text, text
from overzicht.store.alerts import ListAlert
from overzicht.subjects.lists.followers import CheckedVersion, title_of


def versions_lines(versions: Iterable[CheckedVersion]) -> Iterator[str]:
    """Yield each checked version and its alerts."""
    for version in versions:
        title = f"{version.list_id} ({version.part})" if version.part else version.list_id
        if version.before is None:
            yield speak(
                "{list}: {day}: first version; later versions are compared with it",
                list=title,
                day=version.day,
            )
            continue
        yield speak(
            "{list}: {before} → {day}: {added} added, {removed} removed, {changed} changed; alerts: {alerts}",
            list=title,
            before=version.before,
            day=version.day,
            added=grouped(version.added),
            removed=grouped(version.removed),
            changed=grouped(version.changed),
            alerts=grouped(len(version.alerts)),
        )
        yield from (f"  {line}" for alert in version.alerts for line in alert_lines(alert, spoken))


def alert_lines(alert: ListAlert, say: Callable[[Text], str]) -> Iterator[str]:
    """Yield an alert: its sentence and task, then each changed entry with reasons and source."""
    yield say(text("{sentence} [task {number}]", sentence=title_of(alert), number=alert.task_id))
    for entry in alert.entries:
        yield f"  {say(entry.statement)}"
        yield from (f"    - {say(reason.text)}" for reason in entry.reasons)
        place, snapshot = entry.citation.place, entry.citation.snapshot[:12]
        yield "    " + say(text("source: {place}, snapshot {snapshot}", place=place, snapshot=snapshot))
