"""Input and output of a reader of questions, and the errors for other files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from overzicht.errors import InputFileError
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.subjects.questions.build import Body
from overzicht.subjects.questions.heading import Heading, read_heading
from overzicht.subjects.questions.identifiers import PAPER_ID, address_of, appendix_id, set_numbers
from overzicht.subjects.questions.model import (
    Dates,
    Entry,
    Family,
    Flag,
    FlagCode,
    Layout,
    Origin,
    Paper,
    PaperKind,
    Remark,
)


class NotAPaperError(InputFileError):
    """A file is not a paper with questions or answers, such as the site's error page."""

    def __init__(self, file: str, reason: str, *, fix: str = "") -> None:
        super().__init__(
            file, reason, fix=fix or "give the paper itself: XML, HTML, Word, text or OData JSON"
        )


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """An input file: name, bytes, and their hash."""

    filename: str
    data: bytes
    sha256: str

    @property
    def text(self) -> str:
        """The bytes as text; InputFileError if no encoding reads them."""
        name = detect_encoding(self.data)
        try:
            return self.data.decode(name)
        except UnicodeDecodeError as error:
            raise InputFileError(
                self.filename,
                f"it says that it is {name} and is not ({error.reason})",
                fix="save it again as UTF-8",
            ) from error

    def origin(self, layout: Layout, address: str = "") -> Origin:
        """Return the origin of a reading of this file."""
        return Origin(layout, self.filename, self.sha256, address)


@dataclass(frozen=True, slots=True)
class Reading:
    """Contents of a file: papers, entries of the index of sets, or both."""

    papers: tuple[Paper, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a paper; `heading` is the printed text, `ids` the paper's own ids."""

    heading: str
    body: Body
    remarks: tuple[Remark, ...] = ()
    session: str = ""
    number: str = ""
    ids: Sequence[str] = ()
    sets: Sequence[str] = ()
    flags: Sequence[Flag] = ()
    dates: Mapping[str, object] | None = None
    read: Heading | None = None


def compose(parts: Parts, given: QuestionFile, layout: Layout) -> Paper:
    """Return the paper of its parts; the key is its official id, else one from the file's hash."""
    heading = parts.read or read_heading(parts.heading)
    sets = tuple(parts.sets)
    made = appendix_id(parts.session, parts.number)
    named = [match[0] for match in PAPER_ID.finditer(given.filename)]
    ids = tuple(dict.fromkeys(paper_id for paper_id in (*parts.ids, made, *named) if paper_id))
    if not ids and sets and heading.kind in (PaperKind.QUESTIONS, PaperKind.ORAL):
        ids = (f"kv-tk-{sets[0]}",)
    ids = ids or (f"file-{given.sha256[:16]}",)
    is_answer = heading.kind in (PaperKind.ANSWER, PaperKind.FURTHER, PaperKind.NOTICE)
    is_appendix = is_answer or ids[0].startswith("ah-")
    dates = Dates(asked_on=heading.asked_on, received=heading.received)
    if parts.dates:
        dates = replace(dates, **{name: day for name, day in parts.dates.items() if day})  # type: ignore[arg-type]
    key = ids[0]
    if "intrekk" in parts.heading.lower() or "ingetrokken" in parts.heading.lower():
        kind = PaperKind.WITHDRAWAL
    elif heading.kind is not PaperKind.UNKNOWN:
        kind = heading.kind
    elif parts.body.answers:
        kind = PaperKind.ANSWER
    else:
        kind = PaperKind.QUESTIONS if key.startswith("kv-") and parts.body.questions else PaperKind.UNKNOWN
    flags = [*parts.flags, *parts.body.flags]
    has_no_body = heading.kind in (PaperKind.ORAL, PaperKind.NOTICE)
    if has_no_body:  # oral questions have no numbers, and a notice may repeat the questions or not
        flags = [flag for flag in flags if flag.code is not FlagCode.NO_QUESTIONS]
    flags += [Flag(FlagCode.HEADING, problem) for problem in heading.problems]
    if is_answer and not heading.subject:
        flags.append(Flag(FlagCode.NO_HEADING))
    texts = [note.text for note in parts.body.notes] + [question.text for question in parts.body.questions]
    flags += [Flag(FlagCode.NOT_PUBLIC, text) for text in texts if "onderhands meegezonden" in text.lower()]
    return Paper(
        key=ids[0],
        family=Family.APPENDIX if is_appendix else Family.QUESTIONS,
        kind=kind,
        origin=given.origin(layout, address_of(ids[0])),
        ids=ids,
        sets=sets,
        subject=heading.subject,
        session=parts.session,
        dates=dates,
        roles=heading.roles,
        see_also=heading.see_also,
        supplements=tuple(
            number
            for remark in parts.remarks
            if "aanvulling" in remark.text.lower()
            for number in set_numbers(remark.text)
        ),
        questions=parts.body.questions,
        answers=parts.body.answers,
        notes=parts.body.notes,
        uses=parts.body.uses,
        remarks=parts.remarks,
        flags=tuple(dict.fromkeys(flags)),
    )
