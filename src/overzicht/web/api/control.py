"""`/control`: the control list shown, searched and compared, new versions of it, and uses that rest on it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from overzicht.exportcontrol.controllist.path import parse_path
from overzicht.exportcontrol.controllist.search import LONGEST_QUESTION
from overzicht.exportcontrol.controllist.unfold import unfold
from overzicht.store.control.authorisation_uses import AuthorisationUse, end_use, list_uses
from overzicht.web.api.models.control import (
    ChangesModel,
    FoundProvisionsModel,
    ListVersionModel,
    ProvisionModel,
    UseAsked,
    UseModel,
)
from overzicht.web.api.models.jobs import JobModel
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.api.started import started
from overzicht.web.asof import OnDay
from overzicht.web.auth import Editor, Reader
from overzicht.web.clock import now
from overzicht.web.control_texts import compare_texts, open_text, search_text
from overzicht.web.page import words_of
from overzicht.web.paging import Page, Paged
from overzicht.web.service import Here
from overzicht.web.uploads import keep_uploads
from overzicht.web.work import INSTALL_CONTROL_LIST
from overzicht.workflows.control import as_json
from overzicht.workflows.control.uses import keep_use
from overzicht.workflows.control.versions import held_versions

router = APIRouter(prefix="/control", tags=["control list"])
Version = Annotated[Line, Query(description="such as 2021, 2025-11-15 or a hash; left out: that of the day")]
MAY_NAME_NOTHING = {"x-names": True}


@router.get("/versions", summary="Installed versions")
def versions(here: Here, _who: Reader, paging: Paged) -> Page[ListVersionModel]:
    """Return the installed versions by day."""
    with here.store.reading() as connection:
        held = held_versions(connection)
    return paging.cut([ListVersionModel.model_validate(each) for each in as_json.versions(held)])


@router.post("/versions", status_code=202, summary="Install a version")
def install(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    request: Request,
    response: Response,
    here: Here,
    who: Editor,
    file: Annotated[UploadFile, File(description="your copy of the list")],
    definitions: Annotated[UploadFile | None, File(description="text of the annex with its terms")] = None,
    version: Annotated[Line, Form(description="its day or year, where the file does not say it")] = "",
    force: Annotated[bool, Form(description="take too few or too many provisions")] = False,
) -> JobModel:
    """Begin to install a version: what changed is told, and a task is opened for all that cites it."""

    def keep(folder: Path) -> Iterable[Path]:
        return keep_uploads([file, *([definitions] if definitions else [])], folder)

    parameters = {"version": version, "force": force}
    job = here.runner.start(INSTALL_CONTROL_LIST, parameters, actor=who.name, keep=keep)
    return started(request, response, job)


@router.get("/search", summary="Search in plain words", openapi_extra=MAY_NAME_NOTHING)
def search(
    request: Request,
    here: Here,
    _who: Reader,
    day: OnDay,
    q: Annotated[Key, Query(max_length=LONGEST_QUESTION)],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    version: Version = "",
) -> FoundProvisionsModel:
    """Return provisions by how well they fit a description; a hit is a lead, not a classification."""
    opened = open_text(here, version, day)
    hits = search_text(here, opened, q, limit)
    return FoundProvisionsModel.model_validate(as_json.found(opened, hits, words_of(request).say))


@router.get("/provisions/{path}", summary="One provision")
def show(
    request: Request, here: Here, _who: Reader, day: OnDay, path: Key, version: Version = ""
) -> ProvisionModel:
    """Return a provision with what stands above and below it, its notes, terms and references."""
    opened = open_text(here, version, day)
    unfolded = unfold(opened.list, path)
    return ProvisionModel.model_validate(as_json.shown(opened, unfolded, words_of(request).say))


@router.get("/diff", summary="What changed between two versions", openapi_extra=MAY_NAME_NOTHING)
def diff(
    here: Here,
    _who: Reader,
    paging: Paged,
    before: Annotated[Key, Query(description="a version, or the start of a hash")],
    after: Annotated[Key, Query(description="a version, or the start of a hash")],
    within: Annotated[Line, Query(description="only of an entry or provision, such as 6A003")] = "",
    editorial: Annotated[bool, Query(description="also changes of marks and blanks only")] = False,
) -> ChangesModel:
    """Return the changes between two versions, provision by provision."""
    found = compare_texts(here, open_text(here, before, None), open_text(here, after, None))
    page = paging.cut(found.chosen(within, editorial=editorial))
    told = as_json.compared(found, page.items)
    return ChangesModel(**told, total=page.total, page=page.page, next_page=page.next_page)


@router.get("/uses", summary="Uses of general authorisations")
def uses(here: Here, _who: Reader, paging: Paged) -> Page[UseModel]:
    """Return all uses, ended ones too."""
    with here.store.reading() as connection:
        return paging.cut([UseModel.of(each) for each in list_uses(connection)])


@router.post("/uses", status_code=201, summary="Keep a use", openapi_extra=MAY_NAME_NOTHING)
def use(here: Here, who: Editor, day: OnDay, asked: UseAsked) -> UseModel:
    """Keep a use from the day on; whether the authorisation fits is not judged."""
    given = AuthorisationUse(
        0, asked.authorisation, parse_path(asked.path), asked.destination, asked.consignee, day
    )
    return UseModel.of(keep_use(here.store, given, actor=who.name, at=now()))


@router.post("/uses/{name}/end", summary="End a use")
def end(here: Here, who: Editor, day: OnDay, name: Key) -> UseModel:
    """End a use on the day; it stays kept, and no new version re-opens it."""
    with here.store.writing(who.name, now()) as tx:
        end_use(tx, name, day)
        (ended,) = (each for each in list_uses(tx.connection) if each.id == name.upper())
    return UseModel.of(ended)
