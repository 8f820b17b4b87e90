"""`overzicht answer`: a draft answer to parliamentary questions from what is loaded."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overzicht.cli.options import Request, opened_store, standard
from overzicht.errors import EXIT_OK
from overzicht.evidence import Text, text

if TYPE_CHECKING:
    from overzicht.reports.answers.model import AnswerReport

SET_FILES = (".yaml", ".yml")


@click.command()
@click.argument("given", required=False, metavar="[NUMBER|FILE.yaml]")
@click.option(
    "--example/--no-example",
    default=None,
    help="Add the invented register that ships with the product, or leave out everything that ships as an "
    "example. Default: added for invented sets and where you have no register.",
)
@standard("as-of", "lang", "json", out=(".html", ".docx", ".json"))
def answer(request: Request, given: str | None, *, example: bool | None) -> int:
    """Draft an answer to a set of parliamentary questions: cited facts, and open points.

    NUMBER is a set that ships with the product, or whose papers you loaded (`overzicht questions add`).
    FILE.yaml is your own set, as in examples/questions. Without either, the command lists the sets.

    For each question the draft has the facts with their sources, the earlier answer, the points that need a
    judgement, and the data that would close a gap. Law, lists, dossiers and register are those of --as-of.

    Example: overzicht answer 2020Z25656 --as-of 2021-04-13 --lang nl --out answer.docx
    """
    if given is None:
        _list_sets(request)
        return EXIT_OK
    from overzicht.reports.answers.lines import answer_lines  # noqa: PLC0415 - loaded for a draft only
    from overzicht.reports.answers.page import render_answer  # noqa: PLC0415
    from overzicht.reports.answers.word_document import render_docx  # noqa: PLC0415
    from overzicht.workflows.answers.drafting import AnswerChoices, answer_set  # noqa: PLC0415

    file = Path(given) if given.lower().endswith(SET_FILES) else None
    with opened_store() as store:
        report = answer_set(store, given, AnswerChoices(example, file), request.as_of)
    request.deliver(
        {
            ".html": lambda: render_answer(report, request.language),
            ".docx": lambda: render_docx(report, request.language),
            ".json": lambda: f"{request.json_text(report)}\n",
        },
        lambda: answer_lines(report, request.words),
        summary=lambda: [request.words.say(_summary(report, request.out))],
    )
    return EXIT_OK


def _summary(report: "AnswerReport", out: Sequence[Path]) -> Text:
    return text(
        "{file}: {questions} questions, {facts} cited sentences, {sources} sources",
        file=", ".join(map(str, out)),
        questions=len(report.questions),
        facts=sum(len(question.facts) for question in report.questions),
        sources=len(report.citations),
    )


def _list_sets(request: Request) -> None:
    from overzicht.workflows.answers.sets import SetLine, known_sets  # noqa: PLC0415

    words = request.words
    invented = words.say(text("invented"))
    with opened_store() as store, store.reading() as connection:
        sets = known_sets(connection, request.as_of)

    def line(each: SetLine) -> str:
        mark = f" ({invented})" if each.is_fictional else ""
        count = words.say(text("{count} questions", count=each.questions))
        title = words.say(each.title)
        return f"{each.number}  {title}{mark}: {count}"

    request.show(
        lambda: sets,
        lambda: map(line, sets),
    )
