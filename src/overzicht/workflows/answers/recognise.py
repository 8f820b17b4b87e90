"""Reading of a question: its kinds, parties, places and devices."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated

from pydantic import StringConstraints

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.model import DeviceKind
from overzicht.devices.vocabulary import kind_in_words
from overzicht.entities import PartyQuery
from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.parties.known import identified

_PLURAL = re.compile(r"\b(camera|scanner|recorder|reader)s\b")
_WORD = r"[\w&'’-]*[A-Z][\w&'’.-]*"
_PROPER = re.compile(rf"{_WORD}(?:,? (?:(?:of|and|en|van|de|the|for|&) )*{_WORD})*")
_JOINS = frozenset({"of", "and", "en", "van", "de", "the", "for", "&"})
SHORTEST_NAME = 3  # shorter names match too many words by chance


Patterns = tuple[re.Pattern[str], ...]


class Kind(StrEnum):
    """The kinds of question; one question may hold several."""

    KNOWN = "known"
    CONDUCT = "conduct"
    ASSESS = "assess"
    LAW = "law"
    CONTACT = "contact"
    COMPANIES = "companies"
    CONTROL = "control"
    COUNT = "count"
    REPLACED = "replaced"
    LISTED = "listed"
    STEPS = "steps"
    COST = "cost"
    OTHER = "other"


class Judged(StrEnum):
    """The parts of a question that ask for a judgement."""

    ASSESS = "assess"
    AGREE = "agree"
    DESIRABLE = "desirable"
    WILLING = "willing"
    LIMITS = "limits"
    COURSE = "course"


class _Patterns(StrictModel):
    kinds: dict[Kind, Patterns]
    judgements: dict[Judged, Patterns]
    places: dict[str, Patterns]
    bodies: dict[str, Patterns]
    group: Patterns
    themes: dict[str, tuple[str, ...]]
    naming: str
    openers: frozenset[Annotated[str, StringConstraints(to_lower=True)]]
    not_names: frozenset[Annotated[str, StringConstraints(to_lower=True)]]


@dataclass(frozen=True, slots=True)
class QuestionReading:
    """The content of a question.

    `parties` are ids of makers, and names without a maker card; `is_named`: they are in this question itself;
    `is_group`: makers are meant by their conduct, without a name. `kind` is the kind of device (empty: any),
    `places` are the places, `bodies` the places whose public bodies are meant, `themes` the subject matters.
    """

    number: int
    kinds: tuple[Kind, ...]
    judged: tuple[Judged, ...] = ()
    parties: frozenset[str] = frozenset()
    is_named: bool = False
    is_group: bool = False
    kind: str = ""
    places: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    themes: frozenset[str] = frozenset()


def read_question(
    number: int, words: str, *, known: Iterable[str] = (), earlier: frozenset[str] = frozenset()
) -> QuestionReading:
    """Return the content of a question; without a name it is about the parties named `earlier` in the set.

    `known` are further names to look for. A question that means a group of makers is about that group.
    """
    plain = " ".join(words.lower().split())
    patterns = _read()
    kinds = tuple(kind for kind in patterns.kinds if _any(patterns.kinds[kind], plain)) or (Kind.OTHER,)
    is_group = _any(patterns.group, plain)
    named = parties_named(words, known)
    if Kind.LISTED in kinds:
        named = _with_subjects(words, named)
    return QuestionReading(
        number=number,
        kinds=kinds,
        judged=tuple(
            judgement for judgement in patterns.judgements if _any(patterns.judgements[judgement], plain)
        ),
        parties=named or (frozenset() if is_group else earlier),
        is_named=bool(named),
        is_group=is_group,
        kind=kind_named(plain),
        places=_fitting(patterns.places, plain),
        bodies=_fitting(patterns.bodies, plain),
        themes=themes_in(plain),
    )


def themes_in(words: str) -> frozenset[str]:
    """Return the subject matters that a text names."""
    plain = words.lower()
    return frozenset(theme for theme, parts in _read().themes.items() if any(part in plain for part in parts))


def words_of_theme(theme: str) -> tuple[str, ...]:
    """Return the parts of words that name a theme, to search records with; empty for an unknown one."""
    return _read().themes.get(theme, ())


def makers_named(words: str) -> frozenset[str]:
    """Return the makers that a text names, by the trade, legal and short names on their cards."""
    return frozenset(maker for maker, pattern in _maker_patterns() if pattern.search(words))


def parties_named(words: str, known: Iterable[str] = ()) -> frozenset[str]:
    """Return the makers that a text names, the `known` names in it, and the names that it calls a company."""
    makers = makers_named(words)
    others = {name for name in known if name in words}
    called = {name.strip(" .") for name in re.findall(_read().naming, words)}
    strange = {name for name in called if not makers_named(name) and not any(o in name for o in others)}
    return makers | others | strange


def _with_subjects(words: str, named: frozenset[str]) -> frozenset[str]:
    """Return the parties of a question about lists: all that it names, with or without a card.

    A maker whose name is only a part of a longer name is another party.
    """
    parties = set(named)
    for name in proper_names(words):
        known = _known_id(name)
        if not known and " " not in name and (themes_in(name) or _opens_sentence(words, name)):
            continue
        parties -= makers_named(name) - {known}
        parties.add(known or name)
    return frozenset(parties)


def proper_names(words: str) -> list[str]:
    """Return the names with a capital letter in a text, without lists, places and question words."""
    patterns = _read()
    names = []
    for match in _PROPER.finditer(words):
        parts = match[0].rstrip(",").split()
        while parts and parts[0].casefold() in patterns.openers:
            parts.pop(0)
        while parts and parts[-1].casefold() in _JOINS:
            parts.pop()
        if any(part.casefold() not in patterns.not_names for part in parts):
            names += _apart(" ".join(parts))
    return names


def _opens_sentence(words: str, name: str) -> bool:
    """Return whether a word is the first of a sentence: then it may be any word."""
    starts = re.split(r"(?:^|[.?!:])\s*", words)
    return name.istitle() and any(start.startswith(name) for start in starts)


def _apart(name: str) -> list[str]:
    """Return the names that an `and` joins if each is a known party's, else the one name."""
    parts = re.split(r",? (?:and|en|&) ", name)
    return parts if len(parts) > 1 and all(map(_known_id, parts)) else [name]


