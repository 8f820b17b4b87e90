"""Transliteration of any script to plain Latin letters, word by word, for comparing by sound."""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import icu

LATIN, CYRILLIC, GREEK, ABJAD, HAN, KANA, HANGUL, OTHER = range(8)

_RANGES = (  # first and last code point of a block, and its script
    (0x0000, 0x024F, LATIN),
    (0x0250, 0x02FF, LATIN),
    (0x0370, 0x03FF, GREEK),
    (0x0400, 0x052F, CYRILLIC),
    (0x0590, 0x05FF, ABJAD),
    (0x0600, 0x077F, ABJAD),
    (0x0860, 0x08FF, ABJAD),
    (0x1100, 0x11FF, HANGUL),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, GREEK),
    (0x2E80, 0x3007, HAN),
    (0x3040, 0x30FF, KANA),
    (0x3130, 0x318F, HANGUL),
    (0x31F0, 0x31FF, KANA),
    (0x3400, 0x9FFF, HAN),
    (0xA960, 0xA97F, HANGUL),
    (0xAC00, 0xD7FF, HANGUL),
    (0xF900, 0xFAFF, HAN),
    (0xFB1D, 0xFDFF, ABJAD),
    (0xFE70, 0xFEFF, ABJAD),
    (0x20000, 0x3FFFF, HAN),
)
_RULES = {
    CYRILLIC: "Russian-Latin/BGN; Any-Latin; Latin-ASCII",
    GREEK: "Greek-Latin/UNGEGN; Latin-ASCII",
    ABJAD: "Persian-Latin/BGN; Hebrew-Latin/BGN; Any-Latin; Latin-ASCII",
    HAN: "Han-Latin/Names; Latin-ASCII",
    KANA: "Hiragana-Katakana; Katakana-Latin; Latin-ASCII",
    HANGUL: "Hangul-Latin; Latin-ASCII",
    OTHER: "Any-Latin; Latin-ASCII",
}
_LATIN_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ə": "a"}
)
# Letters of other alphabets that look like a Latin letter, for words of two alphabets.
_LOOKALIKES = str.maketrans("авсеԁһіјкӏмноԛрѕтухуԝαβεικνορτυχη", "abcedhijklmhoqpstyxywabeikvoptuxn")
_CYRILLIC_LOOKALIKES = str.maketrans("aceiopxy", "асеіорху")
_UYGHUR_VOWELS = str.maketrans(
    {"ە": "ا", "ۇ": "و", "ۆ": "و", "ۈ": "و", "ې": "ی", "ى": "ی", "ئ": "", "ک": "ك"}
)


_EXPECTED: dict[str, str] = {}


@lru_cache(maxsize=16)
def _transliterator(script: int) -> icu.Transliterator:
    return icu.Transliterator.createInstance(_RULES[script])


@lru_cache(maxsize=4096)
def script_of(character: str) -> int:
    """Return the script of a letter; OTHER for letters of none of the known ones."""
    point = ord(character)
    for first, last, script in _RANGES:
        if first <= point <= last:
            return script
    return OTHER


def script_of_word(word: str) -> int:
    """Return the script of most of a word's letters; LATIN without letters."""
    counts = [0] * 8
    for character in word:
        if character.isalpha():
            counts[script_of(character)] += 1
    return max(range(8), key=counts.__getitem__)


@lru_cache(maxsize=200_000)
def latinise(word: str) -> tuple[str, int]:
    """Return a lower-case word in the letters a to z and digits, and the script it was written in.

    Letters that look like those of the word's own alphabet are read as these. The text may be empty, or have
    spaces between the syllables of Han.
    """
    script = script_of_word(word)
    if any("a" <= character <= "z" for character in word):
        word = word.translate(_CYRILLIC_LOOKALIKES if script == CYRILLIC else _LOOKALIKES)
    if script == LATIN:
        return _plain(unicodedata.normalize("NFKD", word.translate(_LATIN_LETTERS))), LATIN
    if script == ABJAD:
        word = "".join(c for c in unicodedata.normalize("NFKC", word) if not unicodedata.combining(c))
        word = word.translate(_UYGHUR_VOWELS)
    text = transliterated(word, script).lower()
    if script == KANA:
        text = text.replace("u~", "")
    return _plain(text), script


def transliterated(word: str, script: int) -> str:
    """Return a word as ICU writes it in Latin letters; letter by letter if that fails (`𡦛ゝ`)."""
    if script == HAN and (expected := _EXPECTED.get(word)) is not None:
        return expected
    letters = _transliterator(script)
    try:
        return str(letters.transliterate(word))
    except icu.ICUError:
        return "".join(letters.transliterate(character) for character in word)


def expect_words(latin: Mapping[str, str]) -> None:
    """Take Chinese words that will be asked for, with the answers of `transliterated`.

    The rules of ICU for Chinese take 80 ms to load, which one known name then does not need.
    """
    _EXPECTED.update(latin)


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c == " " or ("a" <= c <= "z") or ("0" <= c <= "9"))
