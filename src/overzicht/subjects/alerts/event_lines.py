"""Events and messages about alerts as lines of a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from overzicht.cli.language import reworded, speak
from overzicht.cli.output import json_text
from overzicht.store.alerts import Message, MessageState


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
