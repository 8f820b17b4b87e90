"""The derived text form of openkamer: both papers of a set on one page, an answer under each question.

Caveats: that site writes `Zie antwoord vraag 3.` for questions that were answered together. It is not a
minister's text: such numbers are joined to the answer they point to. The texts of notes are lost, and the
marks count per paper.
"""

import re
from dataclasses import replace
from datetime import date

from overzicht.subjects.questions.build import Body
from overzicht.subjects.questions.heading import written_day
from overzicht.subjects.questions.identifiers import PAPER_ID, set_numbers
from overzicht.subjects.questions.labels import Side, read_label
from overzicht.subjects.questions.model import (
    AnswerBlock,
    Block,
    Dates,
    Family,
    Flag,
    FlagCode,
    Layout,
    NoteUse,
    Paper,
    PaperKind,
    Question,
    Role,
    RoleKind,
)
from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile, Reading

FIRST_LINE = re.compile(r"\ufeff?Kamervraag \d{4}Z\d{5}\s*$", re.MULTILINE)
_FIELD = re.compile(
    r"(Ingediend|Beantwoord door|Beantwoord|Indiener|Mede-?indieners?|Onderwerpen|"
    r"Bron vraag|Bron antwoord) (.+)"
)
_PERSON = re.compile(r"(?<![^(),])\s*([^(),\s][^(),]*)((?:\([^()]*\)\s*)+)(?:,|$)")
_POINTER = re.compile(r"Zie antwoord vraag (\d{1,3})\.")
_MARK = re.compile(r"(?<=[a-zé?!.»”\)])(\d{1,2})(?=\s|$)")
_FOOT = re.compile(r"(Kamervraag|Kamerantwoord) document nummer: (\S+)")
_DAY = re.compile(r"\d{1,2} [a-z]+ \d{4}")


def read_derived(given: QuestionFile) -> Reading:
    """Return the two papers of a page: the questions as put, and the answers with what they cover."""
    lines = [line.strip() for line in given.text.splitlines()]
    number = (*set_numbers(lines[0]), "")[0]
    fields = {match[1]: match[2].strip() for line in lines[:20] if (match := _FIELD.match(line))}
    ids = {match[1]: match[2] for line in lines if (match := _FOOT.match(line))}
    for field, name in (("Bron vraag", "Kamervraag"), ("Bron antwoord", "Kamerantwoord")):
        match = PAPER_ID.search(fields.get(field, ""))
        if match:
            ids.setdefault(name, match[0])
    # each label with its numbers, and its paragraphs in groups that empty lines part
    sections: list[tuple[str, tuple[int, ...], list[list[str]]]] = []
    for line in lines:
        label = read_label(line.lstrip("•* ").strip()) if line.startswith(("•", "*")) else None
        if label is not None and label.side is Side.QUESTION:
            sections.append((label.printed, label.numbers, [[]]))
        elif _FOOT.match(line):
            break
        elif sections and line:
            sections[-1][2][-1].append(line)
        elif sections and sections[-1][2][-1]:
            sections[-1][2].append([])
    sections = [(label, numbers, [group for group in groups if group]) for label, numbers, groups in sections]
    if not number or not sections:
        raise NotAPaperError(given.filename, "it has no set number, or no questions")
    subject = next((line for line in lines[1:] if line), "")
    questions = _paper(given, fields, PaperKind.QUESTIONS, ids.get("Kamervraag", f"kv-tk-{number}"))
    papers = [_with(questions, number, subject, _questions(sections), lines)]
    if "Beantwoord" in fields:
        answer = _paper(
            given, fields, PaperKind.ANSWER, ids.get("Kamerantwoord", f"file-{given.sha256[:16]}")
        )
        # the answers; a number that only points to another answer joins that answer
        joined: dict[int, list[int]] = {}
        own: list[tuple[str, tuple[int, ...], list[str]]] = []
        for own_label, numbers, groups in sections:
            own_lines = [line for group in groups[1:] for line in group]
            pointer = _POINTER.fullmatch(own_lines[0]) if len(own_lines) == 1 else None
            if pointer:
                joined.setdefault(int(pointer[1]), []).extend(numbers)
            elif own_lines:
                own.append((own_label, numbers, own_lines))
        answers, uses = [], []
        for index, (own_label, numbers, own_lines) in enumerate(own):
            blocks, marks = _clean(own_lines, Side.ANSWER, index)
            derived = tuple(number for first in numbers for number in joined.get(first, ()))
            answers.append(AnswerBlock(own_label, (*numbers, *derived), blocks, derived))
            uses += marks
        own_questions = _questions(sections).questions
        answers_body = Body(own_questions, tuple(answers), uses=tuple(uses), flags=(Flag(FlagCode.DERIVED),))
        papers.append(_with(answer, number, subject, answers_body, lines))
    return Reading(tuple(papers))


