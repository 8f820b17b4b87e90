"""Which meaning a name has: patterns right around it, then words in its sentence, its piece and its paper."""

import re
from functools import lru_cache

from overzicht.subjects.questions.mentions.facts import AmbiguousName, Sense, cues
from overzicht.subjects.questions.mentions.model import MentionKind, MentionSpan, RecognisedBy
from overzicht.subjects.questions.mentions.names import KnownSpelling
from overzicht.subjects.questions.mentions.sentences import sentence_at

AROUND = 60  # characters before and after a name that its patterns see
_WORDS = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def decide(known: KnownSpelling, text: str, start: int, end: int, paper: str) -> MentionSpan | None:
    """Return the span of a known name, with its meaning if it has several; None if it is not a name here."""
    surface = text[start:end]
    is_surname = known.sense is not None and known.sense.surname
    if known.kind is not MentionKind.BODY and is_person(text, start, is_surname=is_surname):
        return None
    if known.sense is None:
        how = RecognisedBy.CARD if known.maker or known.party else RecognisedBy.KNOWN
        return MentionSpan(surface, start, end, known.kind, known.name, how, known.maker, known.party)
    around = f"{text[max(0, start - AROUND) : start]}§{text[end : end + AROUND]}"
    if any(_search(pattern, around) for pattern in known.sense.skip):
        return None
    sense = next(
        (sense for sense in known.sense.senses if any(_search(p, around) for p in sense.when)), None
    ) or _by_words(known.sense, text, start, end, paper)
    if sense is None:
        name = known.sense
        if name.otherwise == "nothing":
            return None
        if name.otherwise == "open":
            senses = tuple(sense.means for sense in name.senses)
            return MentionSpan(
                surface, start, end, MentionKind.OPEN, name.name, RecognisedBy.SENSE, senses=senses
            )
        sense = next(sense for sense in name.senses if sense.id == name.otherwise)
    return MentionSpan(
        surface, start, end, MentionKind(sense.kind), sense.means, RecognisedBy.SENSE, sense.maker
    )


def is_person(text: str, start: int, *, is_surname: bool = False) -> bool:
    """Return whether the words before a name show a person: a title, or a given name before a family name."""
    before = text[max(0, start - AROUND) : start]
    titles = "|".join(re.escape(title) for title in cues().persons)
    if _search(rf"(?<!\w)(?i:{titles})\s+$", before):
        return True
    if not is_surname:
        return False
    given = re.search(r"(?:^|[a-z,;] )(?:\w+ )?([A-Z][a-zéë]+) $", before)
    return given is not None and given[1] not in cues().never and not given[1].endswith(("se", "sche"))


def _by_words(name: AmbiguousName, text: str, start: int, end: int, paper: str) -> Sense | None:
    """Return the sense with most words in the nearest scope that decides; None if none does."""
    for scope in (sentence_at(text, start, end), text, paper):
        words = _words_in(scope)
        counts = [sum(_stands(word, words) for word in sense.near) for sense in name.senses]
        if max(counts) > 0 and counts.count(max(counts)) == 1:
            return name.senses[counts.index(max(counts))]
    return None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _search(pattern: str, around: str) -> bool:
    return _compiled(pattern).search(around) is not None


@lru_cache(maxsize=64)
def _words_in(text: str) -> frozenset[str]:
    whole = [word.casefold() for word in _WORDS.findall(text)]
    return frozenset(whole + [part for word in whole for part in re.split(r"[-'’]", word)])


def _stands(cue: str, words: frozenset[str]) -> bool:
    if cue.endswith("*"):
        return any(word.startswith(cue[:-1]) for word in words)
    return cue in words
