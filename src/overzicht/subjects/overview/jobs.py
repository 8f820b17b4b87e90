"""The job of an overview: inventories of a request in, a stored run out."""

from datetime import date
from typing import Any

from overzicht.evidence import text
from overzicht.reports.account import account_sentences
from overzicht.subjects.overview.build import OverviewChoices, keep_run, make_overview
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind

OVERVIEW = "overview"


def overview(job: JobContext) -> dict[str, Any]:
    """Make an overview of the inventories of the request: parameters `as_of`, `mapping`, `sheet`, `kind`."""
    choices = OverviewChoices(
        mapping=tuple((header, name) for header, name in job.parameters.get("mapping", ())),
        sheet=job.parameters.get("sheet", ""),
        kind=job.parameters.get("kind", ""),
        include=tuple(job.parameters.get("include", ())),
        accept_reading=bool(job.parameters.get("accept_reading")),
    )
    job.progress(text("reading the inventories and screening the manufacturers"))
    report = make_overview(job.store, job.files, choices, as_of=date.fromisoformat(job.parameters["as_of"]))
    keep_run(job.store, report, actor=job.actor, at=now())
    return {
        "run": report.run_id,
        "devices": report.device_count,
        "problems": [
            f"{entry.filename}: {sentence}"
            for entry in report.inputs
            if entry.is_incomplete or entry.doubts
            for sentence in account_sentences(entry)
        ],
    }


MAKE = JobKind(OVERVIEW, text("overview of inventories"), overview)
