"""The job that imports papers of parliamentary questions."""

from dataclasses import asdict
from typing import Any

from overzicht.evidence import text
from overzicht.subjects.questions.taking import ImportResult, add_files
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind


def add(job: JobContext) -> dict[str, Any]:
    """Import papers of parliamentary questions; `refused` are the files that could not be read."""
    job.progress(text("reading {file}", file=", ".join(path.name for path in job.files)[:200]))
    loaded = add_files(job.store, job.files, job.actor, now())
    refused = [
        {"file": refusal.filename, "reason": refusal.error.message, "fix": refusal.error.fix}
        for refusal in loaded.refused
    ]
    stored = list(map(_imported, loaded.stored))
    return {"files": stored, "refused": refused, "requested": len(stored) + len(refused)}


def _imported(result: ImportResult) -> dict[str, Any]:
    flags = [{"paper": key, "code": flag.code.value, "where": flag.where} for key, flag in result.flags]
    papers = [{"id": p.key, "kind": p.kind.value, "sets": list(p.sets)} for p in result.papers]
    counts = asdict(result.kept)
    return {"file": result.filename, "papers": papers, "entries": result.entries, **counts, "flags": flags}


IMPORT = JobKind("add questions", text("import of parliamentary papers"), add)
