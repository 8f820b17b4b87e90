"""A paper of parliamentary questions in a request: answered at once, or saved."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, File, Form, UploadFile
from pydantic import BaseModel

from overzicht.errors import InputFileError
from overzicht.evidence.limited import LongText
from overzicht.kit.ask import EDITOR, OVERALL_READER, Ask
from overzicht.kit.operation import Route, operation
from overzicht.subjects.answers.drafting import AnswerChoices, answer_set
from overzicht.subjects.answers.model import AnswerReport
from overzicht.subjects.answers.papers import MAX_BYTES, PASTED, PaperFile, keep_paper
from overzicht.web.uploads import read_small


@dataclass(frozen=True, slots=True)
class GivenPaper:
    """A paper in a request: a file, or a text; the file counts if both are given."""

    file: Annotated[
        UploadFile | None, File(description="PDF, Word, OpenDocument, HTML, XML, text, or a set in YAML")
    ] = None
    text: Annotated[LongText, Form(description="the pasted text of a paper")] = ""

    @property
    def has_file(self) -> bool:
        """Whether a file was chosen."""
        return self.file is not None and bool(self.file.filename)

    def paper(self) -> PaperFile:
        """Return the paper; InputFileError if the request has none."""
        if self.file is not None and self.has_file:
            return PaperFile(*read_small(self.file, MAX_BYTES))
        if not self.text.strip():
            raise InputFileError(PASTED, "it is empty", fix="paste the text of the questions, or give a file")
        return PaperFile.pasted(self.text)


Given = Annotated[GivenPaper, Depends()]


class SavedPaper(BaseModel):
    """The number of the set of a saved paper; its draft is at `/answers/{number}`."""

    number: str


@operation(Route("POST /answers", OVERALL_READER, summary="Answer a paper", has_names=True), is_dated=True)
def answer_paper(ask: Ask, given: Given) -> AnswerReport:
    """Return the draft for a file or a pasted text. Nothing is saved."""
    return answer_set(ask.store, "", AnswerChoices(paper=given.paper()), ask.day)


@operation(Route("POST /answers/papers", EDITOR, summary="Save a paper", has_names=True, is_new=True))
def save_paper(ask: Ask, given: Given) -> SavedPaper:
    """Save a file or a pasted text as the paper of a set, so that its draft can be reviewed."""
    return SavedPaper(number=keep_paper(ask.store, given.paper(), ask.actor()))
