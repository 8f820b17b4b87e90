"""Unknown companies, recognised by a legal form, or by the words directly before or after a name."""

import re
from collections.abc import Iterator
from functools import cache

from overzicht.subjects.questions.mentions.facts import cues
from overzicht.subjects.questions.mentions.model import MentionKind, MentionSpan, RecognisedBy

_WORD = r"[A-Z][\w&’'+-]{0,60}\w"  # bounded, so that no text makes the search slow
_NAME = rf"{_WORD}(?: (?:& )?{_WORD}){{0,3}}"
SHORTEST = 3  # a name of fewer letters is an abbreviation of something else more often than a company


def unknown_spots(text: str) -> Iterator[MentionSpan]:
    """Yield the companies that the words of a text indicate; they may overlap known ones."""
    for pattern, kind, how in _patterns():
        for match in pattern.finditer(text):
            # the span of a name without leading words that are never part of one; None if nothing remains
            start = match.start("name")
            end = match.end("name")
            words = text[start:end].split(" ")
            while words and words[0] in cues().never:
                start += len(words.pop(0)) + 1
            if how is RecognisedBy.CUE:
                while words and words[-1] in cues().never:
                    end -= len(words.pop()) + 1
            surface = text[start:end]
            is_form_alone = how is RecognisedBy.FORM and len(words) < 2
            if (
                not words
                or len(surface) < SHORTEST
                or is_form_alone
                or words[0].split("-")[0] in cues().never
            ):
                spot = None
            else:
                spot = MentionSpan(surface, start, end, kind, surface, how)
            if spot is not None:
                yield spot


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], MentionKind, RecognisedBy], ...]:
    given = cues()
    forms = "|".join(re.escape(form) for form in sorted(given.legal_forms, key=len, reverse=True))
    trade = "|".join(given.trade_words)
    # the pattern of a noun, also with a capital; with a star it ends longer words too
    noun_patterns: list[str] = []
    for noun in given.nouns:
        letters = re.escape(noun.removesuffix("*"))
        plain = f"[{letters[0].upper()}{letters[0]}]{letters[1:]}"
        noun_patterns.append(rf"(?:[\w-]{{0,40}}{letters}|{plain})" if noun.endswith("*") else plain)
    nouns = "|".join(noun_patterns)
    quote = r"['‘’\"“«]?"
    form = rf"(?P<name>(?<!\w){_NAME},? (?:(?:{trade}),? )?(?:Co\.,? )?(?:{forms}))(?!\w)"
    by_trade = rf"(?P<name>(?<!\w){_WORD}(?: {_WORD}){{0,2}} (?:{trade}))(?![\w-])"
    others = "|".join(given.not_nouns)
    before = rf"(?<![\w-])(?!(?i:{others})\b)(?:{nouns}),? {quote}(?P<name>{_NAME})"
    app = rf"(?<![\w-])(?:{'|'.join(given.product_nouns)}) {quote}(?P<name>{_WORD})"
    after = rf"(?P<name>(?<!\w){_NAME}) (?:{'|'.join(given.after)})"
    ahead = rf"(?:{'|'.join(given.before)}) {quote}(?P<name>{_NAME})"
    return (
        (re.compile(form), MentionKind.COMPANY, RecognisedBy.FORM),
        (re.compile(by_trade), MentionKind.COMPANY, RecognisedBy.FORM),
        (re.compile(before), MentionKind.COMPANY, RecognisedBy.CUE),
        (re.compile(after), MentionKind.COMPANY, RecognisedBy.CUE),
        (re.compile(ahead), MentionKind.COMPANY, RecognisedBy.CUE),
        (re.compile(app), MentionKind.PRODUCT, RecognisedBy.CUE),
    )
