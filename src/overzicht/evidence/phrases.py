"""Phrases in a sentence: texts that their source gives in both languages, and several phrases as one."""

from collections.abc import Iterable

from overzicht.evidence.text import Text, text

COMMAS = text("{one}, {other}")
SEMICOLONS = text("{one}; {other}")


def in_both(*, en: str, nl: str) -> Text:
    """Return a text that its source gives in English and Dutch, such as the title on a list's card.

    The catalogue translates this one template to the other field, so it can be part of any sentence.
    """
    return text("{en}", en=en, nl=nl)


def joined_titles(titles: Iterable[Text]) -> Text:
    """Return texts of `in_both` as one, with semicolons between them; an empty text for none."""
    texts = tuple(titles)
    dutch = (title.render(lambda _template: "{nl}") for title in texts)
    return in_both(en="; ".join(map(str, texts)), nl="; ".join(dutch))


def joined(parts: Iterable[Text], by: Text = COMMAS) -> Text:
    """Return several phrases as one, separated by `by`; ValueError for none."""
    first, *others = parts
    for other in others:
        first = by.filled(one=first, other=other)
    return first
