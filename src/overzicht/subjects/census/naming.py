"""The body that a name means on a date, however its kind and spelling are written, and no other body."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from overzicht.subjects.census.body_kinds import (
    ANY_KIND,
    DUTCH_KINDS,
    KIND_WORDS,
    LARGER,
    MINISTRY,
    MUNICIPALITY,
    kinds_in,
    kinds_of,
)
from overzicht.subjects.census.roll import Body, Roll

SPELLINGS = {  # other spelling of words: the usual one. Two official names, exonyms, organs, abbreviations
    "a d": "aan den", "aan de": "aan den", "n brabant": "noord brabant",
    "s gravenhage": "den haag", "the hague": "den haag", "den bosch": "s hertogenbosch",
    "friesland": "fryslan", "north holland": "noord holland", "south holland": "zuid holland",
    "north brabant": "noord brabant",
    "(?:college van )?(?:burgemeester en wethouders|b en w|b w)": "gemeente",
    "gedeputeerde staten|provinciale staten|commissaris van de koning": "provincie",
    "(tweede|eerste) kamer der staten generaal": r"\1 kamer", "saint|sint|sankt": "st",
    "london borough|royal borough|metropolitan borough|mbc|lb|rb|bc": "borough", "dc": "district",
    "metropolitan district": "district", "constabulary": "police",
}  # fmt: skip
USUAL = tuple((re.compile(rf"\b(?:{other})\b"), usual) for other, usual in SPELLINGS.items())
PROVINCES = {  # abbreviation after the name of a place: its province
    "nh": "noord holland", "zh": "zuid holland", "nb": "noord brabant", "l": "limburg", "lb": "limburg",
    "li": "limburg", "z": "zeeland", "ze": "zeeland", "u": "utrecht", "ut": "utrecht", "g": "gelderland",
    "gld": "gelderland", "o": "overijssel", "ov": "overijssel", "d": "drenthe", "dr": "drenthe",
    "gr": "groningen", "f": "fryslan", "fr": "fryslan", "fl": "flevoland",
}  # fmt: skip
LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without case, accents and punctuation.

    >>> name_words("Gemeente Súdwest-Fryslân")
    ('gemeente', 'sudwest', 'fryslan')
    """
    plain = unicodedata.normalize("NFKD", name).casefold().replace("ø", "o").replace("æ", "ae")
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    words = " ".join(re.findall(r"\w+", re.sub(r"(?<=\w)['’`](?=\w)", "", letters)))
    for other, usual in USUAL:
        words = other.sub(usual, words)
    return tuple(words.split())


def name_core(name: str) -> str:
    """Return the words of a name without those for its kind; all of them if no other is left."""
    return _core(name_words(name))


def _core(words: Sequence[str]) -> str:
    return " ".join(word for word in words if word not in KIND_WORDS) or " ".join(words)


def _spellings(name: str) -> set[tuple[str, ...]]:
    """Return the words of a name, without accents and with letters written out, such as `ue` for `ü`."""
    composed = unicodedata.normalize("NFC", name).casefold()
    return {name_words(name), name_words(composed.translate(LETTERS))}


def region_name(roll: Roll, region: str) -> str:
    """Return the name of a region that a roll has as a body, by its code; another region as it is written."""
    body = roll.by_code.get(region)
    first, _, rest = body.name.partition(" ") if body else ("", "", "")
    return rest if rest and first.casefold() in KIND_WORDS else body.name if body else region


def with_region_names(roll: Roll) -> Roll:
    """Return a roll whose regions have names, where it has codes of its own bodies."""
    return Roll(tuple(replace(body, region=region_name(roll, body.region)) for body in roll.bodies))


@dataclass(frozen=True, slots=True)
class NameMatch:
    """The body of a name, None if there is not exactly one; then `candidates` are those that fit."""

    body: Body | None
    candidates: tuple[Body, ...] = ()


