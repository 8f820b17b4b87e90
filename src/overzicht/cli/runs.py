"""`overzicht runs` and `overzicht explain`: earlier findings, and the reasons for them."""

from collections.abc import Iterator, Mapping, Sequence

import click

from overzicht.cli.cited import finding_lines, judgement_line
from overzicht.cli.options import Request, opened_store, standard
from overzicht.errors import UnknownNameError
from overzicht.evidence import Finding, Text
from overzicht.store import decisions
from overzicht.store.decisions import Judgement
from overzicht.store.runs import StoredRun, find_run, list_runs
from overzicht.views.serialiser import plain
from overzicht.workflows.explain import chain, named_subjects


@click.command()
@standard("json")
def runs(request: Request) -> None:
    """List the stored runs of `overzicht overview`, newest first."""
    with opened_store() as store, store.reading() as connection:
        stored = list_runs(connection)
    request.show(
        lambda: stored,
        lambda: map(_run_line, stored),
        empty="no runs yet; `overzicht overview INVENTORY` makes one",
    )


def _run_line(run: StoredRun) -> str:
    counts = ", ".join(f"{count} {name}" for name, count in run.summary.items())
    files = ", ".join(name for name, _ in run.inputs)
    return f"{run.id}  as of {run.as_of}  {run.at}  {run.actor}  {counts}  [{files}]"


@click.command()
@click.argument("subject")
@click.option("--run", "run_id", help="Id of a run. Default: the newest.")
@standard("json")
def explain(request: Request, subject: str, run_id: str | None) -> None:
    """Print the whole chain of reasons for a device or a party of a run.

    SUBJECT is an asset number, a network or MAC address, the name of a maker or an owner, or an id in the
    report.

    Example: overzicht explain CAM-012
    """
    with opened_store() as store, store.reading() as connection:
        run = _chosen(list_runs(connection), run_id, find_run(connection, run_id) if run_id else None)
        subjects = named_subjects(connection, run.id, subject)
        if not subjects:
            raise UnknownNameError(f"device or party in {run.id}", subject)
        findings = [finding for link in chain(connection, run.id, subjects) for finding in link.findings]
        judgements = {each.id: decisions.judgements_on(connection, each.id) for each in findings}
    request.show(
        lambda: plain(findings, Text.to_json),
        lambda: [f"{subject}, {run.id}, as of {run.as_of}", *_lines(findings, judgements)],
    )


def _chosen(stored: Sequence[StoredRun], run_id: str | None, named: StoredRun | None) -> StoredRun:
    if named is not None:
        return named
    if run_id is not None or not stored:
        raise UnknownNameError("run", run_id or "newest", tuple(run.id for run in stored))
    return stored[0]


def _lines(findings: Sequence[Finding], judgements: Mapping[str, Sequence[Judgement]]) -> Iterator[str]:
    for finding in findings:
        yield ""
        yield from finding_lines(finding)
        yield from (f"  {judgement_line(judgement)}" for judgement in judgements[finding.id])
