"""`overzicht licence`: export authorisations from application to decision."""

from datetime import date
from pathlib import Path
from typing import Literal

import click

from overzicht.cli.licence_view import case_lines
from overzicht.cli.options import as_of_option, by_option, json_option, json_text, now, opened_store
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.exportcontrol.denials.consultation import Ground, Reply
from overzicht.exportcontrol.licensing.model import FactName, StatedFact
from overzicht.exportcontrol.licensing.states import DECISIONS, Status
from overzicht.workflows.licensing import cases, files, screening, steps
from overzicht.workflows.licensing.act import Act
from overzicht.workflows.licensing.as_json import case_json, gap_json
from overzicht.workflows.licensing.cases import CaseView

day_option = as_of_option
GROUNDS = {"location": Ground.LOCATION, "denial": Ground.DENIAL}
file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def licence() -> None:
    """Export authorisations: file, screen, weigh, consult and decide, each step kept with who and why.

    Exit codes: 0 done, 1 done but something is missing or to be consulted, 2 wrong use, 10 refused (with the
    reason; the case stays as it was), 11 no such case, 13 store, 14 the extra `control` is not installed.
    """


@licence.command()
@file_argument
@click.option("--replace", is_flag=True, help="Replace a draft of the same id; its earlier text is kept.")
@day_option
@by_option
@json_option
def new(file: Path, replace: bool, as_of: date, actor: str, as_json: bool) -> int:
    """Keep the application in FILE (YAML or JSON) as a draft, and say what it lacks."""
    application = files.read_application(file)
    with opened_store() as (store, _):
        missing = cases.new_case(store, application, Act(as_of, actor, now()), replace=replace)
    if as_json:
        told = [gap_json(gap) for gap in missing]
        click.echo(json_text({"id": application.id, "status": "draft", "missing": told}))
    else:
        click.echo(f"case {application.id}: draft")
        for gap in missing:
            click.echo(
                f"  {'blocks filing' if gap.blocks else 'missing'}: {gap.says} (Article {gap.article})"
            )
    return EXIT_INCOMPLETE if any(gap.blocks for gap in missing) else EXIT_OK


@licence.command()
@click.argument("case_id")
@day_option
@by_option
@json_option
def submit(case_id: str, as_of: date, actor: str, as_json: bool) -> int:
    """File a draft on a day: screens all parties, notes what is missing."""
    with opened_store() as (store, _):
        view = cases.submit_case(store, case_id, Act(as_of, actor, now()))
    return _show(view, as_json)


@licence.command()
@click.argument("case_id", required=False)
@click.option("--changed", is_flag=True, help="All open cases whose lists have changed since.")
@day_option
@by_option
@json_option
def screen(case_id: str | None, changed: bool, as_of: date, actor: str, as_json: bool) -> int:
    """Screen the parties of a case again, or with --changed of every open case whose lists have changed."""
    if (case_id is None) != changed:
        raise click.UsageError("name a case, or give --changed")
    with opened_store() as (store, _):
        wanted = screening.stale_cases(store) if case_id is None else [case_id]
        done = {one: screening.screen_case(store, one, Act(as_of, actor, now())) for one in wanted}
    if as_json:
        data = {one: screening.screening_to_json(found) for one, found in done.items()}
        click.echo(json_text(data))
        return EXIT_OK
    for one, found in done.items():
        click.echo(f"case {one}, screened as of {found.day}")
        for party in found.parties:
            click.echo(f"  {party.role}: {party.binding.says}")
            for other in party.others:
                click.echo(f"    {other}")
    if not done:
        click.echo("no open case has to be screened again")
    return EXIT_OK


@licence.command("fact")
@click.argument("case_id")
@click.argument("name", type=click.Choice([name.value for name in FactName]))
@click.argument("answer", type=click.Choice(["yes", "no", "unknown"]))
@click.option("--source", default="", help="On what it rests; without a source only `unknown` can be stated.")
@click.option("--note", default="", help="Anything to add.")
@day_option
@by_option
@json_option
def fact_(  # noqa: PLR0913 - one parameter per option
    case_id: str,
    name: str,
    answer: Literal["yes", "no", "unknown"],
    *,
    source: str,
    note: str,
    as_of: date,
    actor: str,
    as_json: bool,
) -> int:
    """State a fact about a kept case, such as that the authority informed the exporter; what was filed stays.

    Example: overzicht licence fact DE-2026-17 arms_embargo no --source "note of 20 March 2026"
    """
    if answer != "unknown" and not source.strip():
        raise click.UsageError(f"the answer {answer!r} needs --source; without one it is unknown")
    fact = StatedFact(answer=answer, source=source, note=note)
    with opened_store() as (store, _):
        view = steps.state_fact(store, case_id, FactName(name), fact, Act(as_of, actor, now()))
    return _show(view, as_json)


