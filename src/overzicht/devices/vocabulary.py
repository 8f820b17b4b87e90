"""Words of inventories from `vocabulary.yml`: placeholders, generic words, and words for kinds of device."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from normality import ascii_text, squash_spaces
from pydantic import Field, field_validator
from rigour.names import remove_org_types

from overzicht.devices.sighting import DeviceKind
from overzicht.evidence.packaged import StrictModel, packaged_facts


class KindWords(StrictModel):
    """Words (regular expressions, ignoring case) that name one kind of device; earlier entries win."""

    kind: DeviceKind
    words: tuple[str, ...] = Field(min_length=1)


class WeakProduct(StrictModel):
    """A scanner's product string that is known to name the wrong maker, and why."""

    pattern: str
    why: str


class Vocabulary(StrictModel):
    """The whole file. `placeholders` and `chips` match a whole manufacturer or model value."""

    placeholders: frozenset[str]
    chips: tuple[str, ...]
    generic_words: frozenset[str]
    separators: str
    kinds: tuple[KindWords, ...]
    other_kinds: tuple[KindWords, ...]
    other_products: tuple[KindWords, ...]
    weak_products: tuple[WeakProduct, ...] = ()
    out_of_use: frozenset[str]
    planned: frozenset[str]
    in_use: frozenset[str]
    whole_status: frozenset[str]
    denials: frozenset[str]
    rooms: frozenset[str]
    because: frozenset[str]

    @field_validator("separators")
    @classmethod
    def _compiles(cls, value: str) -> str:
        re.compile(value)
        return value


@cache
def load_vocabulary() -> Vocabulary:
    """Return the packaged words; PackagedFactError when the file is wrong."""
    return packaged_facts(Vocabulary, "overzicht.devices", "vocabulary.yml")


class State(StrEnum):
    """A state that a list gives to a device."""

    IN_USE = "in use"
    PLANNED = "planned"
    OUT_OF_USE = "out of use"


@lru_cache(maxsize=4096)
def state_in(status: str, *, is_status: bool = True) -> State | None:
    """Return the state that a status says, by the longest phrase in it; None for one that is not known.

    `is_status` is False for a title or remark, which may also be the name of a room or of anything else.

    >>> state_in("Buiten gebruik (2024)"), state_in("nog niet in gebruik"), state_in("blauw")
    (<State.OUT_OF_USE: 'out of use'>, <State.PLANNED: 'planned'>, None)
    """
    cut = status[:LONGEST_NAME]
    bare = _ASIDE.sub("", cut)
    return _state_of(bare, is_status=is_status) or (_state_of(cut, is_status=False) if bare != cut else None)


def _state_of(status: str, *, is_status: bool) -> State | None:
    words = plain(_APOSTROPHES.sub(" ", status)).split()[:MOST_STATUS_WORDS]
    phrases, vocabulary = _phrases(), load_vocabulary()
    if words and words[-1] in _NO:
        return None  # `Buiten gebruik: nee`
    best: tuple[int, int, State] | None = None
    for start in range(len(words)):
        for length in range(min(_longest_phrase(), len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + length])
            state = phrases.get(phrase)
            if state is None or (best is not None and (length, len(phrase)) <= best[:2]):
                continue
            rest = words[start + length :]
            is_whole = start == 0 and _is_date(rest) and (is_status or phrase not in vocabulary.rooms)
            if not is_whole and phrase in vocabulary.whole_status:
                continue
            if length == 1 and not is_whole:
                # whether one word among others may say another state. It may be denied, be of something
                # else (`verwijderd uit het contract`), or be a word for in use among others (`order
                # geplaatst`).
                own_rest, own_vocabulary = words[start + 1 :], load_vocabulary()
                if state is State.IN_USE or (start > 0 and words[start - 1] in own_vocabulary.denials):
                    is_unsure = True
                else:
                    is_end = not own_rest or own_rest[0] in own_vocabulary.because or _is_date(own_rest)
                    is_unsure = state is State.OUT_OF_USE and not is_end
                if is_unsure:
                    continue
            best = (length, len(phrase), state)
    return best[2] if best else None


