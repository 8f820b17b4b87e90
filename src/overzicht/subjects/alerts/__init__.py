"""Alerts: what list changes mean for the parties in use."""

from overzicht.composition import Subject
from overzicht.evidence import text

SUBJECT = Subject(
    name="alerts",
    title=text("Alerts"),
    place=40,
    is_optional=False,
    adds={
        "kinds of jobs": ("jobs:CHECK",),
        "work by the clock": ("schedule:AlertSchedule",),
        "checks of new versions of lists": ("checking:check_alerts",),
    },
)