def _with(paper: Paper, number: str, subject: str, body: Body, lines: list[str]) -> Paper:
    topics = next(
        (line.removeprefix("Onderwerpen ") for line in lines if line.startswith("Onderwerpen ")), ""
    )
    match = re.match(r"ah-[te]k-(\d{4})(\d{4})-", paper.key)
    return replace(
        paper,
        sets=(number,),
        subject=subject,
        session=f"{match[1]}-{match[2]}" if match else "",
        topics=(topics,) if topics else (),
        questions=body.questions,
        answers=body.answers,
        uses=body.uses,
        flags=body.flags,
    )


def _paper(given: QuestionFile, fields: dict[str, str], kind: PaperKind, key: str) -> Paper:
    put, answered = _day(fields.get("Ingediend", "")), _day(fields.get("Beantwoord", ""))
    is_answer = kind is PaperKind.ANSWER
    source = fields.get("Bron antwoord" if is_answer else "Bron vraag", "")
    roles = _people(fields.get("Indiener", ""), RoleKind.SUBMITTER)
    roles += _people(", ".join(v for k, v in fields.items() if k.startswith("Mede")), RoleKind.CO_SUBMITTER)
    roles += _people(fields.get("Beantwoord door", ""), RoleKind.ADDRESSEE)  # the site's word for those asked
    return Paper(
        key=key,
        family=Family.APPENDIX if is_answer else Family.QUESTIONS,
        kind=kind,
        origin=given.origin(Layout.DERIVED, source),
        ids=(key,),
        dates=Dates(asked_on=put, received=answered if is_answer else None),
        roles=tuple(roles),
    )


def _day(printed: str) -> date | None:
    match = _DAY.search(printed)
    return written_day(match[0]) if match else None


def _people(printed: str, kind: RoleKind) -> list[Role]:
    """Return the persons of `Naam (minister buitenlandse zaken) (VVD), Naam (CDA)` with office and party."""
    people = []
    for order, match in enumerate(_PERSON.finditer(printed)):
        brackets = re.findall(r"\(([^()]*)\)", match[2])
        office = brackets[0] if len(brackets) > 1 else ""
        title, _, ministry = office.partition(" ")
        people.append(
            Role(kind, match[1].strip(), brackets[-1], f"{title}, {ministry}" if ministry else title, order)
        )
    return people


def _clean(lines: list[str], side: Side, index: int) -> tuple[tuple[Block, ...], list[NoteUse]]:
    blocks, uses = [], []
    for number, line in enumerate(lines):
        text = line
        while match := _MARK.search(text):
            uses.append(NoteUse(int(match[1]), side, index, number, match.start()))
            text = text[: match.start()] + text[match.end() :]
        blocks.append(Block(text))
    return tuple(blocks), uses


def _questions(sections: list[tuple[str, tuple[int, ...], list[list[str]]]]) -> Body:
    questions, uses = [], []
    for index, (label, numbers, groups) in enumerate(sections):
        blocks, marks = _clean(groups[0] if groups else [], Side.QUESTION, index)
        questions.append(Question(label, numbers, blocks))
        uses += marks
    return Body(tuple(questions), uses=tuple(uses), flags=(Flag(FlagCode.DERIVED),))
