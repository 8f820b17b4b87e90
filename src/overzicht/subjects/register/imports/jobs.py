"""Jobs of the register: comparing an inventory with it, and saving an import in it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from overzicht.errors import InputFileError
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.register.terms import Status
from overzicht.store.database import Store
from overzicht.store.register.imports import StoredImport
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.listings import refresh_listings
from overzicht.web.clock import now
from overzicht.web.jobs import JobContext, JobKind
from overzicht.web.uploads import harmless, path_of

PREVIEW_IMPORT, ACCEPT_IMPORT = "preview import", "accept import"


def preview(job: JobContext) -> dict[str, Any]:
    """Compare an inventory with the register: the file of the request, or that of the import `of`.

    The import `of` was read with other columns. It is rejected once the new preview exists.
    """
    parameters = job.parameters
    choices = ImportChoices(
        organisation=parameters["organisation"],
        site=parameters.get("site", ""),
        mapping=tuple((column, name) for column, name in parameters.get("mapping", ())),
        sheet=parameters.get("sheet", ""),
        kind=parameters.get("kind", ""),
        is_whole=parameters.get("is_whole"),
        again=bool(parameters.get("again")),
        include=tuple(parameters.get("include", ())),
        accept_reading=bool(parameters.get("accept_reading")),
    )
    actor = Actor(date.fromisoformat(parameters["day"]), job.actor, now())
    job.progress(text("reading the inventory and comparing it with the register"))
    before = importing.show_import(job.store, parameters["of"]).import_ if parameters.get("of") else None
    if before is None:
        view = importing.preview_import(job.store, job.files[0], choices, actor)
    else:
        if before.status is Status.PREVIEW:
            importing.reject_import(job.store, before.id, actor, "read again with other columns")
        with stored_file(job.store, before) as path:
            view = importing.preview_import(job.store, path, choices, actor)
    return {"import": view.import_.id, "seen_before": view.seen_before is not None}


def accept(job: JobContext) -> dict[str, Any]:
    """Save an import in the register, and screen its manufacturers."""
    job.progress(text("saving the import in the register"))
    number = int(job.parameters["import"])
    actor = Actor(now().date(), job.actor, now())
    is_confirmed = bool(job.parameters.get("confirm"))
    importing.accept_import(job.store, number, actor, confirm_retired=is_confirmed)
    job.progress(text("screening the manufacturers"))
    refresh_listings(job.store, actor.day, actor)
    return {"import": number}


@contextmanager
def stored_file(store: Store, stored: StoredImport) -> Iterator[Path]:
    """Yield the file of an import under its own name, which shows its format; InputFileError if missing."""
    original = path_of(store, stored.sha256)
    if not original.is_file():
        raise InputFileError(
            stored.filename, "the stored copy of this file no longer exists", fix="upload the file again"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (harmless(stored.filename) or "inventory")
        shutil.copyfile(original, path)
        yield path


PREVIEW = JobKind(PREVIEW_IMPORT, text("comparing an inventory with the register"), preview)
ACCEPT = JobKind(ACCEPT_IMPORT, text("saving an import in the register"), accept)
