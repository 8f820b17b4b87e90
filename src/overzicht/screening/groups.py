"""Groups of pairs by script and by the origin of their names, to see whether all are treated alike.

The groups serve measuring alone: no score knows of them. An origin is read from the letters, the endings and
the commonest words of a name, so it says in which tradition a name is written, never what anybody is.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import PackagedFactError
from overzicht.names.analysis import analyse
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.safeyaml import read_yaml

LEAST_IN_GROUP = 30  # matches, and non-matches: below that a rate of a group is chance
LATIN = "Latin"
UNKNOWN = "none told"
_FILE = "origins.yml"
_SCRIPTS = {
    "CYRILLIC": "Cyrillic",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "KATAKANA": "Kana",
    "HIRAGANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "HANGUL": "Hangul",
    "CJK": "Han",
    "LATIN": LATIN,
}
_ORDER = ("Kana", "Hangul", "Han", "Arabic", "Hebrew", "Cyrillic", "Greek", "other")
_BY_SCRIPT = {
    "Kana": "Japanese",
    "Hangul": "Korean",
    "Han": "Chinese",
    "Arabic": "Arabic and Persian",
    "Hebrew": "Hebrew",
    "Cyrillic": "Slavic",
    "Greek": "Greek",
}
Rates = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cues:
    """What tells an origin: whole words (of any of which one is enough), and endings of words."""

    words: frozenset[str]
    endings: tuple[str, ...]
    syllables: frozenset[str]


@lru_cache(maxsize=1)
def cues() -> dict[str, Cues]:
    """Return the packaged cues per origin, in the order in which they are tried."""
    data: Any = read_yaml((files("overzicht.screening") / "data" / _FILE).read_text(encoding="utf-8"))
    try:
        return {
            origin: Cues(
                frozenset(map(str, found.get("words", ()))),
                tuple(map(str, found.get("endings", ()))),
                frozenset(map(str, found.get("syllables", ()))),
            )
            for origin, found in data.items()
        }
    except (AttributeError, TypeError) as error:
        raise PackagedFactError(_FILE, f"it is not in the form of cues ({error})") from error


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "other")


def script_group(query: str, target: str) -> str:
    """Return the script of a pair: `Latin` where both are, else the other script that either is in."""
    letters = {_script_of(letter) for letter in query + target if letter.isalpha()} - {LATIN}
    return next((script for script in _ORDER if script in letters), LATIN)


def origin_group(query: str, target: str, schema: str) -> str:
    """Return the origin that a pair's letters tell, or else its target's words; `none told` where none do."""
    script = script_group(query, target)
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    for name in (target, query):
        words = [word.text for word in analyse(name, is_person=schema in PERSON_SCHEMATA).words]
        for origin, told in cues().items():
            if _tells(told, words):
                return origin
    return UNKNOWN


def _tells(told: Cues, words: list[str]) -> bool:
    if told.words.intersection(words):
        return True
    if any(len(word) > 5 and word.endswith(told.endings) for word in words):
        return bool(told.endings)
    return bool(told.syllables) and len(words) in (2, 3) and all(_of(word, told.syllables) for word in words)


def _of(word: str, syllables: frozenset[str]) -> bool:
    """Return whether a word is one syllable or two."""
    cuts = range(1, len(word))
    return word in syllables or any(word[:k] in syllables and word[k:] in syllables for k in cuts)


def group_rates(
    said: NDArray[np.bool_], labels: NDArray[np.bool_], groups: Sequence[str]
) -> dict[str, Rates]:
    """Return per group `n`, `matches`, `fpr` (share of non-matches said to match) and `miss`.

    `miss` is the share of matches not said to match. A rate that rests on no pair is None.
    """
    members: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        members[group].append(number)
    return {group: _rates(said[rows], labels[rows]) for group, rows in sorted(members.items())}


def _rates(said: NDArray[np.bool_], labels: NDArray[np.bool_]) -> Rates:
    matches = int(labels.sum())
    others = len(labels) - matches
    return {
        "n": len(labels),
        "matches": matches,
        "fpr": float((said & ~labels).sum() / others) if others else None,
        "miss": float((~said & labels).sum() / matches) if matches else None,
    }


def worst_over_mean(rates: dict[str, Rates]) -> dict[str, Rates | None]:
    """Return per rate (`fpr`, `miss`) the worst group, its rate, the mean of the groups' rates, and `times`.

    Groups with fewer than LEAST_IN_GROUP pairs of the label that a rate rests on are left out; None where
    fewer than two groups remain or nothing goes wrong.
    """
    found: dict[str, Rates | None] = {}
    for key in ("fpr", "miss"):
        counted = {
            group: float(r[key])
            for group, r in rates.items()
            if (r["matches"] if key == "miss" else r["n"] - r["matches"]) >= LEAST_IN_GROUP
        }
        mean = sum(counted.values()) / len(counted) if counted else 0.0
        if len(counted) < 2 or mean == 0.0:
            found[key] = None
            continue
        worst = max(sorted(counted), key=counted.__getitem__)
        found[key] = {
            "group": worst,
            "rate": counted[worst],
            "mean": mean,
            "times": counted[worst] / mean,
            "groups": len(counted),
        }
    return found
