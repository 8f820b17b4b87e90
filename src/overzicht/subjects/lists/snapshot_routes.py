"""`/snapshots`: the exact bytes of files, by their hash."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import FileResponse

from overzicht.store.snapshots import StoredSnapshot, list_snapshots
from overzicht.subjects.lists.views import KeptSnapshotView
from overzicht.web.auth import Reader
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import not_found
from overzicht.web.uploads import harmless, path_of

router = APIRouter(prefix="/snapshots", tags=["snapshots"])


@router.get("", summary="All snapshots")
def snapshots(
    context: Reader, paging: Paged, source: Annotated[Line, Query(description="only this source")] = ""
) -> Page[KeptSnapshotView]:
    """Return the snapshots by source, part and date."""
    with context.store.reading() as connection:
        stored = list_snapshots(connection, source or None)
    return paging.views(stored, lambda snapshot: _view(context, snapshot))


@router.get("/{sha256}", summary="One snapshot")
def show(context: Reader, sha256: Key) -> KeptSnapshotView:
    """Return a snapshot by its hash, or by the start of it if that identifies one."""
    return _view(context, _find(context, sha256))


@router.get(
    "/{sha256}/file",
    summary="The bytes",
    response_class=FileResponse,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "the original file"}},
)
def file(context: Reader, sha256: Key) -> FileResponse:
    """Return the original bytes of a snapshot."""
    snapshot = _find(context, sha256).snapshot
    path = path_of(context.store, snapshot.sha256)
    if not path.is_file():
        raise not_found("file of snapshot", sha256)
    name = harmless(snapshot.filename) or snapshot.sha256
    return FileResponse(path, media_type="application/octet-stream", filename=name)


def _find(context: RequestContext, sha256: str) -> StoredSnapshot:
    with context.store.reading() as connection:
        by_hash = {stored.snapshot.sha256: stored for stored in list_snapshots(connection)}
    matches = [stored for key, stored in by_hash.items() if key.startswith(sha256.lower())]
    if len(matches) != 1:
        raise not_found("one snapshot", sha256)
    return matches[0]


def _view(context: RequestContext, stored: StoredSnapshot) -> KeptSnapshotView:
    has_bytes = path_of(context.store, stored.snapshot.sha256).is_file()
    return KeptSnapshotView.of(stored).model_copy(update={"has_bytes": has_bytes})
