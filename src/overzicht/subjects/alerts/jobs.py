"""The job of alerts: the check of new versions of lists."""

from overzicht.evidence import text
from overzicht.subjects.alerts.checking import CHECK_ALERTS
from overzicht.subjects.lists.jobs import consequences
from overzicht.web.jobs import JobKind

CHECK = JobKind(CHECK_ALERTS, text("check of new list versions for alerts"), consequences)
