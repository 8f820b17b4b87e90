"""The job that installs a version of the control list."""

from typing import Annotated, Any

from fastapi import File, Form, UploadFile

from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.evidence.limited import Line
from overzicht.kit import operation as kit
from overzicht.kit.ask import EDITOR, Ask
from overzicht.kit.operation import Route, operation
from overzicht.store.jobs import Job
from overzicht.subjects.control_list.update import Choices, install_version
from overzicht.subjects.control_list.views import InstalledView
from overzicht.views.serialiser import plain
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind


def install_in_job(job: JobContext) -> dict[str, Any]:
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


TAG = "control list"
INSTALL = JobKind("install control list", text("installing a version of the control list"), install_in_job)


@operation(Route("POST /control/versions", EDITOR, summary="Install a version"), kit.Form("/jobs/{done.id}"))
def install(
    ask: Ask,
    file: Annotated[UploadFile, File(description="your copy of the list")],
    definitions: Annotated[UploadFile | None, File(description="text of the annex with its terms")] = None,
    version: Annotated[Line, Form(description="its date or year, if it is not in the file")] = "",
    *,
    force: Annotated[bool, Form(description="accept an unexpected number of provisions")] = False,
) -> Job:
    """Start to install a version. The job reports the changes, and opens a task for each citation."""
    parameters = {"version": version, "force": force}
    return ask.start_job(INSTALL.name, parameters, [file, *([definitions] if definitions else [])])
