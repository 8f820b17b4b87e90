"""Groups of pairs by script and by the origin of their names, to compare their rates of error.

The groups are for measurement: no score depends on them. An origin is read from the letters, the endings and
the commonest words of a name. It is the tradition in which a name is written, not a fact about a person.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.errors import PackagedFactError
from overzicht.grouping import by_key
from overzicht.names.analysis import analyse
from overzicht.names.normal import PERSON_SCHEMATA
from overzicht.safeyaml import read_packaged_yaml

LEAST_IN_GROUP = 30  # matches, and non-matches: with fewer a rate of a group is chance
LATIN = "Latin"
UNKNOWN = "none told"  # prose: ok - a key of stored figures
_FILE = "origins.yml"
_SCRIPTS = {
    "CYRILLIC": "Cyrillic", "GREEK": "Greek", "ARABIC": "Arabic", "HEBREW": "Hebrew", "KATAKANA": "Kana",
    "HIRAGANA": "Kana", "KATAKANA-HIRAGANA": "Kana", "HANGUL": "Hangul", "CJK": "Han", "LATIN": LATIN,
}  # fmt: skip
_ORDER = ("Kana", "Hangul", "Han", "Arabic", "Hebrew", "Cyrillic", "Greek", "other")
_BY_SCRIPT = {
    "Kana": "Japanese", "Hangul": "Korean", "Han": "Chinese", "Arabic": "Arabic and Persian",
    "Hebrew": "Hebrew", "Cyrillic": "Slavic", "Greek": "Greek",
}  # fmt: skip
Rates = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cues:
    """Signs of an origin: whole words (one is enough), endings of words, and syllables."""

    words: frozenset[str]
    endings: tuple[str, ...]
    syllables: frozenset[str]


@lru_cache(maxsize=1)
def cues() -> dict[str, Cues]:
    """Return the packaged cues per origin, in the order of checking."""
    data: Any = read_packaged_yaml(
        (files("overzicht.screening") / "data" / _FILE).read_text(encoding="utf-8")
    )
    try:
        return {
            origin: Cues(
                frozenset(map(str, signs.get("words", ()))),
                tuple(map(str, signs.get("endings", ()))),
                frozenset(map(str, signs.get("syllables", ()))),
            )
            for origin, signs in data.items()
        }
    except (AttributeError, TypeError) as error:
        raise PackagedFactError(_FILE, f"the cues are not valid ({error})") from error


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "other")


def script_group(query: str, target: str) -> str:
    """Return the script of a pair: `Latin` if both are, else the other script of either."""
    letters = {_script_of(letter) for letter in query + target if letter.isalpha()} - {LATIN}
    return next((script for script in _ORDER if script in letters), LATIN)


def origin_group(query: str, target: str, schema: str) -> str:
    """Return the origin by a pair's letters, else by its target's words; UNKNOWN if there is no sign."""
    script = script_group(query, target)
    if script in _BY_SCRIPT:
        return _BY_SCRIPT[script]
    for name in (target, query):
        words = [word.text for word in analyse(name, is_person=schema in PERSON_SCHEMATA).words]
        for origin, signs in cues().items():
            if signs.words.intersection(words):
                has_sign = True
            elif any(len(word) > 5 and word.endswith(signs.endings) for word in words):
                has_sign = bool(signs.endings)
            else:
                has_sign = (
                    bool(signs.syllables)
                    and len(words) in (2, 3)
                    and all(  # one syllable or two
                        w in signs.syllables
                        or any(
                            w[:k] in signs.syllables and w[k:] in signs.syllables for k in range(1, len(w))
                        )
                        for w in words
                    )
                )
            if has_sign:
                return origin
    return UNKNOWN


def group_rates(
    answers: NDArray[np.bool_], labels: NDArray[np.bool_], groups: Sequence[str]
) -> dict[str, Rates]:
    """Return per group `n`, `matches`, `fpr` (share of non-matches answered as matches) and `miss`.

    `miss` is the share of matches not answered as such. A rate without pairs is None.
    """
    members = by_key((group, number) for number, group in enumerate(groups))
    rates: dict[str, Rates] = {}
    for group, rows in sorted(members.items()):
        right, others = labels[rows], int((~labels[rows]).sum())
        matches = len(rows) - others
        rates[group] = {
            "n": len(rows),
            "matches": matches,
            "fpr": float((answers[rows] & ~right).sum() / others) if others else None,
            "miss": float((~answers[rows] & right).sum() / matches) if matches else None,
        }
    return rates


def worst_over_mean(rates: dict[str, Rates]) -> dict[str, Rates | None]:
    """Return per rate (`fpr`, `miss`) the worst group, its rate, the mean of the groups' rates, and `times`.

    Groups with fewer than LEAST_IN_GROUP pairs of the label of a rate are left out; None if fewer than two
    groups remain or there is no error.
    """
    result: dict[str, Rates | None] = {}
    for key in ("fpr", "miss"):
        counted = {
            group: float(r[key])
            for group, r in rates.items()
            if (r["matches"] if key == "miss" else r["n"] - r["matches"]) >= LEAST_IN_GROUP
        }
        mean = sum(counted.values()) / len(counted) if counted else 0.0
        if len(counted) < 2 or mean == 0.0:
            result[key] = None
            continue
        worst = max(sorted(counted), key=counted.__getitem__)
        result[key] = {
            "group": worst,
            "rate": counted[worst],
            "mean": mean,
            "times": counted[worst] / mean,
            "groups": len(counted),
        }
    return result
