"""Dates in a question that are not those of what it asks: of a paper, or of a thing that it describes."""

import re

from overzicht.subjects.answers.reading.lexicon import has_any, lexicon

_ASIDE = re.compile(
    r", (?:die|which|who|whom|whose|waar\w*)\b[^,?]*(?:[,?]|$)"
    r"|, (?:dat|as|zoals|volgens|according to)\b[^,]*,",
    re.IGNORECASE,
)
_PAPER = re.compile(r"((?:\S+ ){1,5}?)(?:van|uit|of|from|dated|d\.d\.) (?:de |het |the )?$", re.IGNORECASE)
_CITED = re.compile(r"\([^()]*[A-Z][^()]*, ?$")
_BEFORE = re.compile(r"\bvoor(?: de| het)? $", re.IGNORECASE)
_DONE = re.compile(
    r" (?!(?:geplaatste|toegevoegde|opgenomen|vermelde|gelijste) )"
    r"(?:(?:aan|af|in|op|toe|uit)?ge|be|her|ont|ver)\w+(?:de|te|en) \w{4,}",
    re.IGNORECASE,
)  # `voor 1 mei 2020 verleende vergunningen`


def is_beside(words: str, start: int, end: int) -> bool:
    """Return whether a date is that of a paper, or only describes a party or a thing."""
    before = words[:start]
    paper = _PAPER.search(before)
    return (
        (paper is not None and has_any(lexicon().cues["report"][:1], paper[1]))
        or _CITED.search(before) is not None
        or any(aside.start() < start < aside.end() for aside in _ASIDE.finditer(words))
        or (_BEFORE.search(before) is not None and _DONE.match(words[end:]) is not None)
    )
