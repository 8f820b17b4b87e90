"""The job that imports papers of parliamentary questions."""

from typing import Annotated, Any

from fastapi import File, UploadFile

from overzicht.evidence import text
from overzicht.kit.ask import EDITOR, Ask
from overzicht.kit.operation import Route, operation
from overzicht.store.jobs import Job
from overzicht.subjects.questions.taking import add_files
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind


def add_in_job(job: JobContext) -> dict[str, Any]:
    """Import papers of parliamentary questions; `refused` are the files that could not be read."""
    job.progress(text("reading {file}", file=", ".join(path.name for path in job.files)[:200]))
    loaded = add_files(job.store, job.files, job.actor, now())
    refused = [
        {"file": refusal.filename, "reason": refusal.error.message, "fix": refusal.error.fix}
        for refusal in loaded.refused
    ]
    stored = [result.as_json for result in loaded.stored]
    return {"files": stored, "refused": refused, "requested": len(stored) + len(refused)}


IMPORT = JobKind("add questions", text("import of parliamentary papers"), add_in_job)


@operation(Route("POST /questions/files", EDITOR, summary="Import papers"))
def add(ask: Ask, files: Annotated[list[UploadFile], File(max_length=200)]) -> Job:
    """Start to import papers and indexes. The job names the files that could not be read."""
    return ask.start_job(IMPORT.name, {}, files)
