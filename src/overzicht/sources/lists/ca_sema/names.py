"""The names of an entry: cells that hold several, and bodies named in two languages."""

import re
from functools import lru_cache

from rigour.names import remove_org_types

from overzicht.sources.lists.values import collapse, is_han

_LABEL = r"(?:^|[,(]?\s)[A-Z][a-z]+ ?:\s*"  # "Arabic: ..." opens a further name
_HARD = re.compile(rf"\s*(?:;|\n)\s*|{_LABEL}")
_SLASH = re.compile(r"\s+/\s*|\s*/\s+")
_COMMA = re.compile(r",\s+")
_BRACKETS = re.compile(r"\([^)]*\)")


def split_aliases(cell: str, *, is_person: bool) -> tuple[str, ...]:
    """Return the names of a cell; a comma or slash divides only where each side is a whole name.

    For a person a part of one word may be a surname ("Surname, Given name") or a spelling of one name, so
    such a run stays whole; for a body a part that is only a legal form ("Works, LLC") belongs to its name.
    """
    names: dict[str, None] = {}
    for run in _HARD.split(cell):
        for name in _divided(run, _SLASH, is_person):
            names |= dict.fromkeys(_divided(name, _COMMA, is_person))
    return tuple(names)


def is_whole(name: str) -> bool:
    """Return whether a text can be a whole name of a person: two words or more, or Chinese characters."""
    return any(" " in part for part in _COMMA.split(name)) or is_han(name)


def _divided(run: str, separator: re.Pattern[str], is_person: bool) -> list[str]:
    parts = [part for item in separator.split(run) if (part := collapse(item).strip(" ,"))]
    if not is_person:
        joined: list[str] = []
        for part in parts:
            if joined and (_is_legal_form(part) or _is_legal_form(joined[-1])):
                joined[-1] = f"{joined[-1]}, {part}"
            else:
                joined.append(part)
        return joined
    return parts if all(" " in part or is_han(part) for part in parts) else [collapse(run).strip(" ,")]


@lru_cache(maxsize=4096)
def _is_legal_form(text: str) -> bool:
    return not remove_org_types(text.casefold().strip(' .,()"')).strip(" .,")


def languages_of(name: str) -> tuple[str, ...]:
    """Return both halves of "English name/Nom français"; empty unless one slash parts two runs of words."""
    hidden = _BRACKETS.sub(lambda match: match[0].replace("/", "\0"), name)
    halves = [collapse(half).replace("\0", "/") for half in hidden.split("/")]
    return tuple(halves) if len(halves) == 2 and all(" " in half for half in halves) else ()