def _known_id(name: str) -> str:
    """Return the id of the known party with exactly this name; empty if there is none."""
    return identified(PartyQuery("", (name,), "Organization")).party_id


def kind_named(words: str) -> str:
    """Return the kind of device that is named; a plain camera means any kind."""
    kind, _ = kind_in_words(_PLURAL.sub(r"\1", words.lower()))
    return "" if kind in {DeviceKind.UNKNOWN, DeviceKind.CAMERA, DeviceKind.SOFTWARE} else kind.value


@cache
def _maker_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the pattern of names per maker; case matters, because many trade names are common words."""
    patterns = []
    for card in load_knowledge().makers.values():
        names = {name.name for name in card.names if len(name.name) >= SHORTEST_NAME}
        words = "|".join(sorted(map(re.escape, names), key=lambda word: (-len(word), word)))
        if words:
            patterns.append((card.id, re.compile(rf"(?<!\w)(?:{words})(?!\w)")))
    return tuple(patterns)


def _fitting(groups: Mapping[str, Patterns], plain: str) -> tuple[str, ...]:
    return tuple(name for name, patterns in groups.items() if _any(patterns, plain))


def _any(patterns: Iterable[re.Pattern[str]], plain: str) -> bool:
    return any(pattern.search(plain) for pattern in patterns)


@cache
def _read() -> _Patterns:
    return packaged_facts(_Patterns, "overzicht.workflows.answers", "data/patterns.yml")
