"""`overzicht denial`: the register of denials, own and received, and what they mean for a case."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.denial_view import reading_lines, record_lines, standing_lines
from overzicht.cli.licence_view import match_lines, standpoint_lines, to_consult_lines
from overzicht.cli.options import as_of_option, by_option, json_option, json_text, now, opened_store
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.exportcontrol.denials.model import ReviewOutcome, ReviewRecord
from overzicht.store.control.denials import Reading
from overzicht.workflows.licensing import cases, files, register, steps
from overzicht.workflows.licensing.act import Act
from overzicht.workflows.licensing.as_json import case_json

file_argument = click.argument("file", type=click.Path(path_type=Path))


@click.group()
def denial() -> None:
    """Denials (Article 16): confidential by default; every reading is written down.

    Exit codes: 0 done, 1 done but a review is overdue or a state has to be consulted, 2 wrong use, 10 a file
    was refused (nothing of it is kept), 11 no such denial or case, 13 store, 14 the extra `control` is not
    installed.
    """


@denial.command()
@file_argument
@as_of_option
@by_option
@json_option
def add(file: Path, as_of: date, actor: str, as_json: bool) -> None:
    """Keep an own denial (YAML or JSON)."""
    record = files.read_denial(file)
    with opened_store() as (store, _):
        kept = register.add_denial(store, record, Act(as_of, actor, now()))
    _say({"denial": record.id, "kept": kept.value}, f"denial {record.id}: {kept}", as_json)


@denial.command("export")
@click.option("--state", required=True, help="Whose own denials, as an ISO code such as NL.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The exchange file to write.")
@as_of_option
@by_option
@json_option
def export_(state: str, out: Path, as_of: date, actor: str, as_json: bool) -> None:
    """Write the own denials of a state to an exchange file with hashes; it is as confidential as they are."""
    with opened_store() as (store, _):
        content = register.export_denials(store, state, Act(as_of, actor, now()))
    out.touch(mode=0o600)
    out.write_text(content, encoding="utf-8")
    count = len(json.loads(content)["denials"])
    _say({"file": str(out), "denials": count}, f"{count} denials of {state} in {out}; confidential", as_json)


@denial.command("import")
@file_argument
@as_of_option
@by_option
@json_option
def import_(file: Path, as_of: date, actor: str, as_json: bool) -> None:
    """Keep the denials of an exchange file as received; a broken hash refuses the whole file."""
    with opened_store() as (store, _):
        done = register.import_denials(store, file, Act(as_of, actor, now()))
    counts = {kept.value: ids for kept, ids in done.items()}
    told = ", ".join(f"{len(ids)} {kept}" for kept, ids in counts.items())
    _say(counts, told, as_json)


@denial.command()
@click.argument("case_id")
@click.option("--judge", help="The denial that a person compared with the case.")
@click.option("--verdict", type=click.Choice(["same", "different"]), help="What that person found.")
@click.option("--reason", default="", help="Why; required with --judge.")
@as_of_option
@by_option
@json_option
def match(  # noqa: PLR0913 - one parameter per option
    case_id: str,
    *,
    judge: str | None,
    verdict: str | None,
    reason: str,
    as_of: date,
    actor: str,
    as_json: bool,
) -> int:
    """Show which denials meet a case and why, who must be consulted, and until when.

    With --judge a person's verdict on a match is kept: `different` takes it out of what has to be consulted.
    """
    act = Act(as_of, actor, now())
    with opened_store() as (store, _):
        if judge is not None:
            if verdict is None or not reason.strip():
                raise click.UsageError("--judge needs --verdict and --reason")
            view = steps.judge_match(store, case_id, judge, verdict, reason, act)
        else:
            view = cases.view_case(store, case_id, as_of)
        register.note_matches(store, view, act)
    if as_json:
        data = case_json(view)
        kept = ("id", "as_of", "denials", "to_consult", "consultations")
        click.echo(json_text({name: data[name] for name in kept}))
    else:
        lines = [line for one in view.matches for line in match_lines(view, one)]
        lines += ["to consult:"] if view.to_consult else []
        lines += [f"  {line}" for one in view.to_consult for line in to_consult_lines(one)]
        lines += [line for one in view.consultations for line in standpoint_lines(view, one)]
        click.echo("\n".join(lines) if lines else "no denial meets this case")
    return EXIT_INCOMPLETE if view.to_consult else EXIT_OK


@denial.command()
@click.argument("denial_id")
@click.argument("outcome", type=click.Choice([outcome.value for outcome in ReviewOutcome]))
@click.option("--reason", default="", help="Why; from the third review on required for keeping a denial.")
@as_of_option
@by_option
@json_option
def review(denial_id: str, outcome: str, reason: str, as_of: date, actor: str, as_json: bool) -> None:
    """Keep a review of a denial (Article 16(2)): every three years; revoke ends it."""
    record = ReviewRecord(on=as_of, outcome=ReviewOutcome(outcome), reasons=reason, by=actor)
    with opened_store() as (store, _):
        number = register.review_denial(store, denial_id, record, Act(as_of, actor, now()))
    told = f"denial {denial_id}: review {number}, {outcome}; the result is notified (Article 16(2))"
    _say({"denial": denial_id, "review": number, "outcome": outcome}, told, as_json)


@denial.command("list")
@as_of_option
@by_option
@json_option
def list_(as_of: date, actor: str, as_json: bool) -> int:
    """List the denials with their reviews; the reading is written down."""
    with opened_store() as (store, _):
        found = register.standings(store, Act(as_of, actor, now()))
    if as_json:
        click.echo(json_text([_row(one) for one in found]))
    for one in () if as_json else found:
        click.echo("\n".join(standing_lines(one)))
    return EXIT_INCOMPLETE if any(one.is_overdue for one in found) else EXIT_OK


@denial.command()
@click.argument("denial_id")
@as_of_option
@by_option
@json_option
def show(denial_id: str, as_of: date, actor: str, as_json: bool) -> int:
    """Show a denial as of a day, and who was shown it and why; this reading is the newest of them.

    One that another replaced is shown as of a day before that.

    Example: overzicht denial show NL-D-2026-01 --by "B. Beambte"
    """
    with opened_store() as (store, _):
        one = register.show_denial(store, denial_id, Act(as_of, actor, now()))
        readings = register.readings_of(store, denial_id)
    if as_json:
        data = {
            **_row(one),
            "record": one.stored.denial.to_json(),
            "readings": [_reading(r) for r in readings],
        }
        click.echo(json_text(data))
    else:
        lines = [*standing_lines(one), *record_lines(one.stored.denial), *reading_lines(readings)]
        click.echo("\n".join(lines))
    return EXIT_INCOMPLETE if one.is_overdue else EXIT_OK


def _reading(one: Reading) -> dict[str, Any]:
    return {
        "at": one.at,
        "by": one.actor,
        "day": one.day.isoformat(),
        "purpose": one.purpose.value,
        "case": one.case,
    }


def _row(one: register.DenialStanding) -> dict[str, Any]:
    stored = one.stored
    return {
        "id": stored.denial.id,
        "state": stored.denial.issuing_state,
        "origin": stored.origin.value,
        "kind": stored.denial.kind.value,
        "notified_on": stored.denial.notified_on.isoformat(),
        "status": "in force" if one.is_valid else "not in force",
        "sha256": stored.sha256,
        "versions": stored.versions,
        "overdue": one.is_overdue,
        "reviews": [
            {
                "number": due.number,
                "due": due.due.isoformat(),
                "needs_reasons": due.needs_reasons,
                "held": due.held.on.isoformat() if due.held else None,
                "outcome": due.held.outcome.value if due.held else None,
            }
            for due in one.reviews
        ],
    }


def _say(data: dict[str, Any], words: str, as_json: bool) -> None:
    click.echo(json_text(data) if as_json else words)
