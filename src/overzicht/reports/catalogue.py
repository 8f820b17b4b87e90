"""The Dutch catalogue `locale/nl.po`, read as text: there is no build step that can be forgotten.

It is read here and not by a library, so that the help of a command is in Dutch within a tenth of a second.
"""

import gettext
import json
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

from overzicht.derived import derived

DEEPEST = 8  # sentences inside one another
_PART = re.compile(r'^(msg\w+(?:\[\d\])?) ((?:".*"\n?)+)', re.M)
_QUOTED = re.compile(r'^"(.*)"$', re.M)
_FIELD = re.compile(r"\{\w+\}")
_NEXT_FIELD = re.compile(r"; (?=[\w.]+: )")
_HAS_DIGIT = re.compile(r"\d")
_QUOTED_FIELD = re.compile(r"(?<=')\{\w+\}(?=')")


class Catalogue(gettext.NullTranslations):
    """Translations by English message; a message without one stays as it is."""

    def __init__(self, messages: dict[str, list[str]]) -> None:
        super().__init__()
        self.messages = messages  # each with its translation, or with the one for 1 and the one for more

    def gettext(self, message: str) -> str:
        """Return the translation of a message."""
        return next(filter(None, self.messages.get(message, ())), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translation for a number."""
        forms = self.messages.get(msgid1, [])
        return forms[n != 1] if len(forms) == 2 else super().ngettext(msgid1, msgid2, n)


@cache
def dutch() -> Catalogue:
    """Return the Dutch catalogue."""
    source = files("overzicht.reports").joinpath("locale", "nl.po").read_bytes()
    name = f"catalogue/{sha256(source).hexdigest()}"
    return derived(name, lambda: _as_json(source.decode()), lambda content: Catalogue(json.loads(content[:])))


def _as_json(source: str) -> bytes:
    messages: dict[str, list[str]] = {}
    forms: list[str] = []
    for kind, quoted in _PART.findall(source):
        words = json.loads(f'"{"".join(_QUOTED.findall(quoted))}"')
        if kind == "msgid":
            forms = messages.setdefault(words, [])
        elif kind.startswith("msgstr"):
            forms.append(words)
    messages.pop("")  # the header of the file
    return json.dumps(messages).encode()


def reworded(sentence: str, levels: int = DEEPEST) -> str:
    """Return an English sentence that was filled in already in Dutch, its parts too, except quoted ones.

    `levels` is how many sentences may be inside one another; what is deeper stays English.
    """
    if not sentence or not levels or (plain := dutch().gettext(sentence)) != sentence:
        return plain if sentence and levels else sentence
    # mistakes such as `file: field: mistake; field: mistake` in Dutch; empty if one is not known. A
    # template such as `{0} is empty` would find its words in the middle of a mistake.
    for parts in (_NEXT_FIELD.split(sentence), sentence.split("; ")):
        if all(worded := [_mistake(part, levels) for part in parts]):
            return "; ".join(worded)
    return _by_template(sentence, _templates(), levels)


def _by_template(
    sentence: str, templates: Iterable[tuple[str, Sequence[str]]], levels: int, *, is_part: bool = False
) -> str:
    for template, literals in templates:
        fields = _fields(sentence, literals)
        if is_part and "; " in "".join(fields[-1:]):  # it took what follows the mistake
            continue
        if fields:
            quoted = set(_QUOTED_FIELD.findall(template))
            filled = [
                given if f"{{{n}}}" in quoted else reworded(given, levels - 1)
                for n, given in enumerate(fields)
            ]
            return dutch().gettext(template).format(*filled)
    return sentence


def _fields(sentence: str, literals: Sequence[str]) -> list[str]:
    """Return the texts between literals, each field as short as possible; empty if they do not fit.

    Linear, as outside text reaches it: with a pattern of several fields a sentence of 1,300 letters took 9 s.
    """
    first, *middle, last = literals
    if not (sentence.startswith(first) and sentence.endswith(last)):
        return []
    start, end = len(first), len(sentence) - len(last)
    fields = []
    for literal in middle:
        place = sentence.find(literal, start + 1, end - 1)
        if place < 0:
            return []
        fields.append(sentence[start:place])
        start = place + len(literal)
    return [*fields, sentence[start:end]] if start < end else []


@lru_cache(maxsize=1_000)  # the parts of a long sentence are those of its longest field too
def _mistake(part: str, levels: int) -> str:
    *places, mistake = part.split(": ")
    known = dutch().gettext(mistake)
    if known == mistake:
        own_words = (pair for pair in _templates() if not pair[0].startswith("{"))
        known = _by_template(mistake, own_words, levels, is_part=True)
    if known == mistake:
        return ""
    for place in places:  # a field, a record with its number, or a place in our words
        is_record = "'" not in place and _HAS_DIGIT.search(place) is not None
        if " " in place and not is_record and reworded(place, levels - 1) == place:
            return ""
    named = (
        reworded(place, levels - 1) if " " in place else place for place in places
    )  # fields keep their names
    return ": ".join([*named, known])


@cache
def _templates() -> list[tuple[str, list[str]]]:
    """Return templates of errors with numbered fields, and their literals; most words of their own first."""
    templates = [message for message in dutch().messages if "{0}" in message]
    templates.sort(key=lambda template: -len(_FIELD.sub("", template)))
    return [(template, _FIELD.split(template)) for template in templates]
