"""`overzicht denial`: the register of denials, own and received, and their meaning for a case."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak, spoken, translate, worded
from overzicht.cli.licensing.case_lines import match_lines, standpoint_lines, to_consult_lines
from overzicht.cli.options import COUNTRY, Request, ValueChoice, file_argument, standard
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK
from overzicht.evidence import text
from overzicht.exportcontrol.denials.exchange import MAX_BYTES
from overzicht.exportcontrol.denials.model import Denial, ReviewOutcome, ReviewRecord
from overzicht.store.control.denials import Reading
from overzicht.workflows.licensing import cases, files, register, steps
from overzicht.workflows.licensing.cases import CaseView
from overzicht.workflows.licensing.register import DenialStanding
from overzicht.workflows.typed_files import named_bytes

denial_argument = click.argument("denial_id")
MATCH_KEYS = ("day", "matches", "dismissed", "to_consult", "consultations")


@group()
def denial() -> None:
    """Manage denials (Article 16). They are confidential by default; every reading is recorded.

    Exit code 1: a review is overdue, or a state has to be consulted. Exit code 10: a file was refused, and
    nothing of it is stored.
    """


@denial.command()
@file_argument()
@standard("as-of", "by", "json")
def add(request: Request, file: Path) -> None:
    """Store an own denial (YAML or JSON)."""
    record = files.denial_of(*named_bytes(file))
    kept = register.add_denial(request.store, record, request.act)
    request.say(
        {"denial": record.id, "kept": kept.value}, speak("denial {id}: {state}", id=record.id, state=kept)
    )


@denial.command("export")
@click.option(
    "--state",
    type=COUNTRY,
    required=True,
    help="State whose own denials are exported, as an ISO 3166 code, for example NL.",
)
@standard("as-of", "by", "json", out=(".json",))
def export_(request: Request, state: str) -> None:
    """Write the own denials of a state to an exchange file with hashes. The file is confidential."""
    content = register.export_denials(request.store, state, request.act)
    request.deliver({".json": lambda: content}, mode=0o600)
    count = len(json.loads(content)["denials"])
    click.echo(speak("{count} denials of {state}; confidential", count=count, state=state), err=True)


@denial.command("import")
@file_argument()
@standard("as-of", "by", "json")
def import_(request: Request, file: Path) -> None:
    """Store the denials of an exchange file as received. A wrong hash refuses the whole file."""
    done = register.import_exchange(request.store, *named_bytes(file, MAX_BYTES), request.act)
    counts = {kept.value: ids for kept, ids in done.items()}
    request.say(counts, ", ".join(f"{len(ids)} {worded(kept)}" for kept, ids in done.items()))


@denial.command()
@click.argument("case_id")
@click.option("--judge", help="Id of the denial that a person compared with the case.")
@click.option("--verdict", type=click.Choice(["same", "different"]), help="Verdict of that person.")
@click.option("--reason", default="", help="Reason (required with --judge).")
@standard("as-of", "by", "lang", "json")
def match(request: Request, case_id: str, *, judge: str | None, verdict: str | None, reason: str) -> int:
    """List denials that match a case, with reasons, the authorities to consult and deadlines.

    With --judge a person's verdict on a match is recorded. After `different`, no consultation is needed.
    """
    if judge is not None:
        if verdict is None or not reason.strip():
            raise click.UsageError(translate("--judge needs --verdict and --reason"))
        view = steps.judge_match(
            request.store, case_id, steps.MatchVerdict(judge, verdict, reason), request.act
        )
    else:
        view = cases.view_case(request.store, case_id, request.as_of)
    register.note_matches(request.store, view, request.act)
    request.show(
        lambda: {"id": case_id, **{name: getattr(view, name) for name in MATCH_KEYS}},
        lambda: _match_lines(view),
        empty=translate("no denial matches this case"),
    )
    return EXIT_INCOMPLETE if view.to_consult else EXIT_OK


def _match_lines(view: CaseView) -> list[str]:
    lines = [line for match in view.matches for line in match_lines(view, match)]
    lines += [spoken(text("to consult:"))] if view.to_consult else []
    lines += [f"  {line}" for state in view.to_consult for line in to_consult_lines(state)]
    return [
        *lines,
        *(line for consultation in view.consultations for line in standpoint_lines(view, consultation)),
    ]


@denial.command()
@denial_argument
@click.argument("outcome", type=ValueChoice(ReviewOutcome))
@click.option(
    "--reason", default="", help="Reason (required from the third review on, unless it ends the denial)."
)
@standard("as-of", "by", "json")
def review(request: Request, denial_id: str, outcome: ReviewOutcome, reason: str) -> None:
    """Record a review of a denial (Article 16(2)), due every three years. `revoke` ends the denial."""
    record = ReviewRecord(on=request.as_of, outcome=outcome, reasons=reason, by=request.actor)
    number = register.review_denial(request.store, denial_id, record, request.act)
    request.say(
        {"denial": denial_id, "review": number, "outcome": outcome.value},
        speak(
            "denial {id}: review {number}, {outcome}; the result is notified (Article 16(2))",
            id=denial_id,
            number=number,
            outcome=outcome,
        ),
    )


@denial.command("list")
@standard("as-of", "by", "json")
def list_(request: Request) -> int:
    """List the denials with their reviews. The reading is recorded.

    Exit code 1: a review is overdue, or a stored denial cannot be read.
    """
    standings, problems = register.standings(request.store, request.act)
    request.show(
        lambda: standings, lambda: (line for standing in standings for line in standing_lines(standing))
    )
    code = request.report(problems)
    return EXIT_INCOMPLETE if any(standing.is_overdue for standing in standings) else code


@denial.command()
@denial_argument
@standard("as-of", "by", "json")
def show(request: Request, denial_id: str) -> int:
    """Show a denial as of a date, with all recorded readings, this one included.

    A denial that another one replaced is shown for dates before the replacement.
    """
    standing = register.show_denial(request.store, denial_id, request.act)
    readings = register.readings_of(request.store, denial_id)
    record = standing.stored.denial
    request.show(
        lambda: {**request.plain(standing), "readings": readings},
        lambda: [*standing_lines(standing), *record_lines(record), *reading_lines(readings)],
    )
    return EXIT_INCOMPLETE if standing.is_overdue else EXIT_OK


def standing_lines(standing: DenialStanding) -> Iterator[str]:
    """Yield the denial in one line, and its reviews."""
    denial, origin = standing.stored.denial, worded(standing.stored.origin)
    force = translate("in force") if standing.is_valid else translate("not in force")
    flag = f"  {translate('REVIEW OVERDUE')}" if standing.is_overdue else ""
    yield f"{denial.id}  {denial.issuing_state}  {origin}  {denial.notified_on}  {force}{flag}"
    for due in standing.reviews:
        review = speak("review {number} due {day}", number=due.number, day=due.due)
        if due.needs_reasons:
            review = speak("{review}, reasons owed", review=review)
        message = text("{review}: not held")
        if due.record:
            outcome = worded(due.record.outcome)
            message = text("{review}: held {day}: {outcome}", day=due.record.on, outcome=outcome)
        yield "  " + spoken(message.filled(review=review))


def record_lines(denial: Denial) -> Iterator[str]:
    """Yield what was refused, to whom and on what grounds."""
    head = speak("{kind} to {destination}", kind=denial.kind, destination=denial.destination)
    if denial.end_use:
        head = speak("{denial}, for {use}", denial=head, use=denial.end_use)
    yield f"  {head}"
    for party in denial.parties:
        yield f"  {worded(party.role)}: {party.name}{f' ({party.country})' if party.country else ''}"
    for item in denial.items:
        code = f" ({item.code})" if item.code else ""
        yield "  " + speak("item: {item}", item=f"{item.description}{code}")
    for ground in denial.grounds:
        yield "  " + speak("ground: {ground}", ground=ground)
    if denial.supersedes:
        yield "  " + speak("in the place of {device}", device=denial.supersedes)


def reading_lines(readings: Sequence[Reading]) -> Iterator[str]:
    """Yield the readings of the denial: reader, time, date and purpose."""
    for reading in readings:
        purpose = f"{worded(reading.purpose)} {reading.case}".rstrip()
        yield "  " + speak(
            "read at {time} by {actor}, as of {day}: {purpose}",
            time=reading.at,
            actor=reading.actor,
            day=reading.day,
            purpose=purpose,
        )
