"""Sentences of a question, and their clauses: each is read by itself."""

import re
from collections.abc import Iterator

from overzicht.subjects.answers.reading.framing import statements_in
from overzicht.subjects.answers.reading.lexicon import lists_named

_SENTENCE = re.compile(
    r"(?<=[?!;])\s+|(?<=[A-Za-z0-9)»”]{3}\.)\s+(?=[A-Z«“])|"
    r"(?<=\b(?:op|af|in|is|er|nu|zo|ze|on|it|to|so|us|me|by|up|do|so|go|no|ja)\.)\s+(?=[A-Z«“])"
)
_AND = re.compile(
    r"[,;]? (?:en|and),? (?=(?:deelt|bent|kunt|kan|gaat|zo nee|zo ja|do you|are you|will you|can you|"
    r"could you|would you|is|staat|staan|hoeveel|how many|which|what|wat|welke|in hoeverre|to what|if so|"
    r"if (?:it|they|he|she) (?:does|do|is|are|has|have),? |indien|"
    r"if not|hoe lang|hoelang|how long|klopt|hoort|behoort|behoren|zit|zitten|"
    r"geldt (?:dat|dit|hetzelfde)|does the same|is it)\b)"
    r"|, (?:en|and) (?=(?:are|were|worden|zijn|heeft|hebben|has|have|did|does|do)\b)",
    re.IGNORECASE,
)
_AND_WHICH = re.compile(
    r",? (?:en|and) (?=(?:(?:op|on|onder|under|in|sinds|since|vanaf|from|per|by|for|at|wegens|krachtens) )?"
    r"(?:(?:grond|basis|the basis|the strength|account) (?:van|of) )?"
    r"(?:which|what|when|why|whose|who|where|welke?|wat|wanneer|waarom|wie|wiens|waarop|waarvoor)\b)",
    re.IGNORECASE,
)  # `Is A on the list, and under which programme?`
_POLAR = re.compile(
    r"(?:is|are|was|were|has|have|had|did|does|do|can you (?:say|confirm)|please confirm|staa[nt]|stonde?n?|"
    r"zijn|waren|heeft|hebben|had|werd|werden|wordt|worden|komt|kwam|valt|noemt|noemen|klopt|"
    r"kunt u (?:aangeven|bevestigen) (?:of|dat))\b",
    re.IGNORECASE,
)


def parts_of(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the clauses of a sentence, and whether each is confirmed together with the one before."""
    stated = statements_in(sentence)
    if not all(lists_named(statement)[0] for statement in stated):
        stated = (sentence,)
    for number, statement in enumerate(stated):
        for part in _AND.split(statement):
            head, *others = _AND_WHICH.split(part) if _POLAR.match(part) else (part,)
            if others and not lists_named(head)[0]:
                head, others = part, []
            yield from ((clause, number > 0) for clause in (head, *others))


def sentences_in(words: str) -> Iterator[str]:
    """Yield the sentences; a text in two languages has one version a line."""
    for line in words.split("\n"):
        yield from (part for part in _SENTENCE.split(line) if part.strip())