@dataclass
class NameIndex:
    """The bodies of one or more rolls by name, of any date."""

    bodies: Iterable[Body]
    _by: dict[tuple[str, ...], list[Body]] = field(default_factory=lambda: defaultdict(list))
    _own_kinds: set[str] = field(default_factory=set)  # of the rolls, apart from the usual words

    def __post_init__(self) -> None:
        for body in self.bodies:
            if not kinds_of(body.kind, ()) and body.kind.casefold() != ANY_KIND:
                self._own_kinds.add(body.kind.casefold())
            # the keys of a body in the index: its codes and its names, whole and by their cores
            keys = {(CODE, code.casefold()) for code in body.all_codes} | {(OWN, *name_words(body.name))}
            for name in (body.name, *body.names):
                for words in _spellings(name):
                    core = _core(words)
                    keys |= {(OTHER, *words), (CORE, core), (JOINED, core.replace(" ", ""))}
                if "," in name:  # a name of several places is cut to the first and "cum annexis"
                    keys.add((CORE, f"{name_core(name.partition(',')[0])} c a"))
                if body.kind.casefold() == MINISTRY:
                    keys |= {(INITIALS, initials) for initials in _initials(name)}
                    parts = name_core(name).split()
                    keys |= {(FIRST, " ".join(parts[:count])) for count in range(1, len(parts))}
            for key in keys:
                self._by[key].append(body)

    def find(self, name: str, day: date, *, country: str = "", kind: str = "") -> NameMatch:
        """Return the body that a name or code means on a date; a body that does not exist then never fits.

        A stated kind excludes bodies of another kind; one that is unknown has no effect. A province or
        county abroad needs the word for its kind, because a town in it often has the same name.
        """
        words, stated = name_words(name), kind.strip().casefold()
        if not words or name.lstrip().startswith("("):
            return NameMatch(None)
        fitting: list[Body] = []
        for group in self._tries(name, words):
            fitting = [
                b for b in group if b.exists_on(day) and country in ("", b.country) and self._is_of(stated, b)
            ]
            if fitting:
                break
        by_id = {body.id: body for body in fitting}
        bodies = tuple(by_id[key] for key in sorted(by_id))
        is_sure = len(bodies) == 1
        if is_sure:
            # whether a stated kind is that of a body, as the roll states it or by a word for it
            body = bodies[0]
            is_sure = bool(stated) and (
                stated == body.kind.casefold() or bool(kinds_of(stated, ()) & _kinds(body))
            )
            if not is_sure:
                # whether the one body that fits is meant: a county abroad needs the word for its kind
                body = bodies[0]
                kinds = _kinds(body)
                is_larger = bool(kinds & LARGER) and MUNICIPALITY not in kinds
                is_named = bool(kinds & kinds_in(words)) or name.strip().casefold() in map(
                    str.casefold, body.all_codes
                )
                is_sure = body.country == "NL" or not is_larger or is_named
        return NameMatch(bodies[0] if is_sure else None, bodies)

    def _is_of(self, kind: str, body: Body) -> bool:
        """Return whether a body may have a stated kind: another one of a roll or another word excludes it."""
        stated, own = kinds_of(kind, ()), _kinds(body)
        if kind in self._own_kinds:
            return body.kind.casefold() in (kind, ANY_KIND)
        return not stated or not own or bool(stated & own)

    def _tries(self, name: str, words: tuple[str, ...]) -> Iterator[Sequence[Body]]:
        """Yield the bodies that a name may mean, the surest reading first."""
        yield self._by.get((CODE, name.strip().casefold()), ())
        yield self._by.get((OWN, *words), ())
        other = [body for written in _spellings(name) for body in self._by.get((OTHER, *written), ())]
        cores = {_core(written) for written in _spellings(name)}
        yield [
            *other,
            *(body for core in cores for body in self._by.get((CORE, core), ()) if _may_be(words, body)),
        ]
        joined = {core.replace(" ", "") for core in cores}
        yield [body for core in joined for body in self._by.get((JOINED, core), ()) if _may_be(words, body)]
        yield self._in_brackets(name)
        yield self._ministries(name, words, name_core(name))

    def _in_brackets(self, name: str) -> Sequence[Body]:
        """Return the bodies of a name with its province or initials in brackets, such as `Hengelo (O.)`."""
        match = re.fullmatch(r"([^()]+)\(([^()]+)\)\s*", name)
        if match is None:
            return ()
        own = self._by.get((CORE, name_core(match[1])), ())
        if match[2].strip().casefold() in _initials(match[1]):
            return own
        region = " ".join(name_words(match[2]))
        region = PROVINCES.get(region.replace(" ", ""), region)
        return [body for body in own if " ".join(name_words(body.region)) == region]

    def _ministries(self, name: str, words: Sequence[str], core: str) -> Sequence[Body]:
        """Return the ministries of initials in capitals, or of the first words of a longer name."""
        is_named = any(DUTCH_KINDS.get(word) == MINISTRY for word in words)
        last = name.rsplit(maxsplit=1)[-1]
        is_short = sum(letter.isupper() for letter in last) > (1 if is_named else 2)
        short = self._by.get((INITIALS, re.sub(r"\W", "", last).casefold()), ()) if is_short else ()
        first = self._by.get((FIRST, core), ()) if is_named else ()
        return [body for body in (*short, *first) if is_named or core == name_core(last)]


CODE, OWN, OTHER, CORE, JOINED, INITIALS, FIRST = (
    "code",
    "own",
    "other",
    "core",
    "joined",
    "initials",
    "first",
)


def _initials(name: str) -> set[str]:
    """Return the initials of a name, without small words, and with `en` written out as in *JenV*."""
    words = [word for word in name_words(name) if word == "en" or word not in KIND_WORDS]
    return {
        "".join(word[0] for word in words if word != "en"),
        "".join(word if word == "en" else word[0] for word in words),
    }


def _kinds(body: Body) -> frozenset[str]:
    return kinds_of(body.kind, name_words(body.name))


def _may_be(words: Sequence[str], body: Body) -> bool:
    """Return whether the words for a kind in a name do not exclude a body with the same core."""
    stated, own = kinds_in(words), _kinds(body)
    if not stated or stated & own or body.kind.casefold() == ANY_KIND:
        return True
    return body.country != "NL" and not own
