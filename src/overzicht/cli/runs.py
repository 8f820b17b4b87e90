"""`overzicht runs` and `overzicht explain`: what was found before, and why."""

from collections.abc import Sequence

import click

from overzicht.cli.cited import cited
from overzicht.cli.options import json_option, json_text, opened_store
from overzicht.errors import UnknownNameError
from overzicht.evidence import Answer, Finding, Text
from overzicht.store import decisions
from overzicht.store.runs import StoredRun, find_run, list_runs
from overzicht.workflows.explain import chain, named_subjects


@click.command()
@json_option
def runs(as_json: bool) -> None:
    """List the runs that are kept, newest first."""
    with opened_store() as (store, _), store.reading() as connection:
        kept = list_runs(connection)
    if as_json:
        click.echo(json_text(kept))
        return
    if not kept:
        click.echo("no runs yet; `overzicht overview INVENTORY` makes one")
    for run in kept:
        counts = ", ".join(f"{count} {name}" for name, count in run.summary.items())
        files = ", ".join(name for name, _ in run.inputs)
        click.echo(f"{run.id}  as of {run.as_of}  {run.at}  {run.actor}  {counts}  [{files}]")


@click.command()
@click.argument("subject")
@click.option("--run", "run_id", help="The run to look in; the newest when left out.")
@json_option
def explain(subject: str, run_id: str | None, as_json: bool) -> None:
    """Print the whole chain of reasons for a device or a party.

    SUBJECT is what you call it: an asset number, network or MAC address, a maker's or an owner's name, or the
    id in the report.
    """
    with opened_store() as (store, _), store.reading() as connection:
        run = _chosen(list_runs(connection), run_id, find_run(connection, run_id) if run_id else None)
        subjects = named_subjects(connection, run.id, subject)
        if not subjects:
            raise UnknownNameError(f"device or party in {run.id}", subject)
        findings = [finding for link in chain(connection, run.id, subjects) for finding in link.findings]
        judged = {finding.id: decisions.judgements_on(connection, finding.id) for finding in findings}
    if as_json:
        click.echo(json_text(findings, Text.to_json))
        return
    click.echo(f"{subject}, {run.id}, as of {run.as_of}")
    for finding in findings:
        click.echo("")
        click.echo("\n".join(_lines(finding)))
        for judgement in judged[finding.id]:
            mark = " (withdrawn)" if judgement.withdrawn_at else ""
            click.echo(f"  judged: {judgement.verdict} by {judgement.actor}, {judgement.reason}{mark}")


def _chosen(kept: Sequence[StoredRun], run_id: str | None, named: StoredRun | None) -> StoredRun:
    if named is not None:
        return named
    if run_id is not None or not kept:
        raise UnknownNameError("run", run_id or "newest", tuple(run.id for run in kept))
    return kept[0]


def _lines(finding: Finding) -> list[str]:
    sure = f", confidence {finding.confidence}" if finding.answer is Answer.FOUND else ""
    lines = [f"{finding.statement} [{finding.kind}: {finding.answer}{sure}] ({finding.id})"]
    for reason in finding.reasons:
        sign = "against" if reason.against else str(reason.strength)
        lines.append(f"  - {reason.text} ({sign})")
        lines += [f"      {cited(citation)}" for citation in reason.citations]
    return lines
