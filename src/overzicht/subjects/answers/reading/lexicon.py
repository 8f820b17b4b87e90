"""The words of questions from `lexicon.yml`: lists, cues, rules, judgements, places and themes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field, StringConstraints

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.vocabulary import kind_in_words
from overzicht.evidence.packaged import LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.territories import territory_names

SHORTEST_NAME = 3  # shorter names match too many words by chance
LONG_NAME = 6  # a name of this length is found in any case: few common words are so long and a maker's name
FARTHEST = 80  # characters between who makes a list and the word for the measure
FAR_OFF = 160  # the same, where the clause begins with who makes the list
_ASKED = re.compile(
    r"(?:.*[.?!,:;] )?(?:heeft|hebben|had|has|have|did|does|do|is|wordt|kan|can) (?:the |de |het )?",
    re.IGNORECASE,
)
_JOIN = re.compile(r"[\s,]*(?:\b(?:and|or|en|of|the|de|het|both|either|zowel|als)\b[\s,]*)*", re.IGNORECASE)
_TOKEN = re.compile(r"\S+")
_CAMERA_AND = re.compile(r"\bcamera,? (?:en|and|or|&) |(?:en|and|or|&) camera\b|, camera\b|\bcamera, ")
_PLURAL = re.compile(r"\b(camera|scanner|recorder|reader)s\b")


def _compiled(pattern: object) -> object:
    return re.compile(pattern, re.IGNORECASE) if isinstance(pattern, str) else pattern


Pattern = Annotated[re.Pattern[str], BeforeValidator(_compiled)]
Patterns = tuple[Pattern, ...]
Name = TypeVar("Name", bound=str)
Folded = Annotated[str, StringConstraints(to_lower=True)]


class Relation(StrEnum):
    """Relation between the subjects of a query and the data."""

    LISTED_ON = "listed-on"
    LISTED_SINCE = "listed-since"
    LISTED_WHY = "listed-why"
    DELISTED = "delisted"
    ENTRY_DETAIL = "entry-detail"
    HOW_MANY_LISTED = "how-many-listed"
    WHO_LISTED = "who-listed"
    BINDING = "binding"
    OWNED_BY_LISTED = "owned-by-listed"
    MAKER_LISTED = "maker-listed"
    OWNER_OF = "owner-of"
    MADE_BY = "made-by"
    BRANDS_OF = "brands-of"
    IN_USE = "in-use"
    REPLACED = "replaced"
    KNOWN_REPORT = "known-report"
    CONDUCT = "conduct"
    ASSESS = "assess"
    ASSESSED = "assessed"
    LAW_APPLIES = "law-applies"
    CONTACT = "contact"
    COMPANIES = "companies"
    EXPORT_CONTROL = "export-control"
    STEPS = "steps"
    COST = "cost"


class Judged(StrEnum):
    """The parts of a question that ask for a judgement."""

    ASSESS = "assess"
    AGREE = "agree"
    DESIRABLE = "desirable"
    WILLING = "willing"
    LIMITS = "limits"
    COURSE = "course"


class ListTarget(LocalizedText):
    """A list as questions name it.

    `measures` has by list id the measures that count (none: all), `parts` the part of a list that has
    them all. `is_general`: several lists are meant; `is_unread`: lists that no reader takes, never checked.
    `part_of` is the target of which this one is a part.
    """

    id: str
    names: Patterns
    measures: dict[str, tuple[str, ...]]
    parts: dict[str, str] = Field(default_factory=dict)
    is_general: bool = False
    is_unread: bool = False
    part_of: str = ""


class Detail(LocalizedText):
    """A detail of an entry: words that ask for it, and the properties, or parts of notes, that state it."""

    id: str
    names: Patterns
    props: tuple[str, ...]
    notes: Patterns = ()


class Rule(StrictModel):
    """A relation, the cues that all must be there, and those of which none may be there.

    `is_last`: only for a clause that no other rule fits.
    """

    relation: Relation
    all: tuple[str, ...]
    none: tuple[str, ...] = ()
    is_last: bool = False


class Lexicon(StrictModel):
    """The whole file."""

    lists: tuple[ListTarget, ...]
    issuers: dict[str, Patterns]
    imposing: Patterns
    regimes: dict[str, Patterns]
    that_list: Patterns
    details: tuple[Detail, ...]
    cues: dict[str, Patterns]
    rules: tuple[Rule, ...]
    judgements: dict[Judged, Patterns]
    places: dict[str, Patterns]
    bodies: dict[str, Patterns]
    instrument_names: dict[str, Patterns]
    addressees: dict[str, Patterns]
    facts: dict[str, Patterns]
    grounds: dict[str, Patterns]
    products: dict[str, Patterns]
    uncontrolled: Patterns
    public_actors: Patterns
    body_naming: str
    group: Patterns
    themes: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    other_adjectives: frozenset[Folded]
    schemata: dict[str, Patterns]
    naming: str = Field(min_length=1)
    pronouns: frozenset[Folded]
    openers: frozenset[Folded]
    not_names: frozenset[Folded]


@cache
def lexicon() -> Lexicon:
    """Return the packaged words; PackagedFactError if the file is not in its form."""
    return packaged_facts(Lexicon, "overzicht.subjects.answers", "data/lexicon.yml")


def either_of(words: Iterable[str]) -> str:
    """Return the pattern of one of several words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def has_any(patterns: Iterable[re.Pattern[str]], words: str) -> bool:
    """Return whether one of the patterns is in a text."""
    return any(pattern.search(words) for pattern in patterns)


