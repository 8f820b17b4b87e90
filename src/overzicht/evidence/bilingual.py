"""Texts that their source gives in both languages, as values in a sentence."""

from collections.abc import Iterable

from overzicht.evidence.text import Text, text


def in_both(*, en: str, nl: str) -> Text:
    """Return a text that its source gives in English and in Dutch, such as a list's title on its card.

    The catalogue translates this one template to the other field, so it can stand in any sentence.
    """
    return text("{en}", en=en, nl=nl)


def in_a_row(titles: Iterable[Text]) -> Text:
    """Return texts of `in_both` as one, with semicolons between them; an empty text for none."""
    held = tuple(titles)
    dutch = (title.render(lambda _template: "{nl}") for title in held)
    return in_both(en="; ".join(map(str, held)), nl="; ".join(dutch))
