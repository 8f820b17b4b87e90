"""`overzicht answer`: a draft answer to parliamentary questions from what is loaded."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overzicht.cli.commands import command
from overzicht.cli.language import translate
from overzicht.cli.options import Request, standard
from overzicht.cli.output import STDOUT
from overzicht.evidence import text

if TYPE_CHECKING:
    from overzicht.subjects.answers.papers import PaperFile

PAPER_FILES = (".pdf", ".docx", ".odt", ".txt", ".html", ".htm", ".xml", ".json", ".yaml", ".yml")
STANDARD_INPUT = "standard input"


@command()
@click.argument("set_name", required=False, metavar="[NUMBER|FILE|-]")
@click.option(
    "--example/--no-example",
    default=None,
    help="Add the invented bodies that ship with the product, or leave out the shipped dossiers as well. "
    "Default: the shipped dossiers only.",
)
@click.option("--save", is_flag=True, help="Save the paper of FILE, so that its draft can be reviewed.")
@click.option("--reviewed", is_flag=True, help="Write the text of the review (`overzicht questions review`).")
@standard("as-of", "lang", "by", "json", out=(".html", ".docx", ".odt", ".json"))
def answer(
    request: Request, set_name: str | None, *, example: bool | None, save: bool, reviewed: bool
) -> None:
    """Draft an answer to a set of parliamentary questions: cited facts, and open points.

    NUMBER is a set that ships with the product, or whose papers you loaded (`overzicht questions add`).
    FILE is a paper (PDF, Word, OpenDocument, HTML, XML or text), or your own set in YAML as in
    examples/questions. `-` reads it from standard input. Without any, the command lists the sets.

    For each question the draft has a first line, the main facts with their sources, the earlier
    answer, the points that need a judgement, and the data that would close a gap.
    Law, lists, dossiers and register are those of --as-of.
    """
    if set_name is None:
        _list_sets(request)
        return
    from overzicht.subjects.answers.answer_lines import answer_lines  # noqa: PLC0415 - loaded for a draft only
    from overzicht.subjects.answers.answers_operations import reviewed_draft  # noqa: PLC0415
    from overzicht.subjects.answers.drafting import AnswerChoices, answer_set  # noqa: PLC0415
    from overzicht.subjects.answers.open_document import render_odt  # noqa: PLC0415
    from overzicht.subjects.answers.page import render_answer  # noqa: PLC0415
    from overzicht.subjects.answers.papers import keep_paper  # noqa: PLC0415
    from overzicht.subjects.answers.word_document import render_docx  # noqa: PLC0415

    paper = _paper(set_name)
    if save and paper is None:
        raise click.UsageError(translate("--save needs a paper: a file, or - for standard input"))
    if save and paper is not None:
        set_name, paper = keep_paper(request.store, paper, request.act), None
    report = answer_set(request.store, set_name, AnswerChoices(example, paper), request.as_of)
    if reviewed:
        report = reviewed_draft(request.ask, report)
    summary = text(
        "{file}: {questions} questions, {facts} cited sentences, {sources} sources",
        file=", ".join(map(str, request.out)),
        questions=len(report.questions),
        facts=sum(len(question.all_facts) for question in report.questions),
        sources=len(report.citations),
    )
    request.deliver(
        {
            ".html": lambda: render_answer(report, request.language),
            ".docx": lambda: render_docx(report, request.language),
            ".odt": lambda: render_odt(report, request.language),
            ".json": lambda: f"{request.json_text(report)}\n",
        },
        lambda: answer_lines(report, request.words),
        summary=lambda: [request.words.say(summary)],
    )


def _paper(set_name: str) -> "PaperFile | None":
    """Return the paper of a path or of standard input; None for the number of a set."""
    from overzicht.subjects.answers.papers import PaperFile  # noqa: PLC0415 - loaded for a draft only

    if set_name == str(STDOUT):
        return PaperFile(STANDARD_INPUT, sys.stdin.buffer.read())
    path = Path(set_name)
    is_path = path.suffix.lower() in PAPER_FILES or path.is_file()
    return PaperFile.of(path) if is_path else None


def _list_sets(request: Request) -> None:
    from overzicht.subjects.answers.sets import SetLine, known_sets  # noqa: PLC0415 - only for a list

    words = request.words
    invented = words.say(text("invented"))
    sets = known_sets(request.connection, request.as_of)

    def line(row: SetLine) -> str:
        mark = f" ({invented})" if row.is_fictional else ""
        count = words.say(text("{count} questions", count=row.questions))
        return f"{row.number}  {words.say(row.title)}{mark}: {count}"

    request.show(lambda: sets, lambda: map(line, sets))