def names_of(groups: Mapping[Name, Patterns], words: str) -> tuple[Name, ...]:
    """Return the names of the groups with a pattern in a text, in their order."""
    return tuple(name for name, patterns in groups.items() if has_any(patterns, words))


@lru_cache(maxsize=1024)
def cues_in(words: str) -> tuple[str, ...]:
    """Return the names of the cues in a text; the parts of a question are searched several times."""
    return names_of(lexicon().cues, words)


@lru_cache(maxsize=1024)
def lists_named(words: str) -> tuple[tuple[ListTarget, ...], str]:
    """Return the lists that a text names, specific ones first, and the text with their names blanked.

    A list is named by its name, or by who makes it and a word for a measure (`sanctioned by Canada`).
    """
    targets: list[ListTarget] = []
    rest = words
    for target in lexicon().lists:
        if target.is_general and targets:
            continue
        for pattern in target.names:
            if pattern.search(rest):
                rest = pattern.sub(_blanked, rest)
                if target not in targets:
                    targets.append(target)
    # by list who takes a measure, and where the text says so: the nearest, and those joined to it
    imposing = [match.span() for pattern in lexicon().imposing for match in pattern.finditer(words)]
    # how far the nearest word for a measure is; 1 at most from an issuer that is asked about
    places = []
    for name, patterns in lexicon().issuers.items():
        for each_pattern in patterns:
            for where in each_pattern.finditer(words):
                # the number of characters between two places; 0 if they touch
                distance_nearest = min(
                    (max(where.span()[0] - span[1], span[0] - where.span()[1], 0) for span in imposing),
                    default=FAR_OFF,
                )
                is_asked = _ASKED.fullmatch(where.string[: where.start()]) is not None
                places.append(
                    (
                        min(distance_nearest, 1)
                        if is_asked and distance_nearest < FAR_OFF
                        else distance_nearest,
                        where.start(),
                        -where.end(),
                        name,
                    )
                )
    distances = sorted(places)
    if not distances or distances[0][0] >= FARTHEST:
        issuers = []
    else:
        nearest = (distances[0][1], -distances[0][2])
        spans = [(name, (start, -end)) for _, start, end, name in distances]
        issuers = [
            (name, span) for name, span in spans if span == nearest or _is_beside(words, span, nearest)
        ]
    named = {name for name, _ in issuers}
    if all(target.is_general or target.id in named for target in targets):
        targets = [target for target in lexicon().lists if target.id in named] or targets
    wholes = {target.part_of for target in targets}
    targets = [target for target in targets if target.id not in wholes]
    for start, end in {*(span for _, span in issuers), *_offices(words)}:
        rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"
    return tuple(targets), rest


def _blanked(match: re.Match[str]) -> str:
    """Return blanks for the name of a list, without the name of a party in a gap of its pattern."""
    if ".{0," not in match.re.pattern:
        return " " * len(match[0])
    return _TOKEN.sub(lambda token: token[0] if _is_own_name(token[0]) else " " * len(token[0]), match[0])