@licence.command()
@click.argument("case_id")
@click.option(
    "--criteria", type=click.Path(path_type=Path), help="A list of records of Article 15 (YAML, JSON)."
)
@day_option
@by_option
@json_option
def assess(case_id: str, criteria: Path | None, as_of: date, actor: str, as_json: bool) -> int:
    """Keep records of Article 15, match the denials, and show the checklist and what has to be consulted."""
    records = files.read_criteria(criteria, actor) if criteria else ()
    with opened_store() as (store, _):
        view = steps.assess_case(store, case_id, Act(as_of, actor, now()), records)
    return _show(view, as_json)


@licence.command()
@click.argument("case_id")
@click.argument("state")
@click.option(
    "--ground",
    type=click.Choice(sorted(GROUNDS)),
    default="denial",
    show_default=True,
    help="Why: where the items are (Article 14) or its denial (Article 16).",
)
@click.option("--reply", type=click.Choice([reply.value for reply in Reply]), help="What the state answered.")
@click.option("--extend-to", type=click.DateTime(["%Y-%m-%d"]), help="The day both states agreed on.")
@day_option
@by_option
@json_option
def consult(  # noqa: PLR0913 - one parameter per option
    case_id: str,
    state: str,
    *,
    ground: str,
    reply: str | None,
    extend_to: object,
    as_of: date,
    actor: str,
    as_json: bool,
) -> int:
    """Write down that a state was asked on a day, or with --reply what it answered.

    The reply `objection` or `no objection` belongs to Article 14, `identical` or `not identical` to Article
    16.
    """
    act = Act(as_of, actor, now())
    with opened_store() as (store, _):
        if reply is not None:
            view = steps.record_reply(store, case_id, state, Reply(reply), act)
        elif extend_to is not None:
            until = date.fromisoformat(str(extend_to)[:10])
            view = steps.record_extension(store, case_id, state, GROUNDS[ground], until, act)
        else:
            view = steps.ask_state(store, case_id, state, GROUNDS[ground], act)
    return _show(view, as_json)


@licence.command()
@click.argument("case_id")
@click.argument("outcome", type=click.Choice([status.value.replace(" ", "-") for status in DECISIONS]))
@click.option("--reason", required=True, help="Why; a decision without reasons is none.")
@click.option("--condition", "conditions", multiple=True, help="A condition; may be given more than once.")
@click.option("--valid-until", type=click.DateTime(["%Y-%m-%d"]), help="Default: two years (Article 12(3)).")
@click.option("--notice-reasons", default="", help="Owed for a grant after the answer `identical`.")
@day_option
@by_option
@json_option
def decide(  # noqa: PLR0913 - one parameter per option
    case_id: str,
    outcome: str,
    *,
    reason: str,
    conditions: tuple[str, ...],
    valid_until: object,
    notice_reasons: str,
    as_of: date,
    actor: str,
    as_json: bool,
) -> int:
    """Keep an officer's decision on a case with its reasons; it can be revised, never overwritten."""
    until = date.fromisoformat(str(valid_until)[:10]) if valid_until else None
    decision = steps.Decision(Status(outcome.replace("-", " ")), reason, conditions, until, notice_reasons)
    with opened_store() as (store, _):
        view = steps.decide_case(store, case_id, Act(as_of, actor, now()), decision)
    _show(view, as_json)
    return EXIT_OK


@licence.command("list")
@as_of_option
@json_option
def list_(as_of: date, as_json: bool) -> None:
    """List the cases of a day and where they stood."""
    from overzicht.store.control import licences  # noqa: PLC0415 - only this command reads the store by itself

    with opened_store() as (store, _), store.reading() as connection:
        held = licences.cases_on(connection, as_of)
    if as_json:
        rows = [
            {"id": c.application.id, "status": c.status.value, "state": c.application.issuing_state}
            for c in held
        ]
        click.echo(json_text(rows))
        return
    for case in held:
        click.echo(
            f"{case.application.id}  {case.application.issuing_state}  {case.status}  {case.changed_at}"
        )


@licence.command()
@click.argument("case_id")
@as_of_option
@json_option
@click.option(
    "--document", type=click.Choice(["application", "decision", "annex-iii"]), help="Write this document."
)
@click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="nl",
    show_default=True,
    help="The language of the document.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where the document goes; default: CASE-NAME.html."
)
def show(case_id: str, as_of: date, as_json: bool, document: str | None, lang: str, out: Path | None) -> int:
    """Show everything of a case as of a day, or write one of its documents as HTML."""
    with opened_store() as (store, _):
        view = cases.view_case(store, case_id, as_of)
    if document is None:
        return _show(view, as_json)
    from overzicht.workflows.licensing.documents import document_html  # noqa: PLC0415 - heavy

    target = out or Path(f"{case_id}-{document}.html")
    target.write_text(document_html(view, document, lang), encoding="utf-8")
    click.echo(str(target))
    return EXIT_OK


def _show(view: CaseView, as_json: bool) -> int:
    if as_json:
        click.echo(json_text(case_json(view)))
    else:
        click.echo("\n".join(case_lines(view)))
    is_waiting = view.to_consult or any(gap.blocks for gap in view.gaps)
    return EXIT_INCOMPLETE if is_waiting else EXIT_OK
