"""`/control`: the control list shown, searched and compared, and its new versions."""

from typing import Annotated

from fastapi import APIRouter, File, Form, Query, UploadFile

from overzicht.store.jobs import Job
from overzicht.subjects.control_list.installed_texts import compare_versions, open_text, search_text
from overzicht.subjects.control_list.jobs import INSTALL
from overzicht.subjects.control_list.references import unfold
from overzicht.subjects.control_list.search import LONGEST_QUESTION
from overzicht.subjects.control_list.versions import held_versions
from overzicht.subjects.control_list.views import (
    ControlListVersion,
    FoundProvisions,
    ListChanges,
    ProvisionView,
)
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.fields import Key, Line
from overzicht.web.paging import Page, Paged
from overzicht.web.problems import HAS_NAMES

router = APIRouter(prefix="/control", tags=["control list"])
Version = Annotated[Line, Query(description="such as 2021, 2025-11-15 or a hash; default: that of the date")]
VersionOrHash = Annotated[Key, Query(description="a version, or the start of a hash")]


class ChangesPage(ListChanges):
    """A page of the changes between two versions; `counts` are of all changes."""

    total: int
    page: int
    size: int
    next_page: int | None


@router.get("/versions", summary="Installed versions")
def versions(context: Reader, paging: Paged) -> Page[ControlListVersion]:
    """Return the installed versions by date."""
    with context.store.reading() as connection:
        return paging.views(held_versions(connection), ControlListVersion.of)


@router.post("/versions", status_code=202, summary="Install a version")
def install(
    context: Editor,
    file: Annotated[UploadFile, File(description="your copy of the list")],
    definitions: Annotated[UploadFile | None, File(description="text of the annex with its terms")] = None,
    version: Annotated[Line, Form(description="its date or year, if it is not in the file")] = "",
    force: Annotated[bool, Form(description="accept an unexpected number of provisions")] = False,
) -> Job:
    """Start to install a version. The job reports the changes, and opens a task for each citation."""
    parameters = {"version": version, "force": force}
    files = [file, *([definitions] if definitions else [])]
    return context.start_job(INSTALL.name, parameters, files)


@router.get("/search", summary="Search in plain words", openapi_extra=HAS_NAMES)
def search(
    context: Reader,
    day: OnDay,
    q: Annotated[Key, Query(max_length=LONGEST_QUESTION)],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    version: Version = "",
) -> FoundProvisions:
    """Return provisions, best match first. A hit is a lead, not a classification."""
    opened = open_text(context, version, day)
    return FoundProvisions.of(opened, search_text(context, opened, q, limit))


@router.get("/provisions/{path}", summary="One provision")
def show(context: Reader, day: OnDay, path: Key, version: Version = "") -> ProvisionView:
    """Return a provision with the provisions above and below it, its notes, terms and references."""
    opened = open_text(context, version, day)
    return ProvisionView.shown(opened, unfold(opened.list, path))


@router.get("/diff", summary="Changes between two versions", openapi_extra=HAS_NAMES)
def diff(
    context: Reader,
    paging: Paged,
    before: VersionOrHash,
    after: VersionOrHash,
    within: Annotated[Line, Query(description="only an entry or provision, such as 6A003")] = "",
    *,
    editorial: Annotated[bool, Query(description="also changes in punctuation and spaces only")] = False,
) -> ChangesPage:
    """Return the changes between two versions, provision by provision."""
    comparison = compare_versions(context, before, after)
    page = paging.cut(comparison.chosen(within, editorial=editorial))
    changes = ListChanges.of(comparison).model_copy(update={"changes": page.items})
    return ChangesPage.model_validate({**dict(changes), **page.place})
