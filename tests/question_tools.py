"""Word files, a store and a shipped set of invented papers for the tests of parliamentary questions."""

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from overzicht.store.database import Store
from overzicht.subjects.questions.build import Piece, build
from overzicht.subjects.questions.labels import Numbers, Side
from overzicht.subjects.questions.model import (
    Block,
    Dates,
    Family,
    Layout,
    Origin,
    Paper,
    PaperKind,
)
from overzicht.subjects.questions.papers.interface import QuestionFile
from overzicht.subjects.questions.taking import ImportResult, add_files

INVENTED = Path(__file__).parent / "fixtures" / "questions"
NOON = datetime(2031, 6, 15, 12, 0, tzinfo=UTC)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def add(store: Store, *names: str) -> list[ImportResult]:
    return list(add_files(store, [INVENTED / name for name in names], "tester", NOON).stored)


def given(data: bytes | str, filename: str = "paper.txt") -> QuestionFile:
    return QuestionFile(filename, data.encode("utf-8") if isinstance(data, str) else data, "a" * 64)


def word_file(paragraphs: Sequence[str], footnotes: dict[int, str] | None = None) -> bytes:
    """Return a Word file; `#` before a paragraph makes it an item of a numbered list, `{n}` is a footnote."""
    lines = []
    for paragraph in paragraphs:
        numbered = "<w:pPr><w:numPr/></w:pPr>" if paragraph.startswith("#") else ""
        content = escape(paragraph.lstrip("#"))
        for key in footnotes or {}:
            mark = (
                f'</w:t></w:r><w:r><w:footnoteReference w:id="{key}"/></w:r><w:r><w:t xml:space="preserve">'
            )
            content = content.replace(f"{{{key}}}", mark)
        lines.append(f'<w:p>{numbered}<w:r><w:t xml:space="preserve">{content}</w:t></w:r></w:p>')
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{"".join(lines)}</w:body></w:document>'
    }
    if footnotes is not None:
        notes = "".join(
            f'<w:footnote w:id="{key}"><w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p></w:footnote>'
            for key, text in footnotes.items()
        )
        parts["word/footnotes.xml"] = f'<w:footnotes xmlns:w="{WORD}">{notes}</w:footnotes>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return packed.getvalue()


def answered(*answers: tuple[tuple[int, ...], str], asked: int = 0) -> Paper:
    """Return a paper with so many questions, and answers as (numbers covered, text)."""
    count = asked or max(number for numbers, _ in answers for number in numbers)
    pieces = [
        Piece(Side.QUESTION, f"Vraag {n}", Numbers((n,)), (Block(f"Vraag {n}?"),))
        for n in range(1, count + 1)
    ]
    pieces += [Piece(Side.ANSWER, "Antwoord", Numbers(n), (Block(text),)) for n, text in answers]
    body = build(pieces)
    return Paper(
        "ah-tk-20302031-1", Family.APPENDIX, PaperKind.ANSWER, Origin(Layout.XML, "x"),
        questions=body.questions, answers=body.answers, flags=body.flags, dates=Dates(),
    )  # fmt: skip
