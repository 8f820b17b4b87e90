"""Promises (toezeggingen) in answers: the cabinet says that it will inform the House, or do a definite act.

The subject of the sentence is the cabinet or the House. The verb is one of informing or doing, in the future
or as `zeg ik toe`. Denials, reports of the past, references (`zal ik hieronder beantwoorden`) and continued
acts (`zal ik blijven volgen`) are not promises. PDF text joins words: a participle may begin inside a word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.questions.mentions.sentences import sentence_bounds
from overzicht.subjects.questions.model import Paper, PaperKind
from overzicht.subjects.questions.terms import Term, term_in

ANSWERS = (PaperKind.ANSWER, PaperKind.FURTHER)


class PromiseKind(WordedEnum):
    """Kind of a promise."""

    INFORM = "inform", text("inform the House")
    ACT = "act", text("do something")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise: its sentence, and the paper and question numbers of the answer."""

    kind: PromiseKind
    sentence: str
    term: Term
    paper: str
    numbers: tuple[int, ...]


_CABINET = (
    r"(?:ik|wij|we|het\s+kabinet|de\s+regering"
    r"|de\s+(?:minister|staatssecretaris)(?:-president)?(?:\s+(?:van|voor)\s+[^.,;?!]{3,60}?)?)"
)
_HOUSE = r"(?:(?:uw|de|beide)\s+(?:tweede\s+|eerste\s+)?kamers?|\bu)"
_TELL = (
    r"(?:informeren|inlichten|berichten|sturen|toesturen|toezenden|toekomen|aanbieden|delen|rapporteren|melden"
    r"|terugkomen|voorleggen|zenden|verstrekken|op\s+de\s+hoogte\s+(?:stellen|brengen|houden))"
)
_TOLD = (
    r"(?:geïnformeerd|ingelicht|bericht|gestuurd|toegestuurd|toegezonden|aangeboden|gedeeld|gerapporteerd"
    r"|op\s+de\s+hoogte\s+(?:gesteld|gebracht|gehouden))\b"
)
_ACTS = (
    r"(?:in\s?gesprek\s+(?:gaan|te\s+gaan|te\s+treden|treden)|onderzoeken|nagaan|verzoeken|vragen|aanpassen"
    r"|wijzigen|besluiten|bespreken|agenderen|aandringen|starten|uitvoeren|publiceren|uitwerken"
    r"|inventariseren|evalueren|oproepen|overleggen|aankaarten|indienen|opstellen|instellen|intrekken"
    r"|inzichtelijk\s+maken|in\s+kaart\s+brengen|afspraken\s+(?:over\s*)?maken|uiteenzetten"
    r"|onder\s+de\s+aandacht\s+brengen|laten\s+onderzoeken|vervangen|verwijderen)\b"
)
_TALK = r"(?:gesprek|dialoog|overleg)\b[^.?!]{0,120}?\baan\b"  # `ga ik het gesprek aan met`
_GAP = r"[^.?!]{0,240}?"
_WILL = r"\b(?:zal|zullen)\b"
_PROMISED = re.compile(
    rf"\bzeg(?:gen)?\s+{_CABINET}\b[^.?!]{{0,200}}\btoe\b|\b{_CABINET}\s+zeg(?:t|gen)?\b[^.?!]{{0,200}}\btoe\b"
    rf"|\b(?:kan|kunnen|wil|willen)\s+{_CABINET}\b[^.?!]{{0,120}}\btoezeggen\b",
    re.IGNORECASE,
)
_INFORM = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WILL}(?={_GAP}{_HOUSE}\b){_GAP}{_TELL}",
        rf"{_HOUSE}\b{_GAP}{_WILL}{_GAP}(?:{_TELL}|{_TOLD})",
        rf"\b{_CABINET}\s+{_WILL[2:]}{_GAP}(?:terugkomen|op\s+terug)\b",
        rf"(?:\bvoornemens|\bstreef\w*|\bstreven|\bverwacht\w*)\b(?={_GAP}{_HOUSE}\b){_GAP}\bte\s+{_TELL}",
        rf"{_HOUSE}\s+(?:wordt|worden|ontvangt|krijgt)\b{_GAP}(?:{_TOLD}|\bbrief\b|\brapport\w*|\bverslag\b|\breactie\b)",
        rf"\b(?:wordt|worden|ontvangt)\s+{_HOUSE}\b{_GAP}(?:{_TOLD}|\bbrief\b|\brapport\w*|\bverslag\b|\breactie\b)",
        rf"\b(?:informeer|stuur|bericht|zend|deel)\s+(?:ik|wij)\b{_GAP}{_HOUSE}\b",
        rf"\b(?:ik|wij)\s+(?:informeer|stuur|bericht|zend|informeren|sturen)\b{_GAP}{_HOUSE}\b",
        rf"\b(?:ik|wij)\s+(?:deel|delen)\b{_GAP}\bmet\s+{_HOUSE}\b",
        r"\bkom(?:en)?\s+(?:ik|wij)\b[^.?!]{0,120}\bop\s+terug\b|\b(?:ik|wij)\s+kom(?:en)?\b[^.?!]{0,120}\bop\s+terug\b",
    )
)
_ACT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_WILL}\s+{_CABINET}\b{_GAP}{_ACTS}",
        rf"\b{_CABINET}\s+{_WILL[2:]}{_GAP}{_ACTS}",
        rf"\b(?:ga|gaan)\s+(?:ik|wij)(?:\b[^.?!]{{0,120}}\b(?:na\b|in\s?gesprek|{_TALK})|{_GAP}{_ACTS})",
        rf"\b(?:ik|wij)\s+ga(?:an)?\b(?:[^.?!]{{0,120}}\b(?:in\s?gesprek|{_TALK})|{_GAP}{_ACTS})",
    )
)
_JOINED = re.compile(r"(?<=[a-zë]{2}[.?!])(?=[A-Z])")  # a PDF joins sentences too
_NO_PROMISE = re.compile(
    r"\b(?:zal|zullen|kan|kunnen|zeg|ga|wil)\b[^.?!,;]{0,60}\b(?:niet(?!\s+alleen)|geen|nooit)\b"
    r"|\b(?:zal|zullen)\b[^.?!]{0,120}\b(?:blijven|beantwoorden|ingaan|toelichten)\b"
    r"|\bheb(?:ben)?\b[^.?!]{0,120}\b(?:geïnformeerd|toegezegd|gestuurd|gemeld)\s*[.?!]?$"
    r"|\b(?:jaarlijks|periodiek|regelmatig|halfjaarlijks)\b|\?\s*$",
    re.IGNORECASE,
)


def promises_of(paper: Paper) -> Iterator[Promise]:
    """Yield the promises in the answers of a paper, in reading order; none in a notice or a question."""
    if paper.kind not in ANSWERS:
        return
    made_on = paper.dates.known_from
    for answer in paper.answers:
        words = _JOINED.sub(" ", " ".join(answer.text.split()))
        start = 0
        while start < len(words):
            _, end = sentence_bounds(words, start, start + 1)
            sentence = words[start:end].strip()
            kind = kind_of(sentence)
            if kind is not None:
                yield Promise(kind, sentence, term_in(sentence, made_on), paper.key, answer.covers)
            start = end
            while start < len(words) and words[start].isspace():
                start += 1


def kind_of(sentence: str) -> PromiseKind | None:
    """Return what a sentence of an answer promises; None if it promises nothing."""
    if _NO_PROMISE.search(sentence):
        return None
    if any(pattern.search(sentence) for pattern in _INFORM):
        return PromiseKind.INFORM
    is_act = bool(_PROMISED.search(sentence)) or any(pattern.search(sentence) for pattern in _ACT)
    return PromiseKind.ACT if is_act else None
