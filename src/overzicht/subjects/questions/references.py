"""References in a text: another answer, set or paper, a Kamerstuk, Handelingen, a motion, a web page.

`Zie het antwoord op vraag 3` replaces an answer; `zie ook` and `zoals gemeld in` add to one. A reference is
followed to its end, never in a circle, and the literal text is kept.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum
from overzicht.subjects.questions.identifiers import SET_NUMBER, appendix_ids
from overzicht.subjects.questions.labels import read_numbers
from overzicht.subjects.questions.model import AnswerBlock, Paper

POINTER_WORDS = 8  # an answer with at most this number of other words is only a pointer


class RefKind(WordedEnum):
    """Kind of target of a reference."""

    ANSWER = "answer in this paper", text("answer in this paper")
    SET = "question set", text("question set")
    PAPER = "paper with answers", text("paper with answers")
    DOSSIER = "Kamerstuk", text("parliamentary paper")
    PROCEEDINGS = "Handelingen", text("proceedings")
    MOTION = "motion", text("motion")
    PAGE = "page on the web", text("page on the web")


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference: its text from `start` to `end`, its targets; `is_extra` if it only adds to an answer."""

    kind: RefKind
    literal: str
    start: int
    end: int
    targets: tuple[str, ...]
    is_extra: bool = True


@dataclass(frozen=True, slots=True)
class Trail:
    """How the answer to a number was found: the numbers walked, the answers there, or the reason why not."""

    path: tuple[int, ...]
    answers: tuple[int, ...] = ()
    reason: str = ""


_LIST = r"\d{1,3}(?:(?:\s*(?:,\s*en|,|en|t/m|tot en met|-|–)\s*)\d{1,3})*(?![\d.]\d|/)"
_ANSWER = re.compile(
    rf"(?P<see>(?:zie|verwijs\s+ik(?:\s+u)?(?:\s+graag)?\s+naar)\s+(?P<also>ook\s+)?)?(?:(?:ook\s+)?(?:naar\s+)?(?:het|de|mijn|ons|onze)\s+)?"
    rf"(?:beantwoording|antwoord(?:en)?)\s+(?:(?:op|van|bij|onder)\s+)?(?:de\s+)?vra(?:ag|gen)\s+(?P<list>{_LIST})",
    re.IGNORECASE,
)
_DOSSIER = re.compile(
    r"Kamerstuk(?:ken)?,?(?:\s+I{1,2}\b,?)?(?:\s*(?:vergaderjaar\s*)?\d{4}\s*[–/-]\s*\d{2,4},?)?\s*"
    r"(?P<dossier>\d{2}\s?\d{3}(?:[\s-](?:[IVX]{1,5}|[A-Z]|\d{2})\b)?),?\s*"
    r"(?:nrs?\.?\s*(?P<number>\d+)|(?P<letter>[A-Z]{1,3})\b)?"
)
_PROCEEDINGS = re.compile(
    r"(?<!Aanhangsel )(?<!Aanhangsel van de )\bHandelingen\s+(?:I{1,2}\s+)?"
    r"(?P<what>\d{4}\s*[–/-]\s*\d{2,4},?\s*nr\.?\s*\d+(?:,\s*item\s*\d+)?)"
)
_MOTION = re.compile(
    r"\bmoties?(?:-|\s+(?:van\s+(?:het\s+lid\s+|de\s+leden\s+))?)"
    r"(?P<who>(?:(?:[Vv]an|[Dd]e|[Ee]l|[Tt]en?|[Tt]er)\s+(?:de[nr]?\s+)?)?[A-Z][\w’'.-]*(?:\s+c\.s\.)?)"
)
_PAGE = re.compile(r"https?://[^\s<>«»“”)\]]+[^\s<>«»“”)\].,;:]")
_SAYS_SOMETHING = re.compile(r"[.?!]|\b(?:ja|nee|neen)\b", re.IGNORECASE)
_CITED = re.compile(r"Aanhangsel|Kamervragen \(Aanhangsel\)")


