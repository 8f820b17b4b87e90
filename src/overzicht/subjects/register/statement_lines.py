"""The result of adding public statements, as lines for a terminal."""

from collections.abc import Iterator

from overzicht.cli.language import problem_line, speak
from overzicht.subjects.register.statements import StatementsAdded


def added_lines(done: StatementsAdded) -> Iterator[str]:
    """Yield what was added, and the rows that could not be read."""
    yield speak("{added} statements added, {known} known already", added=done.added, known=done.known)
    if done.organisations:
        yield speak("organisations added: {names}", names=", ".join(done.organisations))
    yield from map(problem_line, done.problems)
