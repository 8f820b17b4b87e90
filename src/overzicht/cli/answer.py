"""`overzicht answer`: a draft answer to parliamentary questions from what is loaded."""

from pathlib import Path

import click

from overzicht.cli.commands import command
from overzicht.cli.options import Request, standard
from overzicht.evidence import text

SET_FILES = (".yaml", ".yml")


@command()
@click.argument("set_name", required=False, metavar="[NUMBER|FILE.yaml]")
@click.option(
    "--example/--no-example",
    default=None,
    help="Add the invented bodies that ship with the product, or leave out the shipped dossiers as well. "
    "Default: the shipped dossiers only.",
)
@standard("as-of", "lang", "json", out=(".html", ".docx", ".json"))
def answer(request: Request, set_name: str | None, *, example: bool | None) -> None:
    """Draft an answer to a set of parliamentary questions: cited facts, and open points.

    NUMBER is a set that ships with the product, or whose papers you loaded (`overzicht questions add`).
    FILE.yaml is your own set, as in examples/questions. Without either, the command lists the sets.

    For each question the draft has a first line, the main facts with their sources, the earlier
    answer, the points that need a judgement, and the data that would close a gap.
    Law, lists, dossiers and register are those of --as-of.
    """
    if set_name is None:
        _list_sets(request)
        return
    from overzicht.reports.answers.lines import answer_lines  # noqa: PLC0415 - loaded for a draft only
    from overzicht.reports.answers.page import render_answer  # noqa: PLC0415
    from overzicht.reports.answers.word_document import render_docx  # noqa: PLC0415
    from overzicht.workflows.answers.drafting import AnswerChoices, answer_set  # noqa: PLC0415

    file = Path(set_name) if set_name.lower().endswith(SET_FILES) else None
    report = answer_set(request.store, set_name, AnswerChoices(example, file), request.as_of)
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
            ".json": lambda: f"{request.json_text(report)}\n",
        },
        lambda: answer_lines(report, request.words),
        summary=lambda: [request.words.say(summary)],
    )


def _list_sets(request: Request) -> None:
    from overzicht.workflows.answers.sets import SetLine, known_sets  # noqa: PLC0415 - only for a list

    words = request.words
    invented = words.say(text("invented"))
    sets = known_sets(request.connection, request.as_of)

    def line(row: SetLine) -> str:
        mark = f" ({invented})" if row.is_fictional else ""
        count = words.say(text("{count} questions", count=row.questions))
        return f"{row.number}  {words.say(row.title)}{mark}: {count}"

    request.show(lambda: sets, lambda: map(line, sets))
