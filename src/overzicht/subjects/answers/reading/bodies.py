"""Public bodies that a question names."""

import re
from collections.abc import Iterable

from overzicht.subjects.answers.reading.lexicon import lexicon, lists_named
from overzicht.subjects.answers.reading.names import known_id


def bodies_named(words: str, bodies: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """Return the public bodies that a text names, and the text without capitals in their names."""
    pattern = re.compile(lexicon().body_naming)
    known = [name for body in bodies for name in (body, *(match[1] for match in pattern.finditer(body)))]
    named = {name: None for name in known if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)}
    _, others = lists_named(words)  # the ministry of a list is not a body in use of equipment
    matches = [match[1].strip("'’") for match in pattern.finditer(others)]
    named.update({name if name in known else _without_party(name): None for name in matches})
    words = pattern.sub(lambda match: match[0].removesuffix(match[1]).lower() + match[1], words)
    for name in sorted(named, key=len, reverse=True):
        words = words.replace(name, name.lower())
    return tuple(named), words


def _without_party(body: str) -> str:
    """Return the name of a body without that of a party behind it (`ministerie van Defensie CATL`)."""
    first, *others = body.split()
    while others and _is_party(others[-1]):
        others.pop()
    return " ".join((first, *others))


def _is_party(word: str) -> bool:
    """Return whether a word is a known party, letters of one, or its devices (`Dahua-apparaten`)."""
    name, _, devices = word.partition("-")
    return bool(
        known_id(word) or (devices.islower() and known_id(name)) or (len(word) > 2 and word.isupper())
    )
