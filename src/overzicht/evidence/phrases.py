"""Several phrases as one."""

from collections.abc import Iterable

from overzicht.evidence.text import Text, text

COMMAS = text("{one}, {other}")
SEMICOLONS = text("{one}; {other}")


def joined(parts: Iterable[Text], by: Text = COMMAS) -> Text:
    """Return several phrases as one, separated by `by`; ValueError for none."""
    first, *others = parts
    for other in others:
        first = by.filled(one=first, other=other)
    return first