def _is_own_name(word: str) -> bool:
    plain = word.strip("'’.,()")
    return plain[:1].isupper() and plain.casefold() not in lexicon().not_names | lexicon().openers


def _offices(words: str) -> Iterator[tuple[int, int]]:
    """Yield where a text has the full name of who makes a list: it is never the party that is meant."""
    for patterns in lexicon().issuers.values():
        for match in (match for pattern in patterns for match in pattern.finditer(words)):
            if sum(word[0].isupper() for word in match[0].split()) > 1:
                yield match.span()


def issuers_in(words: str) -> tuple[ListTarget, ...]:
    """Return the lists of issuers that a text names, also without words for a measure (`And Canada?`)."""
    named = names_of(lexicon().issuers, words)
    return tuple(target for target in lexicon().lists if target.id in named)


def _is_beside(words: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Return whether only words such as `and` and `or` are between two places."""
    first, last = sorted((left, right))
    return first[1] <= last[0] and _JOIN.fullmatch(words[first[1] : last[0]]) is not None


def themes_in(words: str) -> frozenset[str]:
    """Return the subject matters that a text names."""
    plain = words.lower()
    return frozenset(
        theme for theme, parts in lexicon().themes.items() if any(part in plain for part in parts)
    )


def words_of_theme(theme: str) -> tuple[str, ...]:
    """Return the parts of words that name a theme, to search records with; empty for an unknown one."""
    return lexicon().themes.get(theme, ())


def kind_named(words: str) -> str:
    """Return the kind of device that is named; a plain camera, also next to another kind, means any."""
    plain = _PLURAL.sub(r"\1", words.lower().replace("camera's", "camera").replace("camera’s", "camera"))
    if _CAMERA_AND.search(plain):
        return ""
    kind, _ = kind_in_words(plain)
    return "" if kind in {DeviceKind.UNKNOWN, DeviceKind.CAMERA, DeviceKind.SOFTWARE} else kind.value


def makers_named(words: str) -> frozenset[str]:
    """Return the makers that a text names, by the trade, legal and short names on their cards."""
    return frozenset(maker for maker, pattern in _maker_patterns() if pattern.search(words))


@cache
def _maker_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the pattern of names per maker; case matters, because many trade names are common words."""
    patterns = []
    for card in load_knowledge().makers.values():
        names = {name.name for name in card.names if len(name.name) >= SHORTEST_NAME}
        if names:
            patterns.append((card.id, re.compile(rf"(?<!\w)(?:{either_of(names)})(?!\w)")))
    return tuple(patterns)


def countries_named(words: str) -> Iterator[str]:
    """Yield the codes of the countries that a text names, or calls a party by (`Chinese companies`)."""
    yield from (code for code, pattern in _countries() if pattern.search(words))


@cache
def _countries() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names: dict[str, set[str]] = {code: set(words) for code, words in lexicon().adjectives.items()}
    for lang in ("en", "nl"):
        for code, name in territory_names(lang).items():
            if len(code) == 2 and code.isalpha() and code not in {"EU", "UN", "EZ", "ZZ", "XA", "XB"}:
                names.setdefault(code, set()).update(_variants(name))
    return tuple(
        (code, re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, words)))})(?!\w)", re.IGNORECASE))
        for code, words in sorted(names.items())
    )


def _variants(name: str) -> set[str]:
    """Return a name of a country in lower case, whole and by its parts: `Myanmar (Burma)` has two."""
    return {name.lower(), *(part.strip(" )").lower() for part in name.split("(") if len(part) > 3)}


@cache
def words_of_countries() -> frozenset[str]:
    """Return the words, in lower case, that only name countries or their people: they name no party."""
    return adjectives_of_countries() | _names_of_countries()


@cache
def adjectives_of_countries() -> frozenset[str]:
    """Return the adjectives of countries, in lower case; `iran` is a name and `iranian` an adjective."""
    adjectives = {word for words in lexicon().adjectives.values() for word in words}
    return frozenset({*adjectives, *lexicon().other_adjectives}) - _names_of_countries()


@cache
def _names_of_countries() -> frozenset[str]:
    return frozenset(
        variant
        for lang in ("en", "nl")
        for code, name in territory_names(lang).items()
        if code.isalpha()
        for variant in _variants(name)
    )
