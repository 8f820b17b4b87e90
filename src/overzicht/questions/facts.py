"""The packaged facts about questions: the term for answering, and how parties are printed."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from overzicht.errors import PackagedFactError
from overzicht.evidence import Text, in_both
from overzicht.safeyaml import read_yaml


@dataclass(frozen=True, slots=True)
class Term:
    """The term for answering, in calendar days; `extended` counts from the asking too, after a notice."""

    days: int
    extended: int
    too_few: int
    rule: str
    address: str
    unverified: tuple[Text, ...]


@cache
def term() -> Term:
    """Return the term of `data/term.yml`; PackagedFactError where the file is not in its form."""
    data = _load("term.yml")
    try:
        return Term(
            days=int(data["days"]),
            extended=int(data["extended_days"]),
            too_few=int(data["too_few"]),
            rule=str(data["reference"]["title"]),
            address=str(data["reference"]["href"]),
            unverified=tuple(in_both(en=one["en"], nl=one["nl"]) for one in data["unverified"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise PackagedFactError("term.yml", f"it is not in the form of a term ({error})") from error


def party_of(printed: str) -> str:
    """Return the short name of a party as printed in any form; an unknown one stays as it is."""
    return _parties().get(_folded(printed), " ".join(printed.split()))


@cache
def _parties() -> dict[str, str]:
    data = _load("parties.yml")
    try:
        return {
            _folded(form): str(short)
            for short, forms in data["parties"].items()
            for form in (str(short), *map(str, forms))
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise PackagedFactError("parties.yml", f"it is not in the form of parties ({error})") from error


def _folded(printed: str) -> str:
    return "".join(printed.casefold().split())


def _load(name: str) -> Any:
    return read_yaml((files("overzicht.questions") / "data" / name).read_text(encoding="utf-8"))
