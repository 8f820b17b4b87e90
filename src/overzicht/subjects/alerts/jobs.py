"""The job of alerts: the check of new versions of lists."""

from typing import Any

from overzicht.evidence import text
from overzicht.subjects.alerts.checking import CHECK_ALERTS
from overzicht.subjects.lists.jobs import consequences
from overzicht.web.jobs import JobContext, JobKind


def check(job: JobContext) -> dict[str, Any]:
    """Make the alerts of the versions that were not checked yet."""
    return consequences(job)


CHECK = JobKind(CHECK_ALERTS, text("check of new list versions for alerts"), check)
