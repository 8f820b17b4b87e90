"""Analysis of a name: words in plain Latin letters, their kind and script, and legal forms."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rigour.names import extract_org_types

from overzicht.names.common_words import words
from overzicht.names.latin import ABJAD, HAN, HANGUL, KANA, LATIN, latinise, script_of_word
from overzicht.names.mending import mended

MAX_CHARACTERS = 400  # longer names are cut, to limit the time
MAX_WORDS = 24
PLAIN, WEAK, NUMBER, INITIAL = range(4)

_DOTTED = re.compile(r"\b((?:\w\.){2,}\w?|\w\.(?:\w\b))")
_INSIDE_WORD = re.compile(r"[’'`´ʻʼ‘\"ʹʺ״׳]")
_WHOLE = r"(?<!\w)(?<!\w[’'`´ʻʼ‘]){}(?!\w)(?![’'`´ʻʼ‘]\w)"  # a legal form as a word of its own
_SPLIT = re.compile(
    r"[^\w\u0900-\u0DFF\u0E00-\u0FFF\u1000-\u109F\u1780-\u17FF]+|_+"
)  # vowel signs belong to the word
_AFTER_SPLIT_GLUED = frozenset({HAN, KANA, HANGUL})
_DIGITS = re.compile(r"\d+|[^\d]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text` in a-z and 0-9, `meaning` in English where it is a generic word of another language.

    `kind` is PLAIN, WEAK (title or particle), NUMBER or INITIAL; `script` one of `names.latin`.
    """

    text: str
    kind: int = PLAIN
    script: int = LATIN
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """The words of a name in order, without legal forms; `forms` are the legal forms, sorted.

    `words` is empty only for a name without any letter or digit.
    """

    words: tuple[Word, ...]
    forms: tuple[str, ...] = ()


def analyse(name: str, *, is_person: bool = False) -> Analysis:
    """Return the words of a name, and its legal forms unless it is a person's."""
    raw, forms = split_name(name, is_person=is_person)
    parts = [word for part in raw for word in words_of(part)]
    return Analysis(tuple(parts[:MAX_WORDS]), forms)


def split_name(name: str, *, is_person: bool = False) -> tuple[list[str], tuple[str, ...]]:
    """Return the written words of a name in lower case, and its legal forms; `words_of` reads the words."""
    # the start of a name in lower case, without the notes of a list unless nothing else remains
    text = name[:MAX_CHARACTERS]
    if not text.isascii():
        text = "".join(filter(_counts, unicodedata.normalize("NFKC", text)))
    text = text.casefold()
    if ":" in text or "(" in text:
        vocabulary = words()
        plain = vocabulary.notes.sub(" ", vocabulary.ends.sub("", text))
        text = plain if any(map(str.isalnum, plain)) else text
    raw = _split(text)
    if is_person:
        return (raw, ())
    # the words without legal forms, and these; if nothing else remains they stay words
    slips = {word: form for word in raw if (form := mended(word))}
    if slips:
        text = " ".join(slips.get(word, word) for word in raw)
        raw = _split(text)
    forms: set[str] = set()
    unusual: dict[str, str] = {}  # forms that may as well be a name of letters (`AAT`)
    known, rest = words().legal_forms, text
    for matched, form in extract_org_types(text, generic=True):
        whole = re.sub(_WHOLE.format(re.escape(matched)), " ", rest, count=1)
        if whole == rest and matched.isascii() and _INSIDE_WORD.search(rest):
            continue  # a part of a word with an apostrophe: `Sa'id`, `Qa'ida`
        rest = whole if whole != rest else rest.replace(matched, " ", 1)  # glued, as in Chinese
        if matched in known or matched not in raw or not matched.isascii():
            forms.add(form)
        else:
            unusual[matched] = form
    kept: list[str] = []
    for word in _split(rest) if forms or unusual else raw:
        if word in known:
            forms.add(_GENERIC.get(word, word))
            continue
        bare, kind = _unglued(word)
        if kind:
            forms.add(kind)
        if bare:
            kept.append(bare)
    if not kept:
        return (raw, ())
    if unusual and words().general_words.issuperset(kept):
        return ([word for word in raw if word in kept or word in unusual], tuple(sorted(forms)))
    return (kept, tuple(sorted(forms.union(unusual.values()))))


