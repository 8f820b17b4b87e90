"""The Dutch catalogue `locale/nl.po`, read as text: there is no build step that can be forgotten.

It is read here and not by a library, so that the help of a command is in Dutch within a tenth of a second.
"""

import gettext
import json
import re
from functools import cache
from importlib.resources import files

_PART = re.compile(r'^(msg\w+(?:\[\d\])?) ((?:".*"\n?)+)', re.M)
_QUOTED = re.compile(r'^"(.*)"$', re.M)


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
    source = files("overzicht.reports").joinpath("locale", "nl.po").read_text(encoding="utf-8")
    messages: dict[str, list[str]] = {}
    forms: list[str] = []
    for kind, quoted in _PART.findall(source):
        words = json.loads(f'"{"".join(_QUOTED.findall(quoted))}"')
        if kind == "msgid":
            forms = messages.setdefault(words, [])
        elif kind.startswith("msgstr"):
            forms.append(words)
    return Catalogue(messages)
