"""Checked versions of lists, events and messages about alerts as lines of a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from overzicht.cli.language import grouped, reworded, speak, spoken
from overzicht.cli.output import json_text
from overzicht.store.alerts import Message, MessageState
from overzicht.subjects.alerts.alerts import alert_lines
from overzicht.workflows.alerts.checking import CheckedVersion


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


def event_lines(event: Mapping[str, Any]) -> Iterator[str]:
    """Yield an event as JSON."""
    yield json_text(event)


def message_lines(messages: Iterable[Message]) -> Iterator[str]:
    """Yield each message with its state, its attempts and the last error."""
    for message in messages:
        state = speak("{state}, attempts: {count}", state=message.state, count=message.attempts)
        if message.state is MessageState.WAITING:
            state = speak("{state}, next attempt {time}", state=state, time=message.due_at)
        error = f": {reworded(message.error)}" if message.error else ""
        target = speak("{channel} to {target}", channel=message.channel, target=message.target)
        yield f"{message.id}  {target}: {state}{error}"