def _unglued(word: str) -> tuple[str, str]:
    """Return a word without legal forms glued to it, and the kind of the first of them."""
    bare, kind = word, ""
    for form, of_kind in words().glued if not word.isascii() else ():
        if bare.endswith(form):
            bare, kind = bare[: -len(form)], kind or of_kind
        elif bare.startswith(form):
            bare, kind = bare[len(form) :], kind or of_kind
    return bare, kind


@lru_cache(maxsize=8192)
def _counts(character: str) -> bool:
    """Return whether a character is not an invisible sign or a mark; vowel signs of India count."""
    if character.isspace() or 0x0900 <= ord(character) <= 0x17FF:
        return True
    return unicodedata.category(character) not in ("Cf", "Cc", "Mn", "Cs")


def _split(text: str) -> list[str]:
    if "." in text:
        text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    if "&" in text:
        text = text.replace("&", " and ")
    return [word for word in _SPLIT.split(_INSIDE_WORD.sub("", text)) if word]


_GENERIC = {
    "ooo": "llc", "limited": "ltd", "oao": "jsc", "zao": "jsc", "pao": "jsc", "ao": "jsc", "company": "co",
}  # fmt: skip


@lru_cache(maxsize=100_000)
def words_of(raw: str) -> tuple[Word, ...]:
    """Return the words in one written word; glued text is cut at generic words and at numbers."""
    if raw.isascii():
        # digits are cut from letters (`140th`, `711arz`), except a digit in place of a letter (`abdu1`)
        digits = sum(character.isdigit() for character in raw)
        is_misread = (digits == 1 and len(raw) > 3) or (digits == 2 and len(raw) > 7)
        if raw.isalpha() or raw.isdigit() or is_misread:
            return (_word(raw, LATIN),)
        parts = (part for part in _DIGITS.findall(raw) if part not in ("st", "nd", "rd", "th"))
        return tuple(_word(part, LATIN) for part in parts)
    meaning = words().meaning(raw)
    script = script_of_word(raw)
    if not meaning and script in _AFTER_SPLIT_GLUED:
        return tuple(word for part in segment(raw) for word in _other(part))
    if script == ABJAD and raw.startswith("ال") and len(raw) > 4:
        return (Word("al", WEAK, ABJAD), *_other(raw[2:]))
    return _other(raw)


def segment(raw: str) -> list[str]:
    """Cut glued text at generic words and at changes of script."""
    glossary = words().glossary
    parts: list[str] = []
    start = position = 0
    while position < len(raw):
        sizes = range(min(8, len(raw) - position), 1, -1)
        step = next((n for n in sizes if raw[position : position + n] in glossary), 0)
        if step:
            parts += [raw[start:position], raw[position : position + step]]
            start = position = position + step
        else:
            position += 1
    by_script = []
    for piece in (*parts, raw[start:]):
        if piece in words().glossary or len(piece) < 2:
            by_script.append(piece)
            continue
        by_script.append(piece[0])
        for before, after in pairwise(piece):
            if _family(before) == _family(after):
                by_script[-1] += after
            else:
                by_script.append(after)
    return [part for part in by_script if part]


def _family(character: str) -> int:
    if character.isdigit():
        return -1
    return KANA if character == "ー" else script_of_word(character)


def _other(raw: str) -> tuple[Word, ...]:
    meaning = words().meaning(raw)
    text, script = latinise(raw)
    joined = text.replace(" ", "")
    if " " in meaning:
        return tuple(Word(part, PLAIN, script, part) for part in meaning.split())
    if not joined:
        return ()
    if meaning:
        return (Word(joined, PLAIN, script, meaning),)
    return (_word(joined, script),)


def _word(text: str, script: int) -> Word:
    vocabulary = words()
    if text.isdigit():
        kind = NUMBER
    elif len(text) == 1:
        kind = INITIAL
    elif text in vocabulary.titles or text in vocabulary.particles:
        kind = WEAK
    else:
        kind = PLAIN
    meaning = vocabulary.meaning(text) if script == LATIN and kind == PLAIN else ""
    return Word(text[:40], kind, script, meaning)
