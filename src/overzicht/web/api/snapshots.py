"""`/snapshots`: the exact bytes that were seen, by their hash."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import FileResponse

from overzicht.store.snapshots import StoredSnapshot, list_snapshots
from overzicht.views.lists import SnapshotView
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.auth import Reader
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found
from overzicht.web.service import Here, Service
from overzicht.web.uploads import harmless

router = APIRouter(prefix="/snapshots", tags=["snapshots"])


@router.get("", summary="All snapshots")
def snapshots(
    here: Here,
    _who: Reader,
    paging: Paged,
    source: Annotated[Line, Query(description="of this source only")] = "",
) -> Page[SnapshotView]:
    """Return the snapshots by source, part and day."""
    with here.store.reading() as connection:
        stored = list_snapshots(connection, source or None)
    page = paging.cut(stored)
    return paging.envelope([_model(here, each) for each in page.items], page.total)


@router.get("/{sha256}", summary="One snapshot")
def one(here: Here, _who: Reader, sha256: Key) -> SnapshotView:
    """Return a snapshot by its hash, or by the start of it where only one fits."""
    return _model(here, _find(here, sha256))


@router.get(
    "/{sha256}/file",
    summary="The bytes",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "the file as it came"}},
)
def file(here: Here, _who: Reader, sha256: Key) -> FileResponse:
    """Return the bytes of a snapshot as they came."""
    stored = _find(here, sha256)
    path = _path(here, stored)
    if not path.is_file():
        raise not_found("file of snapshot", sha256)
    name = harmless(stored.snapshot.filename) or stored.snapshot.sha256
    return FileResponse(path, media_type="application/octet-stream", filename=name)


def _find(here: Service, sha256: str) -> StoredSnapshot:
    with here.store.reading() as connection:
        found = {
            each.snapshot.sha256: each
            for each in list_snapshots(connection)
            if each.snapshot.sha256.startswith(sha256.lower())
        }
    if len(found) != 1:
        raise not_found("one snapshot", sha256)
    return next(iter(found.values()))


def _path(here: Service, stored: StoredSnapshot) -> Path:
    return here.store.folder / stored.snapshot.sha256[:2] / stored.snapshot.sha256


def _model(here: Service, stored: StoredSnapshot) -> SnapshotView:
    return SnapshotView.of(stored).model_copy(update={"has_bytes": _path(here, stored).is_file()})
