"""A text that was loaded for the gates, as lines for a terminal."""

from collections.abc import Iterator

from overzicht.evidence import text
from overzicht.reports.i18n import Words
from overzicht.subjects.licensing.loaded_texts import LoadedText


def loaded_lines(loaded: LoadedText, words: Words) -> Iterator[str]:
    """Yield what was stored, and its source."""
    sentence = (
        text("{name} of {day} was loaded before: entries {count}")
        if loaded.was_known
        else text("{name} of {day} is loaded: entries {count}")
    )
    yield words.say(sentence.filled(name=loaded.name, day=loaded.day, count=loaded.entries))
    yield words.say(text("source: {source}", source=f"{loaded.snapshot.address} ({loaded.snapshot.id})"))