@cache
def _phrases() -> Mapping[str, State]:
    vocabulary = load_vocabulary()
    lists = {
        State.IN_USE: vocabulary.in_use,
        State.PLANNED: vocabulary.planned,
        State.OUT_OF_USE: vocabulary.out_of_use,
    }
    return {phrase: state for state, phrases in lists.items() for phrase in phrases}


@cache
def _longest_phrase() -> int:
    return max(phrase.count(" ") + 1 for phrase in _phrases())


def _is_date(words: Sequence[str]) -> bool:
    """Return whether nothing follows a status, or only the date of its start."""
    return not words or words[0] in _SINCE or words[0][0].isdigit()


KindPatterns = tuple[tuple[DeviceKind, re.Pattern[str]], ...]


@cache
def _kind_patterns(name: str) -> KindPatterns:
    return tuple(
        (entry.kind, re.compile(rf"(?<![a-z])(?:{'|'.join(entry.words)})(?![a-z])", re.IGNORECASE))
        for entry in getattr(load_vocabulary(), name)
    )


@cache
def kind_in_words(words: str, *, is_kind: bool = False) -> tuple[DeviceKind, str]:
    """Return the kind of device in a text and the matching words; (unknown, "") if there is none.

    `is_kind` marks a text that must name the kind. In other texts, only unambiguous words name equipment that
    is not surveillance: every camera has a `web server`.
    """
    other = _kind_patterns("other_kinds" if is_kind else "other_products")
    for kind, pattern in (*_kind_patterns("kinds"), *other):
        if match := pattern.search(words):
            return kind, match[0]
    return DeviceKind.UNKNOWN, ""


LONGEST_NAME = 200
_ASIDE = re.compile(r"[(\[,;].*", re.DOTALL)  # an explanation after a status
_SINCE = frozenset({"per", "sinds", "vanaf", "op", "since", "as", "on", "seit", "ab", "am", "depuis"})
MOST_STATUS_WORDS = 12
_APOSTROPHES = re.compile(r"['’`´]")  # `hors d'usage` is three words
_NO = frozenset({"nee", "no", "non", "nein"})
_SPACED = {code: None if chr(code) == "'" else " " for code in range(128) if not chr(code).isalnum()}


_ASCII: dict[str, str] = {}
_SHORT: dict[str, str] = {}


def in_ascii(name: str) -> str:
    """Return a name of any script in ASCII."""
    return name if name.isascii() else _ASCII.get(name) or ascii_text(name)


def expect_names(in_ascii: Mapping[str, str], short: Mapping[str, str]) -> None:
    """Take names that will be asked for, with the answers of `in_ascii` and `without_company_form`.

    The rules of ICU for other scripts take 70 ms to load, which the names of the cards then do not need.
    """
    _ASCII.update(in_ascii)
    _SHORT.update(short)


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """Return the name in lower-case ASCII letters and digits with single spaces, cut at 200 characters."""
    cut = name[:LONGEST_NAME]
    folded = in_ascii(cut).lower().replace("&amp;", "&")
    if folded.isascii():  # fast: nearly all
        return " ".join(folded.translate(_SPACED).split())
    return squash_spaces("".join(char if char.isalnum() else " " for char in folded.replace("'", "")))


@lru_cache(maxsize=50_000)
def without_company_form(name: str) -> str:
    """Return the plain form without company forms (`co ltd`, `ab`, `gmbh`); the first word stays.

    `LT Security` keeps `LT`, which is also a company form.
    """
    if known := _SHORT.get(name):
        return known
    words = plain(name)
    spaced = in_ascii(name[:LONGEST_NAME]).lower()
    shorter = plain(remove_org_types(squash_spaces(spaced.replace(",", ", ").replace(".,", "., "))))
    shorter = plain(remove_org_types(shorter))
    return shorter if shorter and words.split(" ")[0] == shorter.split(" ")[0] else words


@lru_cache(maxsize=50_000)
def core(name: str) -> str:
    """Return the name without company form and generic words; the first word always stays."""
    first, *rest = without_company_form(name).split(" ")
    generic = load_vocabulary().generic_words
    return " ".join([first, *(word for word in rest if word not in generic)])


def squashed(name: str) -> str:
    """Return the plain form without spaces: `HIK Vision` and `Hikvision` meet here."""
    return plain(name).replace(" ", "")
