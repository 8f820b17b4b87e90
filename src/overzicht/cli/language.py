"""The language of help and errors: that of --lang, else of the environment, settled before click prints.

Help is written in English in the commands, and errors where they are raised. Both are translated here, by the
catalogue that reports use. Words of click itself go through `gettext` of the standard library, which would
read compiled files only; it is given the same catalogue.
"""

import gettext
import re
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import date
from enum import StrEnum
from typing import Any

from overzicht.dates import DateBasis, LegalDate
from overzicht.errors import OverzichtError, UnknownNameError
from overzicht.evidence.text import Text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.settings import preferred_language

_LANGUAGE: ContextVar[str] = ContextVar("language", default="en")
LEGAL_DATES = {
    DateBasis.STATED: "{day}",
    DateBasis.DERIVED: "{day} (derived)",
    DateBasis.NOT_LATER_THAN: "not later than {day}",
}
LISTED_BY = {  # kind of name, as errors call it: the command that lists the names
    "run": "runs", "licence case": "licence list", "denial": "denial list",
    "question set": "questions mentions", "dossier": "dossier list",
    "organisation": "register organisations list", "working file": "diligence list",
    "device in the register": "register devices", "device or party": "runs", "import": "register imports",
    "plan": "register plan list", "open plan": "register plan list", "open task": "tasks list",
    "open account": "users list", "one version": "lists status", "finding": "explain NAME --json",
    "judgement": "explain NAME", "standing judgement": "explain NAME", "closed task": "tasks list --all",
    "task": "tasks list --all", "risk": "diligence show FILE",
}  # fmt: skip


def settle(arguments: Sequence[str]) -> None:
    """Set the language by the last --lang of the arguments, else by the environment."""
    joined = re.findall(r"(?:^|\n)--lang[=\n](nl|en)(?=\n|$)", "\n".join(arguments))
    _LANGUAGE.set(joined[-1] if joined else preferred_language())


def translate(message: str) -> str:
    """Return a message in the language; English without a translation."""
    if _LANGUAGE.get() == "en":
        return message
    from overzicht.reports.catalogue import dutch  # noqa: PLC0415 - English needs none

    return dutch().gettext(message)


def spoken(sentence: Text) -> str:
    """Return a sentence of an engine in the language, with dates as YYYY-MM-DD."""
    return sentence.render(translate)


def speak(message: str, /, **values: Any) -> str:
    """Return a message in the language, filled in with values that are worded in it too."""
    return translate(message).format(**{name: worded(value) for name, value in values.items()})


def worded(value: Any) -> Any:
    """Return a sentence, a legal date or a member of an enumeration in the language; others as they are.

    English has the value of a member, as options accept it; Dutch has its words.
    """
    if isinstance(value, Text):
        return spoken(value)
    if isinstance(value, LegalDate):
        return translate(LEGAL_DATES[value.basis]).format(day=value.day)
    if isinstance(value, WordedEnum) and _LANGUAGE.get() != "en":
        return spoken(value.words)
    return translate(value.value) if isinstance(value, StrEnum) else value


def grouped(number: int) -> str:
    """Return a number with its thousands apart: `12,345` or `12.345`."""
    return f"{number:,}" if _LANGUAGE.get() == "en" else f"{number:,}".replace(",", ".")


def place_text(place: str) -> str:
    """Return the place of a citation in the language."""
    from overzicht.reports.citation_places import place_words  # noqa: PLC0415
    from overzicht.reports.i18n import words_for  # noqa: PLC0415 - what prints no citation needs none

    return place_words(place, words_for(_LANGUAGE.get()))


def language() -> str:
    """Return the language: `nl` or `en`."""
    return _LANGUAGE.get()


def as_of_line(name: str, day: date) -> str:
    """Return the head of an answer about something on a date."""
    return speak("{name}, as of {day}", name=name, day=day)


def problem_line(problem: Any) -> str:
    """Return a problem of a file, its place and reason, in the language."""
    reason = problem.reason
    return f"{place_text(problem.place)}: {spoken(reason) if isinstance(reason, Text) else reworded(reason)}"


def translate_number(message: str, plural: str, number: int) -> str:
    """Return the message for a number in the language."""
    if _LANGUAGE.get() == "en":
        return message if number == 1 else plural
    from overzicht.reports.catalogue import dutch  # noqa: PLC0415 - English needs none

    return dutch().ngettext(message, plural, number)


def error_text(error: OverzichtError) -> str:
    """Return an error and the way out in the language. For an unknown name it adds similar names."""
    message = error.sentence.render(translate, _reworded_value) if error.sentence else reworded(error.message)
    fix = reworded(error.fix)
    if isinstance(error, UnknownNameError):
        message = lead(message, close_to(error.name, error.known))
        command = next((LISTED_BY[kind] for kind in LISTED_BY if error.kind.startswith(kind)), "")
        if command and not fix:
            fix = translate("`overzicht {command}` lists them").format(command=command)
    return f"{message}\n  → {fix}" if fix else message


def lead(message: str, names: Iterable[str]) -> str:
    """Return a message with the names that may be meant."""
    shown = ", ".join(f"'{name}'" for name in dict.fromkeys(names))
    question = translate("Did you mean {names}?").format(names=shown)
    return f"{message.removesuffix('.')}. {question}" if shown else message


def close_to(word: str, known: Iterable[str]) -> list[str]:
    """Return known words that are nearly this one, the nearest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - for an error only

    return get_close_matches(word, list(known), cutoff=0.65)


def _reworded_value(value: Any) -> str:
    """Return a value of an error: a sentence in the language, a name as it is."""
    return reworded(value) if isinstance(value, str) and " " in value else str(value)


def reworded(sentence: str) -> str:
    """Return an English sentence that was filled in already in the language, its parts too."""
    if not sentence or _LANGUAGE.get() == "en":
        return sentence
    from overzicht.reports.catalogue import reworded as in_dutch  # noqa: PLC0415 - English needs none

    return in_dutch(sentence)


gettext.dgettext = lambda domain, message: translate(message)
gettext.dngettext = lambda domain, msgid1, msgid2, n: translate_number(msgid1, msgid2, n)
