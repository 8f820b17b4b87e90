"""`overzicht licence`: export authorisations from application to decision."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Literal, cast

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak, spoken, translate, worded
from overzicht.cli.operations import command_in
from overzicht.cli.options import PATH, DayType, Request, ValueChoice, file_argument, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import text
from overzicht.subjects.licensing import cases, files, screening, steps
from overzicht.subjects.licensing.case_document import gap_text
from overzicht.subjects.licensing.case_lines import case_lines
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.completeness import Gap
from overzicht.subjects.licensing.consultation import Ground, Reply
from overzicht.subjects.licensing.model import FactName, StatedFact
from overzicht.subjects.licensing.sight import is_waiting
from overzicht.workflows.typed_files import named_bytes

CASES, STEPS = "subjects.licensing.case_operations", "subjects.licensing.steps"
LETTERS = ("decision", "objection")
LETTER_FILES = (".docx", ".odt", ".pdf")
GROUNDS = {"location": Ground.LOCATION, "denial": Ground.DENIAL}


@dataclass(frozen=True, slots=True)
class Consultation:
    """What is recorded of a consultation: its ground, and a reply or a new end of the period."""

    ground: str
    reply: Reply | None
    extend_to: date | None


case_argument = click.argument("case_id")


@group()
def licence() -> None:
    """Handle export authorisations: file, screen, weigh, consult and decide, with actor and reason.

    Exit code 1: something is missing, or a state has to be consulted. Exit code 10: the step was refused,
    and the case is unchanged.
    """


@licence.command()
@file_argument()
@click.option("--replace", is_flag=True, help="Replace a draft with the same id. The earlier text is kept.")
@standard("as-of", "by", "lang", "json")
def new(request: Request, file: Path, *, replace: bool) -> int:
    """Store the application in FILE (YAML or JSON) as a draft, and list what is missing."""
    application = files.application_of(*named_bytes(file))
    gaps = cases.new_case(request.store, application, request.act, replace=replace)
    request.show(
        lambda: {"id": application.id, "status": "draft", "gaps": gaps},
        lambda: [spoken(text("case {id}: draft", id=application.id)), *(f"  {_gap(gap)}" for gap in gaps)],
    )
    return EXIT_INCOMPLETE if any(gap.blocks for gap in gaps) else EXIT_OK


licence.add_command(command_in(CASES, "submit"))


@licence.command()
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


@licence.command("fact")
@case_argument
@click.argument("name", type=ValueChoice(FactName))
@click.argument("answer", type=click.Choice(["yes", "no", "unknown"]))
@click.option("--source", default="", help="Source of the answer (required, except for `unknown`).")
@click.option("--note", default="", help="Note.")
@standard("as-of", "by", "lang", "json")
def fact_(
    request: Request, case_id: str, name: FactName, answer: Literal["yes", "no", "unknown"], **given: str
) -> int:
    """State a fact about a stored case. The application as filed is not changed."""
    if answer != "unknown" and not given["source"].strip():
        raise click.UsageError(
            speak("the answer {answer} needs --source; without one it is unknown", answer=repr(answer))
        )
    fact = StatedFact(answer=answer, source=given["source"], note=given["note"])
    return show_case(request, steps.state_fact(request.ask, case_id, name, fact))


@licence.command()
@case_argument
@click.option("--criteria", type=PATH, help="List of records of Article 15 (YAML, JSON).")
@standard("as-of", "by", "lang", "json")
def assess(request: Request, case_id: str, criteria: Path | None) -> int:
    """Store records of Article 15, match the denials, and show the checklist and the states to consult."""
    records = files.criteria_of(*named_bytes(criteria), request.actor) if criteria else ()
    return show_case(request, steps.assess_with(request.ask, case_id, records))


@licence.command()
@case_argument
@click.argument("state")
@click.option(
    "--ground",
    type=click.Choice(sorted(GROUNDS)),
    default="denial",
    show_default=True,
    help="Ground: the place of the items (Article 14), or a denial of the state (Article 16).",
)
@click.option("--reply", type=ValueChoice(Reply), help="Reply of the state.")
@click.option(
    "--extend-to", type=DayType(), help="New end of the period, as both states agreed (YYYY-MM-DD)."
)
@standard("as-of", "by", "lang", "json", record=Consultation)
def consult(request: Request, case_id: str, state: str, record: Consultation) -> int:
    """Record that a state was consulted on a date, or with --reply its reply.

    The replies `objection` and `no objection` belong to Article 14, `identical` and `not identical` to
    Article 16.
    """
    if record.reply is not None:
        view = steps.reply(request.ask, case_id, state, record.reply)
    elif record.extend_to is not None:
        view = steps.extend(request.ask, case_id, state, GROUNDS[record.ground], record.extend_to)
    else:
        view = steps.consult(request.ask, case_id, state, GROUNDS[record.ground])
    return show_case(request, view)


licence.add_command(command_in(STEPS, "decide"))
licence.add_command(command_in(CASES, "gates"))
licence.add_command(command_in(STEPS, "confirm"))


@licence.command()
@case_argument
@click.argument("file", type=PATH, required=False)
@click.option("--document", type=PATH, help="The document itself, to check its hash.")
@click.option("--accept", help="Number of a recorded document that a second officer accepts.")
@standard("as-of", "by", "lang", "json")
def derogation(
    request: Request, case_id: str, file: Path | None, document: Path | None, accept: str | None
) -> int:
    """Record the derogation or exception in FILE (YAML or JSON), or accept one as a second officer.

    A prohibition is lifted only if two different officers recorded and accepted it.
    """
    if (file is None) == (accept is None):
        raise click.UsageError(translate("name a FILE, or give --accept with the number of a document"))
    if accept is not None:
        return show_case(request, steps.accept_derogation(request.ask, case_id, accept))
    record = files.read_derogation(cast("Path", file), document)
    return show_case(request, steps.file_derogation(request.ask, case_id, record))


licence.add_command(command_in(STEPS, "export"))
licence.add_command(command_in(CASES, "list"))


@licence.command()
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


def _gap(gap: Gap) -> str:
    kind = text("blocks filing: {gap}") if gap.blocks else text("missing: {gap}")
    return spoken(kind.filled(gap=gap_text(gap)))


def show_case(request: Request, view: CaseView) -> int:
    """Print a case; return exit code 1 if a state must be consulted, or a gap prevents the filing."""
    request.show(lambda: view, lambda: case_lines(view))
    return EXIT_INCOMPLETE if is_waiting(view) else EXIT_OK
