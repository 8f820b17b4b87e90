"""`overzicht runs` and `overzicht explain`: earlier findings, and the reasons for them."""

from collections.abc import Iterator, Mapping, Sequence

import click

from overzicht.cli.commands import command
from overzicht.cli.language import as_of_line, speak, translate
from overzicht.cli.options import Request, standard
from overzicht.errors import UnknownNameError
from overzicht.evidence import Finding, Text
from overzicht.store import decisions
from overzicht.store.decisions import Judgement
from overzicht.store.runs import StoredRun, find_run, list_runs
from overzicht.subjects.lists.citation_lines import finding_lines, judgement_line
from overzicht.subjects.overview.explanation import chain, named_subjects
from overzicht.subjects.overview.figures import figure_name
from overzicht.subjects.screening.party_files import COMMAND as CUSTOMERS
from overzicht.views.serialiser import plain


@command()
@standard("json")
def runs(request: Request) -> None:
    """List the stored runs of `overzicht overview`, newest first."""
    stored = list_runs(request.connection)
    empty = translate("no runs yet; `overzicht overview INVENTORY` makes one")
    request.show(lambda: stored, lambda: map(_run_line, stored), empty=empty)


def _run_line(run: StoredRun) -> str:
    numbers = {name: count for name, count in run.summary.items() if isinstance(count, int)}
    counts = ", ".join(f"{count} {figure_name(name)}" for name, count in numbers.items())
    files = ", ".join(name for name, _ in run.inputs)
    day = speak("as of {day}", day=run.as_of)
    return f"{run.id}  {day}  {run.at}  {run.actor}  {counts}  [{files}]"


@command()
@click.argument("subject")
@click.option("--run", "run_id", help="Id of a run. Default: the newest.")
@standard("json")
def explain(request: Request, subject: str, run_id: str | None) -> None:
    """Print the whole chain of reasons for a device or a party of a run.

    SUBJECT is an asset number, a network or MAC address, the name of a manufacturer or an owner, a CVE
    number, or an id in the report.
    """
    stored = list_runs(request.connection)
    newest = next((run for run in stored if run.command != CUSTOMERS), None)
    run = find_run(request.connection, run_id) if run_id else newest
    if run is None:
        raise UnknownNameError("run", run_id or "newest", tuple(run.id for run in stored))
    subjects = named_subjects(request.connection, run.id, subject)
    if not subjects:
        raise UnknownNameError(f"device or party in {run.id}", subject)
    findings = [finding for link in chain(request.connection, run.id, subjects) for finding in link.findings]
    judgements = {finding.id: decisions.judgements_on(request.connection, finding.id) for finding in findings}
    request.show(
        lambda: plain(findings, Text.to_json),
        lambda: [as_of_line(f"{subject}, {run.id}", run.as_of), *_lines(findings, judgements)],
    )


def _lines(findings: Sequence[Finding], judgements: Mapping[str, Sequence[Judgement]]) -> Iterator[str]:
    for finding in findings:
        yield from (
            "",
            *finding_lines(finding),
            *(f"  {judgement_line(made)}" for made in judgements[finding.id]),
        )
