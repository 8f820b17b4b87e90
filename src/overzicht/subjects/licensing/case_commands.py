"""`overzicht licence screen` and `show`: a case, its parties, and its documents."""

from collections.abc import Iterator
from functools import partial

import click

from overzicht.cli.commands import command
from overzicht.cli.language import spoken, translate, worded
from overzicht.cli.options import Request, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import text
from overzicht.subjects.licensing import cases, screening
from overzicht.subjects.licensing.case_document import gap_text
from overzicht.subjects.licensing.case_lines import case_lines
from overzicht.subjects.licensing.case_operations import DraftResponse
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.sight import is_waiting

LETTERS = ("decision", "objection")
LETTER_FILES = (".docx", ".odt", ".pdf")


case_argument = click.argument("case_id")


def draft_lines(draft: DraftResponse) -> Iterator[str]:
    """Yield the line of a saved draft, and what it lacks."""
    yield spoken(text("case {id}: draft", id=draft.id))
    for gap in draft.gaps:
        kind = text("blocks filing: {gap}") if gap.blocks else text("missing: {gap}")
        yield f"  {spoken(kind.filled(gap=gap_text(gap)))}"


@command()
@click.argument("case_id", required=False)
@click.option("--changed", is_flag=True, help="All open cases whose lists have changed.")
@standard("as-of", "by", "lang", "json")
def screen(request: Request, case_id: str | None, *, changed: bool) -> int:
    """Screen the parties of a case again, or with --changed of every open case whose lists have changed."""
    if (case_id is None) != changed:
        raise click.UsageError(translate("name a case, or give --changed"))
    names, problems = ([case_id], []) if case_id is not None else screening.stale_cases(request.store)
    done = {name: screening.screen_case(request.store, name, request.act) for name in names}
    lines = []
    for name, screened in done.items():
        lines.append(spoken(text("case {id}, screened as of {day}", id=name, day=screened.day)))
        for party in screened.parties:
            lines.append(f"  {worded(party.role)}: {spoken(party.binding.sentence)}")
            lines += [f"    {spoken(other)}" for other in party.others]
    request.show(lambda: done, lambda: lines, empty=translate("no open case has to be screened again"))
    return request.report(problems)


@command()
@case_argument
@click.option(
    "--document",
    type=click.Choice(["application", "decision", "annex-iii", "objection"]),
    help="Write this document instead.",
)
@click.option("--number", type=int, default=0, help="Number of the objection. Default: the newest.")
@standard("as-of", "lang", "json", out=(".html", *LETTER_FILES))
def show(request: Request, case_id: str, document: str | None, number: int) -> int:
    """Show a case as of a date, or write one of its documents as HTML. Letters are Word or PDF files too."""
    if document is None and request.out:
        raise click.UsageError(
            translate("--out needs --document. Name the document to write, for example --document decision")
        )
    view = cases.view_case(request.store, case_id, request.as_of)
    if document is None:
        return show_case(request, view)
    from overzicht.subjects.licensing.documents import document_html, letter_file  # noqa: PLC0415 - heavy

    if document not in LETTERS and any(path.suffix.lower() in LETTER_FILES for path in request.out):
        raise click.UsageError(
            translate("only letters are Word, OpenDocument or PDF files. Use the extension .html")
        )
    request.deliver(
        {
            ".html": lambda: document_html(view, document, request.lang, number),
            **{
                suffix: partial(letter_file, view, document, suffix, request.lang, number)
                for suffix in LETTER_FILES
            },
            ".json": lambda: request.json_text(view),
        }
    )
    return EXIT_OK


def show_case(request: Request, view: CaseView) -> int:
    """Print a case; return exit code 1 if a state must be consulted, or a gap prevents the filing."""
    request.show(lambda: view, lambda: case_lines(view))
    return EXIT_INCOMPLETE if is_waiting(view) else EXIT_OK