def find_refs(text: str) -> tuple[Ref, ...]:
    """Return all references of a text in reading order; an empty tuple when there are none."""
    answers: list[Ref] = []
    for match in _ANSWER.finditer(text):
        numbers = read_numbers(match["list"]).numbers
        is_extra = match["see"] is None or match["also"] is not None
        targets = tuple(str(number) for number in numbers)
        answers.append(Ref(RefKind.ANSWER, match[0].strip(), match.start(), match.end(), targets, is_extra))
    dossiers: list[Ref] = []
    for match in _DOSSIER.finditer(text):
        dossier = " ".join(match["dossier"].split())
        dossier = dossier if " " in dossier[:4] else f"{dossier[:2]} {dossier[2:]}"
        part = f"nr. {match['number']}" if match["number"] else match["letter"]
        target = f"{dossier}, {part}" if part else dossier
        literal = match[0].rstrip(" ,")
        dossiers.append(Ref(RefKind.DOSSIER, literal, match.start(), match.start() + len(literal), (target,)))
    papers: list[Ref] = []
    marks = [match.start() for match in _CITED.finditer(text)]
    for start, following in pairwise([*marks, len(text)]):
        ids = appendix_ids(text[start:following])
        if ids:
            number = ids[-1].rsplit("-", 1)[1]
            end = text.index(number, start) + len(number)
            papers.append(Ref(RefKind.PAPER, text[start:end], start, end, ids))
    refs = [*answers, *dossiers, *papers]
    refs += [
        Ref(RefKind.SET, match[0], match.start(), match.end(), (match[1] + match[2],))
        for match in SET_NUMBER.finditer(text)
    ]
    refs += [
        Ref(kind, match[0], match.start(), match.end(), (" ".join(match[group].split()),))
        for kind, pattern, group in (
            (RefKind.PROCEEDINGS, _PROCEEDINGS, "what"),
            (RefKind.MOTION, _MOTION, "who"),
            (RefKind.PAGE, _PAGE, 0),
        )
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(refs, key=lambda ref: (ref.start, ref.end, ref.kind)))


def points_to(answer: AnswerBlock) -> tuple[int, ...]:
    """Return the numbers to which an answer only points; empty if it has content of its own."""
    text = answer.text
    for ref in find_refs(text):
        before, rest = text[: ref.start], (text[: ref.start] + text[ref.end :]).split()
        if ref.kind is not RefKind.ANSWER or ref.is_extra or _SAYS_SOMETHING.search(before):
            continue
        if len(rest) <= POINTER_WORDS:
            return tuple(int(target) for target in ref.targets)
    return ()


def follow(paper: Paper, number: int) -> Trail:
    """Return the place of the answer to a question, through all pointers, with the numbers passed.

    `answers` are indexes into `paper.answers`; empty with a reason if there is none, or in a circle.
    """
    return _follow(paper.answers, number, ())


def _follow(answers: Sequence[AnswerBlock], number: int, walked: tuple[int, ...]) -> Trail:
    if number in walked:
        return Trail((*walked, number), (), "the references go round in a circle")
    path = (*walked, number)
    covering = [index for index, answer in enumerate(answers) if number in answer.covers]
    if not covering:
        return Trail(path, (), f"there is no answer {number} in this paper")
    targets = [n for index in covering for n in points_to(answers[index])]
    own = [n for n in targets if n not in {m for i in covering for m in answers[i].covers}]
    if not own:
        circle = bool(targets) and all(points_to(answers[index]) for index in covering)
        return Trail(
            path, () if circle else tuple(covering), "the references go round in a circle" if circle else ""
        )
    trails = [_follow(answers, target, path) for target in dict.fromkeys(own)]
    indexes = dict.fromkeys(index for trail in trails for index in trail.answers)
    reason = "" if indexes else trails[0].reason
    return Trail(trails[0].path, tuple(indexes), reason)
