"""Corrects words of legal forms with a typing or reading error or without vowels: `C0MPANY`, `CMPNY`.

A legal form says little about a party. With an error that is not corrected, it counts as a word that the
other name does not have.
"""

from collections import defaultdict
from functools import lru_cache
from itertools import pairwise

from overzicht.names.common_words import words
from overzicht.names.latin import LATIN, latinise, script_of_word

_SHORTEST = 5  # letters of a word in which one may differ
_MISREAD = str.maketrans("0158|", "oisbl")
_SAME_SOUND = str.maketrans("kq", "cc")
_NO_VOWELS = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=100_000)
def mended(word: str) -> str:
    """Return the legal form that a lower-case word is meant to be; empty for other and correct words."""
    if not word.isascii():
        if script_of_word(word) != LATIN:
            return ""
        letters, _ = latinise(word)
        return letters if letters in _forms() else ""
    if word in _forms():
        return ""
    plain = word.translate(_MISREAD)
    if plain in _forms():
        return plain if len(word) > 2 else ""
    if len(plain) < _SHORTEST:
        return _by_consonants().get(plain, "")
    return _by_letters(plain) or _by_consonants().get(plain, "")


def _by_letters(word: str) -> str:
    """Return the form that differs from a word by a letter, by two letters swapped, or by similar letters."""
    table = _near()
    for shorter in _shorter(word):
        for form in table.get(shorter, ()):
            if abs(len(word) - len(form)) > 1:
                is_near = False
            elif len(word) == len(form):
                apart = [k for k, (left, right) in enumerate(zip(word, form, strict=True)) if left != right]
                if len(apart) == 2 and apart[1] == apart[0] + 1:
                    is_near = word[apart[0]] == form[apart[1]] and word[apart[1]] == form[apart[0]]
                else:
                    is_near = len(apart) == 1
            else:
                longer, one_shorter = (word, form) if len(word) > len(form) else (form, word)
                is_near = one_shorter in _shorter(longer)
            if is_near:
                return form
    heard = word.translate(_SAME_SOUND)
    return next((form for form in table.get(heard, ()) if form.translate(_SAME_SOUND) == heard), "")


def _shorter(word: str) -> list[str]:
    """Return a word, and the word without each of its letters (a run of one letter once)."""
    marked = f"\0{word}"
    return [
        word,
        *(word[:k] + word[k + 1 :] for k, (left, right) in enumerate(pairwise(marked)) if left != right),
    ]


@lru_cache(maxsize=1)
def _forms() -> frozenset[str]:
    return words().legal_forms | words().mended_forms


@lru_cache(maxsize=1)
def _near() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = defaultdict(list)
    for form in sorted(words().mended_forms):
        for shorter in {*_shorter(form), form.translate(_SAME_SOUND)}:
            table[shorter].append(form)
    return {shorter: tuple(forms) for shorter, forms in table.items()}


@lru_cache(maxsize=1)
def _by_consonants() -> dict[str, str]:
    bare = {form.translate(_NO_VOWELS): form for form in sorted(words().mended_forms)}
    return {consonants: form for consonants, form in bare.items() if len(consonants) > 3}
