"""Long work of the register: comparing an inventory with it, and writing an import into it."""

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
from overzicht.register.model import Status
from overzicht.store.database import Store
from overzicht.store.register.imports import StoredImport
from overzicht.web.clock import now
from overzicht.web.jobs import Work
from overzicht.web.uploads import harmless
from overzicht.workflows.register import importing
from overzicht.workflows.register.importing import ImportChoices
from overzicht.workflows.register.listings import refresh_listings


def preview(work: Work) -> dict[str, Any]:
    """Compare an inventory with the register: the file that came along, or that of the import `of`.

    The import `of` is rejected once the new preview is there: it was read with other columns.
    """
    asked = work.parameters
    choices = ImportChoices(
        organisation=asked["organisation"],
        site=asked.get("site", ""),
        mapping=tuple((column, name) for column, name in asked.get("mapping", ())),
        sheet=asked.get("sheet", ""),
        kind=asked.get("kind", ""),
        is_whole=asked.get("is_whole"),
        again=bool(asked.get("again")),
    )
    actor = Actor(date.fromisoformat(asked["day"]), work.actor, now())
    work.progress(text("reading the inventory and comparing it with the register"))
    before = importing.show_import(work.store, asked["of"]).import_ if asked.get("of") else None
    if before is None:
        view = importing.preview_import(work.store, work.files[0], choices, actor)
    else:
        if before.status is Status.PREVIEW:
            importing.reject_import(work.store, before.id, actor, "read again with other columns")
        with kept_file(work.store, before) as path:
            view = importing.preview_import(work.store, path, choices, actor)
    return {"import": view.import_.id, "seen_before": view.seen_before is not None}


def accept(work: Work) -> dict[str, Any]:
    """Write an import into the register, and ask the lists about its makers."""
    work.progress(text("writing the import into the register"))
    number = int(work.parameters["import"])
    actor = Actor(now().date(), work.actor, now())
    importing.accept_import(work.store, number, actor)
    work.progress(text("asking the lists about the makers"))
    refresh_listings(work.store, actor.day, actor)
    return {"import": number}


def path_of(store: Store, sha256: str) -> Path:
    """Return where the bytes of this hash are kept, whether or not they are there."""
    return store.folder / sha256[:2] / sha256


@contextmanager
def kept_file(store: Store, found: StoredImport) -> Iterator[Path]:
    """Give the file of an import under its own name, which tells what it is; InputFileError if gone."""
    kept = path_of(store, found.sha256)
    if not kept.is_file():
        raise InputFileError(found.filename, "its bytes are kept no longer", fix="offer the file again")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (harmless(found.filename) or "inventory")
        shutil.copyfile(kept, path)
        yield path
