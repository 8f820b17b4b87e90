"""The job that installs a version of the control list."""

from typing import Any

from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.subjects.control_list.update import Choices, install_version
from overzicht.subjects.control_list.views import InstalledView
from overzicht.views.serialiser import plain
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind


def install(job: JobContext) -> dict[str, Any]:
    """Install a version of the control list: the file, then its definitions if any; `version`, `force`."""
    file, *definitions = job.files
    choices = Choices(
        job.parameters["version"], definitions[0] if definitions else None, bool(job.parameters["force"])
    )
    job.progress(text("reading {file}", file=file.name))
    actor = Actor(now().date(), job.actor, now())
    installed = plain(InstalledView.of(install_version(job.store, file, actor, choices)))
    changes = installed.pop("changes")
    return {**installed, "counts": changes["counts"] if changes else {}}


INSTALL = JobKind("install control list", text("installing a version of the control list"), install)
