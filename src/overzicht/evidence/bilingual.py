"""Texts that their source gives in both languages, as values in a sentence."""

from collections.abc import Iterable

from overzicht.evidence.text import Text, text


def in_both(*, en: str, nl: str) -> Text:
    """Return a text that its source gives in English and Dutch, such as the title on a list's card.

    The catalogue translates this one template to the other field, so it can be part of any sentence.
    """
    return text("{en}", en=en, nl=nl)


def in_a_row(titles: Iterable[Text]) -> Text:
    """Return texts of `in_both` as one, with semicolons between them; an empty text for none."""
    texts = tuple(titles)
    dutch = (title.render(lambda _template: "{nl}") for title in texts)
    return in_both(en="; ".join(map(str, texts)), nl="; ".join(dutch))
