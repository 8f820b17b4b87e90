"""Jobs of the store: its check, its copies, and the trial of a restore."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from overzicht.evidence import text
from overzicht.store.database import Store
from overzicht.store.moving.backup import backup_store
from overzicht.store.moving.checking import check_store, write_index
from overzicht.store.moving.transfer import export_store, load_store
from overzicht.views.serialiser import plain
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext

COPY = "register.zip"


def verify(job: JobContext) -> dict[str, Any]:
    """Check the chain of the log, the stored files and the lookups: parameters `anchor`, `reindex`."""
    if job.parameters["reindex"]:
        job.progress(text("rebuilding the lookup tables"))
        with job.store.writing(job.actor, now()) as tx:
            write_index(tx)
    job.progress(text("checking log, files and records"))
    return dict(plain(check_store(job.store, anchor=job.parameters["anchor"])))


def export(job: JobContext) -> dict[str, Any]:
    """Save the whole store in one file that either database can load."""
    job.progress(text("saving the whole store in one file"))
    return {"file": COPY, **asdict(export_store(job.store, job.results / COPY))}


def try_restore(job: JobContext) -> dict[str, Any]:
    """Restore a file of the whole store in a folder of its own, check that store, and remove it."""
    job.progress(text("restoring in a separate folder"))
    with tempfile.TemporaryDirectory(prefix="overzicht-restore-") as folder:
        store = Store.open(Path(folder))
        try:
            moved = load_store(store, job.files[0])
            job.progress(text("checking log, files and records"))
            checked = asdict(check_store(store))
        finally:
            store.close()
    return {"holds": not checked["faults"], **checked, "restored_rows": moved.rows}


def backup(job: JobContext) -> dict[str, Any]:
    """Copy the store to the folder `backup` in its home; only new files are copied again."""
    job.progress(text("copying the store"))
    folder = job.store.home / "backup"
    return {"folder": folder.name, **asdict(backup_store(job.store, folder, now()))}
