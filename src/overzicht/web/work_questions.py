"""Taking in papers of parliamentary questions as a job."""

from typing import Any

from overzicht.evidence import text
from overzicht.web.clock import now
from overzicht.web.jobs import Work
from overzicht.workflows.questions.taking import ImportResult, add_files


def add_questions(work: Work) -> dict[str, Any]:
    """Take in the files that came along; all of them, or none when one cannot be read."""
    work.progress(text("reading {file}", file=", ".join(path.name for path in work.files)[:200]))
    taken = add_files(work.store, list(work.files), work.actor, now())
    return {"files": [_outcome(one) for one in taken]}


def _outcome(one: ImportResult) -> dict[str, Any]:
    kept = {name: getattr(one.kept, name) for name in one.kept.__dataclass_fields__}
    flags = [{"paper": key, "code": flag.code.value, "where": flag.where} for key, flag in one.flags]
    papers = [{"id": p.key, "kind": p.kind.value, "sets": list(p.sets)} for p in one.papers]
    return {"file": one.filename, "papers": papers, "entries": one.entries, **kept, "flags": flags}
