"""`overzicht answer`: a draft answer to parliamentary questions from what is loaded."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from overzicht.cli.options import as_of_option, json_option, json_text, lang_option, opened_store
from overzicht.errors import EXIT_OK
from overzicht.evidence import text

if TYPE_CHECKING:
    from overzicht.reports.answers.model import AnswerReport
    from overzicht.reports.i18n import Language, Words
    from overzicht.store.database import Store

SET_FILES = (".yaml", ".yml")
FORMATS = (".json", ".html", ".docx")


class OutType(click.ParamType[Path]):
    """A file whose ending says the format."""

    name = "FILE"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path, or end with a usage error for an ending that is no format."""
        path = Path(value)
        if path.suffix.lower() not in FORMATS:
            self.fail(f"{str(value)!r} names no format; end it with {', '.join(FORMATS)}", param, ctx)
        return path


@click.command()
@click.argument("given", required=False, metavar="[NUMBER|FILE.yaml]")
@as_of_option
@lang_option
@click.option("--out", type=OutType(), help="Write to this file: .html, .docx or .json, by its ending.")
@click.option(
    "--example/--no-example",
    default=None,
    help="Add the invented register that ships with the product, or leave out all that ships as an example. "
    "Without either it is taken where you keep no register, and for invented sets.",
)
@json_option
def answer(
    given: str | None,
    as_of: date,
    lang: str,
    out: Path | None,
    example: bool | None,
    as_json: bool,
) -> int:
    """Draft an answer to a set of parliamentary questions: cited facts, and what stays open.

    NUMBER is a set that ships with the product or whose papers you loaded (`overzicht questions add`);
    FILE.yaml a set of your own, as those in examples/questions. Without either the sets are listed. Each
    question gets the facts that the data give, each sentence with its sources; what was answered then; what
    is a judgement; and what data would close the gap. Law, lists, dossiers and the register are those of the
    day of --as-of.

    Exit codes: 0 done, 2 wrong use, 10 a file was refused, 11 no such set on that day, 13 store, 14 the extra
    `office` is missing.

    Example: overzicht answer 2020Z25656 --as-of 2021-04-13 --lang nl --out answer.docx
    """
    from overzicht.reports.i18n import Language, words_for  # noqa: PLC0415

    language = Language(lang)
    with opened_store() as (store, _):
        if given is None:
            _list_sets(store, as_of, words_for(language), as_json=as_json)
            return EXIT_OK
        report = _report(store, given, as_of, example)
    if out is not None:
        _write(report, out, language)
    if as_json:
        click.echo(json_text(report, words_for(language).say))
    elif out is None:
        from overzicht.reports.answers.lines import answer_lines  # noqa: PLC0415

        click.echo("\n".join(answer_lines(report, words_for(language))))
    else:
        facts = sum(len(one.facts) for one in report.questions)
        said = text(
            "{file}: {questions} questions, {facts} cited sentences, {sources} sources",
            file=str(out), questions=len(report.questions), facts=facts, sources=len(report.citations),
        )  # fmt: skip
        click.echo(words_for(language).say(said))
    return EXIT_OK


def _report(store: "Store", given: str, as_of: date, example: bool | None) -> "AnswerReport":
    from overzicht.workflows.answers.drafting import AnswerChoices, answer_set  # noqa: PLC0415

    file = Path(given) if given.lower().endswith(SET_FILES) else None
    return answer_set(store, given, AnswerChoices(example, file), as_of)


def _write(report: "AnswerReport", out: Path, language: "Language") -> None:
    """Write the file in the format of its ending; the content is made before the file is opened."""
    from overzicht.reports.i18n import words_for  # noqa: PLC0415

    match out.suffix.lower():
        case ".json":
            content = f"{json_text(report, words_for(language).say)}\n".encode()
        case ".docx":
            from overzicht.reports.answers.word_document import render_docx  # noqa: PLC0415

            content = render_docx(report, language)
        case _:
            from overzicht.reports.answers.page import render_answer  # noqa: PLC0415

            content = render_answer(report, language).encode()
    out.write_bytes(content)


def _list_sets(store: "Store", as_of: date, words: "Words", *, as_json: bool) -> None:
    from overzicht.workflows.answers.sets import known_sets  # noqa: PLC0415

    with store.reading() as connection:
        found = known_sets(connection, as_of)
    if as_json:
        click.echo(json_text(found, words.say))
        return
    invented = words.say(text("invented"))
    for one in found:
        mark = f" ({invented})" if one.is_fictional else ""
        said = text("{count} questions", count=one.questions)
        click.echo(f"{one.number}  {words.say(one.title)}{mark}: {words.say(said)}")
